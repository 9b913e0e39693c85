"""Replaces a damaged working database with the published copy, which has every fact."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.errors import DamagedError, StoreError
from pipeline.resources import OVERRIDES
from pipeline.store.connections import connected, first_line, quoted
from pipeline.store.database import migrate, open_to_read
from pipeline.store.migrations import migrate_tables

_TABLES = """
    select table_name from duckdb_tables()
    where database_name = ? and schema_name = 'main' and table_name <> 'schema_version'
    order by table_name
"""


def restore(published: Path, working: Path, overrides: Path = OVERRIDES) -> list[Path]:
    """Make `working` again. Gives where the damaged files lie now, if there were any.

    `published` may come from an older version. Then the new database is brought up to date.

    Raises:
        InputError: a row of `overrides` is wrong.
        StoreError: `working` is not damaged or cannot be opened, or `published` cannot be read.
    """
    if working.exists() and _is_whole(working):
        raise StoreError(f"{working} is not damaged, so there is nothing to restore.")
    fresh = working.with_suffix(".restored")
    fresh.unlink(missing_ok=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open_to_read(published), connected(fresh, read_only=False) as store:
            _copy(store, published)
            migrate(store, overrides)
    except duckdb.Error as error:
        fresh.unlink(missing_ok=True)
        raise StoreError(f"{published} cannot be read completely: {first_line(error)}") from None
    damaged = [file for file in (working, _log_of(working)) if file.exists()]
    aside = [file.replace(file.with_name(f"{file.name}.damaged")) for file in damaged]
    fresh.replace(working)
    return aside


def _is_whole(path: Path) -> bool:
    """Whether every value of every table can be read.

    Raises:
        StoreError: another program holds it, a newer one wrote it, or this user may not read it.
    """
    try:
        with open_to_read(path) as connection:
            for (table,) in connection.execute(_TABLES, [_name(connection)]).fetchall():
                connection.execute(f"select max(hash(rows)) from {table} as rows").fetchall()
    except (duckdb.InterruptException, duckdb.OutOfMemoryException):
        raise
    except (DamagedError, duckdb.Error):
        return False
    return True


def _log_of(path: Path) -> Path:
    """What DuckDB writes before a transaction is in the file itself."""
    return path.with_name(f"{path.name}.wal")


def _name(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("select current_database()").fetchall()[0][0])


def _copy(store: duckdb.DuckDBPyConnection, published: Path) -> None:
    """Make the tables of the published version with their rows, and leave out stored answers.

    The rules are loaded after this, as for a database whose rules have changed.
    """
    store.execute(f"attach '{quoted(published)}' as published (read_only)")
    applied = store.execute("select version from published.schema_version").fetchall()
    migrate_tables(store, {version for (version,) in applied})
    for (table,) in store.execute(_TABLES, [_name(store)]).fetchall():
        store.execute(f"delete from {table}")
        store.execute(f"insert into {table} by name select * from published.{table}")
    store.execute("delete from progress_mark where name = 'rules'")
    store.execute("detach published")
