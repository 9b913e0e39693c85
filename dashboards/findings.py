"""The main findings as sentences for the first page, each with n and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from dashboards.look import area_name

_WORDS = {
    "jax": "In {year}, {share} of the papers with code in any framework use JAX",
    "no_framework": "In {year}, the code of {share} of the papers imports no framework",
    "label_of_papers_with_code": "Our label is that of Papers with Code for {share} of the "
    "repositories that have both",
}
"""Words for rows of the view finding. The headline has the others."""
_CROSSINGS = "crossing where kind <> 'venue' and first_year is not null"


def findings(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """When PyTorch passed TensorFlow, also by field; then the shares of the view finding."""
    return [*_crossings(_rows(connection, _CROSSINGS)), *_shares(_rows(connection, "finding"))]


def draw(connection: duckdb.DuckDBPyConnection) -> str:
    """How the papers of a recorded sample were drawn. Empty if they are no sample."""
    sizes = connection.execute(_LARGEST_CELLS).fetchall()
    if not sizes:
        return ""
    (year, largest), *others = sizes
    per_cell = others[0][1] if others else largest
    exception = f" ({largest} of {year})" if largest > per_cell else ""
    return (
        f"It has at most {per_cell} repositories of each field and year of a conference"
        f"{exception}, drawn at random."
    )


def strata(connection: duckdb.DuckDBPyConnection) -> str:
    """What the papers of a recorded sample stand for. Empty if they are no sample."""
    if not draw(connection):
        return ""
    rows = connection.execute(_FIELDS).fetchall()
    counts = ", ".join(f"{area_name(area)} {papers:,}" for area, papers in rows)
    return (
        "Fields with many papers count less here than they do in research, "
        "and years differ in their fields: the control Field shows each one by itself. The recipe "
        "weighted-share weights each paper by the repositories that it stands for. Papers in the "
        f"charts by field: {counts}."
    )


_LARGEST_CELLS = """
    with cells as (
        select
            year,
            count(*) as drawn
        from sample_repository
        where stratum <> 'pwc'
        group by stratum, year
    )

    select
        year,
        max(drawn) as largest
    from cells
    group by year
    order by largest desc, year
"""
"""The size of the largest cell of each year, the largest first."""

_FIELDS = """
    select
        coalesce(area, 'no known venue') as area,
        count(*) as papers
    from dated_paper
    where is_default and time_axis = 'paper'
    group by all
    order by papers desc, area
"""


def _rows(connection: duckdb.DuckDBPyConnection, view: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(f"from {view}").to_arrow_table().to_pylist()
    return rows


def _crossings(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A sentence on all papers and one on the fields."""
    areas = []
    for row in rows:
        if row["kind"] == "all":
            yield _of_all(row)
        else:
            areas.append(_of_area(row))
    if areas:
        yield f"By field of the venue: {'; '.join(areas)}."


def _of_all(row: dict[str, Any]) -> str:
    papers = f"n = {row['n']:,} papers of {row['first_year']} to {row['last_year']}"
    if row["year"] is None:
        return f"PyTorch has not passed TensorFlow for good ({papers})."
    if row["year"] == row["first_year"]:
        return (
            f"PyTorch is ahead of TensorFlow in every year with enough papers, since "
            f"{row['year']} ({papers})."
        )
    return (
        f"PyTorch passed TensorFlow in {row['year']} (95% interval {years_between(row)}; {papers})."
    )


def _of_area(row: dict[str, Any]) -> str:
    area, year, n = area_name(row["place"]), row["year"], f"n = {row['n']:,}"
    if year is None:
        return f"{area} not yet ({n})"
    if year == row["first_year"]:
        return f"{area} by {year}, its first year with enough papers ({years_between(row)}, {n})"
    return f"{area} {year} ({years_between(row)}, {n})"


def years_between(row: dict[str, Any]) -> str:
    """The years in which the move may lie: the interval of a row of the view crossing."""
    earliest = row["earliest"] or f"{row['first_year']} or before"
    latest = row["latest"] or "later"
    if row["earliest"] is None and latest == row["first_year"]:
        return str(earliest)
    return str(earliest) if earliest == latest else f"{earliest} to {latest}"


def _shares(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["finding"] in _WORDS:
            words = _WORDS[row["finding"]].format(year=row["year"], share=f"{row['share']:.0%}")
            interval = f"{row['share_low']:.0%} to {row['share_high']:.0%}"
            yield f"{words} (95% interval {interval}, n = {row['n']:,})."
