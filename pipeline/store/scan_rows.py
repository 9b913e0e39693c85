"""Scans and their facts as rows of the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipeline.code.units import Unit
from pipeline.scan.records import SCANNER_VERSION, ScanResult
from pipeline.store.database import Batch, now

_TIME = pa.timestamp("us")
SCAN = pa.schema(
    {
        "scan_id": pa.string(),
        "unit_id": pa.string(),
        "host": pa.string(),
        "owner": pa.string(),
        "name": pa.string(),
        "subdir": pa.string(),
        "commit_id": pa.string(),
        "committed_at": _TIME,
        "status": pa.string(),
        "message": pa.string(),
        "files_seen": pa.int64(),
        "files_scanned": pa.int64(),
        "files_skipped": pa.int64(),
        "bytes_scanned": pa.int64(),
        "scanner_version": pa.string(),
        "scanned_at": _TIME,
        "transfer": pa.string(),
        "bytes_moved": pa.int64(),
    }
)
IMPORT_FACT = pa.schema(
    {
        "scan_id": pa.string(),
        "path": pa.string(),
        "line": pa.int32(),
        "module": pa.string(),
        "language": pa.string(),
        "kind": pa.string(),
    }
)
API_USE = pa.schema(
    {"scan_id": pa.string(), "path": pa.string(), "line": pa.int32(), "name": pa.string()}
)
LOCAL_MODULE = pa.schema(
    {name: pa.string() for name in ("scan_id", "module", "language", "directory", "path")}
)
FILE_PROBLEM = pa.schema({name: pa.string() for name in ("scan_id", "path", "problem", "message")})
_FACTS = {
    "import_fact": IMPORT_FACT,
    "api_use": API_USE,
    "local_module": LOCAL_MODULE,
    "file_problem": FILE_PROBLEM,
}


def scan_batch(scans: Iterable[tuple[Unit, ScanResult]]) -> Batch:
    """Scans with their facts. The facts come first: a scan that is stored has them all."""
    rows = []
    facts: dict[str, list[pa.Table]] = {name: [] for name in _FACTS}
    for unit, result in scans:
        key = scan_id(unit.unit_id, result)
        rows.append({"scan_id": key} | _scan_row(unit, result))
        imports = {(fact.path, fact.line, fact.module): fact for fact in result.imports}
        problems = {(item.path, item.problem): item for item in result.problems}
        found: dict[str, Iterable[tuple[object, ...]]] = {
            "import_fact": imports.values(),
            "api_use": result.api_uses,
            "local_module": map(_local_module, result.local_modules),
            "file_problem": map(_file_problem, problems.values()),
        }
        for name, records in found.items():
            facts[name].append(_of_scan(key, list(records), _FACTS[name]))
    tables = {
        name: pa.concat_tables(parts or [_FACTS[name].empty_table()])
        for name, parts in facts.items()
    }
    return tables | {"scan": pa.Table.from_pylist(rows, SCAN)}


_local_module = attrgetter("module", "language", "directory", "path")
_file_problem = attrgetter("path", "problem", "message")


def _of_scan(key: str, records: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Records as rows, columns in the schema's order after the scan's id: by columns, for rows of
    dictionaries would take three times as long."""
    columns = zip(*records, strict=True) if records else [()] * (len(schema) - 1)
    arrays = [pa.array([key] * len(records), pa.string())]
    arrays += [
        pa.array(column, field.type)
        for column, field in zip(columns, list(schema)[1:], strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def scan_id(unit_id: str, result: ScanResult) -> str:
    """The same unit at the same commit by the same rules, as far as it came, is the same scan."""
    what = (unit_id, result.commit_id or "", result.status, SCANNER_VERSION)
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
    }


def _utc(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)
