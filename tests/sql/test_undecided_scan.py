"""neutral_name and undecided_scan: what does not show which framework code uses a library for."""

import pytest

from tests.facts_of import Store, given

CASES: dict[str, tuple[str, list[str], bool]] = {
    "no name": ("transformers", [], True),
    "a name that shows nothing": ("transformers", ["transformers.pipeline"], True),
    "a name that shows a framework": ("transformers", ["transformers.BertModel"], False),
    "a name that means no framework": ("transformers", ["transformers.BertTokenizer"], False),
    "one name that shows and one that does not": (
        "transformers",
        ["transformers.BertModel", "transformers.pipeline"],
        True,
    ),
    "a name of another library": ("transformers", ["keras.layers"], True),
    "a submodule that shows nothing": ("transformers.pipelines", [], True),
    "a submodule that shows a framework": ("transformers.modeling_bert", [], False),
    "a submodule and a name that shows": (
        "transformers.pipelines",
        ["transformers.BertModel"],
        False,
    ),
    "a library for one framework": ("torchvision", [], False),
    "no library": ("numpy", [], False),
}


@pytest.mark.parametrize(("module", "names", "is_undecided"), CASES.values(), ids=CASES)
def test_which_imports_leave_a_scan_undecided(
    store: Store, module: str, names: list[str], is_undecided: bool
) -> None:
    given(store, "import_fact", "scan_id path module", [("s", "a.py", module)])
    uses = [("s", "a.py", 1, name) for name in names]
    given(store, "api_use", "scan_id path line name", uses)
    assert undecided(store) == (["s"] if is_undecided else [])


def test_neutral_names_are_modules_and_names_of_python_that_no_pattern_matches(
    store: Store,
) -> None:
    imports = [
        ("s", "transformers", "python"),
        ("t", "transformers", "python"),
        ("s", "transformers.modeling_bert", "python"),
        ("s", "transformers.R", "r"),
        ("s", "numpy", "python"),
    ]
    given(store, "import_fact", "scan_id module language", imports)
    uses = [("s", "a.py", 1, f"transformers.{name}") for name in ("pipeline", "BertModel")]
    given(store, "api_use", "scan_id path line name", uses)
    assert store.sql("select * from neutral_name order by all").fetchall() == [
        ("transformers", "transformers"),
        ("transformers.pipeline", "transformers"),
    ]


def test_only_names_of_the_same_file_and_scan_decide(store: Store) -> None:
    given(store, "import_fact", "scan_id path module", [("s", "a.py", "transformers")])
    uses = [(*place, 1, "transformers.BertModel") for place in (("s", "b.py"), ("t", "a.py"))]
    given(store, "api_use", "scan_id path line name", uses)
    assert undecided(store) == ["s"]


def test_a_module_of_another_language_is_not_such_a_library(store: Store) -> None:
    imports = [("s", "transformers", "r"), ("t", "transformers", "python")]
    given(store, "import_fact", "scan_id module language", imports)
    assert undecided(store) == ["t"]


def test_many_undecided_files_give_one_row_for_each_scan(store: Store) -> None:
    imports = [(scan, path, "transformers") for scan in "st" for path in ("a.py", "b.py")]
    given(store, "import_fact", "scan_id path module", imports)
    assert undecided(store) == ["s", "t"]


def undecided(store: Store) -> list[str]:
    rows = store.sql("select scan_id from undecided_scan order by scan_id").fetchall()
    return [scan for (scan,) in rows]
