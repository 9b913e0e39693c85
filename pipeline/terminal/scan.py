"""What `adoption scan` says of a target: the same views as the database, over one scan."""

from __future__ import annotations

from typing import Any

import duckdb

from pipeline.code.units import Unit
from pipeline.scan.records import ScanResult
from pipeline.store.database import migrate, write
from pipeline.store.scan_rows import scan_batch, scan_id

_TABLES = ("scan", "import_fact", "api_use", "local_module", "file_problem")


class Reporter:
    """Labels scans in a database in memory, which has the very views of the stored one."""

    def __init__(self) -> None:
        self._store = duckdb.connect(":memory:")
        migrate(self._store)

    def report(self, result: ScanResult) -> dict[str, Any]:
        """One JSON object: target, commit, status, label and what it rests on."""
        unit = Unit(result.target, "", "", "")
        key = scan_id(unit.unit_id, result)
        write(self._store, scan_batch([(unit, result)]))
        label = self._store.execute(
            "select label, family, variant, confidence from repo_label where scan_id = ?", [key]
        ).fetchone() or (None, None, None, None)
        frameworks = self._frameworks(key)
        for table in _TABLES:
            self._store.execute(f"delete from {table}")
        return {
            "target": result.target,
            "commit": result.commit_id,
            "status": result.status,
            "message": result.message,
            "label": label[0],
            "family": label[1],
            "variant": label[2],
            "confidence": label[3],
            "frameworks": frameworks,
            "files": {
                "seen": result.files_seen,
                "scanned": result.files_scanned,
                "skipped": result.files_skipped,
                "bytes": result.bytes_scanned,
            },
            "problems": [
                {"path": item.path, "problem": item.problem, "message": item.message}
                for item in result.problems
            ],
        }

    def _frameworks(self, key: str) -> dict[str, Any]:
        rows = self._store.execute(
            "select framework, files, evidence from repo_framework where scan_id = ? "
            "order by score desc, imports desc, framework",
            [key],
        ).fetchall()
        modules = self._store.execute(
            "select framework, module, count(distinct path) as files from framework_import "
            "where scan_id = ? and weight > 0 group by all order by files desc, module",
            [key],
        ).fetchall()
        return {
            framework: {
                "files": files,
                "modules": {name: count for owner, name, count in modules if owner == framework},
                "evidence": evidence,
            }
            for framework, files, evidence in rows
        }
