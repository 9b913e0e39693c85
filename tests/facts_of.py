"""Hand-made facts for tests of the SQL: rows, or a few files that a repository holds."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline.code.units import Unit
from pipeline.papers.records import PaperLink, PublicationDate
from pipeline.scan.records import Limits, Member, ScanResult, ScanStatus
from pipeline.scan.target import scan_members
from pipeline.store.connections import SETTINGS, quoted
from pipeline.store.database import write
from pipeline.store.paper_rows import link_batch
from pipeline.store.scan_rows import scan_batch
from tests.once import migrated_database

Store = duckdb.DuckDBPyConnection


def database() -> Store:
    """A database in memory with the schema, the taxonomy and the views.

    It is a copy of one that `migrate` made: a copy takes a fiftieth of the time.
    """
    connection = duckdb.connect(":memory:", config=SETTINGS)
    connection.execute(f"attach '{quoted(migrated_database())}' as migrated (read_only)")
    connection.execute("copy from database migrated to memory")
    connection.execute("detach migrated")
    return connection


def database_file(path: Path) -> Path:
    """A new file that holds what `database` holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(migrated_database(), path))


_REQUIRED: dict[str, dict[str, object]] = {
    "paper": {"seen_at": "2026-01-01"},
    "paper_link": {"source": "pwc", "raw_link": "link {}".format, "seen_at": "2026-01-01"},
    "repo_lookup": {"host": "github.com", "looked_up_at": "2026-01-01"},
    "repo": {
        "host": "github.com",
        "owner": "o",
        "name": "r",
        "status": "ok",
        "api": "graphql",
        "fetched_at": "2026-01-01",
    },
    "scan": {
        "host": "github.com",
        "owner": "o",
        "name": "r",
        "subdir": "",
        "status": "ok",
        "files_seen": 1,
        "files_scanned": 1,
        "files_skipped": 0,
        "bytes_scanned": 1,
        "scanner_version": "1",
        "scanned_at": "2026-01-01",
    },
    "paper_framework": {"moment": "now", "is_of_time": True},
    "dated_paper": {"choices": ["now"], "is_default": True},
    "import_fact": {"path": "a.py", "line": 1, "language": "python", "kind": "static"},
}
"""Values of columns that may not be null, for rows that do not name them.

A function gives the value of the row of a number.
"""


def given(
    store: Store, relation: str, columns: str, rows: Sequence[tuple[object, ...]], **same: object
) -> None:
    """Let a table or view hold these rows and no others.

    `columns` names the values of a row; `same` are values that all rows have; what is named in
    neither is null. A table takes the place of a view, so that what reads it is tested apart.
    """
    shared = _REQUIRED.get(relation, {}) | same
    rest = {name: value for name, value in shared.items() if name not in columns.split()}
    names = [*columns.split(), *rest]
    values: list[object] = []
    for number, row in enumerate(rows):
        values += row
        values += [value(number) if callable(value) else value for value in rest.values()]
    _empty(store, relation)
    if rows:
        marks = ", ".join(f"({', '.join('?' * len(names))})" for _ in rows)
        store.execute(f"insert into {relation} ({', '.join(names)}) values {marks}", values)


def _empty(store: Store, relation: str) -> None:
    """Delete a table's rows, or put an empty table in a view's place."""
    views = "select 1 from duckdb_views() where view_name = ?"
    if not store.execute(views, [relation]).fetchall():
        store.execute(f"delete from {relation}")
        return
    types = "select column_name, data_type from duckdb_columns() where table_name = ?"
    columns = store.execute(types, [relation]).fetchall()
    store.execute(f"drop view {relation}")
    store.execute(f"create table {relation} ({', '.join(f'{n} {t}' for n, t in columns)})")


def result_of(files: dict[str, str]) -> ScanResult:
    """The scan of a repository that holds these files."""
    members = [
        Member(path, len(text), lambda text=text: text.encode()) for path, text in files.items()
    ]
    return scan_members("test", members, Limits())


def add_repository(
    store: Store, name: str, files: dict[str, str], status: str | None = None
) -> None:
    """A scanned repository github.com/o/<name>."""
    result = result_of(files)
    result = replace(result, status=ScanStatus(status or result.status))
    write(store, scan_batch([(_unit(name), result)]))


def add_repositories(store: Store, repositories: Mapping[str, dict[str, str]]) -> None:
    """Scanned repositories github.com/o/<name>, each with its files."""
    scans = [(_unit(name), result_of(files)) for name, files in repositories.items()]
    write(store, scan_batch(scans))


def _unit(name: str) -> Unit:
    return Unit(f"github.com/o/{name}", "github.com", "o", name)


def add_paper(
    store: Store,
    paper: str,
    repository: str,
    year: int = 2020,
    official: bool = True,
    label: str | None = None,
) -> None:
    """A paper of January of a year that links to github.com/o/<repository>."""
    write(store, link_batch([_link(paper, repository, year, official, label)]))


def add_papers(store: Store, papers: Mapping[str, int]) -> None:
    """Papers of January of a year, each of which links to the repository of its name."""
    write(store, link_batch([_link(name, name, year) for name, year in papers.items()]))


def _link(
    paper: str, repository: str, year: int, official: bool = True, label: str | None = None
) -> PaperLink:
    return PaperLink(
        paper_id=paper,
        source="pwc",
        raw_link=f"https://github.com/o/{repository}",
        published=PublicationDate(dt.date(year, 1, 1), "month"),
        is_official=official,
        source_label=label,
    )
