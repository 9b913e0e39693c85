"""The DuckDB file: open, migrate, write batches, publish a snapshot."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb

from pipeline import __version__
from pipeline.errors import NoStoreError, StoreError
from pipeline.resources import OVERRIDES, SQL
from pipeline.store.connections import connected, connected_to_write, first_line, transaction
from pipeline.store.migrations import back_up, migrate_tables, pending, refuse_newer
from pipeline.store.rules import (
    comment_tables,
    define_views,
    drop_views,
    load_seeds,
    rules_hash,
)

if TYPE_CHECKING:  # a query needs no pyarrow, which takes as long to load as the query
    import pyarrow as pa

_DUE = SQL / "due"
_WRITE = SQL / "write"

_WRITTEN_BY = {
    "paper": "paper.sql",
    "paper_link": "paper_link.sql",
    "paper_commit": "paper_commit.sql",
    "repository_history": "repository_history.sql",
    "repo": "repo.sql",
    "scan": "scan.sql",
    "lost_repo": "lost_repo.sql",
    "unchanged_repo": "unchanged_repo.sql",
}
"""Statements of sql/write for what an upsert cannot do. `lost_repo` and `unchanged_repo` are no
tables: their rows change rows of `repo` and `repo_observation`."""

_WHEN = ("seen_at", "scanned_at", "fetched_at", "found_at")
_FIRST_SEEN = ("seen_at", "first_seen_at")

Batch: TypeAlias = "Mapping[str, pa.Table]"
"""Rows to write, by table."""


def now() -> dt.datetime:
    """The time of a fact: UTC, without zone, as the database keeps it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@contextmanager
def open_store(
    path: Path, overrides: Path = OVERRIDES, purpose: str = "adoption"
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database brought up to date, for writing. Only one process can hold it at a time.

    `overrides`: the file of values that a person corrected. `purpose`: what the process does with
    the database, for those who meanwhile try to open it.

    Raises:
        InputError: a row of `overrides` is wrong.
        StoreError: when another process writes it, or it is damaged or of a newer version.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _create(path)
    with connected_to_write(path, purpose) as connection:
        back_up(connection, path)
        migrate(connection, overrides)
        yield connection


def _create(path: Path) -> None:
    """Make an empty database under another name first: a run that is killed leaves no half file."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with connected(new, read_only=False):
        pass
    new.replace(path)


@contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database for users' SQL, which cannot write or read other files.

    Raises:
        NoStoreError: there is none yet.
        StoreError: it cannot be read.
    """
    with open_to_read(path) as connection:
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


@contextmanager
def open_to_read(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for reading and change nothing. Raises as `open_store`, and NoStoreError."""
    if not path.exists():
        message = (
            f"There is no database at {path} yet. 'adoption demo' or 'adoption run' creates it."
        )
        raise NoStoreError(message)
    with connected(path, read_only=True) as connection:
        refuse_newer(connection)
        yield connection


@contextmanager
def open_in_memory(last_view: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database with the schema, the seeds and the views, all or those up to `last_view`.

    To define all views takes half a second.
    """
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        migrate_tables(connection)
        load_seeds(connection)
        define_views(connection, last_view)
        yield connection


def migrate(connection: duckdb.DuckDBPyConnection, overrides: Path = OVERRIDES) -> None:
    """Apply the migrations not yet applied and load the rules that have changed: all or nothing.

    Raises:
        InputError: a row of `overrides` is wrong.
        StoreError: a newer version of this program wrote the database, or a step failed.
    """
    # a query needs no parser of links, which takes as long to load as the query
    from pipeline.store.overrides import load_overrides

    rules = rules_hash(overrides)
    if not pending(connection) and checkpoint(connection, "rules") == rules:
        return
    try:
        with transaction(connection):
            migrate_tables(connection)
            load_seeds(connection)
            load_overrides(connection, overrides)
            comment_tables(connection)
            drop_views(connection)
            define_views(connection)
            set_checkpoint(connection, "rules", rules)
    except duckdb.Error as error:
        raise StoreError(
            f"The database could not be brought up to date, and is unchanged: {first_line(error)}"
        ) from None


def write(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Write a batch in one transaction: new rows are added, known ones take the new values.

    Writing a batch twice changes nothing: the time at which a row was first written stays, and
    the facts of a scan that is stored are not stored again. Only `scanned_at` moves, when a commit
    is scanned again as the newest one.
    """
    with transaction(connection):
        write_rows(connection, batch)


def write_rows(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Write a batch as `write` does, in the transaction that is open."""
    is_changed = False
    for table, rows in batch.items():
        if rows.num_rows:
            connection.register("incoming", rows)
            if table in _ANSWERING and not is_changed:
                is_changed = _says_something_new(connection, table, rows.column_names)
            connection.execute(_insertion(connection, table, rows.column_names))
            connection.unregister("incoming")
    if is_changed:
        set_checkpoint(connection, "changed", uuid.uuid4().hex)


def _says_something_new(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]
) -> bool:
    """Whether a row of `incoming` is not in the table yet, but for when it was seen."""
    keys = _keys(connection, table)
    if not keys:
        return True
    values = [name for name in columns if name not in (*keys, *_WHEN)]
    same = " and ".join(
        f"(incoming.{name} is null or incoming.{name} is not distinct from known.{name})"
        for name in values
    )
    new = connection.execute(
        f"select 1 from incoming left join {table} as known using ({', '.join(keys)}) "
        f"where not ({same}) or known.{keys[0]} is null limit 1"
    ).fetchall()
    return bool(new)


def _insertion(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> str:
    if table in _WRITTEN_BY:
        return (_WRITE / _WRITTEN_BY[table]).read_text(encoding="utf-8")
    if keys := _keys(connection, table):
        return _upsert(table, columns, keys)
    if "scan_id" in columns:
        known = "where scan_id not in (select scan_id from scan)"
        return f"insert into {table} by name select * from incoming {known}"
    return f"insert into {table} by name select * from incoming"


def _keys(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Columns of a table's primary key; none where it has none."""
    rows = connection.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where table_name = ? and constraint_type = 'PRIMARY KEY'",
        [table],
    ).fetchall()
    return list(rows[0][0]) if rows else []


def _upsert(table: str, columns: list[str], keys: list[str]) -> str:
    values = [name for name in columns if name not in keys and name not in _FIRST_SEEN]
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    action = f"update set {changes}" if changes else "nothing"
    # a batch may say a thing twice; what it says last counts
    return f"""
        insert into {table} by name
        select * exclude (place_in_batch)
        from (select *, row_number() over () as place_in_batch from incoming)
        qualify row_number() over (partition by {", ".join(keys)} order by place_in_batch desc) = 1
        on conflict do {action}
    """


def due_rows(
    connection: duckdb.DuckDBPyConnection, what: str, **parameters: object
) -> list[dict[str, Any]]:
    """The items to collect, from sql/due/<what>.sql: one dictionary per row."""
    sql = (_DUE / f"{what}.sql").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = connection.sql(sql, params=parameters).to_arrow_table().to_pylist()
    return rows


def merge_papers(connection: duckdb.DuckDBPyConnection) -> None:
    """Merge the records of a paper from several sources: sql/write/merge_papers.sql."""
    before = None
    while before != (papers := _count(connection, "paper")):
        before = papers
        with transaction(connection):
            connection.execute((_WRITE / "merge_papers.sql").read_text(encoding="utf-8"))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def checkpoint(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """The stored checkpoint of this name, at which a collector continues; None before the first."""
    rows = connection.execute("select mark from progress_mark where name = ?", [name]).fetchall()
    return str(rows[0][0]) if rows else None


_ANSWERING = frozenset(
    {
        "paper",
        "paper_link",
        "repo",
        "lost_repo",
        "scan",
        "paper_commit",
        "year_end",
        "sample_repository",
    }
)
"""Tables on which answers rest; a write to them makes the published snapshot old."""


def state(connection: duckdb.DuckDBPyConnection) -> str:
    """A text that changes when any answer may change: last write, rules and version."""
    return f"{checkpoint(connection, 'changed')} {checkpoint(connection, 'rules')} {__version__}"


def set_checkpoint(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    set_at = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    connection.execute(
        "insert or replace into progress_mark values (?, ?, ?)", [name, value, set_at]
    )


def as_json(value: Mapping[str, object]) -> str:
    """A JSON column's text, keys sorted so that equal values are equal bytes."""
    return json.dumps(value, sort_keys=True, default=str)
