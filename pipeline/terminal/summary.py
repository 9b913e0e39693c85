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
