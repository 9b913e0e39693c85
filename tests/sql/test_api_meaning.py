"""taken_name and api_meaning: the names that code takes from libraries, and what they say."""

import pytest

from tests.facts_of import Store, given

KNOWN = [
    ("tensorflow.compat.v1", "1.x", None, True, False),
    ("tensorflow.compat.v1.summary", None, None, False, True),
    ("tensorflow.Session", "1.x", "graph", False, False),
    ("tensorflow.function", "2.x", "eager", False, False),
    ("tensorflow==1.x", "1.x", None, False, False),
    ("keras.datasets", None, None, False, True),
]
COLUMNS = "name variant style in_both is_interoperability"


def test_names_are_those_of_uses_and_of_imports(store: Store) -> None:
    uses = [("s", "a.py", 3, "tensorflow.Session"), ("s", "a.py", 5, "tensorflow.compat.v1.x")]
    given(store, "framework_api", COLUMNS, KNOWN)
    given(store, "api_use", "scan_id path line name", uses)
    given(
        store,
        "import_fact",
        "scan_id path line module language",
        [
            ("s", "a.py", 1, "tensorflow", "python"),
            ("s", "a.py", 5, "tensorflow.compat.v1.x", "python"),
            ("s", "b.py", 1, "tensorflow.keras", "python"),
            ("s", "b.py", 2, "numpy.linalg", "python"),
            ("s", "b.py", 3, "keras.models", "python"),
            ("s", "b.r", 1, "tensorflow.keras", "r"),
        ],
    )
    assert store.sql("select * from taken_name order by all").fetchall() == [
        ("s", "a.py", 3, "tensorflow.Session"),
        ("s", "a.py", 5, "tensorflow.compat.v1.x"),
        ("s", "a.py", 5, "tensorflow.compat.v1.x"),
        ("s", "b.py", 1, "tensorflow.keras"),
        ("s", "b.py", 3, "keras.models"),
    ]


MEANINGS = {
    "the name itself": ("tensorflow.Session", [("1.x", "graph", False, False)]),
    "a name of it": ("tensorflow.Session.run", [("1.x", "graph", False, False)]),
    "the longest prefix": ("tensorflow.compat.v1.summary.scalar", [(None, None, False, True)]),
    "a shorter one": ("tensorflow.compat.v1.layers", [("1.x", None, True, False)]),
    "a version": ("tensorflow==1.x", [("1.x", None, False, False)]),
    "another library's": ("keras.datasets.mnist", [(None, None, False, True)]),
    "the letters of a name, and more": ("tensorflow.functional", []),
    "an unknown name": ("tensorflow.constant", []),
}


@pytest.mark.parametrize(("name", "meaning"), MEANINGS.values(), ids=MEANINGS)
def test_what_a_name_says(store: Store, name: str, meaning: list[tuple[object, ...]]) -> None:
    given(store, "framework_api", COLUMNS, KNOWN)
    given(store, "taken_name", "scan_id path line name", [("s", "a.py", 1, name)])
    rows = "select variant, style, in_both, is_interoperability from api_meaning"
    assert store.sql(rows).fetchall() == meaning


def test_a_name_that_many_files_use_is_one_row(store: Store) -> None:
    given(store, "framework_api", COLUMNS, KNOWN)
    names = [("a.py", "tensorflow.function"), ("b.py", "tensorflow.function")]
    names += [("b.py", "tensorflow.Session")]
    given(store, "taken_name", "path name", names)
    rows = "select name, variant from api_meaning order by name"
    assert store.sql(rows).fetchall() == [
        ("tensorflow.Session", "1.x"),
        ("tensorflow.function", "2.x"),
    ]
