"""What a worker process does: it runs one job after the other, and ends with the run."""

from __future__ import annotations

import os
import resource
import signal
import threading
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from pipeline.code.crashes import MEMORY_BYTES, OverTimeError, crash
from pipeline.flows.jobs import Done, Job

_PROVIDER: Any
_TIMEOUT_S: float


def start(provider: object, timeout_s: float, end_seen: Connection) -> None:
    """Set up a worker process: its limits, and its end with that of the run."""
    global _PROVIDER, _TIMEOUT_S
    _PROVIDER, _TIMEOUT_S = provider, 2 * timeout_s
    os.setpgid(0, 0)  # so that git ends with the worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run handles Ctrl-C
    signal.signal(signal.SIGALRM, _over_time)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    threading.Thread(target=_end_with, args=(end_seen,), daemon=True).start()


def _over_time(_: int, __: FrameType | None) -> None:
    raise OverTimeError(_TIMEOUT_S)


def _end_with(end_seen: Connection) -> None:
    end_seen.poll(None)
    os.killpg(0, signal.SIGKILL)


def run(job: Job[Any]) -> Done:
    """Run a job; every failure is a status."""
    try:
        signal.setitimer(signal.ITIMER_REAL, _TIMEOUT_S)
        return job.done(_PROVIDER)
    except (Exception, OverTimeError) as error:  # what one job meets must not lose the others
        failure = crash(error)
        return job.failed(failure.status, failure.message)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
