"""repo_family: the votes of a scan's files for each family."""

from decimal import Decimal

import pytest

from tests.facts_of import Store, given

COLUMNS = "scan_id path family imports weight is_imported"


def test_the_votes_of_all_files_of_a_scan_are_added(store: Store) -> None:
    votes = [
        ("s", "a.py", "pytorch", 2, 1, True),
        ("s", "b.py", "pytorch", 3, 0.25, True),
        ("s", "b.py", "jax", 4, 0.5, True),
        ("s", "c.py", "jax", 1, 0.000001, True),
        ("t", "a.py", "pytorch", 5, 0.75, True),
    ]
    given(store, "family_vote", COLUMNS, votes)
    sql = "select scan_id, family, imports, score, best_vote from repo_family order by all"
    assert store.sql(sql).fetchall() == [
        ("s", "jax", 5, Decimal("0.500001"), Decimal("0.5")),
        ("s", "pytorch", 5, Decimal("1.25"), Decimal(1)),
        ("t", "pytorch", 5, Decimal("0.75"), Decimal("0.75")),
    ]


@pytest.mark.parametrize(
    ("files", "expected"), [([False, False], False), ([False, True], True), ([True, True], True)]
)
def test_one_file_with_an_import_is_enough_for_imported(
    store: Store, files: list[bool], expected: bool
) -> None:
    votes = [("s", path, "jax", 1, 1, file) for path, file in zip("ab", files, strict=True)]
    given(store, "family_vote", COLUMNS, votes)
    assert store.sql("select is_imported from repo_family").fetchall() == [(expected,)]
