"""Processes that download and scan units, within the rate limits of servers.

One unit is one call in one process. If a unit runs out of memory or time, or kills its process,
only that unit fails. If a server asks for a pause (429, Retry-After), all processes pause.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Collection, Iterator, Sequence
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
from multiprocessing.connection import Connection
from types import FrameType

from pipeline.code.providers import open_code_provider
from pipeline.code.recorded import RecordedSample
from pipeline.code.units import CodeProvider, Unit, scan_unit
from pipeline.errors import CollectionError, DiskFullError, Status, TokenRefusedError
from pipeline.scan.records import ScanResult, ScanStatus
from pipeline.settings import Settings
from pipeline.store.database import Batch
from pipeline.store.scan_rows import scan_batch
from pipeline.web import LONGEST_WAIT_S, Pause, RateLimiter

_MEMORY_BYTES = 6 * 2**30
_TRIES = 5
_UNREACHABLE_IN_A_ROW = 10


@dataclass(frozen=True, slots=True)
class Scanned:
    """A unit's scan as rows for the store."""

    unit_id: str
    status: ScanStatus
    message: str | None
    batch: Batch
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A unit to scan, for the n-th time; alone, in a process that it shares with no other unit."""

    unit: Unit
    number: int = 1
    is_alone: bool = False


class Workers:
    """Scans units in separate processes; safe to use from several threads."""

    def __init__(self, provider: CodeProvider, settings: Settings) -> None:
        self._provider = provider
        self._settings = settings
        self._pause = Pause()
        self._rate_limiter = RateLimiter(settings.archive_rate)
        self._lock = threading.Lock()
        # a forked process would inherit the locks of threads, perhaps locked
        self._context = get_context("spawn")
        # `__exit__` closes the pipe, or the kernel does when this process dies, and workers see its
        # end. A killed worker could keep the lock of an Event for ever.
        self._end_seen, self._open_while_running = self._context.Pipe(duplex=False)
        self._pool = self._new_pool(settings.workers)
        self._unreachable = 0
        self._ended_by: Exception | None = None
        self._is_closed = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends running scans too, so that Ctrl-C does not wait for a download."""
        self._is_closed = True
        self._pause.end()
        self._open_while_running.close()
        self._pool.shutdown(cancel_futures=True)

    def scan(self, units: Sequence[Unit]) -> Iterator[Scanned]:
        """The scan of every unit, in the order in which scans end.

        Raises:
            TokenRefusedError: GitHub refuses the token.
            CollectionError: no further download can succeed. Scans that were running are given
                first, and later calls raise it at once.
        """
        waiting = deque(_Attempt(unit) for unit in units)
        running: dict[Future[Scanned], _Attempt] = {}
        while (running or (waiting and self._ended_by is None)) and not self._is_closed:
            pause_s = 0.0
            while waiting and len(running) < self._settings.workers and self._ended_by is None:
                if pause_s := self._rate_limiter.acquire():
                    break
                attempt = waiting.popleft()
                running[self._submit(attempt)] = attempt
            for future in self._done(running, pause_s):
                attempt = running.pop(future)
                if self._is_closed:
                    return
                scanned = self._result(attempt.unit, future)
                if self._is_to_be_tried_again(scanned, attempt.number):
                    is_alone = scanned.status is ScanStatus.CRASHED
                    waiting.append(_Attempt(attempt.unit, attempt.number + 1, is_alone))
                else:
                    self._watch(scanned)
                    if scanned.status is not ScanStatus.REFUSED:
                        yield scanned
        if self._ended_by is not None:
            raise self._ended_by

    def _done(self, running: Collection[Future[Scanned]], pause_s: float) -> set[Future[Scanned]]:
        """The futures that have ended, once one has; none after a pause that is not 0."""
        if running:
            return wait(running, pause_s or None, FIRST_COMPLETED).done
        self._pause(pause_s)
        return set()

    def _submit(self, attempt: _Attempt) -> Future[Scanned]:
        if attempt.is_alone:
            pool = self._new_pool(1)
            future = pool.submit(_scan, attempt.unit)
            pool.shutdown(wait=False)  # the process ends when the scan does
            return future
        with self._lock:
            try:
                return self._pool.submit(_scan, attempt.unit)
            except BrokenProcessPool:
                self._pool = self._new_pool(self._settings.workers)
                return self._pool.submit(_scan, attempt.unit)

    def _new_pool(self, processes: int) -> Executor:
        return ProcessPoolExecutor(
            processes,
            mp_context=self._context,
            initializer=_start,
            initargs=(
                self._provider,
                self._settings.repository_timeout_s,
                self._end_seen,
            ),
        )

    def _result(self, unit: Unit, future: Future[Scanned]) -> Scanned:
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            message = (
                "The scan's process ended, perhaps without enough memory. The next run retries."
            )
            return _scanned(
                unit, ScanResult(unit.unit_id, status=ScanStatus.CRASHED, message=message)
            )

    def _is_to_be_tried_again(self, scanned: Scanned, attempt: int) -> bool:
        if scanned.status is ScanStatus.RATE_LIMITED:
            if (scanned.retry_after_s or 0) > LONGEST_WAIT_S:
                return False
            self._rate_limiter.back_off(scanned.retry_after_s)
            return attempt < _TRIES
        # a process that ends takes its neighbours with it: the second attempt runs alone
        return scanned.status in (ScanStatus.CRASHED, ScanStatus.TRUNCATED) and attempt < 2

    def _watch(self, scanned: Scanned) -> None:
        """End the run if no further download can succeed."""
        if scanned.status is ScanStatus.REFUSED:
            self._ended_by = TokenRefusedError(Status.REFUSED, str(scanned.message))
        if scanned.status is ScanStatus.DISK_FULL:
            self._ended_by = DiskFullError(str(scanned.message))
        if (scanned.retry_after_s or 0) > LONGEST_WAIT_S:
            self._ended_by = CollectionError(
                "GitHub requests a wait of hours before the next download. "
                "Run the command again later; it keeps finished scans."
            )
        if scanned.status is not ScanStatus.UNREACHABLE:
            self._unreachable = 0
            self._rate_limiter.reset()
            return
        self._unreachable += 1
        if self._unreachable == _UNREACHABLE_IN_A_ROW:
            self._ended_by = CollectionError(
                f"{self._unreachable} repositories in a row were unreachable. "
                f"{scanned.message} Run the command again; it keeps finished scans."
            )


_PROVIDER: CodeProvider
_TIMEOUT_S: float


class _OverTimeError(BaseException):
    """A scan took too long; not an Exception, so that no `except Exception` catches it."""


def _start(provider: CodeProvider, timeout_s: float, end_seen: Connection) -> None:
    """Set up a worker process: its limits, and its end with that of the run."""
    global _PROVIDER, _TIMEOUT_S
    _PROVIDER, _TIMEOUT_S = provider, 2 * timeout_s
    os.setpgid(0, 0)  # so that git ends with the worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run handles Ctrl-C
    signal.signal(signal.SIGALRM, _over_time)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    threading.Thread(target=_end_with, args=(end_seen,), daemon=True).start()


def _over_time(_: int, __: FrameType | None) -> None:
    raise _OverTimeError


def _end_with(end_seen: Connection) -> None:
    end_seen.poll(None)
    os.killpg(0, signal.SIGKILL)


def _scan(unit: Unit) -> Scanned:
    """Scan a unit; every failure is a status."""
    try:
        signal.setitimer(signal.ITIMER_REAL, _TIMEOUT_S)
        result = scan_unit(_PROVIDER, unit)
    except MemoryError:
        message = f"The scan needs more than {_MEMORY_BYTES:,} bytes of memory."
        result = ScanResult(unit.unit_id, status=ScanStatus.TOO_LARGE, message=message)
    except _OverTimeError:
        message = f"The scan took longer than {_TIMEOUT_S:g} s."
        result = ScanResult(unit.unit_id, status=ScanStatus.TIMED_OUT, message=message)
    except OSError as error:
        status, message = _os_failure(error)
        result = ScanResult(unit.unit_id, status=status, message=message)
    except Exception as error:  # a bug that one unit meets must not lose the others
        message = f"The scan failed: {type(error).__name__}. Please report it with the repository."
        result = ScanResult(unit.unit_id, status=ScanStatus.CRASHED, message=message)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        return _scanned(unit, result)
    except Exception as error:  # the same for facts that no table can hold
        message = f"The facts failed: {type(error).__name__}. Please report it with the repository."
        return _scanned(unit, ScanResult(unit.unit_id, status=ScanStatus.CRASHED, message=message))


def _os_failure(error: OSError) -> tuple[ScanStatus, str]:
    """The status and sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = (
            "The disk is full. Free some space and run the command again; it keeps stored data."
        )
        return ScanStatus.DISK_FULL, message
    return (
        ScanStatus.CRASHED,
        f"The operating system failed: {error.strerror or type(error).__name__}.",
    )


def _scanned(unit: Unit, result: ScanResult) -> Scanned:
    batch = scan_batch([(unit, result)])
    return Scanned(unit.unit_id, result.status, result.message, batch, result.retry_after_s)


@dataclass(frozen=True, slots=True)
class Replay:
    """Reads scans of a recorded sample, in this process and without a rate limit."""

    provider: CodeProvider

    def __enter__(self) -> Replay:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def scan(self, units: Sequence[Unit]) -> Iterator[Scanned]:
        """The scan of every unit, in order."""
        for unit in units:
            yield _scanned(unit, scan_unit(self.provider, unit))


def open_workers(settings: Settings) -> Workers | Replay:
    """The workers for the code provider that the settings name.

    Raises:
        InputError: the settings name no provider.
    """
    provider = open_code_provider(settings)
    return Replay(provider) if isinstance(provider, RecordedSample) else Workers(provider, settings)
