"""The commits of papers, and the scans of these commits, as rows of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb

from pipeline.code.moments import HistoryStatus, PaperDay
from pipeline.code.paper_commits import PaperCommit
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch, due_rows, now
from pipeline.store.scan_rows import scan_batch


def due_papers(connection: duckdb.DuckDBPyConnection, recheck_days: float) -> list[dict[str, Any]]:
    """The papers and units that still need a commit: rows of sql/due/paper_commits.sql."""
    rows = due_rows(
        connection,
        "paper_commits",
        now=now(),
        recheck_days=recheck_days,
        scanner_version=SCANNER_VERSION,
    )
    return [row for row in rows if not row["is_answered"] or row["known_until"] != _until(row)]


def scanned_commits(connection: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """The commits of each unit that need no other scan: rows of sql/due/scanned_commits.sql."""
    rows = due_rows(connection, "scanned_commits", scanner_version=SCANNER_VERSION)
    return {row["unit_id"]: frozenset(row["commit_ids"]) for row in rows}


def is_history_kept(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether `adoption collect history` has stored an answer for any paper."""
    return connection.execute("select count(*) > 0 from paper_commit").fetchall() == [(True,)]


def _until(row: dict[str, Any]) -> dt.datetime | None:
    if row["last_public_day"] is None:
        return None
    return PaperDay(row["last_public_day"], row["date_precision"]).until


def history_batch(found: Iterable[PaperCommit]) -> Batch:
    """Commits of papers with the scans of their code."""
    found = list(found)
    scans = [(item.asked.unit, item.scan) for item in found if item.scan is not None]
    rows = arrow_table("paper_commit", [_row(item) for item in found])
    return {**scan_batch(scans), "paper_commit": rows}


def undated_batch(papers: Iterable[tuple[str, str]]) -> Batch:
    """Papers without a date, each with its unit. They have no commit to look for."""
    rows = [
        {
            "paper_id": paper_id,
            "unit_id": unit_id,
            "status": HistoryStatus.NO_DATE,
            "found_at": now(),
        }
        for paper_id, unit_id in papers
    ]
    return {"paper_commit": arrow_table("paper_commit", rows)}


def _row(found: PaperCommit) -> dict[str, Any]:
    commit, day = found.commit, found.asked.day
    return {
        "paper_id": found.asked.paper_id,
        "unit_id": found.asked.unit.unit_id,
        "asked_until": day.until,
        "commit_id": commit.commit_id if commit else None,
        "committed_at": commit.committed_at if commit else None,
        "status": found.status,
        "message": found.message,
        "notes": list(found.notes),
        "lag_days": day.lag_days(commit) if commit else None,
        "first_committed_at": found.first_committed_at,
        "found_at": now(),
    }
