"""The output of `adoption scan`, from the same views as in the published database."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from pipeline.code.units import Unit
from pipeline.scan.records import ScanResult
from pipeline.store.database import open_in_memory, write
from pipeline.store.scan_rows import FACTS, scan_batch, scan_id

_BATCH = 64
_WAIT_S = 2.0
_NO_LABEL = (None, None, None, None)

Report = dict[str, Any]
"""A JSON object: target, commit, status, label and the evidence for it."""


def reports(results: Iterable[ScanResult]) -> Iterator[tuple[ScanResult, Report]]:
    """Each scan with its report, in order.

    The scans are labelled in batches: DuckDB plans the views as long for one scan as for many.
    """
    with open_in_memory(last_view="repo_label") as store:
        for batch in _batches(results):
            yield from _reports_of(store, batch)


def _batches(results: Iterable[ScanResult]) -> Iterator[list[ScanResult]]:
    """A batch ends after two seconds, so that lines are printed while the scans go on."""
    batch: list[ScanResult] = []
    started = time.monotonic()
    for result in results:
        batch.append(result)
        if len(batch) == _BATCH or time.monotonic() - started > _WAIT_S:
            yield batch
            batch, started = [], time.monotonic()
    if batch:
        yield batch


def _reports_of(
    store: duckdb.DuckDBPyConnection, results: list[ScanResult]
) -> Iterator[tuple[ScanResult, Report]]:
    # by number, for a target may be named twice
    units = [Unit(str(number), "", "", "") for number in range(len(results))]
    write(store, scan_batch(zip(units, results, strict=True)))
    labels = _labels(store)
    frameworks = _frameworks(store)
    for table in ("scan", *FACTS):
        store.execute(f"delete from {table}")
    for unit, result in zip(units, results, strict=True):
        key = scan_id(unit.unit_id, result.commit_id, result.status)
        yield result, _report(result, labels.get(key, _NO_LABEL), frameworks[key])


def _labels(store: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    """Label, family, variant and confidence by scan_id."""
    rows = store.execute("select scan_id, label, family, variant, confidence from repo_label")
    return {key: tuple(answer) for key, *answer in rows.fetchall()}


def _frameworks(store: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """Each framework of a scan with its files, modules and evidence, by scan_id."""
    frameworks: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, framework, files, evidence in store.execute(
        "select scan_id, framework, files, evidence from repo_framework "
        "order by scan_id, score desc, imports desc, framework"
    ).fetchall():
        frameworks[key][framework] = {"files": files, "modules": {}, "evidence": evidence}
    for key, framework, module, files in store.execute(
        "select scan_id, framework, module, count(distinct path) as files from framework_import "
        "where weight > 0 group by all order by files desc, module"
    ).fetchall():
        frameworks[key][framework]["modules"][module] = files
    return frameworks


def _report(result: ScanResult, answer: tuple[Any, ...], frameworks: dict[str, Any]) -> Report:
    label, family, variant, confidence = answer
    return {
        "target": result.target,
        "commit": result.commit_id,
        "status": result.status,
        "message": result.message,
        "label": label,
        "family": family,
        "variant": variant,
        "confidence": confidence,
        "frameworks": frameworks,
        "files": {
            "seen": result.files_seen,
            "scanned": result.files_scanned,
            "skipped": result.files_skipped,
            "bytes": result.bytes_scanned,
        },
        "unread": {
            item.language: {"files": item.files, "bytes": item.bytes} for item in result.unread
        },
        "problems": [
            {"path": item.path, "problem": item.problem, "message": item.message}
            for item in result.problems
        ],
    }
