"""Records a run in the tables `run` and `outcome`, also when it fails."""

from __future__ import annotations

import platform
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version

import duckdb

from pipeline import __version__
from pipeline.code.moments import HistoryStatus
from pipeline.code.year_ends import YearsStatus
from pipeline.errors import Status
from pipeline.scan.records import ScanStatus
from pipeline.settings import Settings
from pipeline.store.database import Batch, as_json, now, open_store
from pipeline.store.run_rows import outcome_batch

_PACKAGES = ("prefect", "duckdb", "pandas", "plotly", "requests")
Outcome = tuple[str, Status | ScanStatus | HistoryStatus | YearsStatus, str | None]
"""Item, status and message."""


@dataclass(slots=True)
class Run:
    """The progress of a run."""

    run_id: str
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    """The message of one item for each status."""
    _noted: list[tuple[str, Outcome]] = field(default_factory=list)

    def note(self, step: str, outcomes: Iterable[Outcome]) -> None:
        """Remember outcomes for the next write."""
        for item, status, message in outcomes:
            self._noted.append((step, (item, status, message)))
            if message:
                self.examples.setdefault(status, message)

    def outcomes(self) -> Batch:
        """Rows of `outcome` that were noted since the last call."""
        noted, self._noted = self._noted, []
        return outcome_batch(self.run_id, noted)


@contextmanager
def recorded_run(name: str, settings: Settings) -> Iterator[tuple[duckdb.DuckDBPyConnection, Run]]:
    """The working database and a run that is written to it at its start and at its end."""
    run = Run(str(uuid.uuid4()))
    versions = {"adoption": __version__, "python": platform.python_version()}
    versions |= {package: version(package) for package in _PACKAGES}
    with open_store(settings.working, settings.overrides, f"the flow {name}") as store:
        # only one process can write: a run that is said to go on was killed
        store.execute("update run set status = 'killed' where status = 'running'")
        store.execute(
            "insert into run (run_id, flow, settings, versions, status, started_at) "
            "values (?, ?, ?, ?, 'running', ?)",
            [run.run_id, name, as_json(settings.without_secrets()), as_json(versions), now()],
        )
        status = "failed"
        try:
            yield store, run
            status = "done"
        finally:
            with suppress(duckdb.Error):  # the disk may be full; the error that says so goes on
                store.execute(
                    "update run set status = ?, counts = ?, ended_at = ? where run_id = ?",
                    [status, as_json(run.counts), now(), run.run_id],
                )
