"""Processes that download and scan units, within the rate limits of servers.

A job concerns one repository. If it runs out of memory or time, or kills its process, only that
job fails. If a repository is out of reach, its later jobs fail at once, without a request. If a
server asks for a pause (429, Retry-After), all processes pause.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, TypeVar

from pipeline.code.clones import Clones
from pipeline.code.providers import open_code_provider
from pipeline.code.units import CodeProvider
from pipeline.errors import CollectionError, DiskFullError, Status, TokenRefusedError
from pipeline.flows import worker_process
from pipeline.flows.jobs import Done, Job
from pipeline.scan.records import ScanStatus
from pipeline.settings import Settings
from pipeline.web import LONGEST_WAIT_S, Pause, RateLimiter

_TRIES = 5
_UNREACHABLE_IN_A_ROW = 10
_OUT_OF_REACH = frozenset({ScanStatus.NOT_FOUND, ScanStatus.BLOCKED, ScanStatus.UNREACHABLE})
"""After a job with one of these outcomes, the other jobs of the repository would fail too."""


_Provider = TypeVar("_Provider")


@dataclass(frozen=True, slots=True)
class _Attempt(Generic[_Provider]):
    """The n-th attempt at a job; alone, in a process that it shares with no other job."""

    job: Job[_Provider]
    number: int = 1
    is_alone: bool = False


class Workers(Generic[_Provider]):
    """Runs jobs in separate processes; safe to use from several threads."""

    def __init__(self, provider: _Provider, settings: Settings) -> None:
        self._provider = provider
        self._settings = settings
        self._pause = Pause()
        is_on_disk = isinstance(provider, Clones)
        self._rate_limiter = RateLimiter(None if is_on_disk else settings.archive_rate)
        self._lock = threading.Lock()
        # a forked process would inherit the locks of threads, perhaps locked; a fork server needs a
        # socket, whose path may have only some 100 characters
        self._context = get_context("spawn")
        # `__exit__` closes the pipe, or the kernel does when this process dies, and workers see its
        # end. A killed worker could keep the lock of an Event for ever.
        self._end_seen, self._open_while_running = self._context.Pipe(duplex=False)
        self._pool = self._new_pool(settings.workers)
        self._unreachable = 0
        self._out_of_reach: dict[str, tuple[ScanStatus, str]] = {}
        self._ended_by: Exception | None = None
        self._is_closed = False

    def __enter__(self) -> Workers[_Provider]:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends running scans too, so that Ctrl-C does not wait for a download."""
        self._is_closed = True
        self._pause.end()
        self._open_while_running.close()
        self._pool.shutdown(cancel_futures=True)

    def run(self, jobs: Iterable[Job[_Provider]]) -> Iterator[Done]:
        """The result of every job, in the order in which jobs end.

        Raises:
            TokenRefusedError: GitHub refuses the token.
            CollectionError: no further download can succeed. Scans that were running are given
                first, and later calls raise it at once.
        """
        waiting = deque(_Attempt(job) for job in jobs)
        running: dict[Future[Done], _Attempt[_Provider]] = {}
        while (running or (waiting and self._ended_by is None)) and not self._is_closed:
            pause_s = 0.0
            while waiting and len(running) < self._settings.workers and self._ended_by is None:
                if failure := self._out_of_reach.get(waiting[0].job.repository):
                    yield waiting.popleft().job.failed(*failure)
                    continue
                if pause_s := self._rate_limiter.acquire(waiting[0].job.requests):
                    break
                attempt = waiting.popleft()
                running[self._submit(attempt)] = attempt
            for future in self._done(running, pause_s):
                attempt = running.pop(future)
                if self._is_closed:
                    return
                done = self._result(attempt.job, future)
                if self._is_to_be_tried_again(done, attempt.number):
                    is_alone = done.status is ScanStatus.CRASHED
                    waiting.append(_Attempt(attempt.job, attempt.number + 1, is_alone))
                else:
                    self._watch(done)
                    if done.status in _OUT_OF_REACH:
                        failure = (done.status, str(done.message))
                        self._out_of_reach[attempt.job.repository] = failure
                    if done.status is not ScanStatus.REFUSED:
                        yield done
        if self._ended_by is not None:
            raise self._ended_by

    def _done(self, running: Collection[Future[Done]], pause_s: float) -> set[Future[Done]]:
        """The futures that have ended, once one has; none after a pause that is not 0."""
        if running:
            return wait(running, pause_s or None, FIRST_COMPLETED).done
        self._pause(pause_s)
        return set()

    def _submit(self, attempt: _Attempt[_Provider]) -> Future[Done]:
        if attempt.is_alone:
            pool = self._new_pool(1)
            future = pool.submit(worker_process.run, attempt.job)
            pool.shutdown(wait=False)  # the process ends when the scan does
            return future
        with self._lock:
            try:
                return self._pool.submit(worker_process.run, attempt.job)
            except BrokenProcessPool:
                self._pool = self._new_pool(self._settings.workers)
                return self._pool.submit(worker_process.run, attempt.job)

    def _new_pool(self, processes: int) -> Executor:
        return ProcessPoolExecutor(
            processes,
            mp_context=self._context,
            initializer=worker_process.start,
            initargs=(
                self._provider,
                self._settings.repository_timeout_s,
                self._end_seen,
            ),
        )

    def _result(self, job: Job[_Provider], future: Future[Done]) -> Done:
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            message = (
                "The scan's process ended, perhaps without enough memory. The next run retries."
            )
            return job.failed(ScanStatus.CRASHED, message)

    def _is_to_be_tried_again(self, done: Done, attempt: int) -> bool:
        if done.status is ScanStatus.RATE_LIMITED:
            if (done.retry_after_s or 0) > LONGEST_WAIT_S:
                return False
            self._rate_limiter.back_off(done.retry_after_s)
            return attempt < _TRIES
        # a process that ends takes its neighbours with it: the second attempt runs alone
        return done.status in (ScanStatus.CRASHED, ScanStatus.TRUNCATED) and attempt < 2

    def _watch(self, done: Done) -> None:
        """End the run if no further download can succeed."""
        if done.status is ScanStatus.REFUSED:
            self._ended_by = TokenRefusedError(Status.REFUSED, str(done.message))
        if done.status is ScanStatus.DISK_FULL:
            self._ended_by = DiskFullError(str(done.message))
        if (done.retry_after_s or 0) > LONGEST_WAIT_S:
            self._ended_by = CollectionError(
                "GitHub requests a wait of hours before the next download. "
                "Run the command again later; it keeps finished scans."
            )
        if done.status is not ScanStatus.UNREACHABLE:
            self._unreachable = 0
            self._rate_limiter.reset()
            return
        self._unreachable += 1
        if self._unreachable == _UNREACHABLE_IN_A_ROW:
            self._ended_by = CollectionError(
                f"{self._unreachable} repositories in a row were unreachable. "
                f"{done.message} Run the command again; it keeps finished scans."
            )


def open_workers(settings: Settings) -> Workers[CodeProvider]:
    """The workers for the code provider that the settings name.

    Raises:
        InputError: the settings name no provider.
    """
    return Workers(open_code_provider(settings), settings)
