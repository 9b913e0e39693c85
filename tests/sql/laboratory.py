"""A database in which the tests of the SQL run on statements that hold a mistake."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.resources import SQL
from tests.facts_of import database
from tests.one_transaction import OneTransaction, undone
from tests.sql.mutants import Mutant, Statement, statements
from tests.sql.sql_tests import ROOT, SqlTest, UnusableTestsError, sql_tests

FOLDERS = ("views", "due", "write", "recipes")
_REFUSALS = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


@dataclass(frozen=True)
class Reading:
    """What a test reads and how long it takes.

    `reads`: views, macros and files, read directly (0) or over other views (1, 2, ...).
    """

    test: str
    reads: Mapping[str, int]
    seconds: float


@dataclass(frozen=True)
class Trial:
    """A mutant of a statement, and the tests to try on it until one notices it.

    `place`: that of the statement in its file. `first`: the test that noticed the mutant before.
    """

    file: Path
    place: int
    mutant: Mutant
    tests: Sequence[str]
    first: str | None


@dataclass(frozen=True)
class Finding:
    """What became of a mutant: `noticed` or `unnoticed` by the tests, or `refused` by DuckDB."""

    file: str
    mutant: Mutant
    outcome: str
    noticed_by: str = ""


class Laboratory:
    """The statements of sql/, the tests that read them, and a database to bring them together."""

    def __init__(self) -> None:
        self._connection = database()
        self._connection.execute("set threads = 1; set enable_progress_bar = false")
        self._texts = {file: file.read_text(encoding="utf-8") for file in sql_files()}
        self._statements = {file: statements_of(file) for file in self._texts}
        self._rewritten = {text: self._script(file) for file, text in self._texts.items()}
        self._views = {
            statement.name: statement
            for file, found in self._statements.items()
            for statement in found
            if file.parent.name == "views"
        }
        self._uses = {name: self._names(view.sql) - {name} for name, view in self._views.items()}
        self._tests = sql_tests()
        self._kills: Counter[tuple[str, str]] = Counter()

    def readings(self, part: int, parts: int) -> list[Reading]:
        """What one of so many parts of the tests read. Raises when one fails as things are."""
        return [self._reading(test) for test in list(self._tests.values())[part::parts]]

    def finding(self, trial: Trial) -> Finding:
        """What becomes of the mutant of a trial."""
        file = str(trial.file.relative_to(ROOT))
        try:
            noticed_by = self._noticed_by(trial)
        except duckdb.Error:
            return Finding(file, trial.mutant, "refused")
        return Finding(file, trial.mutant, "noticed" if noticed_by else "unnoticed", noticed_by)

    def _noticed_by(self, trial: Trial) -> str:
        """The first test that fails on the mutant; empty when none does."""
        if trial.file.parent.name == "views":
            with self._defined(trial.mutant):
                return self._failing(trial, {})
        script = self._script(trial.file, trial.place, trial.mutant.sql)
        return self._failing(trial, {self._texts[trial.file]: script})

    @contextmanager
    def _defined(self, mutant: Mutant) -> Iterator[None]:
        """The mutant in its view's place and, where its columns are others, what reads the view."""
        columns = self._columns(mutant.name)
        dependents: list[str] = []
        self._connection.begin()
        try:
            self._connection.execute(mutant.sql)
            if self._columns(mutant.name) != columns:
                dependents = self._dependents(mutant.name)
            for name in dependents:
                self._connection.execute(self._views[name].sql)
            self._connection.commit()
        except duckdb.Error:
            self._connection.rollback()
            raise
        try:
            yield
        finally:
            for name in [mutant.name, *dependents]:
                self._connection.execute(self._views[name].sql)

    def _script(self, file: Path, place: int | None = None, sql: str = "") -> str:
        """A file's statements, as sqlglot writes them; one of them may be replaced."""
        parts = [statement.sql for statement in self._statements[file]]
        if place is not None:
            parts[place] = sql
        return ";\n".join(parts)

    def _failing(self, trial: Trial, instead: Mapping[str, str]) -> str:
        for test in self._in_order(trial):
            try:
                self._run(self._tests[test], instead)
            except _REFUSALS:
                raise
            except Exception:
                # As in pytest, a test fails by any error: a changed view can make it divide by
                # zero or look up a key that is not there, before an assertion is reached.
                self._kills[trial.mutant.name, test] += 1
                return test
        return ""

    def _in_order(self, trial: Trial) -> list[str]:
        """The test that noticed the mutant before, then those that noticed most of its kind."""
        kills = {test: self._kills[trial.mutant.name, test] for test in trial.tests}
        return sorted(trial.tests, key=lambda test: (test != trial.first, -kills[test]))

    def _run(self, test: SqlTest, instead: Mapping[str, str]) -> list[str]:
        """Run a test and undo what it does. Returns its queries."""
        with undone(self._connection):
            sandbox = _Sandbox(self._connection, {**self._rewritten, **instead})
            test.run(store=sandbox)
        return sandbox.queries

    def _reading(self, test: SqlTest) -> Reading:
        """What a test reads, found by running it. Raises when it fails as things are."""
        started = time.process_time()
        try:
            queries = self._run(test, {})
        except Exception as error:  # whatever a test raises
            raise UnusableTestsError(f"{test.name} fails on the SQL as it is: {error}") from error
        seconds = time.process_time() - started
        replaced = set(re.findall(r"drop view (\w+)", " ".join(queries)))
        files = {_name(file) for file, text in self._texts.items() if text in queries}
        reads = dict.fromkeys(files | self._names(" ".join(queries)) - replaced, 0)
        nearest = list(reads)
        for name in nearest:
            for used in self._uses.get(name, set()) - replaced - reads.keys():
                reads[used] = reads[name] + 1
                nearest.append(used)
        return Reading(test.name, reads, seconds)

    def _dependents(self, name: str) -> list[str]:
        """The views that read a view, directly or over others, in the order of their files."""
        found = {name}
        for other, uses in self._uses.items():
            if uses & found:
                found.add(other)
        return [other for other in self._uses if other in found - {name}]

    def _names(self, sql: str) -> set[str]:
        return set(re.findall(r"\w+", sql)) & self._views.keys()

    def _columns(self, name: str) -> list[tuple[Any, ...]]:
        columns = "select column_name, data_type from duckdb_columns() where table_name = ?"
        return self._connection.execute(columns, [name]).fetchall()


class _Sandbox(OneTransaction):
    """A transaction in which some statements stand in for others, and which notes its queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, instead: Mapping[str, str]) -> None:
        super().__init__(connection)
        self._instead = instead
        self.queries: list[str] = []

    def sql(self, query: str, **options: Any) -> duckdb.DuckDBPyRelation:
        return self._connection.sql(self._heard(query), **options)

    def execute(self, query: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(self._heard(query), parameters)

    def _heard(self, query: str) -> str:
        self.queries.append(query)
        return self._instead.get(query, query)


def sql_files() -> list[Path]:
    """The files whose statements are changed, in the order in which they are loaded."""
    return [file for name in FOLDERS for file in sorted((SQL / name).glob("*.sql"))]


def statements_of(file: Path) -> list[Statement]:
    """The statements of a file; one that defines no view or macro has the name folder/file."""
    return statements(file.read_text(encoding="utf-8"), _name(file))


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"
