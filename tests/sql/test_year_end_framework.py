"""year_end_framework: the framework of a unit at the end of each year of its life."""

from __future__ import annotations

import pytest

from tests.facts_of import Store, given

FOUND = "2026-06-01"


def facts(store: Store) -> None:
    """The unit old has year ends; its scans are under another name of its repository."""
    given(store, "unit", "unit_id scan_key", [("old", "k"), ("new", "k"), ("other", "l")])
    history = [("old", "known", "2018-05-05", "2020-05-05", FOUND)]
    columns = "unit_id status first_committed_at last_committed_at found_at"
    given(store, "repository_history", columns, history)
    ends = [(year, f"c{year}", f"{year}-05-05") for year in (2017, 2018, 2019, 2020, 2021)]
    same = {"unit_id": "old", "found_at": FOUND}
    given(store, "year_end", "year commit_id committed_at", ends, **same)
    scans = [
        ("s1", "new", "c2018", "ok", "2026-01-01"),
        ("s2", "new", "c2018", "timed_out", "2026-01-02"),
        ("s3", "new", "c2018", "ok", "2025-01-01"),
        ("s4", "other", "c2019", "ok", "2026-01-01"),
        ("s5", "old", "c2020", "no_code", "2026-01-01"),
    ]
    given(store, "scan", "scan_id unit_id commit_id status scanned_at", scans)
    labels = [("s1", "pytorch", "pytorch", None), ("s3", "jax", "jax", None)]
    labels += [("s4", "keras", "tensorflow", "2.x")]
    given(store, "repo_label", "scan_id label family variant", labels)


def test_each_year_of_the_known_life_has_the_label_of_its_last_commit(store: Store) -> None:
    facts(store)
    rows = "select unit_id, year, commit_id, scan_id, label, family, variant"
    assert store.sql(f"{rows} from year_end_framework").fetchall() == [
        ("old", 2018, "c2018", "s1", "pytorch", "pytorch", None),
        ("old", 2019, "c2019", None, None, None, None),
        ("old", 2020, "c2020", "s5", None, None, None),
    ]


def test_a_year_end_has_its_date_and_variant(store: Store) -> None:
    facts(store)
    store.execute("update scan set unit_id = 'old' where scan_id = 's4'")
    rows = "select committed_at::date::varchar, label, variant from year_end_framework"
    assert store.sql(f"{rows} where year = 2019").fetchall() == [("2019-05-05", "keras", "2.x")]


def test_a_unit_that_no_paper_links_to_any_more_has_no_rows(store: Store) -> None:
    facts(store)
    store.execute("delete from unit where unit_id = 'old'")
    assert store.sql("from year_end_framework").fetchall() == []


@pytest.mark.slow
def test_units_then_years_come_in_order(store: Store) -> None:
    units = "hbkdjaficge"
    given(store, "unit", "unit_id scan_key", [(unit, unit) for unit in units])
    history = [(unit, "known", "2018-05-05", "2020-05-05", FOUND) for unit in units]
    columns = "unit_id status first_committed_at last_committed_at found_at"
    given(store, "repository_history", columns, history)
    ends = [(unit, year, "c", "2018-05-05", FOUND) for year in (2020, 2018) for unit in units]
    given(store, "year_end", "unit_id year commit_id committed_at found_at", ends)
    rows = store.sql("select unit_id, year from year_end_framework").fetchall()
    assert rows == [(unit, year) for unit in "abcdefghijk" for year in (2018, 2020)]
