"""The year ends of units, and the scans of these commits, as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb

from pipeline.code.year_ends import YearEnds
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch, due_rows, now
from pipeline.store.scan_rows import scan_batch


def due_units(connection: duckdb.DuckDBPyConnection, recheck_days: float) -> list[dict[str, Any]]:
    """The units whose year ends are due: rows of sql/due/year_ends.sql."""
    return due_rows(
        connection,
        "year_ends",
        now=now(),
        recheck_days=recheck_days,
        scanner_version=SCANNER_VERSION,
    )


def are_years_kept(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether `adoption collect history` has looked for the year ends of any unit."""
    found = connection.execute("select count(*) > 0 from repository_history").fetchall()
    return found == [(True,)]


def years_batch(found: Iterable[YearEnds]) -> Batch:
    """Histories and year ends of units with the scans of their code."""
    found = list(found)
    scans = [(item.asked.unit, scan) for item in found for scan in item.scans]
    ends = [row for item in found for row in _ends(item)]
    return {
        **scan_batch(scans),
        "year_end": arrow_table("year_end", ends),
        "repository_history": arrow_table("repository_history", [_row(item) for item in found]),
    }


def _row(found: YearEnds) -> dict[str, Any]:
    return {
        "unit_id": found.asked.unit.unit_id,
        "status": found.status,
        "message": found.message,
        "commits": found.commits,
        "first_committed_at": found.first_committed_at,
        "last_committed_at": found.last_committed_at,
        "found_at": now(),
    }


def _ends(found: YearEnds) -> Iterable[dict[str, Any]]:
    for year, commit in found.by_year:
        yield {
            "unit_id": found.asked.unit.unit_id,
            "year": year,
            "commit_id": commit.commit_id,
            "committed_at": commit.committed_at,
            "found_at": now(),
        }
