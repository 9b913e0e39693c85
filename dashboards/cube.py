"""The view share_cube as the page embeds it: small numbers instead of 300,000 rows."""

from __future__ import annotations

import base64
import sys
from array import array
from typing import Any

import duckdb
import orjson

from dashboards.look import LEAST_PAPERS, colour, name
from dashboards.periods import PERIODS

_DIMENSIONS = (
    "time_axis month is_year_only label family series is_official venue stars_from language"
).split()


def cube_script(connection: duckdb.DuckDBPyConnection) -> str:
    """JavaScript that sets `CUBE`: dimensions as values and codes, papers, denominators, looks."""
    cube = _counts(connection) | {
        "denominators": _denominators(connection),
        "names": _by_series(connection, name),
        "colours": _by_series(connection, colour),
        "least_papers": LEAST_PAPERS,
        "periods": PERIODS,
    }
    return f"const CUBE = {orjson.dumps(cube).decode()};\n"


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """`dimensions`: {name: {values, codes}}, a code a row of the cube; `papers`, a count a row.

    Rows are in the order of the view; columns are unsigned little-endian numbers (`_packed`).
    """
    rows = connection.sql(
        "select * replace (strftime(month, '%Y-%m') as month) from share_cube"
    ).to_arrow_table()
    dimensions = {}
    for dimension in _DIMENSIONS:
        column = rows[dimension].to_pylist()
        values = sorted(set(column), key=lambda value: (value is None, value))
        place = {value: index for index, value in enumerate(values)}
        codes = _packed([place[value] for value in column])
        dimensions[dimension] = {"values": values, "codes": codes}
    return {"dimensions": dimensions, "papers": _packed(rows["papers"].to_pylist())}


def _packed(numbers: list[int]) -> dict[str, Any]:
    """Whole numbers in as few bytes each as the largest needs, in base64."""
    largest = max(numbers, default=0)
    bytes_each = 1 if largest < 2**8 else 2 if largest < 2**16 else 4
    packed = array({1: "B", 2: "H", 4: "I"}[bytes_each], numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return {"bytes_each": bytes_each, "base64": base64.b64encode(packed.tobytes()).decode()}


def _denominators(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = connection.execute(
        "select denominator, list(family order by family) from denominator group by 1"
    ).fetchall()
    return {str(denominator): frameworks for denominator, frameworks in rows}


def _by_series(connection: duckdb.DuckDBPyConnection, looked_up: Any) -> dict[str, str]:
    """What `looked_up` gives for every framework that is in the cube, split or not."""
    rows = connection.execute(
        "select distinct unnest([label, family, series]) from share_cube "
        "union select unnest(['pytorch', 'tensorflow'])"
    ).fetchall()
    return {str(series): looked_up(str(series)) for (series,) in sorted(rows)}
