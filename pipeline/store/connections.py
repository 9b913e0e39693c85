"""Opening DuckDB files, with a sentence for everything that can be wrong with one."""

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
            f"DuckDB cannot keep a database at {path}, because its path has a '?'. "
            "Set ADOPTION_DATA to a folder without one."
        )


def _check_kind(path: Path) -> None:
    """Raise StoreError where a file is there and is no DuckDB database."""
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            start = file.read(max(len(_SQLITE_MARK), _MARK_AT + len(_MARK)))
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from None
    if start[_MARK_AT : _MARK_AT + len(_MARK)] != _MARK:
        kind = "an SQLite database" if start == _SQLITE_MARK else "no DuckDB database"
        raise StoreError(f"{path} is {kind}. {_what_to_do(path)}")


def _cannot_open(path: Path, error: duckdb.Error) -> StoreError:
    words = str(error)
    if "Could not set lock" in words:
        holder = _HOLDER.search(words)
        by = f" ({holder[1]}, process {holder[2]})" if holder and holder[2] else ""
        return StoreHeldError(
            f"Another program holds {path}{by}. Wait for it to end, or query the published copy "
            "with 'adoption query'."
        )
    if "newer version" in words or "storage version" in words.lower():
        return StoreError(f"{path} was written by a newer DuckDB. Install that version.")
    return StoreError(f"{path} is damaged ({first_line(error)}). {_what_to_do(path)}")


def _what_to_do(path: Path) -> str:
    if path.parent.name == "work":
        return "'adoption restore' makes it again from the published copy, which has every fact."
    return "Delete it and run 'adoption run': it is published again."


def first_line(error: Exception) -> str:
    """The first line of an error's words."""
    return str(error).strip().splitlines()[0]
