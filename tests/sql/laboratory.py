"""A database in which the tests of the SQL run on statements that hold a mistake."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.resources import SQL
from pipeline.store.database import migrate
from tests.one_transaction import OneTransaction
from tests.sql.mutants import Mutant, Statement, mutants, statements

ROOT = Path(__file__).parents[2]
FOLDERS = ("views", "due", "write", "recipes")
TESTS = ("tests/sql", "tests/store")
_REFUSALS = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


@dataclass(frozen=True)
class Finding:
    """What became of a mutant: `noticed` or `unnoticed` by the tests, or `refused` by DuckDB."""

    file: str
    mutant: Mutant
    outcome: str


@dataclass(frozen=True)
class SqlTest:
    """A test that needs nothing but a database.

    `reads`: the views, macros and files that it reads, directly (0) or over others (1, 2, ...).
    """

    name: str
    run: Callable[..., None]
    reads: Mapping[str, int] = field(default_factory=dict)


class UnusableTestsError(Exception):
    """The tests cannot be collected, or one fails already."""


class Laboratory:
    """The statements of sql/, the tests that read them, and a database to bring them together."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        migrate(self._connection)
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
        self._tests = [self._with_its_reads(test) for test in _collected()]

    def findings(self, file: Path, name: str) -> Iterator[Finding]:
        """What becomes of every mutant of the statements of a file that define `name`."""
        tests = [test for test in self._tests if name in test.reads]
        tests.sort(key=lambda test: test.reads[name])
        for place, statement in enumerate(self._statements[file]):
            if statement.name != name:
                continue
            for mutant in mutants(statement):
                if file.parent.name == "views":
                    outcome = self._try_view(mutant, tests)
                else:
                    outcome = self._try_file(file, place, mutant, tests)
                yield Finding(str(file.relative_to(ROOT)), mutant, outcome)

    def _try_view(self, mutant: Mutant, tests: list[SqlTest]) -> str:
        return self._outcome(tests, define=self._definitions(mutant))

    def _definitions(self, mutant: Mutant) -> list[str]:
        """The statement and, where it changes the view's columns, the views that read the view."""
        dependents = [name for name in self._views if mutant.name in self._all_uses(name)]
        columns = self._columns(mutant.name)
        self._connection.begin()
        try:
            self._connection.execute(mutant.sql)
            changed = self._columns(mutant.name) != columns
        except duckdb.Error:  # the tests meet it again
            changed = False
        finally:
            self._connection.rollback()
        return [mutant.sql, *(self._views[name].sql for name in dependents if changed)]

    def _try_file(self, file: Path, place: int, mutant: Mutant, tests: list[SqlTest]) -> str:
        instead = {self._texts[file]: self._script(file, place, mutant.sql)}
        return self._outcome(tests, instead=instead)

    def _script(self, file: Path, place: int | None = None, sql: str = "") -> str:
        """A file's statements, as sqlglot writes them; one of them may be replaced."""
        parts = [statement.sql for statement in self._statements[file]]
        if place is not None:
            parts[place] = sql
        return ";\n".join(parts)

    def _outcome(self, tests: list[SqlTest], **changes: Any) -> str:
        for place, test in enumerate(tests):
            try:
                self._run(test, **changes)
            except _REFUSALS:
                return "refused"
            except Exception:
                # As in pytest, a test fails by any error: a changed view can make it divide by
                # zero or look up a key that is not there, before an assertion is reached.
                tests.insert(0, tests.pop(place))  # it may well notice the next mutant, too
                return "noticed"
        return "unnoticed"

    def _run(
        self, test: SqlTest, define: Iterable[str] = (), instead: Mapping[str, str] | None = None
    ) -> list[str]:
        """Run a test after some definitions and undo all of it. Returns the queries of the test."""
        sandbox = _Sandbox(self._connection, {**self._rewritten, **(instead or {})})
        self._connection.begin()
        try:
            for statement in define:
                self._connection.execute(statement)
            test.run(store=sandbox)
        finally:
            self._connection.rollback()
        return sandbox.queries

    def _with_its_reads(self, test: SqlTest) -> SqlTest:
        """The test with what it reads, found by running it. Raises when it fails as things are."""
        try:
            queries = self._run(test)
        except Exception as error:  # whatever a test raises
            raise UnusableTestsError(f"{test.name} fails on the SQL as it is: {error}") from error
        replaced = set(re.findall(r"drop view (\w+)", " ".join(queries)))
        files = {_name(file) for file, text in self._texts.items() if text in queries}
        reads = dict.fromkeys(files | self._names(" ".join(queries)) - replaced, 0)
        nearest = list(reads)
        for name in nearest:
            for used in self._uses.get(name, set()) - replaced - reads.keys():
                reads[used] = reads[name] + 1
                nearest.append(used)
        return SqlTest(test.name, test.run, reads)

    def _all_uses(self, name: str) -> set[str]:
        used = self._uses[name]
        return used.union(*(self._all_uses(other) for other in used))

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


class _Collector:
    """A plugin of pytest that keeps what it has collected."""

    def __init__(self) -> None:
        self.items: list[pytest.Function] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]


def _collected() -> list[SqlTest]:
    """Every test that needs a store and nothing else."""
    collector = _Collector()
    paths = [str(ROOT / path) for path in TESTS]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        code = pytest.main(["--collect-only", "--rootdir", str(ROOT), *paths], [collector])
    if code != pytest.ExitCode.OK:
        raise UnusableTestsError(f"The tests cannot be collected:\n{printed.getvalue()}")
    return [test for item in collector.items if (test := _sql_test(item))]


def _sql_test(item: pytest.Function) -> SqlTest | None:
    values = item.callspec.params if hasattr(item, "callspec") else {}
    if set(item.fixturenames) - {"request"} != {"store", *values}:
        return None

    def run(store: object) -> None:
        item.function(store=store, **values)

    return SqlTest(item.nodeid, run)
