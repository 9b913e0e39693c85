"""When PyTorch passed TensorFlow, in sentences: rows of the view crossing in words."""

from __future__ import annotations

from typing import Any

import duckdb

from dashboards.look import area_name


def crossing_of_all(connection: duckdb.DuckDBPyConnection) -> str:
    """The sentence on all papers. Empty if no year has enough of them."""
    return "".join(map(_of_all, _rows(connection, "all")))


def crossings_by_area(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence on each field of venues with enough papers."""
    return [_of_area(row) for row in _rows(connection, "area")]


def years_between(row: dict[str, Any]) -> str:
    """The years in which the move may lie: the interval of a row of the view crossing."""
    earliest = row["earliest"] or f"{row['first_year']} or before"
    latest = row["latest"] or "later"
    if row["earliest"] is None and latest == row["first_year"]:
        return str(earliest)
    return str(earliest) if earliest == latest else f"{earliest} to {latest}"


def _rows(connection: duckdb.DuckDBPyConnection, kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        connection.sql(
            "from crossing where kind = $kind and first_year is not null order by place",
            params={"kind": kind},
        )
        .to_arrow_table()
        .to_pylist()
    )
    return rows


def _of_all(row: dict[str, Any]) -> str:
    papers = f"n = {row['n']:,} papers of {row['first_year']} to {row['last_year']}"
    if row["year"] is None:
        return f"PyTorch has not passed TensorFlow for good ({papers})."
    if row["year"] == row["first_year"]:
        return (
            f"PyTorch is ahead of TensorFlow in every year with enough papers, since "
            f"{row['year']} (95% interval {years_between(row)}; {papers})."
        )
    return (
        f"PyTorch passed TensorFlow in {row['year']} (95% interval {years_between(row)}; {papers})."
    )


def _of_area(row: dict[str, Any]) -> str:
    area, year, n = area_name(row["place"]), row["year"], f"n = {row['n']:,}"
    field = f"{area[0].upper()}{area[1:]}"
    if year is None:
        return f"{field}: PyTorch has not passed TensorFlow for good by {row['last_year']} ({n})."
    if year == row["first_year"]:
        start = f"{field}: PyTorch was ahead in {year}, the first year with enough papers"
    else:
        start = f"{field}: PyTorch passed TensorFlow in {year}"
    return f"{start} (95% interval {years_between(row)}; {n})."
