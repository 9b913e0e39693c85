"""Writes docs/schema.md from the database's own comments: `make docs`."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.store.database import migrate

TARGET = Path("docs/schema.md")

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


def schema_markdown() -> str:
    """Every table and view with its columns, as Markdown."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        lines = [
            "# Tables and views",
            "",
            "`make docs` writes this page from the comments in the database. `duckdb_columns()`",
            "shows the same text without this page.",
        ]
        for name, comment, is_view in connection.sql(_RELATIONS).fetchall():
            lines += ["", f"## {name}{' (view)' if is_view else ''}", "", comment, ""]
            lines += ["| column | type | meaning |", "|---|---|---|"]
            for column, kind, meaning in connection.execute(_COLUMNS, [name]).fetchall():
                lines.append(f"| `{column}` | {kind} | {meaning or ''} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema_markdown(), encoding="utf-8")
