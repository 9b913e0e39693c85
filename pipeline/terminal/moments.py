"""Prints the code of a paper when the paper came out, and its code now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb

_MOMENTS = """
    select
        moments.moment,
        coalesce(
            repo_label.label, scan_status.words, history_status.words, 'not collected'
        ) as code,
        coalesce(paper_scan.committed_at, known_commit.committed_at) as committed_at,
        coalesce(scan.commit_id, known_commit.commit_id) as commit_id,
        paper_scan.lag_days,
        if(
            moments.moment = 'then' and known_commit.commit_id is not null,
            list_prepend(
                history_status.words,
                coalesce(
                    (
                        select list(words order by history_note.note)
                        from history_note
                        where list_contains(known_commit.notes, history_note.note)
                    ),
                    []
                )
            ),
            []
        ) as reasons
    from (values ('then'), ('now')) as moments (moment)
    left join paper_scan
        on
            paper_scan.moment = moments.moment
            and paper_scan.paper_id = $paper_id
            and paper_scan.unit_id = $unit_id
    left join scan on paper_scan.scan_id = scan.scan_id
    left join repo_label on paper_scan.scan_id = repo_label.scan_id
    left join outcome_status as scan_status
        on scan_status.step = 'code' and scan_status.status = scan.status
    left join known_commit
        on
            moments.moment = 'then'
            and known_commit.paper_id = $paper_id
            and known_commit.unit_id = $unit_id
    left join outcome_status as history_status
        on history_status.step = 'history' and history_status.status = known_commit.status
    order by moments.moment desc
"""


def moments_of(connection: duckdb.DuckDBPyConnection, paper_id: str, unit_id: str) -> Iterator[str]:
    """Two lines, then and now: framework, commit, date, and days from the paper."""
    rows = connection.execute(_MOMENTS, {"paper_id": paper_id, "unit_id": unit_id}).fetchall()
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
