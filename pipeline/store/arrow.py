"""Arrow tables whose columns and types are those of the database's own tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.store.migrations import migrate_tables


def schema_of(table: str) -> pa.Schema:
    """Columns of a table with their types, in the table's order."""
    return _schemas()[table]


def arrow_table(
    table: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None
) -> pa.Table:
    """Rows with the columns of a table, or only some of them. What a row does not name is null.

    Raises:
        pyarrow.ArrowException: a value has another type, or does not fit.
    """
    schema = schema_of(table)
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    return pa.Table.from_pylist(rows, schema)


@cache
def _schemas() -> dict[str, pa.Schema]:
    """The schema of every table, read from an empty database. Takes 0.05 to 0.1 s, once."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        migrate_tables(connection)
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return {
            name: connection.sql(f"from {name} limit 0").to_arrow_table().schema
            for (name,) in names
        }
