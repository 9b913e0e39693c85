"""Defines the views of a snapshot, and computes those once on which most answers rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.store.changed_answers import FIRST, end_updates, update_answer
from pipeline.store.connections import transaction
from pipeline.store.rules import RULE_TABLES, as_table, defined_in, definition, view_files
from pipeline.store.snapshot import (
    NAME,
    Comments,
    Snapshot,
    comments_in,
    describe,
    relations,
    statements,
)
from pipeline.store.stored_votes import RULES_OF, STORED_VIEWS

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

_WORD = re.compile(r"\w+")

_VIEWS, _ANSWER = "views", "answer "
"""Names in stored.basis; the second comes before the name of a view."""

_RULES_OF_VOTES = "from stored.basis where starts_with(name, ?) order by all"


def define_answers(snapshot: Snapshot, *, are_few: bool) -> None:
    """Define the views that the working database has, on what is stored.

    `are_few`: few facts changed since the snapshot got its answers (copy_tables). Then the answers
    whose rules are the same as before are updated, and only the others are computed again.

    The macros, tables and votes of the snapshot must be there. The views come in the order of their
    files, so each reads the rows of those before it.
    """
    comments = comments_in(snapshot, snapshot.working.strip('"'))
    views, rules = _views(snapshot, comments["import_fact"]), _rules(snapshot)
    is_defined = snapshot.basis(_VIEWS) == views
    known = {view for view, hashed in rules.items() if snapshot.basis(_ANSWER + view) == hashed}
    if not are_few or FIRST not in known:
        known.clear()
    if not is_defined:
        _drop(snapshot, "view")
    _drop(snapshot, "table", besides=known)
    with transaction(snapshot.connection):
        if not is_defined:
            snapshot.connection.execute(statements("import_fact"))
            describe(snapshot.connection, "view", "import_fact", comments["import_fact"])
        for view, file in view_files().items():
            if view not in _ANSWERED_ONCE:
                if not is_defined:
                    _define(snapshot, view, file, comments)
            elif not (view in known and update_answer(snapshot, view, file)):
                _answer(snapshot, view, file, comments[view])
        end_updates(snapshot)
        snapshot.set_basis(_VIEWS, views)
        for view, hashed in rules.items():
            snapshot.set_basis(_ANSWER + view, hashed)


def _views(snapshot: Snapshot, comments: Comments) -> str:
    """Changes with the definition of every view, and with which of them are answers."""
    present = relations(snapshot, snapshot.working.strip('"'))
    views = hashlib.sha256(repr((present, sorted(_ANSWERED_ONCE), comments)).encode())
    for file in view_files().values():
        views.update(file.read_bytes())
    return views.hexdigest()


def _rules(snapshot: Snapshot) -> dict[str, str]:
    """For each answer a hash of all rules on which it rests.

    These are the SQL and the tables of rules that it reads. If it reads votes, their rules too.
    """
    tables = {table: str(snapshot.rows(f"from {table} order by all")) for table in RULE_TABLES}
    files = view_files()
    texts = tables | {str(file): file.read_text(encoding="utf-8") for file in files.values()}
    votes = str(snapshot.rows(_RULES_OF_VOTES, RULES_OF))
    rests_on = _rests_on(files.values())
    of_votes = {str(file) for view, file in files.items() if view in STORED_VIEWS}
    rules = {}
    for view in _ANSWERED_ONCE:
        rule = [texts[name] for name in sorted(rests_on[view])]
        if rests_on[view] & of_votes:
            rule.append(votes)
        rules[view] = hashlib.sha256(repr(rule).encode()).hexdigest()
    return rules


def _rests_on(files: Iterable[Path]) -> dict[str, set[str]]:
    """For each table of rules, view and macro: the files and tables of rules that it reads.

    Every word in the SQL of a file that is the name of one before it counts.
    """
    rests_on = {table: {table} for table in RULE_TABLES}
    for file in files:
        sql = definition(file)
        words = set(_WORD.findall(sql))
        read = {str(file)}.union(*(rests_on[name] for name in words & rests_on.keys()))
        rests_on |= dict.fromkeys(defined_in(sql), read)
    return rests_on


def _drop(snapshot: Snapshot, kind: str, besides: Collection[str] = ()) -> None:
    """Drop views, or tables of answers besides some, so that the file can use the space again."""
    present = relations(snapshot, snapshot.working.strip('"'))
    copied = {name for its_kind, name in present if its_kind == "table"}
    dropped = [
        name
        for its_kind, name in relations(snapshot, NAME)
        if its_kind == kind and (kind == "view" or name not in {*copied, *besides})
    ]
    for name in dropped:
        snapshot.connection.execute(f"drop {kind} {name}")
    if dropped:
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
