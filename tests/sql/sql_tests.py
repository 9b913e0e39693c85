"""The tests that need nothing but a database, to be run outside of pytest."""

from __future__ import annotations

import contextlib
import inspect
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_FOLDERS = ("tests/sql", "tests/store")


@dataclass(frozen=True)
class SqlTest:
    """A test that takes the fixture `store` and no other."""

    name: str
    run: Callable[..., None]


class UnusableTestsError(Exception):
    """The tests cannot be collected, or one fails already."""


class _Collector:
    """A plugin of pytest that keeps what it has collected."""

    def __init__(self) -> None:
        self.items: list[pytest.Function] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]


def sql_tests() -> dict[str, SqlTest]:
    """Every test that needs a store and nothing else, by its name."""
    collector = _Collector()
    paths = [str(ROOT / folder) for folder in _FOLDERS]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        code = pytest.main(["--collect-only", "--rootdir", str(ROOT), *paths], [collector])
    if code != pytest.ExitCode.OK:
        raise UnusableTestsError(f"The tests cannot be collected:\n{printed.getvalue()}")
    tests = {test.name: test for item in collector.items if (test := _sql_test(item))}
    if not tests:
        raise UnusableTestsError("No test takes the fixture store alone.")
    return tests


def _sql_test(item: pytest.Function) -> SqlTest | None:
    values = item.callspec.params if hasattr(item, "callspec") else {}
    if set(inspect.signature(item.function).parameters) != {"store", *values}:
        return None

    def run(store: object) -> None:
        item.function(store=store, **values)

    return SqlTest(item.nodeid, run)
