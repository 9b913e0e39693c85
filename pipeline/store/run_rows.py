"""The outcomes and checkpoints of a run as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch, now


def outcome_batch(
    run_id: str, outcomes: Iterable[tuple[str, tuple[str, str, str | None]]]
) -> Batch:
    """The outcome of each (step, (item, status, message)) of a run."""
    happened_at = now()
    rows = [
        {
            "run_id": run_id,
            "step": step,
            "item": item,
            "status": status,
            "message": message,
            "happened_at": happened_at,
        }
        for step, (item, status, message) in outcomes
    ]
    return {"outcome": arrow_table("outcome", rows)}


def checkpoint_batch(checkpoints: Mapping[str, str]) -> Batch:
    """Checkpoints by name, at which collectors continue."""
    rows = [{"name": name, "mark": value, "set_at": now()} for name, value in checkpoints.items()]
    return {"progress_mark": arrow_table("progress_mark", rows)}
