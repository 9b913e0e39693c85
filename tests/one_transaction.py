"""A database that many tests share: what a test does to it is undone at the test's end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb


class OneTransaction:
    """A connection inside one transaction, which the code under test can neither end nor close."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def begin(self) -> None:
        """Nothing: a transaction is open already."""

    commit = rollback = close = begin


@contextmanager
def undone(connection: duckdb.DuckDBPyConnection) -> Iterator[OneTransaction]:
    """The connection in a transaction that is rolled back at the end, and without its variables."""
    connection.begin()
    try:
        yield OneTransaction(connection)
    finally:
        connection.rollback()
        for (name,) in connection.execute("select name from duckdb_variables()").fetchall():
            connection.execute(f'reset variable "{name}"')
