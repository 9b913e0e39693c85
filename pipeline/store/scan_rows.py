"""Scans and their facts as rows of the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipeline.code.units import Unit
from pipeline.scan.records import (
    SCANNER_VERSION,
    ApiUseFact,
    FileProblem,
    ImportFact,
    LocalModule,
    ScanResult,
    UnreadCode,
)
from pipeline.store.arrow import arrow_table, schema_of
from pipeline.store.database import Batch, now

_LOCAL_MODULE = tuple(field.name for field in fields(LocalModule))
_FILE_PROBLEM = tuple(field.name for field in fields(FileProblem))
FACTS = {
    "import_fact": ImportFact._fields,
    "api_use": ApiUseFact._fields,
    "local_module": _LOCAL_MODULE,
    "file_problem": _FILE_PROBLEM,
    "unread_code": UnreadCode._fields,
}
"""The tables of facts that a scan fills, with the names of the values of a fact."""


def scan_batch(scans: Iterable[tuple[Unit, ScanResult]]) -> Batch:
    """Scans with their facts. The facts come first: a scan that is stored has them all."""
    rows = []
    facts: dict[str, list[pa.Table]] = {name: [] for name in FACTS}
    for unit, result in scans:
        key = scan_id(unit.unit_id, result.commit_id, result.status)
        rows.append({"scan_id": key} | _scan_row(unit, result))
        imports = {(fact.path, fact.line, fact.module): fact for fact in result.imports}
        problems = {(item.path, item.problem): item for item in result.problems}
        found: dict[str, Iterable[tuple[object, ...]]] = {
            "import_fact": imports.values(),
            "api_use": result.api_uses,
            "local_module": map(attrgetter(*_LOCAL_MODULE), result.local_modules),
            "file_problem": map(attrgetter(*_FILE_PROBLEM), problems.values()),
            "unread_code": result.unread,
        }
        for name, records in found.items():
            facts[name].append(_of_scan(key, name, list(records)))
    tables = {
        name: pa.concat_tables(parts or [schema_of(name).empty_table()])
        for name, parts in facts.items()
    }
    return tables | {"scan": arrow_table("scan", rows)}


def _of_scan(key: str, table: str, records: list[tuple[object, ...]]) -> pa.Table:
    """Records of a scan as rows, made by columns: by rows it would take three times as long."""
    schema = schema_of(table)
    if not records:
        return schema.empty_table()
    columns = dict(zip(FACTS[table], zip(*records, strict=True), strict=True))
    columns["scan_id"] = (key,) * len(records)
    return pa.Table.from_arrays(
        [pa.array(columns[field.name], field.type) for field in schema], schema=schema
    )


def scan_id(unit_id: str, commit_id: str | None, status: str) -> str:
    """The same unit, commit, status and version of the scanner are the same scan."""
    what = (unit_id, commit_id or "", status, SCANNER_VERSION)
    return hashlib.sha256("\n".join(what).encode()).hexdigest()[:16]


def _scan_row(unit: Unit, result: ScanResult) -> dict[str, Any]:
    return {
        "unit_id": unit.unit_id,
        "host": unit.host,
        "owner": unit.owner,
        "name": unit.name,
        "subdir": unit.subdir,
        "commit_id": result.commit_id,
        "committed_at": _utc(result.committed_at),
        "status": result.status,
        "message": result.message,
        "files_seen": result.files_seen,
        "files_scanned": result.files_scanned,
        "files_skipped": result.files_skipped,
        "bytes_scanned": result.bytes_scanned,
        "scanner_version": SCANNER_VERSION,
        "scanned_at": now(),
        "transfer": result.transfer,
        "bytes_moved": result.bytes_moved,
        "is_head": result.is_head,
    }


def _utc(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)
