"""The flow `code`: scans every unit that needs a scan."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from prefect import flow

from pipeline.code.commits import utc_text
from pipeline.code.github import code_bytes
from pipeline.code.providers import recorded_sample
from pipeline.code.units import Unit
from pipeline.errors import Means, statuses
from pipeline.flows.artifacts import show_progress
from pipeline.flows.hooks import COLLECTING_HOOKS
from pipeline.flows.job_tasks import TWO_AT_ONCE, open_runner, run_jobs
from pipeline.flows.jobs import ScanJob
from pipeline.flows.runs import recorded_run
from pipeline.flows.workers import open_workers
from pipeline.scan.records import SCANNER_VERSION
from pipeline.settings import Settings
from pipeline.store.database import due_rows, now, write
from pipeline.store.replay import replay


@flow(name="code", task_runner=TWO_AT_ONCE, **COLLECTING_HOOKS)
def code_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Scan every unit that has no result from this version of the scanner.

    If the settings name a recorded sample, load it instead.

    Raises:
        CollectionError: most of it, or all from some point on, could not be had, for reasons
            that may pass.
        TokenRefusedError: GitHub refuses the token.
    """
    settings = Settings.overridden(overrides)
    if (sample := recorded_sample(settings)) is not None:
        return _replay(settings, sample)
    with (
        open_runner(open_workers, settings) as workers,
        recorded_run("code", settings) as (store, run),
    ):
        # left by a run that was killed; a run that continues would hold the store
        shutil.rmtree(settings.scratch, ignore_errors=True)
        rows = due_rows(
            store,
            "units",
            scanner_version=SCANNER_VERSION,
            now=now(),
            recheck_days=settings.recheck_days,
        )
        jobs = [ScanJob(_unit(row)) for row in rows]
        with show_progress("code", len(jobs)) as shown:
            run_jobs(workers, jobs, settings.batch, "code", (store, run), shown)
    return dict(run.counts)


def _replay(settings: Settings, sample: Path) -> dict[str, int]:
    """Load a recorded sample. Gives the number of units by the status of their scan."""
    with recorded_run("code", settings) as (store, run):
        with show_progress("code", None) as shown:
            answers = replay(store, sample, settings.recheck_days)
            failures = statuses("code", Means.GONE, Means.AGAIN, Means.ENDS_RUN)
            shown.advance(len(answers), sum(status in failures for _, status, _ in answers))
        run.note("code", answers)
        run.counts.update(status for _, status, _ in answers)
        write(store, run.outcomes())
    return dict(run.counts)


def _unit(row: dict[str, Any]) -> Unit:
    languages = row["languages"]
    size_kb = row["size_kb"]
    return Unit(
        row["unit_id"],
        row["host"],
        row["owner"],
        row["name"],
        row["subdir"],
        row["ref"],
        row["ref_may_have_slash"],
        commit=None if row["ref"] else row["head_commit"],
        committed_at=utc_text(row["head_committed_at"]),
        size_bytes=1024 * size_kb if size_kb else None,
        code_bytes=None
        if languages is None
        else code_bytes({item["name"]: item["size_bytes"] for item in languages}),
    )
