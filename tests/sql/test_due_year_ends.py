"""Which units need their year ends: sql/due/year_ends.sql."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import due_rows
from tests.facts_of import Store, given

FOUND = dt.datetime(2026, 6, 1)
LATER = dt.datetime(2026, 7, 10)
NEXT_YEAR = dt.datetime(2027, 1, 1)
LINK = "paper_id unit_id host owner name subdir"


PARAMETERS = {"now": LATER, "recheck_days": 30, "scanner_version": SCANNER_VERSION}


def due(store: Store, now: dt.datetime = LATER) -> list[str]:
    rows = due_rows(store, "year_ends", now=now, recheck_days=30, scanner_version=SCANNER_VERSION)
    return [row["unit_id"] for row in rows]


def setting(store: Store, status: str, scan: str | None = "ok") -> None:
    """A unit u whose history was examined; its one year end has a scan with a status, or none."""
    given(store, "paper_link", LINK, [("p", "u", "github.com", "o", "r", "")])
    given(store, "repository_history", "unit_id status found_at", [("u", status, FOUND)])
    ends = [("u", 2020, "c", "2020-05-05", FOUND)]
    given(store, "year_end", "unit_id year commit_id committed_at found_at", ends)
    scans = [("s", "u", "c", scan, SCANNER_VERSION)] if scan else []
    given(store, "scan", "scan_id unit_id commit_id status scanner_version", scans, is_head=False)


def pushed(store: Store, at: dt.datetime) -> None:
    """The unit's repository was pushed to at a time."""
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok")])
    given(store, "repo", "repo_id pushed_at", [(7, at)])


def test_a_unit_is_due_until_its_history_was_examined(store: Store) -> None:
    given(store, "paper_link", LINK, [("p", "u", "github.com", "o", "r", "")])
    assert due(store) == ["u"]


@pytest.mark.parametrize("status", ["known", "short_life", "empty"])
def test_an_answer_is_valid_for_the_rest_of_its_year(store: Store, status: str) -> None:
    setting(store, status)
    assert due(store, dt.datetime(2026, 12, 31)) == []
    assert due(store, NEXT_YEAR) == ["u"]


@pytest.mark.slow
def test_an_answer_is_valid_until_the_next_push(store: Store) -> None:
    setting(store, "known")
    pushed(store, FOUND - dt.timedelta(days=1))
    assert due(store, NEXT_YEAR) == []
    for days in (0, 1):
        pushed(store, FOUND + dt.timedelta(days=days))
        assert due(store, NEXT_YEAR) == ["u"]
    assert due(store, LATER) == []


@pytest.mark.parametrize(("scan", "is_due"), [("ok", False), ("timed_out", True), (None, True)])
def test_every_year_end_needs_a_scan(store: Store, scan: str | None, is_due: bool) -> None:
    setting(store, "known", scan)
    assert bool(due(store)) == is_due


def test_a_scan_by_older_rules_does_not_count(store: Store) -> None:
    setting(store, "known")
    store.execute("update scan set scanner_version = 'old'")
    assert due(store) == ["u"]


def test_a_scan_of_another_commit_or_repository_does_not_count(store: Store) -> None:
    setting(store, "known")
    store.execute("update scan set commit_id = 'd'")
    assert due(store) == ["u"]
    links = [("p", unit, "github.com", "o", unit, "") for unit in "uv"]
    given(store, "paper_link", LINK, links)
    answers = [(unit, "known", FOUND) for unit in "uv"]
    given(store, "repository_history", "unit_id status found_at", answers)
    store.execute("update scan set commit_id = 'c', unit_id = 'v'")
    assert due(store) == ["u"]


@pytest.mark.parametrize(("days", "is_due"), [(29.9999, False), (30, True)])
def test_what_is_gone_is_tried_again_after_the_recheck_days(
    store: Store, days: float, is_due: bool
) -> None:
    setting(store, "not_found")
    assert bool(due(store, FOUND + dt.timedelta(days=days))) == is_due


def test_a_failure_is_tried_again_at_once(store: Store) -> None:
    setting(store, "timed_out")
    assert due(store) == ["u"]


def test_two_names_of_one_repository_are_due_once(store: Store) -> None:
    links = [("p", unit, "github.com", "o", unit, "") for unit in ("new", "old")]
    given(store, "paper_link", LINK, links)
    lookups = [("o/new", 7, "ok"), ("o/old", 7, "ok")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    given(store, "repo", "repo_id", [(7,)])
    assert due(store) == ["new"]
    given(store, "repository_history", "unit_id status found_at", [("old", "known", FOUND)])
    assert due(store) == []


def test_the_newest_answer_of_two_names_counts(store: Store) -> None:
    links = [("p", unit, "github.com", "o", unit, "") for unit in ("new", "old")]
    given(store, "paper_link", LINK, links)
    lookups = [("o/new", 7, "ok"), ("o/old", 7, "ok")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    given(store, "repo", "repo_id", [(7,)])
    before = FOUND - dt.timedelta(days=365)
    answers = [("old", "known", before), ("new", "known", FOUND)]
    given(store, "repository_history", "unit_id status found_at", answers)
    assert due(store) == []
    answers = [("old", "timed_out", FOUND), ("new", "known", FOUND + dt.timedelta(days=1))]
    given(store, "repository_history", "unit_id status found_at", answers)
    assert due(store) == []


def test_commits_before_a_fork_are_not_the_repositorys_own(store: Store) -> None:
    given(store, "paper_link", LINK, [("p", "u", "github.com", "o", "r", "")])
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok")])
    given(store, "repo", "repo_id is_fork created_at", [(7, True, "2019-01-01")])
    (row,) = due_rows(store, "year_ends", **PARAMETERS)
    assert row["forked_at"] == dt.datetime(2019, 1, 1)
    store.execute("update repo set is_fork = false")
    (row,) = due_rows(store, "year_ends", **PARAMETERS)
    assert row["forked_at"] is None


def test_units_of_one_repository_come_one_after_the_other(store: Store) -> None:
    places = [("github.com", "o", "r"), ("github.com", "o", "q"), ("github.com", "n", "z")]
    places += [("gitlab.com", "a", "a"), ("github.com", "o", "p")]
    rows = [("p", f"{n}{place[2]}", *place, "") for n in (2, 1) for place in places]
    given(store, "paper_link", LINK, rows)
    assert due(store) == "1z 2z 1p 2p 1q 2q 1r 2r 1a 2a".split()


def test_a_unit_with_several_year_ends_to_scan_is_due_once(store: Store) -> None:
    setting(store, "known", scan=None)
    ends = [("u", year, "c", f"{year}-05-05", FOUND) for year in (2019, 2020)]
    given(store, "year_end", "unit_id year commit_id committed_at found_at", ends)
    assert due(store) == ["u"]


def test_the_status_of_a_scan_is_one_of_code(store: Store) -> None:
    means = [("years", "known", "answer"), ("code", "timed_out", "again")]
    means += [("metadata", "timed_out", "answer")]
    given(store, "outcome_status", "step status means", means, words="x")
    setting(store, "known", scan="timed_out")
    assert due(store) == ["u"]


def test_without_metadata_a_repository_has_one_of_its_names_not_parts_of_two(store: Store) -> None:
    links = [("p", "1", "github.com", "z", "s", ""), ("p", "2", "github.com", "o", "r", "")]
    given(store, "paper_link", LINK, links)
    lookups = [("o/r", 7, "ok"), ("z/s", 7, "renamed")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    rows = due_rows(store, "year_ends", **PARAMETERS)
    assert [(row["unit_id"], row["owner"], row["name"]) for row in rows] == [("1", "z", "s")]


def test_a_doubt_about_the_ref_under_one_name_is_a_doubt(store: Store) -> None:
    links = [("p", "u", "github.com", "o", "r", "", ["ref_may_have_slash"])]
    links += [("p", "v", "github.com", "o", "v", "", [])]
    given(store, "paper_link", f"{LINK} flags", links)
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok"), ("o/v", 7, "ok")])
    rows = due_rows(store, "year_ends", **PARAMETERS)
    assert [row["ref_may_have_slash"] for row in rows] == [True]
