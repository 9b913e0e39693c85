"""Which papers need a commit from their time: sql/due/paper_commits.sql."""

import datetime as dt

import pytest

from pipeline.code.moments import HistoryStatus, PaperDay
from pipeline.code.paper_commits import AskedPaper, PaperCommit
from pipeline.code.units import Unit
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import due_rows, write
from pipeline.store.history_rows import history_batch
from tests.facts_of import Store, given

PAPER = dt.date(2020, 1, 1)
UNTIL = PaperDay(PAPER).until
FOUND = dt.datetime(2026, 11, 1)
LINK = ("p", "u", "github.com", "o", "r")


def is_answered(store: Store, days: int = 1) -> bool:
    rows = due_rows(
        store,
        "paper_commits",
        now=FOUND + dt.timedelta(days=days),
        recheck_days=30,
        scanner_version=SCANNER_VERSION,
    )
    (row,) = rows
    return bool(row["is_answered"])


def setting(
    store: Store,
    status: str,
    commit: str | None = None,
    until: dt.datetime = UNTIL,
    scan: str | None = None,
) -> None:
    given(store, "paper_link", "paper_id unit_id host owner name", [LINK], subdir="")
    given(store, "paper", "paper_id published_on date_precision", [("p", PAPER, "day")])
    given(
        store,
        "paper_commit",
        "paper_id unit_id status commit_id asked_until found_at",
        [("p", "u", status, commit, until, FOUND)],
    )
    scans = [("s", "u", commit, scan, SCANNER_VERSION)] if scan else []
    given(store, "scan", "scan_id unit_id commit_id status scanner_version", scans, is_head=False)


def test_a_paper_is_due_until_its_history_was_examined(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id host owner name", [LINK], subdir="")
    given(store, "paper", "paper_id", [("p",)])
    assert not is_answered(store)


@pytest.mark.parametrize(("scan", "answered"), [("ok", True), ("truncated", False), (None, False)])
def test_a_commit_needs_a_scan(store: Store, scan: str | None, answered: bool) -> None:
    setting(store, "in_time", "c", scan=scan)
    assert is_answered(store) == answered


def test_a_scan_by_older_rules_does_not_count(store: Store) -> None:
    setting(store, "in_time", "c", scan="ok")
    store.execute("update scan set scanner_version = 'old'")
    assert not is_answered(store)


def test_a_failure_after_a_known_commit_is_tried_again(store: Store) -> None:
    setting(store, "in_time", "c", scan="ok")
    store.execute("update scan set scanner_version = 'old'")
    unit = Unit("u", "github.com", "o", "r")
    asked = AskedPaper("p", unit, PaperDay(PAPER))
    write(store, history_batch([PaperCommit(asked, HistoryStatus.TIMED_OUT)]))
    known = store.sql("select status, commit_id, found_at from paper_commit").fetchall()
    assert known == [("in_time", "c", FOUND)]
    assert not is_answered(store)


@pytest.mark.parametrize(
    ("status", "days", "answered"),
    [
        ("no_code", 29, True),
        ("no_code", 31, False),
        ("empty", 31, False),
        ("no_date", 31, True),
        ("not_found", 29, True),
        ("not_found", 31, False),
        ("unreachable", 1, False),
    ],
)
def test_what_a_status_means_says_when_the_history_is_examined_again(
    store: Store, status: str, days: int, answered: bool
) -> None:
    setting(store, status)
    assert is_answered(store, days) == answered


def test_a_commit_found_before_the_tolerance_ended_may_change_until_then(store: Store) -> None:
    setting(store, "in_time", "c", until=FOUND + dt.timedelta(days=9), scan="ok")
    assert is_answered(store, days=29)
    assert not is_answered(store, days=31)


@pytest.mark.parametrize(("pushed", "answered"), [("2026-10-01", True), ("2026-11-02", False)])
def test_where_the_last_push_is_known_it_decides(store: Store, pushed: str, answered: bool) -> None:
    setting(store, "no_code")
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok")])
    given(store, "repo", "repo_id pushed_at", [(7, pushed)])
    assert is_answered(store, days=99) == answered


def test_two_names_of_one_repository_are_asked_once(store: Store) -> None:
    links = [LINK, ("p", "old", "github.com", "o", "old")]
    given(store, "paper_link", "paper_id unit_id host owner name", links, subdir="")
    given(store, "paper", "paper_id", [("p",)])
    lookups = [("o/r", 7, "ok"), ("o/old", 7, "renamed")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    given(store, "repo", "repo_id owner name is_fork created_at", [(7, "O", "R", True, FOUND)])
    rows = due_rows(
        store, "paper_commits", now=FOUND, recheck_days=30, scanner_version=SCANNER_VERSION
    )
    assert [(r["unit_id"], r["owner"], r["name"], r["forked_at"]) for r in rows] == [
        ("old", "O", "R", FOUND)
    ]


def test_a_new_name_of_an_examined_repository_is_not_examined_again(store: Store) -> None:
    setting(store, "in_time", "c", scan="ok")
    links = [LINK, ("p", "earlier", "github.com", "o", "earlier")]
    given(store, "paper_link", "paper_id unit_id host owner name", links, subdir="")
    lookups = [("o/r", 7, "ok"), ("o/earlier", 7, "renamed")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    assert is_answered(store)
