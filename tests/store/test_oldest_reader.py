"""A published file for readers with an older DuckDB: the one of the `duckdb` command from PyPI."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.resources import SQL
from pipeline.store.publish import publish
from tests.facts_of import add_paper, add_repository, database

DUCKDB = Path(sys.executable).parent / "duckdb"
RELATIONS = """
    select table_name from information_schema.tables where table_schema = 'main' order by 1
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = database()
    add_repository(store, "a", {"net.py": "import torch"})
    add_paper(store, "p", "a")
    file = tmp_path_factory.mktemp("published") / "adoption.duckdb"
    publish(store, file)
    return file


def old_duckdb(file: Path, sql: str) -> subprocess.CompletedProcess[str]:
    command = [DUCKDB, "-readonly", "-bail", "-csv", "-noheader", file]
    return subprocess.run(command, input=sql, capture_output=True, text=True, check=False)


def test_the_command_from_pypi_is_older_than_ours() -> None:
    version = subprocess.run([DUCKDB, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("v1.5."), "then connections.py can name a newer version"


def test_no_view_has_the_function_that_it_lacks() -> None:
    views = sorted((SQL / "views").glob("*.sql"))
    with_if = [view.name for view in views if re.search(r"\bif\(", view.read_text("utf-8"))]
    assert with_if == [], "write case when ... end: DuckDB 1.5 finds no if() in a stored view"


@pytest.mark.slow
def test_it_reads_every_table_and_view(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        names = [name for (name,) in connection.execute(RELATIONS).fetchall()]
        counts = [connection.execute(f"select count(*) from {n}").fetchall() for n in names]
    asked = "".join(f"select '{name}', count(*) from (from {name});\n" for name in names)
    answer = old_duckdb(published, asked)
    assert answer.stderr == ""
    expected = [f"{name},{rows[0][0]}" for name, rows in zip(names, counts, strict=True)]
    assert answer.stdout.splitlines() == expected


@pytest.mark.slow
def test_it_runs_every_recipe(published: Path) -> None:
    recipes = [file.read_text(encoding="utf-8") for file in (SQL / "recipes").glob("*.sql")]
    answer = old_duckdb(published, "\n".join(recipes))
    assert (answer.returncode, answer.stderr) == (0, "")
