"""Tests run offline and leave nothing behind: every database lives in a temporary folder."""

import gc
import os
import signal
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.facts_of import Store, database
from tests.one_transaction import OneTransaction, undone
from tests.stand_ins.github.graphql import SCHEMA, schema

pytest_plugins = ["tests.stand_ins.fixtures"]

for name in [name for name in os.environ if name.startswith("ADOPTION_")]:
    del os.environ[name]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and so would each command that a test sends it to.
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Whether an example passes must not depend on how busy the machine is.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], parent=settings.default
)
settings.load_profile("untimed")
# make test-fast asks for this one
settings.register_profile("fast", max_examples=25, parent=settings.get_profile("untimed"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the files first of which half of the tests or more are slow.

    One process runs a whole file. Late in the run, a long one would keep the others waiting.
    """
    slow: Counter[Path] = Counter()
    for item in items:
        slow[item.path] += 1 if item.get_closest_marker("slow") else -1
    items.sort(key=lambda item: slow[item.path] < 0)


_LEFT_OUT = pytest.StashKey[int]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    stash = items[0].config.stash
    stash[_LEFT_OUT] = stash.get(_LEFT_OUT, 0) + len(items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a process of pytest-xdist say how many tests it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Every process of pytest-xdist selects from all tests, so their counts are equal."""
    if output := getattr(node, "workeroutput", None):  # None of a process that was killed
        node.config.stash[_LEFT_OUT] = output["left_out"]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say that tests were left out: pytest-xdist does not."""
    if left_out := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(f"Left out: {left_out} tests. 'make test' runs every test.")


def pytest_unconfigure() -> None:
    """Let Python free all modules at its end.

    Hypothesis's callback of the garbage collector stays, and keeps those of DuckDB: nanobind would
    print them as leaks, below the count of tests.
    """
    gc.callbacks.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, what is skipped has failed."""
    report = yield
    if report.skipped and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="module", autouse=True)
def unchanged_settings() -> Iterator[None]:
    """A file of tests leaves the settings of its process as they were.

    The commands that the next file starts get them, and Prefect's decide what those store.
    """
    before = _settings()
    yield
    assert _settings() == before


def _settings() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("ADOPTION_", "PREFECT_"))
    }


@pytest.fixture(scope="session")
def shared_database() -> Iterator[Store]:
    """The database of `store`."""
    with database() as connection:
        yield connection


@pytest.fixture
def store(shared_database: Store) -> Iterator[OneTransaction]:
    """A database with the schema, the seeds and the views, and no facts.

    The test is one transaction, which is undone: so tests need no database each. A test that
    commits, attaches or publishes takes `own_store`. `make mutate-sql` calls the tests of the SQL
    with a store whose views hold a mistake.
    """
    with undone(shared_database) as transaction:
        yield transaction


@pytest.fixture
def own_store() -> Iterator[Store]:
    """As `store`, but a database of this test alone."""
    with database() as connection:
        yield connection


@pytest.fixture(scope="session")
def published_schema() -> None:
    """GitHub's schema, by which the stand-in answers, read before anything is timed."""
    if not SCHEMA.exists():
        pytest.skip("GitHub's published schema is missing. 'make node' installs it from npm.")
    schema()


@pytest.fixture
def stored_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ~/.netrc that has a password for the servers on loopback."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
