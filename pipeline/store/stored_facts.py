"""Adds the facts of new scans to a snapshot. Imports have numbers for paths and modules there."""

from __future__ import annotations

from pipeline.store.scan_rows import FACTS
from pipeline.store.snapshot import Snapshot, comments_in, describe, statements

_IMPORTS_AT_ONCE = 2_000_000
"""So many imports, their files and their order take some 500 MB of memory."""

_STORED = {"import_fact": "stored.import_line"}
"""Tables of facts that a snapshot has under another name."""

_SMALL_FACTS = tuple(table for table in FACTS if table != "import_fact")


def add_new_scans(snapshot: Snapshot) -> None:
    """Add the scans that the snapshot lacks, with their facts."""
    connection = snapshot.connection
    connection.execute(
        f"create or replace temp view working_scan as from {snapshot.working}.main.scan;"
        "create or replace temp view working_import as "
        f"select rowid as place, * from {snapshot.working}.main.import_fact"
    )
    connection.execute(f"set variable imports_at_once = {_IMPORTS_AT_ONCE}")
    connection.execute(statements("new_scans"))
    _add_imports(snapshot)
    comments = comments_in(snapshot, snapshot.working.strip('"'))
    for table in _SMALL_FACTS:
        facts = f"select * from {snapshot.working}.main.{table}"
        connection.execute(f"create table if not exists {table} as {facts} limit 0")
        connection.execute(f"insert into {table} {facts} semi join new_scan using (scan_id)")
        describe(connection, "table", table, comments[table])


def has_all_facts(snapshot: Snapshot) -> bool:
    """Whether the snapshot has as many facts as the working database."""
    return all(
        snapshot.rows(
            f"select (select count(*) from {_STORED.get(table, table)}) "
            f"= (select count(*) from {snapshot.working}.main.{table})"
        )
        == [(True,)]
        for table in FACTS
    )


def _add_imports(snapshot: Snapshot) -> None:
    batches = snapshot.rows(
        "select batch, min(first_place), max(last_place) from new_scan "
        "where first_place is not null group by batch order by batch"
    )
    for values in batches:
        for name, value in zip(("batch", "first_place", "last_place"), values, strict=True):
            snapshot.connection.execute(f"set variable {name} = {value}")
        for step in ("new_imports", "add_imports"):
            snapshot.connection.execute(statements(step))
