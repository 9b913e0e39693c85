"""Defines the views of a snapshot, and computes those once on which most answers rest."""

from __future__ import annotations

from pipeline.store.rules import view_files
from pipeline.store.snapshot import Comments, Snapshot, comments_in, describe, statements
from pipeline.store.stored_votes import STORED_VIEWS

_ANSWERED_ONCE = frozenset(
    {
        "paper_correction",
        *("unit", "latest_scan", "scan_of_commit", "unit_repository", "known_commit"),
        *("paper_date", "paper_venue", "repo_label", "paper_scan", "paper_moment"),
        *("paper_framework", "dated_paper", "claim_answer"),
        *("judged_commit", "framework_run", "framework_migration", "year_end_framework"),
        *("coverage", "popularity", "label_agreement", "moment_coverage", "anachronism", "totals"),
    }
)
"""Views whose rows a snapshot holds as tables, for it does not change."""


def define_answers(snapshot: Snapshot) -> None:
    """Define the views that the working database has, on what is stored.

    The macros, tables and votes of the snapshot must be there. The views come in the order of their
    files, so each reads the rows of those before it.
    """
    connection = snapshot.connection
    comments = comments_in(snapshot, snapshot.working.strip('"'))
    connection.execute(statements("import_fact"))
    describe(connection, "view", "import_fact", comments["import_fact"])
    for file in view_files():
        connection.execute(file.read_text(encoding="utf-8"))
        view = file.stem.split("_", 1)[1]
        if view in STORED_VIEWS:
            connection.execute(STORED_VIEWS[view])
            describe(connection, "view", view, comments[view])
        elif view in _ANSWERED_ONCE:
            _answer_once(snapshot, view, comments[view])


def _answer_once(snapshot: Snapshot, view: str, comments: Comments) -> None:
    """Put a table with its rows and comments in the place of a view."""
    connection = snapshot.connection
    connection.execute(f"create table answered as from {view}")
    connection.execute(f"drop view {view}")
    connection.execute(f"alter table answered rename to {view}")
    describe(connection, "table", view, comments)
