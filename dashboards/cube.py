"""The view share_cube as the page embeds it: small numbers instead of 300,000 rows."""

from __future__ import annotations

import base64
import itertools
import sys
from array import array
from typing import Any

import duckdb
import orjson
import pandas as pd

from dashboards.charts.share_over_time import looks_of
from dashboards.look import (
    HEADINGS,
    LEAST_PAPERS,
    OTHER_COLOUR,
    RARE,
    colour,
    name,
    series_name,
)
from dashboards.periods import PERIODS

_COLUMNS = (
    ("month", "is_year_only"),
    ("label", "family", "series"),
    ("venue", "area"),
    ("is_official", "stars_from", "language"),
)
"""Dimensions that share a column of codes, because together they have few values."""


def cube_script(connection: duckdb.DuckDBPyConnection) -> str:
    """JavaScript that sets `CUBE`: the counted papers, and what the page needs to draw them."""
    series = all_series(connection)
    cube = _counts(connection) | {
        "denominators": _denominators(connection),
        "names": {key: name(key) for key in series},
        "seriesNames": {key: series_name(key) for key in series},
        "looks": {key: looks_of(key) for key in series},
        "colours": {key: colour(key) for key in series},
        "otherColour": OTHER_COLOUR,
        "leastPapers": LEAST_PAPERS,
        "headings": HEADINGS,
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
    """The rows of share_cube without time axis and choice of code, in packed columns.

    `columns`: for each group of dimensions, {dimensions: {name: values}, codes}; a row's code is
    the position of its values. `papers`: for each choice, a count a row. `axes`: for each time
    axis, its first row and the one past its last.
    """
    rows = _rows(connection)
    sizes = rows.groupby("time_axis").size()
    choices = list(rows.columns.drop(["time_axis", *itertools.chain(*_COLUMNS)]))
    return {
        "columns": [_column(rows[list(names)]) for names in _COLUMNS],
        "papers": {choice: _packed(rows[choice].tolist()) for choice in choices},
        "axes": {
            axis: [int(end - size), int(end)]
            for axis, end, size in zip(sizes.index, sizes.cumsum(), sizes, strict=True)
        },
    }


def _rows(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """share_cube with a column of papers for each choice of code, sorted by time axis."""
    choices = connection.sql("select distinct choice from share_cube order by all").fetchall()
    papers = ", ".join(
        f"coalesce(sum(papers) filter (where choice = '{choice}'), 0)::integer as \"{choice}\""
        for (choice,) in choices
    )
    rows: pd.DataFrame = connection.sql(
        f"""
        select
            * exclude (choice, papers) replace (strftime(month, '%Y-%m') as month),
            {papers}
        from share_cube
        group by all
        order by all
        """
    ).df()
    return rows


def _column(dimensions: pd.DataFrame) -> dict[str, Any]:
    """One code a row, and the values of the dimensions that each code stands for."""
    codes = dimensions.groupby(list(dimensions), dropna=False).ngroup()
    known = dimensions.assign(code=codes).drop_duplicates("code").sort_values("code")
    values = known[list(dimensions)].astype(object).where(known.notna(), None)
    return {"dimensions": values.to_dict("list"), "codes": _packed(codes.tolist())}


def _packed(numbers: list[int]) -> dict[str, Any]:
    """Whole numbers in base64, little-endian, each in as few bytes as the largest needs."""
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
