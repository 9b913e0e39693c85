"""The flow `code`: scans every unit that needs a scan."""

from __future__ import annotations

import shutil
from queue import SimpleQueue
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.code.github import code_bytes
from pipeline.code.units import Unit
from pipeline.errors import CollectionError, Means, statuses
from pipeline.flows.handover import Found, Results, as_is, store_as_known
from pipeline.flows.runs import Run, recorded_run
from pipeline.flows.workers import Replay, Workers, open_workers
from pipeline.scan.records import SCANNER_VERSION, ScanStatus
from pipeline.settings import Settings
from pipeline.store.database import due_rows, now
from pipeline.terminal.progress import show_progress

# two tasks, so that the workers have units to go on with while one task ends
_TWO_AT_ONCE: Any = ThreadPoolTaskRunner(max_workers=2)


@flow(name="code", task_runner=_TWO_AT_ONCE)
def code_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Scan every unit that has no result from this version of the scanner.

    Raises:
        CollectionError: most of it, or all from some point on, could not be had, for reasons
            that may pass.
        TokenRefusedError: GitHub refuses the token.
    """
    settings = Settings.overridden(overrides)
    workers = open_workers(settings)
    with workers, recorded_run("code", settings) as (store, run):
        # of a run that was killed: one that goes on would hold the store
        shutil.rmtree(settings.scratch, ignore_errors=True)
        rows = due_rows(
            store,
            "units",
            scanner_version=SCANNER_VERSION,
            now=now(),
            recheck_days=settings.recheck_days,
        )
        due = [_unit(row) for row in rows]
        batches = [due[at : at + settings.batch] for at in range(0, len(due), settings.batch)]
        results: Results = SimpleQueue()
        with show_progress("code", len(due)) as shown:
            futures = [
                scan_units_task.submit(as_is(workers), as_is(units), as_is(results))
                for units in batches
            ]
            store_as_known(store, run, results, len(futures), shown)
            for future in futures:
                future.result()
        _complain_if_most_failed(run, len(due))
    return dict(run.counts)


@task(name="scan units", cache_policy=NO_CACHE, persist_result=False)
def scan_units_task(workers: Workers | Replay, units: list[Unit], results: Results) -> int:
    """Scan units and hand over the results. Returns their number."""
    done = 0
    try:
        for scanned in workers.scan(units):
            outcome = (scanned.unit_id, scanned.status, scanned.message)
            results.put(
                Found("code", scanned.batch, [outcome], int(scanned.status is not ScanStatus.OK))
            )
            done += 1
    finally:
        results.put(None)
    return done


def _unit(row: dict[str, Any]) -> Unit:
    languages = row["languages"]
    size_kb = row["size_kb"]
    committed_at = row["head_committed_at"]
    return Unit(
        row["unit_id"],
        row["host"],
        row["owner"],
        row["name"],
        row["subdir"],
        row["ref"],
        row["ref_may_have_slash"],
        commit=None if row["ref"] else row["head_commit"],
        committed_at=f"{committed_at.isoformat()}+00:00" if committed_at else None,
        size_bytes=1024 * size_kb if size_kb else None,
        code_bytes=None
        if languages is None
        else code_bytes({item["name"]: item["size_bytes"] for item in languages}),
    )


def _complain_if_most_failed(run: Run, items: int) -> None:
    transient = statuses("code", Means.AGAIN)
    failed = {status: count for status, count in run.counts.items() if status in transient}
    if 2 * sum(failed.values()) > items > 0:
        most = max(failed, key=lambda status: failed[status])
        raise CollectionError(
            f"{sum(failed.values()):,} of {items:,} repositories failed: "
            f"{run.examples.get(most, most)} Run the command again; it keeps finished scans."
        )
