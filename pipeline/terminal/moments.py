"""Prints the code of a paper when the paper came out, and its code now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb

_MOMENTS = """
    select moment, code, committed_at, commit_id, lag_days, reasons
    from paper_moment
    where paper_id = ? and unit_id = ?
    order by moment desc
"""


def moments_of(connection: duckdb.DuckDBPyConnection, paper_id: str, unit_id: str) -> Iterator[str]:
    """Two lines, then and now: framework, commit, date, and days from the paper."""
    rows = connection.execute(_MOMENTS, [paper_id, unit_id]).fetchall()
    for moment, code, committed_at, commit_id, lag_days, reasons in rows:
        why = f" ({'; '.join(reasons)})" if reasons else ""
        yield f"    {moment:<6}{code:<12}{_commit(commit_id, committed_at, lag_days)}{why}".rstrip()


def _commit(commit_id: str | None, committed_at: dt.datetime | None, lag_days: int | None) -> str:
    if commit_id is None:
        return ""
    day = f" of {committed_at:%Y-%m-%d}" if committed_at else ""
    return f"commit {commit_id[:10]}{day}{_lag(lag_days)}"


def _lag(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return ", on the day of the paper"
    return f", {abs(days):,} days {'after' if days > 0 else 'before'} the paper"
