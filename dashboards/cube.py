"""The view share_cube as the page embeds it: small numbers instead of 300,000 rows."""

from __future__ import annotations

import base64
import sys
from array import array
from typing import Any

import duckdb
import orjson

from dashboards.charts.share_over_time import looks_of
from dashboards.look import LEAST_PAPERS, OTHER_COLOUR, RARE, colour, name
from dashboards.periods import PERIODS

_DIMENSIONS = (
    "choice time_axis month is_year_only label family series is_official venue area stars_from "
    "language"
).split()


def cube_script(connection: duckdb.DuckDBPyConnection) -> str:
    """JavaScript that sets `CUBE`: the counted papers, and what the page needs to draw them."""
    series = all_series(connection)
    cube = _counts(connection) | {
        "denominators": _denominators(connection),
        "names": {key: name(key) for key in series},
        "looks": {key: looks_of(key) for key in series},
        "colours": {key: colour(key) for key in series},
        "otherColour": OTHER_COLOUR,
        "leastPapers": LEAST_PAPERS,
        "rare": RARE,
        "periods": {
            key: {
                "months": period.months,
                "length": period.length,
                "hover": period.hover,
                "markerSize": period.marker_size,
                "seam": period.seam,
            }
            for key, period in PERIODS.items()
        },
    }
    return f"const CUBE = {orjson.dumps(cube).decode()};\n"


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """`dimensions`: {name: {values, codes}}, a code a row of the cube; `papers`: a count a row.

    Rows are in the order of the view; columns are unsigned little-endian numbers (`_packed`).
    """
    rows = connection.sql(
        "select * replace (strftime(month, '%Y-%m') as month) from share_cube"
    ).to_arrow_table()
    dimensions = {}
    for dimension in _DIMENSIONS:
        column = rows[dimension].to_pylist()
        values = sorted(set(column), key=lambda value: (value is None, value))
        rank = {value: index for index, value in enumerate(values)}
        codes = _packed([rank[value] for value in column])
        dimensions[dimension] = {"values": values, "codes": codes}
    return {"dimensions": dimensions, "papers": _packed(rows["papers"].to_pylist())}


def _packed(numbers: list[int]) -> dict[str, Any]:
    """Whole numbers in base64, each in as few bytes as the largest needs."""
    largest = max(numbers, default=0)
    size = 1 if largest < 2**8 else 2 if largest < 2**16 else 4
    packed = array({1: "B", 2: "H", 4: "I"}[size], numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return {"bytesEach": size, "base64": base64.b64encode(packed.tobytes()).decode()}


def _denominators(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = connection.execute(
        "select denominator, list(family order by family) from denominator group by 1"
    ).fetchall()
    return {str(denominator): families for denominator, families in rows}


def all_series(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every framework, family and variant in the cube; always pytorch and tensorflow.

    Series of the family with most papers come first; none comes last.
    """
    rows = connection.execute(
        """
        with named as (
            select family, unnest([label, family, series]) as series, papers
            from share_cube
            union all
            select unnest(['pytorch', 'tensorflow']), unnest(['pytorch', 'tensorflow']), 0
        )

        select series
        from named
        group by family, series
        order by family = 'none', sum(sum(papers)) over (partition by family) desc, family, series
        """
    ).fetchall()
    return [str(series) for (series,) in rows]
