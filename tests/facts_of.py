"""Hand-made facts for tests of the SQL: a few files say what a repository imports."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.code.units import Unit
from pipeline.papers.records import PaperLink, PublicationDate
from pipeline.scan.records import Limits, Member, ScanResult
from pipeline.scan.target import scan_members
from pipeline.store.database import migrate, quoted, write
from pipeline.store.paper_rows import link_batch
from pipeline.store.scan_rows import scan_batch


def database() -> duckdb.DuckDBPyConnection:
    """A database in memory with the schema, the taxonomy and the views.

    It is a copy of one that `migrate` made: a copy takes a tenth of the time.
    """
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{quoted(_template())}' as template (read_only)")
    connection.execute("copy from database template to memory")
    connection.execute("detach template")
    return connection


_FOLDER = TemporaryDirectory()
"""Of this process alone. Python removes it at its end."""


@cache
def _template() -> Path:
    """A migrated database without facts."""
    file = Path(_FOLDER.name) / "template.duckdb"
    with duckdb.connect(str(file)) as connection:
        migrate(connection)
    return file


def result_of(files: dict[str, str]) -> ScanResult:
    """The scan of a repository that holds these files."""
    members = [
        Member(path, len(text), lambda text=text: text.encode()) for path, text in files.items()
    ]
    return scan_members("test", members, Limits())


def add_repository(
    store: duckdb.DuckDBPyConnection, name: str, files: dict[str, str], status: str | None = None
) -> None:
    """A scanned repository github.com/o/<name>."""
    result = result_of(files)
    result.status = status or result.status
    write(store, scan_batch([(Unit(f"github.com/o/{name}", "github.com", "o", name), result)]))


def add_paper(
    store: duckdb.DuckDBPyConnection,
    paper: str,
    repository: str,
    year: int = 2020,
    official: bool = True,
    label: str | None = None,
) -> None:
    """A paper of January of a year that links to github.com/o/<repository>."""
    link = PaperLink(
        paper_id=paper,
        source="pwc",
        raw_link=f"https://github.com/o/{repository}",
        published=PublicationDate(dt.date(year, 1, 1), "month"),
        is_official=official,
        source_label=label,
    )
    write(store, link_batch([link]))
