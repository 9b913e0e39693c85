"""Opens DuckDB files, with an error message for every kind of damaged file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import StoreError, StoreHeldError

_NO_DOWNLOADS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""DuckDB would fetch an extension by itself for a file of another kind."""

_OLDEST_READER = "v1.5.0"
"""The first version of DuckDB that reads a copy: that of the `duckdb` command and of R."""

_MARK, _MARK_AT = b"DUCK", 8
_SQLITE_MARK = b"SQLite format 3\0"
_HOLDER = re.compile(r"held in (\S+)(?: \(PID (\d+)\))?")


@contextmanager
def connected(path: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """An open database file. Only one process can write it at a time.

    Raises:
        StoreError: another process holds it, or it is damaged, or it is no DuckDB file.
    """
    _check_name(path)
    _check_kind(path)
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=_NO_DOWNLOADS)
    except duckdb.Error as error:
        raise _cannot_open(path, error) from None
    with connection:
        yield connection


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
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from None
    if start[_MARK_AT : _MARK_AT + len(_MARK)] != _MARK:
        kind = "an SQLite database" if start == _SQLITE_MARK else "not a DuckDB database"
        raise StoreError(f"{path} is {kind}. {_what_to_do(path)}")


def _cannot_open(path: Path, error: duckdb.Error) -> StoreError:
    words = str(error)
    if "Could not set lock" in words:
        holder = _HOLDER.search(words)
        by = f" ({holder[1]}, process {holder[2]})" if holder and holder[2] else ""
        return StoreHeldError(
            f"Another process has {path} open{by}. Wait for its end, or query the published copy "
            "with 'adoption query'."
        )
    if "newer version" in words or "storage version" in words.lower():
        return StoreError(f"A newer version of DuckDB wrote {path}. Install that version.")
    return StoreError(f"{path} is damaged ({first_line(error)}). {_what_to_do(path)}")


def _what_to_do(path: Path) -> str:
    if path.parent.name == "work":
        return "'adoption restore' rebuilds it from the published copy, which has every fact."
    return "Delete it and run 'adoption run', which publishes it again."


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


def copy_database(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write a compact copy of an open database to `target`, which it replaces."""
    target.unlink(missing_ok=True)
    connection.execute(f"attach '{quoted(target)}' as copied (storage_version '{_OLDEST_READER}')")
    try:
        current = connection.execute("select current_database()").fetchall()[0][0]
        connection.execute(f'copy from database "{current}" to copied')
    finally:
        connection.execute("detach copied")
