"""Which papers need a commit from their time: sql/due/paper_commits.sql."""

import datetime as dt
from typing import Any

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
SECOND = 1 / 86400  # of a day
LINK = ("p", "u", "github.com", "o", "r")
LINKED = "paper_id unit_id host owner name subdir"


def asked(store: Store, days: float = 1) -> list[dict[str, Any]]:
    return due_rows(
        store,
        "paper_commits",
        now=FOUND + dt.timedelta(days=days),
        recheck_days=30,
        scanner_version=SCANNER_VERSION,
    )


def is_answered(store: Store, days: float = 1) -> bool:
    (row,) = asked(store, days)
    return bool(row["is_answered"])


def setting(
    store: Store,
    status: str,
    commit: str | None = None,
    until: dt.datetime | None = UNTIL,
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


@pytest.mark.slow
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
        ("no_code", 30 - SECOND, True),
        ("no_code", 30, False),
        ("empty", 31, False),
        ("no_date", 31, True),
        ("not_found", 30 - SECOND, True),
        ("not_found", 30, False),
        ("unreachable", 1, False),
    ],
)
def test_what_a_status_means_says_when_the_history_is_examined_again(
    store: Store, status: str, days: float, answered: bool
) -> None:
    setting(store, status)
    assert is_answered(store, days) == answered


@pytest.mark.slow
def test_a_commit_found_before_the_tolerance_ended_may_change_until_then(store: Store) -> None:
    setting(store, "in_time", "c", until=FOUND + dt.timedelta(days=9), scan="ok")
    assert is_answered(store, days=29)
    assert not is_answered(store, days=31)


@pytest.mark.parametrize(("seconds", "answered"), [(-1, True), (0, False)])
def test_a_commit_found_after_the_tolerance_ended_stays(
    store: Store, seconds: int, answered: bool
) -> None:
    setting(store, "in_time", "c", until=FOUND + dt.timedelta(seconds=seconds), scan="ok")
    assert is_answered(store, days=99) == answered


def test_where_no_time_ends_the_tolerance_an_answer_stays(store: Store) -> None:
    setting(store, "no_date", until=None)
    assert is_answered(store, days=99)


@pytest.mark.parametrize(
    ("pushed", "answered"),
    [("2026-10-31 23:59:59", True), ("2026-11-01", False), ("2026-11-02", False)],
)
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


@pytest.mark.slow
def test_a_scan_of_another_commit_or_repository_does_not_count(store: Store) -> None:
    setting(store, "in_time", "c", scan="ok")
    store.execute("update scan set commit_id = 'd'")
    assert not is_answered(store)
    links = [(*LINK, ""), ("q", "v", "github.com", "o", "v", "")]
    given(store, "paper_link", LINKED, links)
    store.execute("update scan set commit_id = 'c', unit_id = 'v'")
    assert not is_answered(store)


def test_the_status_of_a_scan_is_one_of_code(store: Store) -> None:
    means = [("history", "in_time", "answer"), ("code", "timed_out", "again")]
    means += [("metadata", "timed_out", "answer")]
    given(store, "outcome_status", "step status means", means, words="x")
    setting(store, "in_time", "c", scan="timed_out")
    assert not is_answered(store)


def test_two_scans_of_a_commit_are_one_answer(store: Store) -> None:
    setting(store, "in_time", "c", scan="ok")
    scans = [(scan, "u", "c", SCANNER_VERSION) for scan in "st"]
    given(store, "scan", "scan_id unit_id commit_id scanner_version", scans, is_head=False)
    assert is_answered(store)


def test_the_commit_of_one_paper_is_no_answer_for_another(store: Store) -> None:
    setting(store, "no_date")
    links = [(paper, *LINK[1:], "") for paper in "pq"]
    given(store, "paper_link", LINKED, links)
    given(store, "paper", "paper_id", [("p",), ("q",)])
    assert [(r["paper_id"], r["is_answered"]) for r in asked(store)] == [("p", True), ("q", False)]


def test_only_a_link_of_a_known_paper_to_a_unit_that_can_be_reached_is_asked(store: Store) -> None:
    links = [(*LINK, ""), ("p", "gone", "github.com", "o", "gone", ""), ("p", *[None] * 5)]
    given(store, "paper_link", LINKED, [*links, ("unknown", *LINK[1:], "")])
    given(store, "paper", "paper_id", [("p",)])
    given(store, "repo_lookup", "name_key status", [("o/gone", "not_found")])
    assert [(row["paper_id"], row["unit_id"]) for row in asked(store)] == [("p", "u")]


def test_without_metadata_a_repository_has_one_of_its_names_not_parts_of_two(store: Store) -> None:
    links = [("p", "1", "github.com", "o", "r", ""), ("p", "2", "github.com", "p", "q", "")]
    links += [("p", "0", "github.com", "z", "s", "")]
    given(store, "paper_link", LINKED, links)
    given(store, "paper", "paper_id", [("p",)])
    lookups = [("o/r", 7, "ok"), ("p/q", 7, "renamed"), ("z/s", 7, "renamed")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    assert [(r["unit_id"], r["owner"], r["name"]) for r in asked(store)] == [("0", "z", "s")]


def test_a_doubt_about_the_ref_under_one_name_is_a_doubt(store: Store) -> None:
    links = [(*LINK, "", ["ref_may_have_slash"]), ("p", "v", "github.com", "o", "v", "", [])]
    given(store, "paper_link", f"{LINKED} flags", links)
    given(store, "paper", "paper_id", [("p",)])
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok"), ("o/v", 7, "ok")])
    assert [row["ref_may_have_slash"] for row in asked(store)] == [True]


def test_papers_of_one_repository_come_one_after_the_other(store: Store) -> None:
    places = [("github.com", "o", "r"), ("github.com", "o", "q"), ("github.com", "n", "z")]
    places += [("gitlab.com", "a", "a"), ("github.com", "o", "p")]
    links = [(p, f"{n}{place[2]}", *place, "") for p in "qp" for n in (2, 3, 1) for place in places]
    given(store, "paper_link", LINKED, links)
    given(store, "paper", "paper_id", [("p",), ("q",)])
    pairs = "p1 p2 p3 q1 q2 q3".split()
    assert [row["paper_id"] + row["unit_id"] for row in asked(store)] == [
        pair + name for name in "zpqra" for pair in pairs
    ]
