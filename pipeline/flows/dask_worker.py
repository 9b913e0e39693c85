"""What a Dask worker does: it runs the jobs of a batch and returns what they found."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from pipeline.errors import AdoptionError, InputError
from pipeline.flows.jobs import Done, Job
from pipeline.flows.runner import Runner
from pipeline.settings import Settings

OpenWorkers: TypeAlias = Callable[[Settings], AbstractContextManager[Runner]]
Results: TypeAlias = tuple[list[Done], AdoptionError | None]
"""The results of jobs, and the error that ended them early, if one did."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs for one task. `settings` has no secrets: a worker reads those of its own machine."""

    jobs: Sequence[Job[Any]]
    open_workers: OpenWorkers
    settings: dict[str, Any]
    run_id: str


def run_batch(pickled: bytes) -> Results:
    """Run the jobs of a batch."""
    batch: Batch = pickle.loads(pickled)
    done: list[Done] = []
    try:
        runner = _POOL.runner(
            batch.run_id, partial(batch.open_workers, _settings_here(batch.settings))
        )
        done.extend(runner.run(batch.jobs))
    except AdoptionError as error:
        return done, error
    return done, None


def _settings_here(given: dict[str, Any]) -> Settings:
    """The settings on this machine. The flow has waited for the rate limit already."""
    folder = Path(tempfile.gettempdir()) / "adoption"
    return Settings.overridden({**given, "data": folder, "archive_rate": "1000000/second"})


class _Pool:
    """The processes of a Dask worker. They stay for all batches of a run: to start them is slow."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._run_id = ""
        self._opened = ExitStack()
        self._runner: Runner | None = None

    def runner(self, run_id: str, opened: Callable[[], AbstractContextManager[Runner]]) -> Runner:
        """The processes of a run. Those of an earlier run end."""
        if multiprocessing.current_process().daemon:
            raise InputError("Start the workers of Dask with --no-nanny: they start processes.")
        with self._lock:
            if self._runner is None or self._run_id != run_id:
                self._opened.close()
                self._runner = self._opened.enter_context(opened())
                self._run_id = run_id
            return self._runner


_POOL = _Pool()
