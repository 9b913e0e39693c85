"""import_or_name: imports, and names of libraries that serve several frameworks."""

import pytest

from tests.facts_of import Store, given

COLUMNS = "path, line, module, language, kind"
IMPORT = ("s", "a.py", 3, "transformers", "python", "guarded")
LIBRARIES = [
    ("transformers", 1, r"transformers\..*", "pytorch", "all"),
    ("foolbox", 1, r"foolbox\..*", "pytorch", "all"),
]


def tell(store: Store, uses: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The names among the rows, beside one import."""
    given(store, "library_name", "library rank pattern framework meaning", LIBRARIES)
    given(store, "import_fact", "scan_id path line module language kind", [IMPORT])
    given(store, "api_use", "scan_id path line name", uses)
    rows = store.sql(f"select {COLUMNS} from import_or_name order by module, path, line").fetchall()
    assert rows[0] == IMPORT[1:]
    return rows[1:]


def test_a_name_on_the_line_of_the_import_is_of_its_kind(store: Store) -> None:
    assert tell(store, [("s", "a.py", 3, "transformers.BertModel")]) == [
        ("a.py", 3, "transformers.BertModel", "python", "guarded")
    ]


@pytest.mark.parametrize(
    ("scan", "path", "line"), [("s", "a.py", 4), ("s", "b.py", 3), ("t", "a.py", 3)]
)
def test_a_name_elsewhere_is_static(store: Store, scan: str, path: str, line: int) -> None:
    assert tell(store, [(scan, path, line, "transformers.BertModel")]) == [
        (path, line, "transformers.BertModel", "python", "static")
    ]


def test_names_of_other_libraries_are_left_out(store: Store) -> None:
    assert tell(store, [("s", "a.py", 3, "tensorflow.Session")]) == []


def test_a_name_is_one_row_whatever_else_stands_on_its_line(store: Store) -> None:
    given(store, "library_name", "library rank pattern framework meaning", LIBRARIES)
    rows = [IMPORT, (*IMPORT[:3], "transformers.optimization", "python", "static")]
    given(store, "import_fact", "scan_id path line module language kind", rows)
    given(store, "api_use", "scan_id path line name", [("s", "a.py", 3, "transformers.AdamW")])
    kinds = "select module, kind from import_or_name order by module"
    assert store.sql(kinds).fetchall() == [
        ("transformers", "guarded"),
        ("transformers.AdamW", "guarded"),
        ("transformers.optimization", "static"),
    ]


@pytest.mark.parametrize(
    ("module", "language"), [("torch", "python"), ("foolbox", "python"), ("transformers", "r")]
)
def test_a_name_beside_an_import_of_another_library_is_static(
    store: Store, module: str, language: str
) -> None:
    assert tell(store, [("s", "a.py", 3, "transformers.BertModel")])[0][-1] == "guarded"
    store.execute("update import_fact set module = ?, language = ?", [module, language])
    kinds = "select module, kind from import_or_name order by module"
    assert store.sql(kinds).fetchall() == [
        (module, "guarded"),
        ("transformers.BertModel", "static"),
    ]


def test_a_name_that_is_the_imported_module_itself_has_a_row_of_its_own(store: Store) -> None:
    assert tell(store, [("s", "a.py", 3, "transformers")]) == [IMPORT[1:]]
