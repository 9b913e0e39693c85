"""Prints the values that a person corrected, each with its reason, author and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import duckdb

_OF_ITEM = """
    select kind, old, new, reason, author, decided_on
    from correction
    where
        is_applied
        and list_contains($kinds, kind)
        and (
            item = $item
            or csv_row in (select csv_row from label_correction where unit_id = $item)
        )
    order by csv_row
"""
_LINKS_AWAY = """
    select distinct
        correction.item,
        correction.new,
        correction.reason,
        correction.author,
        correction.decided_on
    from correction
    inner join paper_link
        on correction.item = paper_link.paper_id and correction.old = paper_link.raw_link
    inner join latest_scan on paper_link.unit_id = latest_scan.unit_id
    where correction.kind = 'link' and correction.is_applied and latest_scan.scan_id = ?
    order by all
"""


def corrections_of(
    connection: duckdb.DuckDBPyConnection, item: str, kinds: Sequence[str]
) -> Iterator[str]:
    """What a person corrected of a paper or a unit, one text for each value."""
    for kind, old, new, *why in connection.execute(
        _OF_ITEM, {"item": item, "kinds": list(kinds)}
    ).fetchall():
        was = f" (was {old})" if old else ""
        yield f"{kind} {new}{was}, {_why(*why)}" if new else f"link {old} removed, {_why(*why)}"


def papers_without_this_link(connection: duckdb.DuckDBPyConnection, scan_id: str) -> Iterator[str]:
    """The papers whose link to the scanned unit a person replaced or removed."""
    for paper, new, *why in connection.execute(_LINKS_AWAY, [scan_id]).fetchall():
        becomes = f"is now {new}" if new else "is removed"
        yield f"{paper}: its link to this code {becomes}, {_why(*why)}"


def _why(reason: str, author: str, day: dt.date) -> str:
    return f"corrected by {author} on {day:%Y-%m-%d}: {reason}"
