"""Answers of the published database on the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from dashboards.headline import headline_of

_FLOAT_DIGITS = 4


def print_answer(answer: duckdb.DuckDBPyRelation | None, form: str) -> None:
    """Print a query's rows on stdout as table, csv, json (one array) or parquet."""
    if answer is None:
        return
    if form == "csv":
        answer.df().to_csv(sys.stdout, index=False)
    elif form == "json":
        answer.df().to_json(sys.stdout, orient="records", date_format="iso", force_ascii=False)
        print()
    elif form == "parquet":
        sink = pa.BufferOutputStream()
        pq.write_table(answer.to_arrow_table(), sink)
        sys.stdout.buffer.write(sink.getvalue().to_pybytes())
    else:
        _print_table(answer)


def _print_table(answer: duckdb.DuckDBPyRelation) -> None:
    rows = answer.fetchall()
    table = Table(box=None, header_style="bold", pad_edge=False)
    numeric = {"BIGINT", "INTEGER", "DOUBLE", "HUGEINT", "FLOAT", "DECIMAL"}
    for column, kind in zip(answer.columns, answer.types, strict=True):
        right = str(kind).split("(")[0] in numeric
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(table, markup=False) if rows else print("No rows.")


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.{_FLOAT_DIGITS}f}" if isinstance(value, float) else str(value)


def print_summary(
    connection: duckdb.DuckDBPyConnection, database: Path, page: Path, after: str
) -> None:
    """PyTorch's share by year, the headline, where to look and what to type next."""
    shares = connection.sql(
        "select * from share_by_year where denominator = 'pytorch_tensorflow' order by year"
    ).df()
    table = Table(title="PyTorch among papers with PyTorch or TensorFlow code", box=None)
    for column in ("year", "PyTorch", "95 % interval", "papers (n)"):
        table.add_column(column, justify="right")
    for row in shares[shares["family"] == "pytorch"].itertuples():
        interval = f"{row.share_low:.0%} to {row.share_high:.0%}"
        table.add_row(str(row.year), f"{row.share:.0%}", interval, str(row.n))
    console = Console()
    console.print()
    console.print(table)
    print(f"\n{headline_of(connection)}\n")
    print(f"Look:  {page}")
    command = _command()
    print(f"Ask:   {command} query --recipe share-by-year        (database: {database})")
    print(f"More:  {command} query        lists the recipes;  {command} --help  the commands")
    print(after)


def _command() -> str:
    """The command as it can be typed here: with its folder where that is not on the path."""
    if shutil.which("adoption"):
        return "adoption"
    return os.path.relpath(Path(sys.executable).parent / "adoption")
