"""What `adoption run` and `adoption demo` print at their end."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from dashboards.headline import headline_of

SHARE_COLUMNS = ("year", "PyTorch", "95% interval", "papers (n)")


def share_rows(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    """PyTorch's share of each year, in words: the SHARE_COLUMNS."""
    rows = connection.sql(
        "select year, share, share_low, share_high, n from share_by_year "
        "where denominator = 'pytorch_tensorflow' and family = 'pytorch' order by year"
    ).fetchall()
    return [
        (str(year), f"{share:.0%}", f"{low:.0%} to {high:.0%}", str(n))
        for year, share, low, high, n in rows
    ]


def print_summary(
    connection: duckdb.DuckDBPyConnection, database: Path, page: Path, after: str
) -> None:
    """PyTorch's share by year, the headline, where to look and what to type next."""
    table = Table(title="PyTorch among papers with PyTorch or TensorFlow code", box=None)
    for column in SHARE_COLUMNS:
        table.add_column(column, justify="right")
    for row in share_rows(connection):
        table.add_row(*row)
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
