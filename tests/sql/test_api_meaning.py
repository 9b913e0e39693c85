"""tensorflow_name and api_meaning: the names that code takes from TensorFlow, and what they say."""

import pytest

from tests.facts_of import Store, given

KNOWN = [
    ("tensorflow.compat.v1", "1.x", None, False),
    ("tensorflow.compat.v1.summary", None, None, True),
    ("tensorflow.Session", "1.x", "graph", False),
    ("tensorflow.function", "2.x", "eager", False),
]


def test_names_are_those_of_uses_and_of_imports_each_line_once(store: Store) -> None:
    uses = [("s", "a.py", 3, "tensorflow.Session"), ("s", "a.py", 5, "tensorflow.compat.v1.x")]
    given(store, "api_use", "scan_id path line name", uses)
    given(
        store,
        "import_fact",
        "scan_id path line module language",
        [
            ("s", "a.py", 1, "tensorflow", "python"),
            ("s", "a.py", 5, "tensorflow.compat.v1.x", "python"),
            ("s", "b.py", 1, "tensorflow.keras", "python"),
            ("s", "b.py", 2, "torch.nn", "python"),
            ("s", "b.r", 1, "tensorflow.keras", "r"),
        ],
    )
    assert store.sql("select * from tensorflow_name order by all").fetchall() == [
        ("s", "a.py", 3, "tensorflow.Session"),
        ("s", "a.py", 5, "tensorflow.compat.v1.x"),
        ("s", "b.py", 1, "tensorflow.keras"),
    ]


MEANINGS = {
    "the name itself": ("tensorflow.Session", [("1.x", "graph", False)]),
    "a name of it": ("tensorflow.Session.run", [("1.x", "graph", False)]),
    "the longest prefix": ("tensorflow.compat.v1.summary.scalar", [(None, None, True)]),
    "a shorter one": ("tensorflow.compat.v1.layers", [("1.x", None, False)]),
    "the letters of a name, and more": ("tensorflow.functional", []),
    "an unknown name": ("tensorflow.constant", []),
}


@pytest.mark.parametrize(("name", "meaning"), MEANINGS.values(), ids=MEANINGS)
def test_what_a_name_says(store: Store, name: str, meaning: list[tuple[object, ...]]) -> None:
    given(store, "framework_api", "name variant style is_interoperability", KNOWN)
    given(store, "tensorflow_name", "scan_id path line name", [("s", "a.py", 1, name)])
    rows = "select variant, style, is_interoperability from api_meaning"
    assert store.sql(rows).fetchall() == meaning


def test_a_name_that_many_files_use_is_one_row(store: Store) -> None:
    given(store, "framework_api", "name variant style is_interoperability", KNOWN)
    names = [("a.py", "tensorflow.function"), ("b.py", "tensorflow.function")]
    names += [("b.py", "tensorflow.Session")]
    given(store, "tensorflow_name", "path name", names)
    rows = "select name, variant from api_meaning order by name"
    assert store.sql(rows).fetchall() == [
        ("tensorflow.Session", "1.x"),
        ("tensorflow.function", "2.x"),
    ]
