"""The main findings as sentences for the first page, each with n and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from dashboards.crossings import crossings_by_area
from dashboards.look import area_name

_WORDS = {
    "jax": "In {year}, {share} of the papers with code in any framework use JAX",
    "no_framework": "In {year}, the code of {share} of the papers imports no framework",
    "label_of_papers_with_code": "Our label agrees with that of Papers with Code for {share} of "
    "the repositories that have both",
}
"""Words for rows of the view finding. The headline has the others."""


def findings(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """When PyTorch passed TensorFlow by field, then the shares of the view finding."""
    return [*crossings_by_area(connection), *_shares(_rows(connection, "finding"))]


def draw(connection: duckdb.DuckDBPyConnection) -> str:
    """How the papers of a recorded sample were drawn. Empty if they are no sample."""
    sizes = connection.execute(_LARGEST_CELLS).fetchall()
    if not sizes:
        return ""
    (year, largest), *others = sizes
    per_cell = others[0][1] if others else largest
    exception = f" ({largest} of {year})" if largest > per_cell else ""
    return (
        f"The sample has at most {per_cell} repositories of each field and year of a conference"
        f"{exception}, drawn at random."
    )


def strata(connection: duckdb.DuckDBPyConnection) -> str:
    """How the fields of a recorded sample are weighted. Empty if the papers are no sample."""
    if not draw(connection):
        return ""
    rows = connection.execute(_FIELDS).fetchall()
    counts = ", ".join(f"{area_name(area)} {papers:,}" for area, papers in rows)
    return (
        "Fields with many papers count less here than they do in research, "
        "and the mix of fields differs between years. The control Field shows one field alone. The "
        "recipe weighted-share weights each paper by the number of repositories that it stands "
        f"for. Papers in the charts by field: {counts}."
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


def _shares(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["finding"] in _WORDS:
            words = _WORDS[row["finding"]].format(year=row["year"], share=f"{row['share']:.0%}")
            interval = f"{row['share_low']:.0%} to {row['share_high']:.0%}"
            yield f"{words} (95% interval {interval}, n = {row['n']:,})."
