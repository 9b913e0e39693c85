"""Updates the answers that a snapshot has from the last one: those about what changed since then.

An answer about a paper or a repository follows from facts about it and about its neighbours: the
papers that link to the repository, and the repositories to which those papers link. So the plain
view runs on the facts of these alone, in the schema `affected`, which hides the tables of `main`.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.store.rules import definition
from pipeline.store.snapshot import NAME, Snapshot, statements

KEYS = {
    "unit": "unit_id",
    "latest_scan": "unit_id",
    "paper_date": "paper_id",
    "paper_venue": "paper_id",
    "repo_label": "scan_id",
    "scan_of_commit": "scan_key",
    "unit_repository": "unit_id",
    "known_commit": "paper_id",
    "paper_scan": "paper_id",
    "paper_moment": "paper_id",
    "paper_framework": "paper_id",
    "dated_paper": "paper_id",
    "year_end_framework": "unit_id",
    "judged_commit": "scan_key",
    "framework_run": "scan_key",
    "framework_migration": "unit_id",
    "anachronism": "paper_id",
    "label_agreement": "unit_id",
}
"""The answers that can be updated, with the column that says what a row is about."""

FIRST = "unit"
"""The answer whose update finds which rows of the others may have changed."""

NEAR = {
    "main.corrected_paper": "paper_id",
    "main.scan": "scan_id",
    "main.unread_code": "scan_id",
    "stored.repo_framework": "scan_id",
    "stored.repo_family": "scan_id",
    "stored.repo_variant": "scan_id",
    "stored.undecided_scan": "scan_id",
    "stored.scan_language": "scan_id",
}
"""What the views would else read whole, with the column that says what a row is about."""

_TABLES = """
    select table_name from duckdb_tables() where database_name = ? and schema_name = 'affected'
"""
_OTHER_CHOICE = """
    from main.dated_paper cross join default_choice
    where is_default <> list_contains(choices, choice) limit 1
"""


def update_answer(snapshot: Snapshot, view: str, file: Path) -> bool:
    """Replace the rows of an answer that may have changed. `file` defines its view.

    The answers before it must be up to date. False if the whole answer must be computed.
    """
    if view not in KEYS or (view == "dated_paper" and snapshot.rows(_OTHER_CHOICE)):
        return False
    connection, key = snapshot.connection, KEYS[view]
    if view == FIRST:
        connection.execute(statements("touched"))
    connection.execute(f"set search_path = '{NAME}.affected,{NAME}.main'")
    connection.execute(definition(file))
    connection.execute(f"set search_path = '{NAME}.main'")
    connection.execute(
        f"delete from {view} using affected_{key} as affected "
        f"where {view}.{key} = affected.{key};"
        f"insert into {view} from affected.{view} semi join affected_{key} using ({key});"
        f"drop view affected.{view}"
    )
    if view == FIRST:
        connection.execute(statements("affected"))
        for relation, its_key in NEAR.items():
            _narrow(snapshot, relation, its_key)
    _narrow(snapshot, f"main.{view}", key)
    return True


def end_updates(snapshot: Snapshot) -> None:
    """Remove what `update_answer` needs."""
    # one by one: DuckDB cannot commit a schema that was made and dropped with its tables
    for (table,) in snapshot.rows(_TABLES, NAME):
        snapshot.connection.execute(f"drop table affected.{table}")
    snapshot.connection.execute("drop schema if exists affected")


def _narrow(snapshot: Snapshot, relation: str, key: str) -> None:
    """Let views of the schema `affected` read the near rows of a relation alone."""
    name = relation.split(".")[1]
    snapshot.connection.execute(
        f"create table affected.{name} as from {relation} semi join near_{key} using ({key})"
    )
