"""The code of a paper then and now, as `adoption explain` prints it."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.code.commits import Commit
from pipeline.code.moments import HistoryStatus, Note, PaperDay
from pipeline.code.paper_commits import AskedPaper, PaperCommit
from pipeline.code.units import Unit
from pipeline.store.database import write
from pipeline.store.history_rows import history_batch
from pipeline.store.scan_rows import scan_batch
from pipeline.terminal.explain import explain
from pipeline.terminal.moments import moments_of
from tests.facts_of import Store, add_paper, add_repository, given, result_of

pytestmark = pytest.mark.slow

UNIT = Unit("github.com/o/r", "github.com", "o", "r")
PAPER = AskedPaper("p", UNIT, PaperDay(dt.date(2020, 1, 31), "month"))


def test_then_and_now_stand_side_by_side_with_their_lag(store: Store) -> None:
    add_paper(store, "p", "r", year=2020)
    now = replace(
        result_of({"a.py": "import torch"}),
        commit_id="b" * 40,
        committed_at="2021-01-31T00:00:00+00:00",
    )
    write(store, scan_batch([(UNIT, now)]))
    then = Commit("a" * 40, "t", dt.datetime(2020, 1, 1))
    scan = replace(result_of({"a.py": "import theano"}), commit_id=then.commit_id, is_head=False)
    found = PaperCommit(
        PAPER, HistoryStatus.IN_TIME, commit=then, notes=(Note.MONTH_ONLY,), scan=scan
    )
    write(store, history_batch([found]))
    assert list(moments_of(store, "p", "github.com/o/r")) == [
        "    then  theano      commit aaaaaaaaaa of 2020-01-01, 30 days before the paper (last "
        "commit before or soon after the paper; only the month of the paper is known, so its last "
        "day counts)",
        "    now   pytorch     commit bbbbbbbbbb of 2021-01-31, 366 days after the paper",
    ]
    explained = list(explain(store, "o/r"))
    assert explained[-2:] == list(moments_of(store, "p", "github.com/o/r"))


def test_a_commit_that_is_not_known_has_its_reason(store: Store) -> None:
    add_paper(store, "p", "r", year=2020)
    add_repository(store, "r", {"a.py": "import torch"})
    lines = moments_of(store, "p", "github.com/o/r")
    assert list(lines) == ["    then  not collected", "    now   pytorch"]
    write(store, history_batch([PaperCommit(PAPER, HistoryStatus.NOT_FOUND, "Gone.")]))
    assert next(iter(moments_of(store, "p", "github.com/o/r"))) == (
        "    then  repository not found"
    )


def test_a_repository_is_explained_under_each_of_its_names(store: Store) -> None:
    add_paper(store, "p", "old")
    add_paper(store, "q", "new")
    given(store, "repo_lookup", "name_key repo_id status", [("o/old", 7, "ok"), ("o/new", 7, "ok")])
    given(store, "repo", "repo_id name", [(7, "new")])
    add_repository(store, "new", {"a.py": "import torch"})
    then = Commit("a" * 40, "t", dt.datetime(2020, 1, 1))
    old = AskedPaper("p", Unit("github.com/o/old", "github.com", "o", "old"), PAPER.day)
    scan = replace(result_of({"a.py": "import theano"}), commit_id=then.commit_id, is_head=False)
    found = PaperCommit(old, HistoryStatus.IN_TIME, commit=then, scan=scan)
    write(store, history_batch([found]))
    lines = list(explain(store, "o/new"))
    assert list(explain(store, "o/old")) == lines
    assert [line.split()[:2] for line in lines if "paper  " in line or "then  " in line] == [
        ["paper", "p"],
        ["then", "theano"],
        ["paper", "q"],
        ["then", "not"],
    ]
