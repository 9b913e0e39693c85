"""Publishes a compact copy for readers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import duckdb

from pipeline.errors import StoreError
from pipeline.store import large_files
from pipeline.store.answers import define_answers
from pipeline.store.connections import first_line, transaction
from pipeline.store.copied_tables import copy_tables
from pipeline.store.database import checkpoint, open_to_read, set_checkpoint, state
from pipeline.store.manifest import Entry, manifest_of, write_manifest
from pipeline.store.rules import define_macros
from pipeline.store.snapshot import remove, snapshot_of
from pipeline.store.stored_facts import add_new_scans, has_all_facts
from pipeline.store.stored_votes import store_votes


class _OtherFactsError(Exception):
    """The last copy has other facts than the database for a scan that both have."""


def publish(
    connection: duckdb.DuckDBPyConnection, target: Path, settings: Mapping[str, str] | None = None
) -> None:
    """Write a snapshot with its answers and a manifest beside `target`, and rename it over.

    `settings`: those of the run, without secrets, for the manifest.

    Facts and votes that `target` has already are kept (pipeline/store/snapshot.py). Readers never
    wait for a flow and never see half a run; a file they have open stays whole.

    Raises:
        StoreError: when the snapshot cannot be written (disk full, no permission).
    """
    file = target.with_suffix(".next")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            previous = target if target.exists() else None
            manifest = _fill(connection, file, previous, settings or {})
        except (duckdb.Error, _OtherFactsError) as error:
            if previous is None:
                raise
            # the last copy is damaged, or another version of this program wrote it
            print(
                f"{target} cannot be updated, so all of it is written again: {first_line(error)}",
                file=sys.stderr,
                flush=True,
            )
            manifest = _fill(connection, file, None, settings or {})
        # of a program that has the last copy open to write: DuckDB refuses it beside this one
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        large_files.replace(target, file)
        write_manifest(connection, manifest)
    except (duckdb.Error, OSError) as error:
        with suppress(OSError):
            remove(file)
        message = f"The database could not be published to {target}: {first_line(error)}"
        raise StoreError(f"{message} The previous copy is unchanged.") from None


def _fill(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    previous: Path | None,
    settings: Mapping[str, str],
) -> list[Entry]:
    """Write the snapshot to `file`, on what `previous` has. Gives its manifest."""
    with snapshot_of(connection, file, previous) as snapshot:
        with transaction(snapshot.connection):
            are_few = copy_tables(snapshot)
            add_new_scans(snapshot)
            if previous is not None and not has_all_facts(snapshot):
                raise _OtherFactsError("It has other facts than the database.")
            define_macros(snapshot.connection)
        store_votes(snapshot)
        define_answers(snapshot, are_few=are_few)
        manifest = manifest_of(snapshot.connection, settings)
        write_manifest(snapshot.connection, manifest)
    return manifest


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
