"""Files that take long to make: one process of a test run makes each, and all others copy it."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.store.connections import SETTINGS
from pipeline.store.database import migrate

_FOLDER = "TESTS_MADE_ONCE"
"""The environment variable that names the folder of these files to the processes of a test run."""

if _FOLDER not in os.environ:
    _folder = TemporaryDirectory()  # Python removes it at the end of this process
    os.environ[_FOLDER] = _folder.name


@cache
def migrated_database() -> Path:
    """A DuckDB database without facts, as `migrate` makes it."""
    return _once("migrated.duckdb", _migrate)


@cache
def prefect_database() -> Path:
    """Prefect's own database (SQLite) before the first run, as its server makes it."""
    return _once("prefect/prefect.db", _start_prefect)


def _once(name: str, make: Callable[[Path], object]) -> Path:
    """The file of this name. `make` gets the path to write to."""
    file = Path(os.environ[_FOLDER]) / name
    made = file.with_suffix(".made")
    file.parent.mkdir(exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(file)
            made.touch()
    return file


def _migrate(file: Path) -> None:
    with duckdb.connect(str(file), config=SETTINGS) as connection:
        migrate(connection)


def _start_prefect(file: Path) -> None:
    """Start a server that ends at once. It reads its settings as it is imported: not here."""
    code = """
import sys
from pathlib import Path
from pipeline.flows.prefect_server import server_for_one_run, set_prefect_defaults

set_prefect_defaults(Path(sys.argv[1]), "CRITICAL")
with server_for_one_run(lambda: None):
    pass
"""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run([sys.executable, "-c", code, file.parent], env=own, check=True)
