"""repo_library: the libraries by which a scan's code uses a framework."""

from tests.facts_of import Store, given


def test_the_imports_of_a_library_are_counted_for_each_scan_and_framework(store: Store) -> None:
    imports = [
        ("s", "a.py", 1, "torch", "pytorch"),
        ("s", "b.py", 1, "torch.nn", "pytorch"),
        ("s", "b.py", 2, "transformers.BertModel", "pytorch"),
        ("s", "b.py", 3, "transformers.TFBertModel", "tensorflow2"),
        ("t", "a.py", 1, "torch", "pytorch"),
    ]
    given(store, "framework_import", "scan_id path line module framework", imports)
    assert store.sql("from repo_library order by all").fetchall() == [
        ("s", "pytorch", "torch", 2),
        ("s", "pytorch", "transformers", 1),
        ("s", "tensorflow2", "transformers", 1),
        ("t", "pytorch", "torch", 1),
    ]
