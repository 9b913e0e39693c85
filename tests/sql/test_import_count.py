"""import_count: how many imports a scan has."""

from tests.facts_of import Store, given


def test_every_import_of_a_scan_counts(store: Store) -> None:
    imports = [("s", "a.py", 1, "os"), ("s", "a.py", 2, "os"), ("s", "b.py", 1, "torch")]
    given(store, "import_fact", "scan_id path line module", [*imports, ("t", "a.py", 1, "os")])
    rows = store.sql("from import_count order by scan_id").fetchall()
    assert rows == [("s", 3), ("t", 1)]


def test_a_scan_without_imports_has_no_row(store: Store) -> None:
    given(store, "scan", "scan_id unit_id", [("s", "u")])
    given(store, "import_fact", "scan_id path line module", [])
    assert store.sql("from import_count").fetchall() == []
