"""Jobs for worker processes. A job works on one repository and has a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from pipeline.code.commit_lists import CountedUnit
from pipeline.code.commits import Commit
from pipeline.code.crashes import OverTimeError, crash
from pipeline.code.moments import HistoryStatus
from pipeline.code.paper_commits import (
    FETCHES,
    AskedPaper,
    HistoryProvider,
    PaperCommit,
    PaperCommits,
    failed,
)
from pipeline.code.units import CodeProvider, Unit, scan_unit
from pipeline.errors import Means, statuses
from pipeline.flows.runs import Outcome
from pipeline.scan.records import ScanResult, ScanStatus, UnreadableTargetError
from pipeline.store.database import Batch
from pipeline.store.history_rows import history_batch
from pipeline.store.scan_rows import scan_batch

_Provider = TypeVar("_Provider", contravariant=True)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a job as rows for the store.

    `status` and `message` describe the repository: whether it was read, or why not. `outcomes` has
    (item, status, message) for each item of the job.
    """

    item: str
    status: ScanStatus
    message: str | None
    outcomes: Sequence[Outcome]
    batch: Batch
    retry_after_s: float | None = None


class Job(Protocol[_Provider]):
    """Work on one repository in a worker process."""

    @property
    def item(self) -> str:
        """The name of the job."""
        ...

    @property
    def repository(self) -> str:
        """The repository on which the job works."""
        ...

    @property
    def requests(self) -> int:
        """Estimate of the number of fetches."""
        ...

    def done(self, provider: _Provider) -> Done:
        """Run the job."""
        ...

    def failed(self, status: ScanStatus, message: str) -> Done:
        """The result of a job that failed as a whole."""
        ...


@dataclass(frozen=True, slots=True)
class ScanJob:
    """Scan the newest commit of a unit."""

    unit: Unit
    requests: int = 1

    @property
    def item(self) -> str:
        return self.unit.unit_id

    @property
    def repository(self) -> str:
        return self.unit.repository

    def done(self, provider: CodeProvider) -> Done:
        return self._done(scan_unit(provider, self.unit))

    def failed(self, status: ScanStatus, message: str) -> Done:
        return self._done(ScanResult(self.item, status=status, message=message))

    def _done(self, result: ScanResult) -> Done:
        outcome = (self.item, result.status, result.message)
        batch = scan_batch([(self.unit, result)])
        return Done(
            self.item, result.status, result.message, [outcome], batch, result.retry_after_s
        )


@dataclass(frozen=True, slots=True)
class HistoryJob:
    """Find and scan the commits of papers whose code is in one repository.

    `asked` has at most PAPERS_A_JOB papers. `number`: which job of its repository it is, from 1.
    `forked_at`: when the repository was forked from another one, if it was. `count`: the number of
    its commits, if known. `commits`: the commits of its default branch, if they are listed.
    """

    asked: tuple[AskedPaper, ...]
    forked_at: dt.datetime | None = None
    number: int = 1
    count: int | None = None
    commits: tuple[Commit, ...] = ()

    @property
    def item(self) -> str:
        return f"{self.repository} {self.number}"

    @property
    def repository(self) -> str:
        return self.asked[0].unit.repository

    @property
    def requests(self) -> int:
        return FETCHES - bool(self.commits)

    @property
    def counted(self) -> CountedUnit:
        units = [paper.unit for paper in self.asked]
        return CountedUnit(next((item for item in units if item.ref is None), units[0]), self.count)

    def with_commits(self, commits: tuple[Commit, ...]) -> HistoryJob:
        return replace(self, commits=commits)

    def done(self, provider: HistoryProvider) -> Done:
        """Find the commits. If an error ends the job, it keeps the papers that it has finished."""
        found: list[PaperCommit] = []
        try:
            with provider.open_history(self.asked[0].unit) as history:
                history.know(self.commits)
                for item in PaperCommits(history, self.forked_at).find(self.asked):
                    found.append(item)
        except UnreadableTargetError as error:
            found += self._failed(error, len(found))
        except (Exception, OverTimeError) as error:  # the papers before it have their commits
            found += self._failed(crash(error), len(found))
        return self._done(found)

    def failed(self, status: ScanStatus, message: str) -> Done:
        return self._done(self._failed(UnreadableTargetError(status, message)))

    def _failed(self, error: UnreadableTargetError, start: int = 0) -> list[PaperCommit]:
        """A failure for each paper from a place on."""
        return [failed(paper, error) for paper in self.asked[start:]]

    def _done(self, found: Sequence[PaperCommit]) -> Done:
        outcomes = [
            (f"{item.asked.paper_id} {item.asked.unit.unit_id}", item.status, item.message)
            for item in found
        ]
        problem = max(
            (item for item in found if item.status in _FAILURES),
            key=lambda item: _WORST.get(item.status, 0),
            default=None,
        )
        status = ScanStatus(problem.status.value) if problem else ScanStatus.OK
        message, wait_s = (problem.message, problem.retry_after_s) if problem else (None, None)
        return Done(self.item, status, message, outcomes, history_batch(found), wait_s)


_FAILURES = statuses("history", Means.GONE, Means.AGAIN, Means.ENDS_RUN) - {HistoryStatus.SHALLOW}
_WORST = dict.fromkeys(statuses("history", Means.AGAIN), 1) | dict.fromkeys(
    (HistoryStatus.RATE_LIMITED, *statuses("history", Means.ENDS_RUN)), 2
)
"""The rank of failures. The worst failure of a paper decides what follows for the job."""
