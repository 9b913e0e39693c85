"""Replaces Prefect's own database, an SQLite file in PREFECT_HOME, if it is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_NAME = "prefect.db"


def put_damaged_aside(home: Path) -> Path | None:
    """Rename the database if it is damaged. Gives its new name, or None if it is not damaged.

    Prefect creates an empty database at its next start. The old one has only the list of past runs.
    """
    database = home / _NAME
    if not database.exists() or _is_whole(database):
        return None
    for name in (f"{_NAME}-wal", f"{_NAME}-shm"):
        (home / name).unlink(missing_ok=True)
    return database.replace(home / f"{_NAME}.damaged")


def _is_whole(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("pragma quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
