"""Defines the views of a snapshot, and computes those once on which most answers rest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.store.changed_answers import end_updates, update_answer
from pipeline.store.connections import transaction
from pipeline.store.rules import RULE_TABLES, as_table, view_files
from pipeline.store.snapshot import (
    NAME,
    Comments,
    Snapshot,
    comments_in,
    describe,
    relations,
    statements,
)
from pipeline.store.stored_votes import STORED_VIEWS

_ANSWERED_ONCE = frozenset(
    {
        "paper_correction",
        *("unit", "latest_scan", "scan_of_commit", "unit_repository", "known_commit"),
        *("paper_date", "paper_venue", "repo_label", "paper_scan", "paper_moment"),
        *("paper_framework", "dated_paper", "claim_answer"),
        *("judged_commit", "framework_run", "framework_migration", "year_end_framework"),
        *("coverage", "popularity", "label_agreement", "moment_coverage", "anachronism", "totals"),
        "share_cube",
    }
)
"""Views whose rows a snapshot holds as tables, for it does not change."""

_RULES = "rules of answers"
"""Name in stored.basis."""

_RULES_OF_VOTES = """
    from stored.basis where starts_with(name, 'rules of ') and name <> ? order by all
"""


def define_answers(snapshot: Snapshot, *, are_few: bool) -> None:
    """Define the views that the working database has, on what is stored.

    `are_few`: few facts changed since the snapshot got its answers (copy_tables). If these are of
    the present rules, only the answers about the changed facts are computed.

    The macros, tables and votes of the snapshot must be there. The views come in the order of their
    files, so each reads the rows of those before it.
    """
    comments = comments_in(snapshot, snapshot.working.strip('"'))
    rules = _rules(snapshot, comments["import_fact"])
    is_defined = snapshot.basis(_RULES) == rules
    if not is_defined:
        _drop(snapshot, "view")
    if not (is_defined and are_few):
        _drop(snapshot, "table")
    with transaction(snapshot.connection):
        if not is_defined:
            snapshot.connection.execute(statements("import_fact"))
            describe(snapshot.connection, "view", "import_fact", comments["import_fact"])
        for view, file in view_files().items():
            if view not in _ANSWERED_ONCE:
                if not is_defined:
                    _define(snapshot, view, file, comments)
            elif not (is_defined and are_few and update_answer(snapshot, view, file)):
                _answer(snapshot, view, file, comments[view])
        end_updates(snapshot)
        snapshot.set_basis(_RULES, rules)


def _rules(snapshot: Snapshot, comments: Comments) -> str:
    """Changes with every rule on which an answer rests: SQL, tables and the rules of the votes."""
    present = relations(snapshot, snapshot.working.strip('"'))
    rules = hashlib.sha256(repr((present, sorted(_ANSWERED_ONCE), comments)).encode())
    for file in view_files().values():
        rules.update(file.read_bytes())
    for table in RULE_TABLES:
        rules.update(str(snapshot.rows(f"from {table} order by all")).encode())
    rules.update(str(snapshot.rows(_RULES_OF_VOTES, _RULES)).encode())
    return rules.hexdigest()


def _drop(snapshot: Snapshot, kind: str) -> None:
    """Drop all views, or all tables of answers, so that the file can use the space again."""
    present = relations(snapshot, snapshot.working.strip('"'))
    copied = {name for its_kind, name in present if its_kind == "table"}
    for its_kind, name in relations(snapshot, NAME):
        if its_kind == kind and (kind == "view" or name not in copied):
            snapshot.connection.execute(f"drop {kind} {name}")
    snapshot.connection.execute(f"checkpoint {NAME}")


def _define(snapshot: Snapshot, view: str, file: Path, comments: dict[str, Comments]) -> None:
    """Define a view or macro. The votes of scans are read where they are stored."""
    if view in STORED_VIEWS:
        snapshot.connection.execute(STORED_VIEWS[view])
        describe(snapshot.connection, "view", view, comments[view])
    else:
        snapshot.connection.execute(file.read_text(encoding="utf-8"))


def _answer(snapshot: Snapshot, view: str, file: Path, comments: Comments) -> None:
    """Compute all rows of an answer."""
    snapshot.connection.execute(as_table(file))
    describe(snapshot.connection, "table", view, comments)
