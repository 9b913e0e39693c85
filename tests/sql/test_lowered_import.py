"""lowered_import: imports with a lowered weight, by their reason."""

from tests.facts_of import Store, given

IMPORT = "scan_id framework why path line module weight"


def test_imports_with_one_reason_are_one_row_with_the_first_of_them(store: Store) -> None:
    given(
        store,
        "framework_import",
        IMPORT,
        [
            ("s", "jax", "a test", "b.py", 1, "jax", 0.1),
            ("s", "jax", "a test", "a.py", 9, "jax.numpy", 0.2),
            ("s", "jax", "a test", "a.py", 9, "jax.lax", 0.2),
            ("s", "jax", "a copy", "a.py", 1, "jax", 0.05),
            ("s", "keras", "a test", "a.py", 2, "keras", 0.1),
            ("s", "keras", "", "a.py", 3, "keras", 1),
            ("t", "jax", "a test", "a.py", 2, "jax", 0.1),
        ],
    )
    rows = store.sql(
        "select scan_id, framework, why, imports, weight::double, first from lowered_import "
        "order by all"
    ).fetchall()
    assert rows == [
        ("s", "jax", "a copy", 1, 0.05, {"path": "a.py", "line": 1, "module": "jax"}),
        ("s", "jax", "a test", 3, 0.2, {"path": "a.py", "line": 9, "module": "jax.lax"}),
        ("s", "keras", "a test", 1, 0.1, {"path": "a.py", "line": 2, "module": "keras"}),
        ("t", "jax", "a test", 1, 0.1, {"path": "a.py", "line": 2, "module": "jax"}),
    ]
