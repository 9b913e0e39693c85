"""The DuckDB file: open, migrate, write batches, publish a snapshot."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import __version__
from pipeline.settings import PROJECT

_SCHEMA = PROJECT / "sql" / "schema"
_VIEWS = PROJECT / "sql" / "views"
_COLLECT = PROJECT / "sql" / "collect"
_TAXONOMY = {
    "framework_module": PROJECT / "data" / "frameworks.csv",
    "framework_api": PROJECT / "data" / "framework_apis.csv",
    "adjudication": PROJECT / "data" / "adjudications.csv",
    "event": PROJECT / "data" / "events.csv",
    "he2019": PROJECT / "data" / "he2019.csv",
}

_WHEN = ("seen_at", "scanned_at", "fetched_at")
_FIRST_SEEN = ("seen_at", "scanned_at", "first_seen_at")

Batch = Mapping[str, pa.Table]
"""Rows to write, by table."""


class StoreError(Exception):
    """The database cannot be used; the message says what to do."""


@contextmanager
def open_store(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database brought up to date, for writing. Only one process can hold it at a time.

    Raises:
        StoreError: when another process writes it, or it is damaged or of a newer version.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path))
    except duckdb.Error as error:
        raise _cannot_open(path, error) from None
    with connection:
        migrate(connection)
        yield connection


@contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database for anyone's SQL: nothing can be written, nor any other file read.

    Raises:
        StoreError: when there is none yet, or it cannot be read.
    """
    with open_to_read(path) as connection:
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


@contextmanager
def open_to_read(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database as it is, to read. Raises as `open_store`, and when there is none."""
    if not path.exists():
        message = f"There is no database at {path} yet. 'adoption demo' or 'adoption run' makes it."
        raise StoreError(message)
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise _cannot_open(path, error) from None
    with connection:
        yield connection


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Apply the migrations not yet applied; load taxonomy and views where they have changed."""
    connection.execute(
        "create table if not exists schema_version (version integer primary key, file varchar)"
    )
    connection.execute("comment on table schema_version is 'One row per applied migration.'")
    done = {row[0] for row in connection.execute("select version from schema_version").fetchall()}
    for file in sorted(_SCHEMA.glob("*.sql")):
        version = int(file.name.split("_")[0])
        if version not in done:
            with _transaction(connection):
                connection.execute(file.read_text(encoding="utf-8"))
                connection.execute("insert into schema_version values (?, ?)", [version, file.name])
    if progress_mark(connection, "rules") == (rules := _rules()):
        return
    with _transaction(connection):
        for table, csv in _TAXONOMY.items():
            connection.execute(f"delete from {table}")
            connection.execute(f"insert into {table} by name select * from read_csv(?)", [str(csv)])
        define_views(connection)
        _mark(connection, "rules", rules)


def define_views(connection: duckdb.DuckDBPyConnection) -> None:
    """The answers: every file of sql/views, in order."""
    for file in sorted(_VIEWS.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))


def write(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Write a batch in one transaction: new rows are added, known ones take the new values.

    Writing a batch twice changes nothing: the time at which a row was first written stays, and
    the facts of a scan that is stored are not stored again.
    """
    is_changed = False
    with _transaction(connection):
        for table, rows in batch.items():
            if rows.num_rows:
                connection.register("incoming", rows)
                if table in _ANSWERING and not is_changed:
                    is_changed = _says_something_new(connection, table, rows.column_names)
                connection.execute(_insertion(connection, table, rows.column_names))
                connection.unregister("incoming")
        if is_changed:
            _mark(connection, "changed", uuid.uuid4().hex)


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
    own = _COLLECT / f"write_{table}.sql"
    if own.exists():
        return own.read_text(encoding="utf-8")
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
        select * exclude (place)
        from (select *, row_number() over () as place from incoming)
        qualify row_number() over (partition by {", ".join(keys)} order by place desc) = 1
        on conflict do {action}
    """


def rows_due(
    connection: duckdb.DuckDBPyConnection, what: str, **parameters: object
) -> list[dict[str, Any]]:
    """The work that sql/collect/<what>.sql finds to be done, one dictionary a row."""
    sql = (_COLLECT / f"{what}.sql").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = connection.sql(sql, params=parameters).to_arrow_table().to_pylist()
    return rows


def merge_papers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make one paper of those that several sources know: sql/collect/merge_papers.sql."""
    before = None
    while before != (papers := _count(connection, "paper")):
        before = papers
        with _transaction(connection):
            connection.execute((_COLLECT / "merge_papers.sql").read_text(encoding="utf-8"))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def progress_mark(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Where a collector goes on, or None at the beginning."""
    rows = connection.execute("select mark from progress_mark where name = ?", [name]).fetchall()
    return str(rows[0][0]) if rows else None


def publish(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Copy the database, compacted, beside `target` and rename it over.

    Readers never wait for a flow and never see half a run; a file they have open stays whole.

    Raises:
        StoreError: when the copy cannot be written (disk full, no permission).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = target.with_suffix(".next")
    copy.unlink(missing_ok=True)
    try:
        connection.execute(f"attach '{_quoted(copy)}' as snapshot")
        source = connection.execute("select current_database()").fetchall()[0][0]
        connection.execute(f'copy from database "{source}" to snapshot')
        connection.execute("detach snapshot")
        with duckdb.connect(str(copy)) as snapshot:
            for view in _ANSWERED_ONCE:
                _answer_once(snapshot, view)
        copy.replace(target)
    except (duckdb.Error, OSError) as error:
        copy.unlink(missing_ok=True)
        message = f"The database could not be published to {target}: {_first_line(error)}"
        raise StoreError(f"{message} What was there before is untouched.") from None


_ANSWERED_ONCE = ("latest_scan", "repo_variant", "repo_label", "paper_framework", "dated_paper")
"""Views on which most answers rest; a snapshot holds them as tables, for it does not change."""


def _answer_once(snapshot: duckdb.DuckDBPyConnection, view: str) -> None:
    """Put a table with its rows and comments in the place of a view."""
    comments = snapshot.execute(
        "select null, comment from duckdb_views() where view_name = $view "
        "union all "
        "select column_name, comment from duckdb_columns() where table_name = $view",
        {"view": view},
    ).fetchall()
    snapshot.execute(f"create table answered as from {view}")
    snapshot.execute(f"drop view {view}")
    snapshot.execute(f"alter table answered rename to {view}")
    for column, comment in comments:
        what = f"table {view}" if column is None else f"column {view}.{column}"
        snapshot.execute(f"comment on {what} is '{str(comment).replace(chr(39), 2 * chr(39))}'")


_ANSWERING = frozenset({"paper", "paper_link", "repo", "lost_repo", "scan"})
"""Tables on which answers rest; a write to them makes the published snapshot old."""


def is_published(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the snapshot last published holds all that answers rest on."""
    return progress_mark(connection, "published") == _state(connection)


def mark_published(connection: duckdb.DuckDBPyConnection) -> None:
    """Say that what is stored now is published."""
    _mark(connection, "published", _state(connection))


def _state(connection: duckdb.DuckDBPyConnection) -> str:
    """Changes with any answer: the last write, the rules by which answers are given, and us."""
    return f"{progress_mark(connection, 'changed')} {_rules()} {__version__}"


def _rules() -> str:
    """A hash of the files that say what facts mean: schema, views, taxonomy."""
    rules = hashlib.sha256()
    for folder in (_SCHEMA, _VIEWS):
        for file in sorted(folder.glob("*.sql")):
            rules.update(file.read_bytes())
    for csv in _TAXONOMY.values():
        rules.update(csv.read_bytes())
    return rules.hexdigest()


def _mark(connection: duckdb.DuckDBPyConnection, name: str, mark: str) -> None:
    set_at = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    connection.execute(
        "insert or replace into progress_mark values (?, ?, ?)", [name, mark, set_at]
    )


def _export_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    relations = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'main' order by 1"
    ).fetchall()
    files = []
    for (name,) in relations:
        file = folder / f"{name}.parquet"
        connection.execute(
            f"copy (from {name}) to '{_quoted(file)}' (format parquet, compression zstd)"
        )
        files.append(file)
    return files


def export_published(path: Path, folder: Path) -> list[Path]:
    """Parquet copies of the published tables and views, for anything that is not DuckDB.

    Raises:
        StoreError: when there is none yet, or it cannot be read.
    """
    with open_to_read(path) as connection:
        return _export_tables(connection, folder)


def as_json(value: Mapping[str, object]) -> str:
    """A JSON column's text, keys sorted so that equal values are equal bytes."""
    return json.dumps(value, sort_keys=True, default=str)


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _cannot_open(path: Path, error: duckdb.Error) -> StoreError:
    if "lock" in str(error).lower():
        return StoreError(
            f"{path} is being written by another run. Wait for it to end, or query the published "
            "copy with 'adoption query'."
        )
    return StoreError(f"{path} cannot be opened: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
