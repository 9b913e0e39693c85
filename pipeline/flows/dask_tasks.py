"""Runs jobs on a Dask cluster, through Prefect's task runner for Dask, and stores their results.

A task is a batch of jobs. A Dask worker needs no database and no shared disk: it gets the jobs and
the settings without secrets, reads the secrets from its own environment, and returns Arrow tables.
The flow holds the rate limit: it starts a batch when the limit permits all of its requests, so the
limit holds for all workers together, however many they are.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import duckdb
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from pipeline.errors import AdoptionError, CollectionError, InputError, Means, statuses
from pipeline.flows.dask_worker import Batch, OpenWorkers, Results, run_batch
from pipeline.flows.handover import Found, keep
from pipeline.flows.jobs import Done, Job
from pipeline.flows.runs import Run
from pipeline.scan.records import ScanStatus
from pipeline.settings import Settings
from pipeline.terminal.progress import Progress
from pipeline.web import RateLimiter

_HERE = ("data", "site", "site_url", "links", "overrides", "workers", "runner")
"""Settings of the flow's machine, which mean nothing on another one."""


@dataclass(frozen=True, slots=True)
class DaskCluster:
    """Runs jobs on the workers of a cluster. `address`: of its scheduler."""

    open_workers: OpenWorkers
    settings: Settings

    @property
    def address(self) -> str | None:
        """The address of the scheduler. Without one, Dask runs in this process."""
        return self.settings.runner.partition(":")[2] or None


@dataclass(slots=True)
class _Dispatch:
    """Batches of jobs that wait for a worker or for the rate limit."""

    waiting: deque[Sequence[Job[Any]]]
    rate_limiter: RateLimiter
    running: int = 0
    error: AdoptionError | None = None
    ended: SimpleQueue[PrefectFuture[Any]] = field(default_factory=SimpleQueue)
    _permitted: int = 0

    def pause_s(self) -> float:
        """0 if the next batch may start; otherwise the seconds after which to ask again."""
        jobs = self.waiting[0]
        while self._permitted < len(jobs):
            if pause_s := self.rate_limiter.acquire(jobs[self._permitted].requests):
                return pause_s
            self._permitted += 1
        return 0.0

    def next(self) -> Sequence[Job[Any]]:
        """The next batch, which then runs."""
        self._permitted = 0
        self.running += 1
        return self.waiting.popleft()


def run_on_dask(
    cluster: DaskCluster,
    batches: Sequence[Sequence[Job[Any]]],
    step: str,
    stored: tuple[duckdb.DuckDBPyConnection, Run],
    shown: Progress,
) -> None:
    """Run batches of jobs on the cluster. Store the results of each batch when it ends.

    Raises:
        InputError: prefect-dask is not installed.
        CollectionError: no scheduler answers.
        AdoptionError: no further job can succeed. What the other batches found is stored.
    """
    if not batches:
        return  # without the wait for a scheduler
    store, run = stored
    rate = cluster.settings.archive_rate if cluster.settings.code == "github" else None
    dispatch = _Dispatch(deque(batches), RateLimiter(rate))
    with _started(_task_runner(cluster.address), cluster.address) as runner:
        while dispatch.running or (dispatch.waiting and dispatch.error is None):
            pause_s = _start_batches(dispatch, runner, cluster, run.run_id, shown)
            for done, error in _ended(dispatch, pause_s):
                found = [_found(step, item) for item in done]
                keep(store, run, found)
                shown.advance(
                    sum(len(item.outcomes) for item in found), sum(item.problems for item in found)
                )
                for item in done:
                    if item.status is ScanStatus.RATE_LIMITED:
                        dispatch.rate_limiter.back_off(item.retry_after_s)
                dispatch.error = dispatch.error or error
    if dispatch.error is not None:
        raise dispatch.error


def _start_batches(
    dispatch: _Dispatch, runner: Any, cluster: DaskCluster, run_id: str, shown: Progress
) -> float:
    """Start a batch for each free thread of the cluster. Gives the pause that a limit asks for."""
    threads = sum(runner.client.nthreads().values())
    if not threads and not dispatch.running:
        shown.say(f"Waiting for a worker of the Dask cluster at {cluster.address}.")
    while dispatch.waiting and dispatch.error is None and dispatch.running < max(threads, 1):
        if pause_s := dispatch.pause_s():
            return pause_s
        batch = Batch(dispatch.next(), cluster.open_workers, _elsewhere(cluster.settings), run_id)
        # as bytes, which neither Prefect nor Dask searches for futures
        future = runner.submit(run_batch_task, parameters={"batch": pickle.dumps(batch)})
        future.add_done_callback(dispatch.ended.put)
    return 0.0


def _ended(dispatch: _Dispatch, pause_s: float) -> list[Results]:
    """The results of the next batch that ends; nothing after a pause that is not 0."""
    try:
        future = dispatch.ended.get(timeout=pause_s or None)
    except Empty:
        return []
    dispatch.running -= 1
    results: Results = future.result()
    return [results]


def _found(step: str, done: Done) -> Found:
    problems = statuses(step, Means.GONE, Means.AGAIN, Means.ENDS_RUN)
    failed = sum(status in problems for _, status, _ in done.outcomes)
    return Found(step, done.batch, done.outcomes, failed)


def _task_runner(address: str | None) -> Any:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise InputError(
            "ADOPTION_RUNNER names Dask, which is not installed. In a clone of the "
            "project, run pip install '.[dask]'."
        ) from None
    if address is None:
        # in this process: a worker's own processes cannot be children of Dask's processes
        local = {"processes": False, "n_workers": 1, "dashboard_address": None}
        return DaskTaskRunner(cluster_kwargs=local)
    return DaskTaskRunner(address=address)


@contextmanager
def _started(task_runner: Any, address: str | None) -> Iterator[Any]:
    with ExitStack() as stack:
        try:
            stack.enter_context(task_runner).client.nthreads()  # connects
        except OSError:
            if address is None:  # Dask in this process: no scheduler is asked
                raise
            raise CollectionError(
                f"No Dask scheduler answers at {address}, which ADOPTION_RUNNER names. Start it "
                "there, or set ADOPTION_RUNNER=threads."
            ) from None
        yield task_runner


def _elsewhere(settings: Settings) -> dict[str, Any]:
    """The settings for another machine: without secrets, and without places on this one."""
    given = settings.model_dump(mode="json", exclude=set(_HERE))
    return {name: value for name, value in given.items() if name in settings.without_secrets()}


@task(name="run jobs on Dask", cache_policy=NO_CACHE, persist_result=False)
def run_batch_task(batch: bytes) -> Results:
    """Run the jobs of a pickled Batch."""
    # Dask sends the text of this function, so what it calls must be in another module
    return run_batch(batch)
