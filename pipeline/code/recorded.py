"""A recorded sample as a code provider: the stored facts of earlier scans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.code.units import Unit
from pipeline.errors import InputError
from pipeline.scan.records import (
    ApiUseFact,
    FileProblem,
    ImportFact,
    LocalModule,
    ScanResult,
    ScanStatus,
)

FACT_TABLES = ("scan", "import_fact", "api_use", "local_module", "file_problem")
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
        rows = {name: self._rows(name) for name in FACT_TABLES}
        by_scan = {row["scan_id"]: _result(row) for row in rows["scan"]}
        for row in rows["import_fact"]:
            by_scan[row.pop("scan_id")].imports.append(ImportFact(**row))
        for row in rows["api_use"]:
            by_scan[row.pop("scan_id")].api_uses.append(ApiUseFact(**row))
        for row in rows["local_module"]:
            by_scan[row.pop("scan_id")].local_modules.append(LocalModule(**row))
        for row in rows["file_problem"]:
            by_scan[row.pop("scan_id")].problems.append(FileProblem(**row))
        return {result.target: result for result in by_scan.values()}

    def _rows(self, name: str) -> list[dict[str, Any]]:
        file = self.folder / f"{name}.parquet"
        if not file.exists():
            raise InputError(f"{self.folder} holds no recorded sample: {file.name} is missing.")
        rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
        return rows


def _result(row: dict[str, Any]) -> ScanResult:
    committed_at = row["committed_at"]
    return ScanResult(
        target=row["unit_id"],
        commit_id=row["commit_id"],
        committed_at=committed_at.replace(tzinfo=dt.UTC).isoformat() if committed_at else None,
        status=ScanStatus(row["status"]),
        message=row["message"],
        files_seen=row["files_seen"],
        files_scanned=row["files_scanned"],
        bytes_scanned=row["bytes_scanned"],
    )
