"""Answers of the published database on the terminal."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal

import duckdb
from rich.console import Console
from rich.table import Table

_FLOAT_DIGITS = 4
_NUMERIC = {"BIGINT", "INTEGER", "DOUBLE", "HUGEINT", "FLOAT", "DECIMAL"}
_WIDTH = 200


_VARIABLE = re.compile(r"(?i)\bgetvariable\('(\w+)'\)")


def variables_of(sql: str) -> list[str]:
    """The names of the variables that an SQL text reads, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(sql)))


def set_variable(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Give a variable of `variables_of` its value for the queries of a connection."""
    connection.execute(f"set variable {name} = $value", {"value": value})


def print_answer(answer: duckdb.DuckDBPyRelation | None, form: str) -> None:
    """Print a query's rows on stdout as table, csv, json (one array) or parquet."""
    if answer is None:
        return
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(_rows(answer))
    elif form == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in _rows(answer)]
        print(json.dumps(rows, ensure_ascii=False, default=_as_json))
    elif form == "parquet":
        _print_parquet(answer)
    else:
        _print_table(answer)


def _rows(answer: duckdb.DuckDBPyRelation) -> Iterator[tuple[object, ...]]:
    """Rows with null for NaN, which JSON does not know."""
    for row in answer.fetchall():
        yield tuple(None if value != value else value for value in row)


def _as_json(value: object) -> object:
    if isinstance(value, dt.date):  # a datetime is one, too
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)


def _print_parquet(answer: duckdb.DuckDBPyRelation) -> None:
    import pyarrow as pa  # takes as long to load as DuckDB does; the other forms need none
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(answer.to_arrow_table(), sink)
    sys.stdout.buffer.write(sink.getvalue().to_pybytes())


def _print_table(answer: duckdb.DuckDBPyRelation) -> None:
    rows = answer.fetchall()
    if not rows:
        print("No rows.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column, kind in zip(answer.columns, answer.types, strict=True):
        is_number = str(kind).split("(")[0] in _NUMERIC
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    console.print(table, markup=False)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.{_FLOAT_DIGITS}f}" if isinstance(value, float) else str(value)
