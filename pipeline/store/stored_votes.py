"""Stores the votes of scans in a snapshot. The plain views compute them from a scan's facts alone.

A scan never changes. So its votes are computed once by each version of the rules: the views run in
a database in memory, the laboratory, that holds the facts of a few scans at a time.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle

from pipeline.store.rules import as_table, define_macros, definition, view_files
from pipeline.store.snapshot import (
    LABORATORY,
    NAME,
    Snapshot,
    comments_in,
    describe,
    statements,
)

_VOTES = "framework_import"
"""The view with most rows, which are stored by numbers of files and modules."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Views whose rows are stored, and what they rest on."""

    name: str
    macros: tuple[str, ...]
    meanings: tuple[str, ...]
    """Views that say what a module or name means, whatever the scan."""
    views: tuple[str, ...]
    """All that a batch of scans needs, each view after those that it reads."""
    plain: tuple[str, ...]
    """Those that only put tables together: their rows are not copied to a table."""
    stored: tuple[str, ...]
    """Those whose rows are stored as they are."""
    rules: tuple[str, ...]
    """The tables of rules that they read."""
    facts: str
    """The file of sql/published that gives the facts of a batch."""


_OF_IMPORTS = _Part(
    "imports",
    (),
    (),
    ("scan_language", "import_count"),
    (),
    ("scan_language", "import_count"),
    (),
    "batch_of_imports",
)
_OF_RULES = _Part(
    "votes",
    ("module_root",),
    ("module_framework", "neutral_name", "api_meaning"),
    (
        *("used_name", "import_or_name", "taken_name", "local_import", "keras_backend"),
        *("framework_import", "hosted_model_import", "lowered_import"),
        *("file_vote", "family_vote", "repo_framework", "repo_family", "repo_library"),
        *("repo_variant", "undecided_scan"),
    ),
    ("import_or_name", "taken_name"),
    (
        *("keras_backend", "hosted_model_import", "lowered_import", "repo_framework"),
        *("repo_family", "repo_library", "repo_variant", "undecided_scan"),
    ),
    (
        *("framework", "framework_module", "framework_api", "library_name", "hosted_model"),
        *("vote_weight", "path_role"),
    ),
    "batch_of_facts",
)
_PARTS = (_OF_IMPORTS, _OF_RULES)

_FACTS = ("import_fact", "api_use", "local_module")
"""The tables of facts that the views read."""

_STORED = (*_OF_IMPORTS.stored, *_OF_RULES.meanings, *_OF_RULES.stored)

STORED_VIEWS = {
    view: f"create or replace view {view} as from stored.{view}" for view in _STORED
} | {_VOTES: statements(_VOTES)}
"""The SQL by which each view of a snapshot reads what is stored."""

_FILES_AT_ONCE = 500_000
"""DuckDB's limit of 2 GB (pipeline/store/connections.py) holds two batches of so many files."""

_BATCHES_AT_ONCE = 2
"""One keeps 1.6 of two processors busy, two keep 1.9 busy, and three are no faster."""

_MACROS = """
    select function_name, macro_definition from duckdb_functions()
    where database_name = ? and function_name in ('role_of', 'framework_of_name')
    order by all
"""
"""The macros with patterns, which pipeline/store/rules.py defines."""

RULES_OF, _SCANS_WITH = "rules of ", "scans with "
"""Names in stored.basis, before the name of a part."""


def store_votes(snapshot: Snapshot) -> None:
    """Compute the votes of the scans that have none by the present rules.

    The snapshot must have the tables of the working database.
    """
    rules = {part: _rules(snapshot, part) for part in _PARTS}
    changed = [part for part in _PARTS if snapshot.basis(RULES_OF + part.name) != rules[part]]
    for part in changed:
        _forget(snapshot, part)
    # a batch without scans makes the tables that are missing
    batches = {
        part: _batches(snapshot, part) or ([(0, 0)] if part in changed else []) for part in _PARTS
    }
    for part in _PARTS:
        if batches[part]:
            with _laboratory(snapshot, part):
                _store_part(snapshot, part, batches[part])
    ((newest,),) = snapshot.rows("select coalesce(max(scan_no), 0) from stored.scan_number")
    for part in _PARTS:
        snapshot.set_basis(RULES_OF + part.name, rules[part])
        snapshot.set_basis(_SCANS_WITH + part.name, str(newest))


def _rules(snapshot: Snapshot, part: _Part) -> str:
    """Changes with what is stored and every rule that it rests on: SQL, macros and tables."""
    rules = hashlib.sha256(repr(part).encode())
    if part.rules:
        rules.update(str(snapshot.rows(_MACROS, NAME)).encode())
    for name, file in view_files().items():
        if name in (*part.macros, *part.meanings, *part.views):
            rules.update(file.read_bytes())
    for table in part.rules:
        rules.update(str(snapshot.rows(f"from {table} order by all")).encode())
    return rules.hexdigest()


def _forget(snapshot: Snapshot, part: _Part) -> None:
    """Remove what is stored of a part, and let the file use its space again."""
    connection = snapshot.connection
    for table in (*part.meanings, *part.stored):
        connection.execute(f"drop table if exists stored.{table}")
    if _VOTES in part.views:
        connection.execute(statements("forget_votes"))
    connection.execute(f"checkpoint {NAME}")
    snapshot.set_basis(_SCANS_WITH + part.name, "0")


def _batches(snapshot: Snapshot, part: _Part) -> list[tuple[int, int]]:
    """First and last numbers of scans whose files are read at once."""
    rows = snapshot.rows(
        """
        with counted as (
            select scan_no, count(file_no) as files
            from stored.scan_number
            left join stored.scan_file using (scan_no)
            where scan_no > ?
            group by scan_no
        ),

        placed as (
            select scan_no, sum(files) over (order by scan_no) // ? as batch
            from counted
        )

        select min(scan_no), max(scan_no) from placed group by batch order by batch
        """,
        int(snapshot.basis(_SCANS_WITH + part.name) or 0),
        _FILES_AT_ONCE,
    )
    return [(int(str(first)), int(str(last))) for first, last in rows]


@contextmanager
def _laboratory(snapshot: Snapshot, part: _Part) -> Iterator[None]:
    """A database in memory with the rules of a part, and with tables of facts."""
    connection = snapshot.connection
    connection.execute(f"attach ':memory:' as {LABORATORY}")
    connection.execute(f"use {LABORATORY}")
    try:
        for table in _FACTS:
            connection.execute(
                f"create table {table} as from {snapshot.working}.main.{table} limit 0"
            )
        if part.rules:
            for table in part.rules:
                connection.execute(f"create table {table} as from {NAME}.main.{table}")
            define_macros(connection)
        yield
    finally:
        connection.execute(f"use {NAME}")
        connection.execute(f"detach {LABORATORY}")


def _store_part(snapshot: Snapshot, part: _Part, batches: list[tuple[int, int]]) -> None:
    """Compute and store the rows of a part for each batch of scans.

    While one batch is stored, the next is computed.
    """
    files = view_files()
    for macro in part.macros:
        snapshot.connection.execute(definition(files[macro]))
    if part.meanings:
        _store_meanings(snapshot, part, first_scan=batches[0][0])
    waiting: deque[tuple[Snapshot, Future[None]]] = deque()
    with (
        _lanes(snapshot, len(batches)) as lanes,
        ThreadPoolExecutor(len(lanes)) as pool,
        _ended_with_this_block(waiting),
    ):
        for lane, scans in zip(cycle(lanes), batches, strict=False):
            if len(waiting) == len(lanes):
                _store_computed(part, *waiting[0])
                waiting.popleft()
            waiting.append((lane, pool.submit(_compute_batch, lane, part, scans)))
        for lane, computed in waiting:
            _store_computed(part, lane, computed)


def _store_meanings(snapshot: Snapshot, part: _Part, first_scan: int) -> None:
    """Store what the modules and names of new scans mean; the laboratory's views then read that."""
    connection = snapshot.connection
    connection.execute(f"set variable first_scan = {first_scan}")
    connection.execute(statements("dictionary"))
    read = [name for name in view_files(part.meanings[-1]) if name in part.views]
    for name, file in view_files(part.meanings[-1]).items():
        if name in (*read, *part.meanings):
            connection.execute(definition(file))
    _add_tables(snapshot, part.meanings)
    for view in part.meanings:
        table = f"{NAME}.stored.{view}"
        connection.execute(f"insert into {table} from {view} except from {table}")
    for view in part.meanings:
        connection.execute(f"create or replace view {view} as from {NAME}.stored.{view}")
    for view in read:
        connection.execute(f"drop view {view}")


@contextmanager
def _lanes(snapshot: Snapshot, batches: int) -> Iterator[list[Snapshot]]:
    """Connections to the laboratory, each with tables and views of its own beside what all read.

    While they are open, DuckDB has fewer threads of its own: each lane works in a thread of ours.
    """
    ((threads,),) = snapshot.rows("select current_setting('threads')")
    count = min(batches, _BATCHES_AT_ONCE, int(str(threads)))
    with ExitStack() as stack:
        snapshot.connection.execute(f"set external_threads = {count}")
        stack.callback(snapshot.connection.execute, "reset external_threads")
        lanes = []
        for number in range(count):
            connection = stack.enter_context(snapshot.connection.cursor())
            schema = f"{LABORATORY}.lane{number}"
            connection.execute(f"create schema {schema}")
            connection.execute(f"set search_path = '{schema},{LABORATORY}.main'")
            lanes.append(Snapshot(connection, snapshot.working))
        yield lanes


@contextmanager
def _ended_with_this_block(
    waiting: Collection[tuple[Snapshot, Future[None]]],
) -> Iterator[None]:
    """After an error or Ctrl-C in this block, stop the batches that the lanes compute."""
    try:
        yield
    except BaseException:
        # more than once: an interruption between two statements of a batch has no effect
        while running := [(lane, batch) for lane, batch in waiting if not batch.done()]:
            for lane, _ in running:
                lane.connection.interrupt()
            wait([batch for _, batch in running], timeout=0.1)
        raise


def _compute_batch(lane: Snapshot, part: _Part, scans: tuple[int, int]) -> None:
    """Compute the rows of a part for the scans with the first and the last number."""
    connection = lane.connection
    connection.execute("set variable first_scan = {}; set variable last_scan = {}".format(*scans))
    connection.execute(statements(part.facts))
    files = view_files()
    for view in part.views:
        sql = definition if view in part.plain else as_table
        connection.execute(sql(files[view]))


def _store_computed(part: _Part, lane: Snapshot, computed: Future[None]) -> None:
    """Store what a lane computed. One batch after the other, so that numbers have one order."""
    computed.result()
    if _VOTES in part.views:
        lane.connection.execute(statements("add_votes"))
    _add_tables(lane, part.stored)
    for view in part.stored:
        lane.connection.execute(f"insert into {NAME}.stored.{view} from {view}")


def _add_tables(snapshot: Snapshot, views: Iterable[str]) -> None:
    """Add the tables that are missing, for the rows of views, with their columns and comments."""
    if missing := set(views) - snapshot.stored():
        comments = comments_in(snapshot, snapshot.working.strip('"'))
        for view in sorted(missing):
            table = f"{NAME}.stored.{view}"
            snapshot.connection.execute(f"create table {table} as from {view} limit 0")
            describe(snapshot.connection, "table", table, comments[view])
