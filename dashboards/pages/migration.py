"""Repositories that changed their framework."""

from __future__ import annotations

import duckdb

from dashboards import charts
from dashboards.page import Page, Section

_SQL = "select * from migration order by to_day, unit_id;"


def migration(connection: duckdb.DuckDBPyConnection) -> Page:
    """Every repository whose framework changed between its first and its last scanned commit."""
    rows = connection.sql(_SQL).df()
    count = len(rows)
    section = Section(
        "migration",
        "Repositories that changed their framework",
        "Repositories whose framework at the last scanned commit differs from that at the first. "
        "Only repositories that were scanned at two or more commits can appear here.",
        _SQL,
        rows,
        {"migration": charts.migration(rows)} if count else {},
        summary=_in_words(count),
    )
    return Page("migration", "Migration", "Which repositories changed their framework?", [section])


def _in_words(count: int) -> str:
    if not count:
        return "No repository here has changed its framework yet."
    return f"Repositories that changed their framework: {count}."
