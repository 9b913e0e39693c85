"""The snapshot that is about to be published: a file, attached beside the working database.

It has the working database's tables and views under their names. Its schema `stored` holds imports
and votes in a compact form that grows by what is new (sql/published).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.resources import SQL
from pipeline.store import large_files
from pipeline.store.connections import attach_to_publish, current_database
from pipeline.store.scan_rows import FACTS

NAME = "snapshot"
LABORATORY = "laboratory"
"""A database in memory beside it: pipeline/store/stored_votes.py."""

_STORED_TABLES = (
    "select table_name from duckdb_tables() where database_name = ? and schema_name = 'stored'"
)

_STATEMENTS = SQL / "published"

Comments = list[tuple[str | None, str]]
"""Columns with their comments; None for the relation itself."""


def statements(name: str) -> str:
    """The SQL of a file in sql/published."""
    return (_STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A connection whose unqualified names mean the snapshot."""

    connection: duckdb.DuckDBPyConnection
    working: str
    """Name of the working database, in quotes."""

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        rows: list[tuple[object, ...]] = self.connection.execute(sql, list(values)).fetchall()
        return rows

    def stored(self) -> set[str]:
        """The tables in the schema stored."""
        return {str(name) for (name,) in self.rows(_STORED_TABLES, NAME)}

    def basis(self, name: str) -> str | None:
        """A value of stored.basis."""
        rows = self.rows("select value from stored.basis where name = ?", name)
        return str(rows[0][0]) if rows else None

    def set_basis(self, name: str, value: str) -> None:
        """Replace a value of stored.basis."""
        self.connection.execute("delete from stored.basis where name = ?", [name])
        self.connection.execute("insert into stored.basis values (?, ?)", [name, value])


@contextmanager
def snapshot_of(
    connection: duckdb.DuckDBPyConnection, file: Path, previous: Path | None
) -> Iterator[Snapshot]:
    """A snapshot of the open database, in `file`, with the facts that `previous` has.

    `previous` is the file that was published last. If it holds other scans than this database, or
    another layout, the snapshot begins empty.

    The snapshot has a connection of its own, so that an error in its file leaves this one usable.
    """
    working = current_database(connection)
    try:
        with connection.cursor() as own:
            snapshot = Snapshot(own, f'"{working}"')
            _begin(snapshot, file, previous)
            yield snapshot
            own.execute(f"checkpoint {NAME}")
    finally:
        for name in (NAME, LABORATORY):
            connection.execute(f"detach database if exists {name}")


def remove(file: Path) -> None:
    """Remove a database file and DuckDB's log of it, which a publication that was killed leaves."""
    for each in (file, file.with_name(f"{file.name}.wal")):
        each.unlink(missing_ok=True)


def _begin(snapshot: Snapshot, file: Path, previous: Path | None) -> None:
    connection = snapshot.connection
    remove(file)
    if previous is not None:
        large_files.copy(previous, file)
        attach_to_publish(connection, file, NAME)
        connection.execute(f"use {NAME}")
        if _continues(snapshot):
            return
        connection.execute(f"use {snapshot.working}")
        connection.execute(f"detach database {NAME}")
        remove(file)
    attach_to_publish(connection, file, NAME)
    connection.execute(f"use {NAME}")
    connection.execute(statements("tables"))
    snapshot.set_basis("store", _store(snapshot))
    snapshot.set_basis("layout", _layout(snapshot))


def _continues(snapshot: Snapshot) -> bool:
    """Whether the snapshot holds nothing but scans of the working database, in this layout."""
    if snapshot.basis("store") != _store(snapshot) or snapshot.basis("layout") != _layout(snapshot):
        return False
    others = f"from stored.scan_number anti join {snapshot.working}.scan using (scan_id) limit 1"
    return not snapshot.rows(others)


def _store(snapshot: Snapshot) -> str:
    marks = f"select mark from {snapshot.working}.progress_mark where name = 'store'"
    return str(snapshot.rows(marks)[0][0])


def _layout(snapshot: Snapshot) -> str:
    """Changes with every column of a table of facts and with the files of sql/published."""
    layout = hashlib.sha256()
    for file in sorted(_STATEMENTS.glob("*.sql")):
        layout.update(file.read_bytes())
    columns = snapshot.rows(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and list_contains(?, table_name) "
        "order by table_name, column_index",
        snapshot.working.strip('"'),
        list(FACTS),
    )
    layout.update(str(columns).encode())
    return layout.hexdigest()


def relations(snapshot: Snapshot, database: str) -> list[tuple[str, str]]:
    """Kind and name of each table and view in the schema main of a database."""
    rows = snapshot.connection.execute(
        "select 'view', view_name from duckdb_views() where database_name = $name and not internal "
        "union all "
        "select 'table', table_name from duckdb_tables() "
        "where database_name = $name and schema_name = 'main' "
        "order by all",
        {"name": database},
    ).fetchall()
    return [(str(kind), str(name)) for kind, name in rows]


def comments_in(snapshot: Snapshot, database: str) -> dict[str, Comments]:
    """The comments in the schema main of a database, by table or view."""
    rows = snapshot.connection.execute(
        "select table_name, null, comment from duckdb_tables() "
        "where database_name = $name and schema_name = 'main' "
        "union all "
        "select view_name, null, comment from duckdb_views() where database_name = $name "
        "union all "
        "select table_name, column_name, comment from duckdb_columns() "
        "where database_name = $name and schema_name = 'main'",
        {"name": database},
    ).fetchall()
    found: dict[str, Comments] = defaultdict(list)
    for relation, column, comment in rows:
        if comment is not None:
            found[relation].append((column, comment))
    return found


def describe(
    connection: duckdb.DuckDBPyConnection, kind: str, relation: str, comments: Comments
) -> None:
    """Comment on a table or view, and on its columns."""
    for column, comment in comments:
        what = f"{kind} {relation}" if column is None else f"column {relation}.{column}"
        connection.execute(f"comment on {what} is '{comment.replace(chr(39), 2 * chr(39))}'")
