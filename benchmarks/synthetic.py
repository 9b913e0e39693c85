"""Made-up papers, for benchmarks of the site."""

from __future__ import annotations

from pathlib import Path

import duckdb

PAPERS = 300_000
_FOLDER = Path(__file__).parent


def add_papers(store: duckdb.DuckDBPyConnection, count: int = PAPERS) -> None:
    """Judged papers in tables that take the place of views."""
    store.execute("set variable papers = ?", [count])
    store.execute((_FOLDER / "synthetic_papers.sql").read_text(encoding="utf-8"))


def add_entries(store: duckdb.DuckDBPyConnection) -> None:
    """What search and the entries of these papers read too."""
    store.execute((_FOLDER / "synthetic_entries.sql").read_text(encoding="utf-8"))
