"""Publishes a compact copy for readers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import duckdb

from pipeline.errors import StoreError
from pipeline.store.connections import SETTINGS, copy_database, first_line
from pipeline.store.database import checkpoint, open_to_read, set_checkpoint, state
from pipeline.store.manifest import manifest_of, write_manifest


def publish(
    connection: duckdb.DuckDBPyConnection, target: Path, settings: Mapping[str, str] | None = None
) -> None:
    """Copy the database, compacted and with a manifest, beside `target` and rename it over.

    `settings`: those of the run, without secrets, for the manifest.

    Readers never wait for a flow and never see half a run; a file they have open stays whole.

    Raises:
        StoreError: when the copy cannot be written (disk full, no permission).
    """
    copy = target.with_suffix(".next")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_database(connection, copy)
        with duckdb.connect(str(copy), config=SETTINGS) as snapshot:
            for view in _ANSWERED_ONCE:
                _answer_once(snapshot, view)
            manifest = manifest_of(snapshot, settings or {})
            write_manifest(snapshot, manifest)
        # of a program that has the last copy open to write: DuckDB refuses it beside this one
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        copy.replace(target)
        write_manifest(connection, manifest)
    except (duckdb.Error, OSError) as error:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        message = f"The database could not be published to {target}: {first_line(error)}"
        raise StoreError(f"{message} The previous copy is unchanged.") from None


_ANSWERED_ONCE = (
    *("framework_import", "latest_scan", "repo_variant", "repo_label"),
    *("paper_scan", "paper_framework", "dated_paper"),
    *("framework_run", "framework_migration"),
)
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


def answers(published: Path) -> bool:
    """Whether a published file exists and is readable; a run replaces a damaged one."""
    try:
        with open_to_read(published) as connection:
            connection.execute("from share_by_year").fetchall()
    except (StoreError, duckdb.Error):
        return False
    return True


def is_published(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the last published snapshot has all facts and rules."""
    return checkpoint(connection, "published") == state(connection)


def mark_published(connection: duckdb.DuckDBPyConnection) -> None:
    """Record that the current state is published."""
    set_checkpoint(connection, "published", state(connection))
