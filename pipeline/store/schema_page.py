"""Writes docs/schema.md from the comments in the database, or checks it (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.store.database import migrate

TARGET = Path("docs/schema.md")

_HEAD = """\
# Tables, views and macros

`make docs` writes this page from the comments in the database. They are in the database too:
`select * from duckdb_columns()`.
"""
_RELATIONS = """
    select table_name as name, comment, false as is_view from duckdb_tables() where not internal
    union all
    select view_name, comment, true from duckdb_views() where not internal
    order by is_view, name
"""
_COLUMNS = """
    select column_name, data_type, comment
    from duckdb_columns()
    where table_name = ?
    order by column_index
"""
_MACROS = """
    select function_name, parameters, comment
    from duckdb_functions()
    where not internal
    order by function_name
"""


def schema_markdown(connection: duckdb.DuckDBPyConnection) -> str:
    """Every table, view and macro of a database with its meaning, as Markdown."""
    return "\n".join([_HEAD, *_relations(connection), *_macros(connection)])


def _relations(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for name, comment, is_view in connection.sql(_RELATIONS).fetchall():
        rows = connection.execute(_COLUMNS, [name]).fetchall()
        yield f"## {name}{' (view)' if is_view else ''}\n\n{comment}\n"
        yield "| column | type | meaning |\n|---|---|---|"
        yield from (f"| `{column}` | {kind} | {meaning} |" for column, kind, meaning in rows)
        yield ""


def _macros(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield "## Macros\n\n| macro | meaning |\n|---|---|"
    for name, parameters, comment in connection.sql(_MACROS).fetchall():
        yield f"| `{name}({', '.join(parameters)})` | {comment} |"
    yield ""


def main(arguments: list[str]) -> str | None:
    """Write the page, or with --check say what is wrong with the one that is there."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        page = schema_markdown(connection)
    if "--check" not in arguments:
        TARGET.write_text(page, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != page:
        return f"{TARGET} does not say what the database says. Run: make docs"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
