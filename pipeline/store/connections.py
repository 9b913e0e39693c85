"""Opens DuckDB files, with an error message for every kind of damaged file."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import RIGHTS_NEEDED, DamagedError, StoreError, StoreHeldError
from pipeline.store.holder import holder, named_holder

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "disabled_optimizers": "projection_pullup,projection_placement",
}
"""Settings of DuckDB for each connection.

Without the first two, DuckDB fetches an extension by itself for a file of another kind. The two
optimizers save nothing here, and take most of the time of views that ask many others:
`python -m benchmarks.bench_plans` measures it.
"""

_MOST_MEMORY = "2GB"
"""For a process that writes. DuckDB writes to disk what is more, and would else take 80%."""

_OLDEST_READER = "v1.5.0"
"""The first version of DuckDB that reads a copy: that of the `duckdb` command and of R."""

_MARK, _MARK_AT = b"DUCK", 8
_SQLITE_MARK = b"SQLite format 3\0"
_PROCESS = re.compile(r"\(PID (\d+)\)")
NOT_PERMITTED = re.compile("Permission denied|Read-only file system|Operation not permitted")
_PATIENCE_S = 5.0
"""'adoption status' reads the working database for a second or two."""
_TRY_EVERY_S = 0.1


@contextmanager
def connected(path: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """An open database file. Only one process can write it at a time.

    Raises:
        StoreError: another process holds it, or it is damaged, or it is no DuckDB file.
    """
    with _connect(path, read_only=read_only) as connection:
        yield connection


@contextmanager
def connected_to_write(path: Path, purpose: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file that is open to write. Waits some seconds for a process that reads it.

    `purpose`: what this process does with it, for the message that others get meanwhile. Raises as
    `connected`.
    """
    with _connect_in_time(path) as connection, named_holder(path, purpose):
        yield connection


def _connect_in_time(path: Path) -> duckdb.DuckDBPyConnection:
    give_up = time.monotonic() + _PATIENCE_S
    is_said = False
    while True:
        try:
            return _connect(path, read_only=False)
        except StoreHeldError as error:
            if time.monotonic() > give_up:
                raise
            if not is_said:
                print(f"Waiting {_PATIENCE_S:g} s. {error}", file=sys.stderr, flush=True)
            is_said = True
            time.sleep(_TRY_EVERY_S)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    _check_name(path)
    _check_kind(path)
    try:
        limits = {} if read_only else {"memory_limit": _MOST_MEMORY}
        return duckdb.connect(str(path), read_only=read_only, config=SETTINGS | limits)
    except duckdb.Error as error:
        raise _cannot_open(path, error) from None


def _check_name(path: Path) -> None:
    if "?" in str(path.resolve()):
        raise StoreError(
            f"DuckDB cannot open a database at {path}, because its path contains '?'. "
            "Set ADOPTION_DATA to another folder."
        )


def _check_kind(path: Path) -> None:
    """Raise StoreError for an existing file that is not a DuckDB database."""
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            start = file.read(max(len(_SQLITE_MARK), _MARK_AT + len(_MARK)))
    except PermissionError as error:
        raise StoreError(f"{path} cannot be opened ({error.strerror}). {RIGHTS_NEEDED}") from None
    except OSError as error:
        raise DamagedError(
            f"{path} cannot be read: {error.strerror}. {_what_to_do(path)}"
        ) from None
    if start[_MARK_AT : _MARK_AT + len(_MARK)] != _MARK:
        kind = "an SQLite database" if start == _SQLITE_MARK else "not a DuckDB database"
        raise DamagedError(f"{path} is {kind}. {_what_to_do(path)}")


def _cannot_open(path: Path, error: duckdb.Error) -> StoreError:
    words = str(error)
    if "Could not set lock" in words:
        process = _PROCESS.search(words)
        by = f" ({holder(path, int(process[1]))})" if process else ""
        instead = (
            "query the published copy with 'adoption query'"
            if _is_working(path)
            else "open it read-only there"
        )
        return StoreHeldError(
            f"Another process has {path} open{by}. Wait for its end, or {instead}."
        )
    if "newer version" in words or "storage version" in words.lower():
        return StoreError(f"A newer version of DuckDB wrote {path}. Install that version.")
    if reason := NOT_PERMITTED.search(words):
        return StoreError(f"{path} cannot be opened ({reason[0]}). {RIGHTS_NEEDED}")
    if "No space left" in words:
        return StoreError(f"{path} cannot be opened: {first_line(error)}")
    return DamagedError(f"{path} is damaged ({first_line(error)}). {_what_to_do(path)}")


def _what_to_do(path: Path) -> str:
    if _is_working(path):
        return "'adoption restore' rebuilds it from the published copy, which has every fact."
    return "Delete it and run 'adoption run', which publishes it again."


def _is_working(path: Path) -> bool:
    """Whether it is the working database, beside whose folder is the published copy."""
    return path.parent.name == "work"


def first_line(error: Exception) -> str:
    """The first line of an error message."""
    return str(error).strip().splitlines()[0]


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Statements that are stored together, or not at all if one of them fails."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def literal(text: str) -> str:
    """A text as SQL writes it, for statements that take no parameters."""
    quotes_doubled = text.replace("'", "''")
    return f"'{quotes_doubled}'"


def current_database(connection: duckdb.DuckDBPyConnection) -> str:
    """Name of the database that unqualified names mean."""
    return str(connection.execute("select current_database()").fetchall()[0][0])


def attach_to_publish(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attach a file, new or not, that older versions of DuckDB can read too.

    Nobody else reads the file before it is whole, so DuckDB writes no log. What is written is in
    the file after `checkpoint`.
    """
    connection.execute(
        f"attach '{quoted(file)}' as {name} "
        f"(storage_version '{_OLDEST_READER}', recovery_mode 'no_wal_writes')"
    )


def copy_database(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write a compact copy of an open database to `target`, which it replaces."""
    target.unlink(missing_ok=True)
    attach_to_publish(connection, target, "copied")
    try:
        connection.execute(f'copy from database "{current_database(connection)}" to copied')
        connection.execute("checkpoint copied")
    finally:
        connection.execute("detach copied")
