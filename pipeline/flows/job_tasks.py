"""Runs jobs in Prefect tasks and stores each result when it arrives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

import duckdb
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.errors import CollectionError, Means, statuses
from pipeline.flows.dask_tasks import DaskCluster, run_on_dask
from pipeline.flows.dask_worker import OpenWorkers
from pipeline.flows.handover import Found, Results, as_is, store_as_known
from pipeline.flows.jobs import Job
from pipeline.flows.runner import Runner
from pipeline.flows.runs import Run
from pipeline.settings import Settings
from pipeline.terminal.progress import Progress

TWO_AT_ONCE: Any = ThreadPoolTaskRunner(max_workers=2)
"""Two tasks, so that the workers still have jobs while one task ends."""


@contextmanager
def open_runner(open_workers: OpenWorkers, settings: Settings) -> Iterator[Runner | DaskCluster]:
    """What runs jobs, by the setting ADOPTION_RUNNER: processes here, or a Dask cluster."""
    if settings.runner == "threads":
        with open_workers(settings) as workers:
            yield workers
    else:
        yield DaskCluster(open_workers, settings)


def run_jobs(
    workers: Runner | DaskCluster,
    jobs: Sequence[Job[Any]],
    jobs_a_task: int,
    step: str,
    stored: tuple[duckdb.DuckDBPyConnection, Run],
    shown: Progress,
) -> None:
    """Run jobs in tasks, some in each. Store each result and outcome when it arrives.

    Raises:
        CollectionError: no further job can succeed, or most of them failed for reasons that may
            pass.
        TokenRefusedError: GitHub refuses the token.
    """
    run = stored[1]
    before = Counter(run.counts)
    batches = [jobs[at : at + jobs_a_task] for at in range(0, len(jobs), jobs_a_task)]
    if isinstance(workers, DaskCluster):
        run_on_dask(workers, batches, step, stored, shown)
    else:
        _run_in_threads(workers, batches, step, stored, shown)
    _complain_if_most_failed(run.counts - before, step, run.examples)


def _run_in_threads(
    workers: Runner,
    batches: Sequence[Sequence[Job[Any]]],
    step: str,
    stored: tuple[duckdb.DuckDBPyConnection, Run],
    shown: Progress,
) -> None:
    results: Results = SimpleQueue()
    futures = [
        run_jobs_task.submit(as_is(workers), as_is(batch), as_is(results), step)
        for batch in batches
    ]
    store_as_known(*stored, results, len(futures), shown)
    for future in futures:
        future.result()


@task(name="run jobs", cache_policy=NO_CACHE, persist_result=False)
def run_jobs_task(workers: Runner, jobs: Sequence[Job[Any]], results: Results, step: str) -> int:
    """Run jobs and hand over the results. Returns their number."""
    done = 0
    problems = statuses(step, Means.GONE, Means.AGAIN, Means.ENDS_RUN)
    try:
        for result in workers.run(jobs):
            failed = sum(status in problems for _, status, _ in result.outcomes)
            results.put(Found(step, result.batch, result.outcomes, failed))
            done += 1
    finally:
        results.put(None)
    return done


def _complain_if_most_failed(counts: Counter[str], step: str, examples: Mapping[str, str]) -> None:
    transient = statuses(step, Means.AGAIN)
    failed = {status: count for status, count in counts.items() if status in transient}
    if 2 * sum(failed.values()) > counts.total():
        most = max(failed, key=lambda status: (failed[status], status))
        raise CollectionError(
            f"{sum(failed.values()):,} of {counts.total():,} scans failed: "
            f"{examples.get(most, most)} Run the command again; it keeps finished scans."
        )
