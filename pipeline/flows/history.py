"""The flow `history`: finds and scans the commit that was each paper's code when it came out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import duckdb
from prefect import flow

from pipeline.code.commit_lists import REPOSITORIES_AT_ONCE
from pipeline.code.moments import HistoryStatus, PaperDay
from pipeline.code.paper_commits import PAPERS_A_JOB, AskedPaper
from pipeline.code.units import unit_of
from pipeline.flows.artifacts import show_progress
from pipeline.flows.history_workers import open_history_workers
from pipeline.flows.hooks import HOOKS
from pipeline.flows.job_tasks import TWO_AT_ONCE, open_runner, run_jobs
from pipeline.flows.jobs import HistoryJob
from pipeline.flows.runs import Run, recorded_run
from pipeline.settings import Settings
from pipeline.store.database import write
from pipeline.store.history_rows import due_papers, scanned_commits, undated_batch


@flow(name="history", task_runner=TWO_AT_ONCE, **HOOKS)
def history_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Find and scan the commit of every paper and unit without a valid answer in paper_commit.

    Raises:
        CollectionError: most of it, or all from some point on, could not be had, for reasons
            that may pass.
        TokenRefusedError: GitHub refuses the token.
    """
    settings = Settings.overridden(overrides)
    with (
        open_runner(open_history_workers, settings) as workers,
        recorded_run("history", settings) as (store, run),
    ):
        # left by a run that was killed; a run that continues would hold the store
        shutil.rmtree(settings.scratch, ignore_errors=True)
        due = due_papers(store, settings.recheck_days)
        _store_undated(store, run, [row for row in due if row["last_public_day"] is None])
        dated = [row for row in due if row["last_public_day"] is not None]
        jobs = list(jobs_of(dated, scanned_commits(store)))
        with show_progress("history", len(dated)) as shown:
            run_jobs(workers, jobs, REPOSITORIES_AT_ONCE, "history", (store, run), shown)
    return dict(run.counts)


def _store_undated(
    store: duckdb.DuckDBPyConnection, run: Run, rows: Sequence[dict[str, Any]]
) -> None:
    papers = [(row["paper_id"], row["unit_id"]) for row in rows]
    items = [f"{paper_id} {unit_id}" for paper_id, unit_id in papers]
    run.note("history", [(item, HistoryStatus.NO_DATE, None) for item in items])
    run.counts.update([HistoryStatus.NO_DATE] * len(items))
    write(store, {**undated_batch(papers), **run.outcomes()})


def jobs_of(
    rows: Sequence[dict[str, Any]], scanned: Mapping[str, frozenset[str]]
) -> Iterator[HistoryJob]:
    """Jobs for each repository. `rows` must be sorted by repository."""
    for _, group in groupby(rows, key=lambda row: (row["host"], row["owner"], row["name"])):
        papers = list(group)
        asked = [_asked(row, scanned.get(row["unit_id"], frozenset())) for row in papers]
        for number, start in enumerate(range(0, len(asked), PAPERS_A_JOB), 1):
            part = tuple(asked[start : start + PAPERS_A_JOB])
            yield HistoryJob(part, papers[0]["forked_at"], number, papers[0]["commits"])


def _asked(row: dict[str, Any], scanned: frozenset[str]) -> AskedPaper:
    day = PaperDay(row["last_public_day"], row["date_precision"])
    return AskedPaper(row["paper_id"], unit_of(row), day, scanned)
