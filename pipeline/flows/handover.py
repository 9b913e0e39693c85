"""How tasks hand results to their flow: a queue, which the flow empties into the database.

A task holds no database. It puts what it has found into the queue at once; the flow writes every
half second what there is, in one transaction. A kill at any moment loses at most that half second.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar, cast

import duckdb
import pyarrow as pa
from prefect.utilities.annotations import quote

from pipeline.flows.runs import Outcome, Run
from pipeline.store.database import Batch, write
from pipeline.terminal.progress import Progress

_WRITE_EVERY_S = 0.5

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Found:
    """The results of a task: rows, and (item, status, message) of each item."""

    step: str
    batch: Batch
    outcomes: Sequence[Outcome]
    problems: int


def concat_batches(batches: Sequence[Batch]) -> Batch:
    """One batch of several. Where rows share a key the last one counts, as if written in turn."""
    tables: dict[str, list[pa.Table]] = {}
    for batch in batches:
        for name, table in batch.items():
            tables.setdefault(name, []).append(table)
    return {name: pa.concat_tables(parts) for name, parts in tables.items()}


Results = SimpleQueue[Found | None]
"""What tasks hand over; None where one has ended."""


def store_as_known(
    store: duckdb.DuckDBPyConnection, run: Run, results: Results, tasks: int, shown: Progress
) -> None:
    """Write the results of tasks until the last task has ended."""
    while tasks:
        given = [results.get()]
        until = time.monotonic() + _WRITE_EVERY_S
        while (rest_s := until - time.monotonic()) > 0:
            try:
                given.append(results.get(timeout=rest_s))
            except Empty:
                break
            if given.count(None) == tasks:
                break
        found = [item for item in given if item is not None]
        tasks -= len(given) - len(found)
        keep(store, run, found)
        shown.advance(
            sum(len(item.outcomes) for item in found), sum(item.problems for item in found)
        )


def keep(store: duckdb.DuckDBPyConnection, run: Run, found: Sequence[Found]) -> None:
    """Write facts and outcomes in one transaction."""
    for item in found:
        run.note(item.step, item.outcomes)
        run.counts.update(status for _, status, _ in item.outcomes)
    write(store, {**concat_batches([item.batch for item in found]), **run.outcomes()})


def as_is(value: _Value) -> _Value:
    """A value for a task that Prefect does not search for futures, item by item.

    Of the value's own type, for Prefect gives the task what it wraps.
    """
    return cast("_Value", quote(value))
