"""Commits of papers, and their scans, as rows."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.code.commits import Commit
from pipeline.code.moments import HistoryStatus, Note, PaperDay
from pipeline.code.paper_commits import AskedPaper, PaperCommit
from pipeline.code.units import Unit
from pipeline.store.database import write
from pipeline.store.history_rows import history_batch, undated_batch
from pipeline.store.scan_rows import scan_batch
from tests.facts_of import Store, result_of

UNIT = Unit("github.com/o/r", "github.com", "o", "r")
ASKED = AskedPaper("p", UNIT, PaperDay(dt.date(2020, 1, 31), "month"))
COMMIT = Commit("c" * 40, "t", dt.datetime(2020, 2, 3, 4))
SCAN = replace(result_of({"a.py": "import torch"}), commit_id=COMMIT.commit_id, is_head=False)


def test_a_commit_is_stored_with_its_lag_and_its_scan(store: Store) -> None:
    found = PaperCommit(
        ASKED,
        HistoryStatus.IN_TIME,
        commit=COMMIT,
        notes=(Note.MONTH_ONLY,),
        first_committed_at=dt.datetime(2019, 1, 1),
        scan=SCAN,
    )
    write(store, history_batch([found]))
    rows = store.sql("select * exclude (found_at, asked_until) from paper_commit").fetchall()
    assert rows == [
        (
            *("p", "github.com/o/r", "c" * 40, dt.datetime(2020, 2, 3, 4), "in_time", None),
            *(["month_only"], 3, dt.datetime(2019, 1, 1)),
        )
    ]
    scans = "select commit_id, is_head, count(*) from scan join import_fact using (scan_id)"
    assert store.sql(f"{scans} group by all").fetchall() == [("c" * 40, False, 1)]


def test_a_failure_is_stored_with_its_reason(store: Store) -> None:
    write(store, history_batch([PaperCommit(ASKED, HistoryStatus.NOT_FOUND, "Gone.")]))
    rows = store.sql("select status, message, commit_id, lag_days from paper_commit").fetchall()
    assert rows == [("not_found", "Gone.", None, None)]


def test_a_paper_without_a_date_is_stored_as_such(store: Store) -> None:
    write(store, undated_batch([("p", "u")]))
    rows = store.sql("select paper_id, unit_id, status, asked_until from paper_commit").fetchall()
    assert rows == [("p", "u", "no_date", None)]


def found(status: HistoryStatus, commit: Commit | None = None) -> PaperCommit:
    return PaperCommit(ASKED, status, "It failed." if commit is None else None, commit=commit)


@pytest.mark.parametrize("failure", [HistoryStatus.TIMED_OUT, HistoryStatus.NOT_FOUND])
def test_a_later_failure_does_not_erase_a_commit(store: Store, failure: HistoryStatus) -> None:
    write(store, history_batch([found(HistoryStatus.IN_TIME, COMMIT)]))
    before = store.sql("from paper_commit").fetchall()
    write(store, history_batch([found(failure)]))
    assert store.sql("from paper_commit").fetchall() == before


def test_a_commit_whose_scan_failed_does_not_erase_one_that_is_known(store: Store) -> None:
    write(store, history_batch([found(HistoryStatus.IN_TIME, COMMIT)]))
    before = store.sql("from paper_commit").fetchall()
    other = replace(COMMIT, commit_id="d" * 40)
    write(store, history_batch([found(HistoryStatus.TIMED_OUT, other)]))
    assert store.sql("from paper_commit").fetchall() == before


def test_a_commit_whose_scan_failed_is_stored_until_there_is_news(store: Store) -> None:
    rows = "select status, commit_id from paper_commit"
    write(store, history_batch([found(HistoryStatus.TIMED_OUT, COMMIT)]))
    assert store.sql(rows).fetchall() == [("timed_out", COMMIT.commit_id)]
    write(store, history_batch([found(HistoryStatus.TRUNCATED)]))
    assert store.sql(rows).fetchall() == [("truncated", None)]


def test_a_later_answer_replaces_a_commit(store: Store) -> None:
    write(store, history_batch([found(HistoryStatus.IN_TIME, COMMIT)]))
    write(store, history_batch([found(HistoryStatus.NO_CODE)]))
    rows = store.sql("select status, message, commit_id, lag_days from paper_commit").fetchall()
    assert rows == [("no_code", "It failed.", None, None)]


def test_a_commit_or_another_failure_replaces_a_failure(store: Store) -> None:
    write(store, history_batch([found(HistoryStatus.TIMED_OUT)]))
    write(store, history_batch([found(HistoryStatus.NOT_FOUND)]))
    assert store.sql("select status from paper_commit").fetchall() == [("not_found",)]
    later = [found(HistoryStatus.NO_CODE), found(HistoryStatus.IN_TIME, COMMIT)]
    write(store, history_batch(later))
    rows = store.sql("select status, message, commit_id from paper_commit").fetchall()
    assert rows == [("in_time", None, COMMIT.commit_id)]


def test_a_commit_that_was_once_the_newest_stays_known_as_such(store: Store) -> None:
    write(store, scan_batch([(UNIT, replace(SCAN, is_head=True))]))
    write(store, scan_batch([(UNIT, SCAN)]))
    assert store.sql("select is_head from scan").fetchall() == [(True,)]


def scanned_at(store: Store) -> dt.datetime:
    ((time,),) = store.sql("select scanned_at from scan").fetchall()
    assert isinstance(time, dt.datetime)
    return time


def test_a_scan_moves_its_time_when_its_commit_is_again_the_newest(store: Store) -> None:
    long_ago = dt.datetime(2020, 1, 1)
    write(store, scan_batch([(UNIT, replace(SCAN, is_head=True))]))
    store.execute("update scan set scanned_at = ?", [long_ago])
    write(store, scan_batch([(UNIT, SCAN)]))
    assert scanned_at(store) == long_ago
    write(store, scan_batch([(UNIT, replace(SCAN, is_head=True))]))
    assert scanned_at(store) > long_ago
