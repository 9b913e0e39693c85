"""Jobs for worker processes. A job works on one repository and has a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

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

    `forked_at`: when the repository was forked from another one, if it was.
    """

    asked: tuple[AskedPaper, ...]
    forked_at: dt.datetime | None = None
    requests: int = FETCHES

    @property
    def item(self) -> str:
        unit = self.asked[0].unit
        return f"{unit.host}/{unit.owner}/{unit.name}"

    def done(self, provider: HistoryProvider) -> Done:
        try:
            with provider.open_history(self.asked[0].unit) as history:
                return self._done(list(PaperCommits(history, self.forked_at).find(self.asked)))
        except UnreadableTargetError as error:
            return self._done([failed(paper, error) for paper in self.asked])

    def failed(self, status: ScanStatus, message: str) -> Done:
        error = UnreadableTargetError(status, message)
        return self._done([failed(paper, error) for paper in self.asked])

    def _done(self, found: Sequence[PaperCommit]) -> Done:
        outcomes = [
            (f"{item.asked.paper_id} {item.asked.unit.unit_id}", item.status, item.message)
            for item in found
        ]
        problem = next((item for item in found if item.status in _FAILURES), None)
        status = ScanStatus(problem.status.value) if problem else ScanStatus.OK
        message, wait_s = (problem.message, problem.retry_after_s) if problem else (None, None)
        return Done(self.item, status, message, outcomes, history_batch(found), wait_s)


_FAILURES = statuses("history", Means.AGAIN, Means.ENDS_RUN)
