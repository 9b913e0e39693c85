"""Jobs on the history of a repository: how papers are split, and what is kept of a failure."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.commits import Commit
from pipeline.code.crashes import OverTimeError
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import PaperDay
from pipeline.code.paper_commits import AskedPaper
from pipeline.code.units import Unit
from pipeline.flows.history import jobs_of
from pipeline.flows.jobs import HistoryJob
from pipeline.scan.records import Limits, ScanStatus, UnreadableTargetError
from tests.git_history import commit, new_repository


def row(number: int, name: str = "r") -> dict[str, Any]:
    """A row of sql/due/paper_commits.sql."""
    unit_id = f"github.com/o/{name}"
    unit = {"unit_id": unit_id, "host": "github.com", "owner": "o", "name": name, "subdir": ""}
    link = {"ref": None, "ref_may_have_slash": False, "forked_at": None, "commits": 9}
    day = {"last_public_day": dt.date(2020, 1, 1), "date_precision": "day"}
    return {"paper_id": f"p{number}", **unit, **link, **day}


def test_the_papers_of_a_repository_are_split_into_jobs_of_twenty() -> None:
    rows = [row(0, "q"), *map(row, range(1, 46))]
    jobs = list(jobs_of(rows, {}))
    assert [(job.item, len(job.asked)) for job in jobs] == [
        ("github.com/o/q 1", 1),
        ("github.com/o/r 1", 20),
        ("github.com/o/r 2", 20),
        ("github.com/o/r 3", 5),
    ]
    assert [paper.paper_id for job in jobs for paper in job.asked] == [f"p{n}" for n in range(46)]


def test_a_paper_knows_the_commits_with_a_scan() -> None:
    (job,) = jobs_of([row(1)], {"github.com/o/r": frozenset("c"), "github.com/o/q": frozenset("d")})
    assert job.asked[0].scanned == {"c"}


@dataclass(frozen=True)
class Failing:
    """A provider of a history that fails at a revision: with what belongs to its first letter."""

    repository: Path

    @contextmanager
    def open_history(self, unit: Unit) -> Iterator[RepositoryHistory]:
        yield _Failing(self.repository / unit.name, Limits())


_ERRORS: dict[str, BaseException] = {
    "a": OverTimeError(9),
    "b": MemoryError(),
    "c": RuntimeError(),
    "d": UnreadableTargetError(ScanStatus.RATE_LIMITED, "Slow down."),
    "e": UnreadableTargetError(ScanStatus.NO_COMMIT, "Gone."),
    "f": UnreadableTargetError(ScanStatus.NOT_FOUND, "Gone."),
}


class _Failing(RepositoryHistory):
    def commits(self, revision: str = "HEAD") -> list[Commit]:
        if revision[0] in _ERRORS and len(revision) == 40:
            raise _ERRORS[revision[0]]
        return super().commits(revision)


def done(tmp_path: Path, *revisions: str | None) -> tuple[list[str], str]:
    """The status of each paper, and that of the job."""
    commit(new_repository(tmp_path / "r"), "2019-12-01", {"net.py": "import torch"})
    asked = [
        AskedPaper(
            f"p{number}",
            Unit("u", "github.com", "o", "r", ref=None if letter is None else letter * 40),
            PaperDay(dt.date(2020, 1, 1)),
        )
        for number, letter in enumerate(revisions)
    ]
    result = HistoryJob(tuple(asked)).done(Failing(tmp_path))
    return [status for _, status, _ in result.outcomes], result.status


@pytest.mark.parametrize(
    ("letter", "failure", "after"),
    [
        ("a", "timed_out", "timed_out"),
        ("b", "too_large", "in_time"),
        ("c", "crashed", "in_time"),
        ("d", "rate_limited", "in_time"),
    ],
)
def test_a_failure_keeps_what_the_job_has_found(
    letter: str, failure: str, after: str, tmp_path: Path
) -> None:
    found, _ = done(tmp_path, None, letter, None)
    assert found == ["in_time", failure, after]


@pytest.mark.parametrize(
    ("letters", "status"),
    [
        ("e", "no_commit"),
        ("ef", "no_commit"),
        ("ec", "crashed"),
        ("ecd", "rate_limited"),
        ("", "ok"),
    ],
)
def test_the_worst_failure_of_a_paper_is_that_of_the_job(
    letters: str, status: str, tmp_path: Path
) -> None:
    assert done(tmp_path, None, *letters)[1] == status
