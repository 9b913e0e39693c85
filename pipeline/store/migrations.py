"""Brings the tables of a database up to date: the numbered files of sql/schema."""

from __future__ import annotations

import sys
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

import duckdb

from pipeline.errors import StoreError
from pipeline.resources import SQL
from pipeline.store.connections import copy_database, first_line

_SCHEMA = SQL / "schema"


def migrate_tables(
    connection: duckdb.DuckDBPyConnection, versions: Container[int] | None = None
) -> None:
    """Apply the migrations not yet applied, all or those of some versions.

    Needs an open transaction, if a failure must leave the database as it was.

    Raises:
        StoreError: a newer version of this program wrote the database.
    """
    connection.execute(
        "create table if not exists schema_version (version integer primary key, file varchar)"
    )
    for version, file in pending(connection).items():
        if versions is not None and version not in versions:
            continue
        connection.execute(file.read_text(encoding="utf-8"))
        connection.execute("insert into schema_version values (?, ?)", [version, file.name])


def pending(connection: duckdb.DuckDBPyConnection) -> dict[int, Path]:
    """The migrations not yet applied, by number. Raises as `migrate_tables`."""
    refuse_newer(connection)
    applied = _applied(connection)
    return {version: file for version, file in _files().items() if version not in applied}


def refuse_newer(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise StoreError if a newer version of this program wrote the database."""
    if newer := _applied(connection) - _files().keys():
        raise StoreError(
            f"A newer version of this program wrote the database (schema {max(newer)}; this one "
            f"has {max(_files())}). Install the newer version."
        )


def refuse_older(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise StoreError if the database lacks migrations, so that its views are older ones."""
    if pending(connection):
        raise StoreError(
            f"An older version of this program wrote the database (schema "
            f"{max(_applied(connection), default=0)}; this one has {max(_files())}). "
            "'adoption run' brings it up to date."
        )


def back_up(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Before a migration, copy a database with facts beside its file, and tell the user where.

    Raises:
        StoreError: the copy cannot be written, or a newer version wrote the database.
    """
    if not pending(connection) or not (applied := _applied(connection)) or _is_empty(connection):
        return
    backup = path.with_name(f"{path.stem}.schema-{max(applied)}{path.suffix}")
    copy = backup.with_suffix(".copy")
    try:
        copy_database(connection, copy)
        copy.replace(backup)
    except (duckdb.Error, OSError) as error:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        raise StoreError(
            f"The database is not brought up to date, because no backup could be written to "
            f"{backup}: {first_line(error)}"
        ) from None
    print(
        f"The database comes from an older version. Its backup is {backup}.",
        file=sys.stderr,
        flush=True,
    )


def _applied(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """Numbers of the migrations that the database has."""
    tables = "select 1 from duckdb_tables() where table_name = 'schema_version'"
    if not connection.execute(tables).fetchall():
        return set()
    return {row[0] for row in connection.execute("select version from schema_version").fetchall()}


def _files() -> dict[int, Path]:
    """The file of each migration, by its number."""
    return {int(file.name.split("_")[0]): file for file in sorted(_SCHEMA.glob("*.sql"))}


def _is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the database has no facts: neither a paper nor a scan."""
    facts = "select 1 from paper union all select 1 from scan limit 1"
    return not connection.execute(facts).fetchall()
