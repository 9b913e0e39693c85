"""A recorded sample as a code provider: the stored facts of earlier scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.code.commits import utc_text
from pipeline.code.units import Unit
from pipeline.errors import InputError
from pipeline.scan.records import (
    ApiUseFact,
    FileProblem,
    ImportFact,
    LocalModule,
    ScanResult,
    ScanStatus,
    UnreadCode,
)

_RECORDS = {
    "import_fact": ImportFact,
    "api_use": ApiUseFact,
    "local_module": LocalModule,
    "file_problem": FileProblem,
    "unread_code": UnreadCode,
}
FACT_TABLES = ("scan", *_RECORDS)
"""The tables of facts that a scan fills and a sample holds."""


@dataclass(frozen=True)
class RecordedSample:
    """Gives the facts of a recorded sample, without network or repositories."""

    folder: Path

    def scan(self, unit: Unit) -> ScanResult:
        """The facts recorded for a unit."""
        result = self._results.get(unit.unit_id)
        if result is not None:
            return result
        message = f"{unit.unit_id} is not part of the sample in {self.folder}."
        return ScanResult(unit.unit_id, status=ScanStatus.NOT_FOUND, message=message)

    @cached_property
    def _results(self) -> dict[str, ScanResult]:
        facts = {name: self._facts(name, record) for name, record in _RECORDS.items()}
        scans = [
            _result(row, {name: found[row["scan_id"]] for name, found in facts.items()})
            for row in self._rows("scan")
        ]
        return {result.target: result for result in scans}

    def _facts(self, name: str, record: Callable[..., Any]) -> defaultdict[str, list[Any]]:
        """The records of a table by scan."""
        by_scan = defaultdict[str, list[Any]](list)
        for row in self._rows(name):
            by_scan[row.pop("scan_id")].append(record(**row))
        return by_scan

    def _rows(self, name: str) -> list[dict[str, Any]]:
        file = self.folder / f"{name}.parquet"
        if not file.exists():
            raise InputError(f"{self.folder} has no recorded sample: {file.name} is missing.")
        rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
        return rows


def _result(row: dict[str, Any], facts: dict[str, list[Any]]) -> ScanResult:
    return ScanResult(
        target=row["unit_id"],
        commit_id=row["commit_id"],
        committed_at=utc_text(row["committed_at"]),
        status=ScanStatus(row["status"]),
        message=row["message"],
        files_seen=row["files_seen"],
        files_scanned=row["files_scanned"],
        bytes_scanned=row["bytes_scanned"],
        imports=facts["import_fact"],
        api_uses=facts["api_use"],
        local_modules=facts["local_module"],
        problems=facts["file_problem"],
        unread=facts["unread_code"],
    )
