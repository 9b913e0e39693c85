"""The flow `years`: finds and scans the last commit of each year of every repository."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from prefect import flow

from pipeline.code.commit_lists import REPOSITORIES_AT_ONCE, CountedUnit
from pipeline.code.commits import Commit
from pipeline.code.paper_commits import HistoryProvider
from pipeline.code.units import unit_of
from pipeline.code.year_ends import (
    FETCHES,
    AskedYears,
    YearEnds,
    failed_years,
    find_year_ends,
)
from pipeline.errors import Means, statuses
from pipeline.flows.artifacts import show_progress
from pipeline.flows.history_workers import open_history_workers
from pipeline.flows.hooks import HOOKS
from pipeline.flows.job_tasks import TWO_AT_ONCE, open_runner, run_jobs
from pipeline.flows.jobs import Done
from pipeline.flows.runs import recorded_run
from pipeline.scan.records import ScanStatus, UnreadableTargetError
from pipeline.settings import Settings
from pipeline.store.history_rows import scanned_commits
from pipeline.store.year_rows import due_units, years_batch

_FAILURES = statuses("years", Means.GONE, Means.AGAIN, Means.ENDS_RUN)


@flow(name="years", task_runner=TWO_AT_ONCE, **HOOKS)
def years_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Find and scan the year ends of every unit without a valid answer in repository_history.

    Raises:
        CollectionError: most of it, or all from some point on, could not be had, for reasons
            that may pass.
        TokenRefusedError: GitHub refuses the token.
    """
    settings = Settings.overridden(overrides)
    with (
        open_runner(open_history_workers, settings) as workers,
        recorded_run("years", settings) as (store, run),
    ):
        # left by a run that was killed; a run that continues would hold the store
        shutil.rmtree(settings.scratch, ignore_errors=True)
        scanned = scanned_commits(store)
        due = due_units(store, settings.recheck_days)
        jobs = [YearsJob(_asked(row, scanned), row["commits"]) for row in due]
        with show_progress("years", len(jobs)) as shown:
            run_jobs(workers, jobs, REPOSITORIES_AT_ONCE, "years", (store, run), shown)
    return dict(run.counts)


@dataclass(frozen=True, slots=True)
class YearsJob:
    """Find and scan the year ends of a unit.

    `count`: the number of commits of its repository, if known. `commits`: the commits of the
    default branch, if they are listed.
    """

    asked: AskedYears
    count: int | None = None
    commits: tuple[Commit, ...] = ()

    @property
    def item(self) -> str:
        return self.asked.unit.unit_id

    @property
    def repository(self) -> str:
        return self.asked.unit.repository

    @property
    def requests(self) -> int:
        return FETCHES - bool(self.commits)

    @property
    def counted(self) -> CountedUnit:
        return CountedUnit(self.asked.unit, self.count)

    def with_commits(self, commits: tuple[Commit, ...]) -> YearsJob:
        return replace(self, commits=commits)

    def done(self, provider: HistoryProvider) -> Done:
        try:
            with provider.open_history(self.asked.unit) as history:
                history.know(self.commits)
                return self._done(find_year_ends(history, self.asked))
        except UnreadableTargetError as error:
            return self._done(failed_years(self.asked, error))

    def failed(self, status: ScanStatus, message: str) -> Done:
        return self._done(failed_years(self.asked, UnreadableTargetError(status, message)))

    def _done(self, found: YearEnds) -> Done:
        is_failed = found.status in _FAILURES
        return Done(
            self.item,
            ScanStatus(found.status.value) if is_failed else ScanStatus.OK,
            found.message,
            [(self.item, found.status, found.message)],
            years_batch([found]),
            found.retry_after_s,
        )


def _asked(row: dict[str, Any], scanned: Mapping[str, frozenset[str]]) -> AskedYears:
    unit = unit_of(row)
    return AskedYears(unit, row["forked_at"], scanned.get(unit.unit_id, frozenset()))
