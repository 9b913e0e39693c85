"""docs/use.md: what it tells people to type gives the share of PyTorch in every program."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from pipeline.resources import SQL
from pipeline.store.export import export_published
from pipeline.store.publish import publish
from tests.facts_of import add_paper, add_repository, database

pytestmark = pytest.mark.slow  # each test starts a program

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```(\S+)( not-run)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall((DOCS / "use.md").read_text(encoding="utf-8"))
PYTHON = [text for language, _, text in BLOCKS if language == "python"]
SHELL = [text for language, skipped, text in BLOCKS if language == "sh" and not skipped]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout after a run: of three papers of 2020, two have PyTorch code."""
    folder = tmp_path_factory.mktemp("project")
    store = database()
    for name, module in {"a": "torch", "b": "torch", "c": "keras"}.items():
        add_repository(store, name, {"net.py": f"import {module}"})
        add_paper(store, f"paper-{name}", name)
    publish(store, folder / "data" / "adoption.duckdb")
    export_published(folder / "data" / "adoption.duckdb", folder / "data" / "export")
    (folder / "sql").symlink_to(SQL)
    (folder / "docs").mkdir()
    return folder


def run(command: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr
    return done.stdout


def test_only_what_needs_a_network_or_r_is_not_run() -> None:
    left_out = [text for language, skipped, text in BLOCKS if skipped or language == "r"]
    assert len(BLOCKS) == len(PYTHON) + len(SHELL) + len(left_out)
    assert [text.split()[0] for text in left_out] == ["duckdb", "library(DBI)"]
    assert "-ui " in left_out[0]


@pytest.mark.parametrize("block", PYTHON, ids=[text.splitlines()[0] for text in PYTHON])
def test_a_block_of_python_prints_the_share(block: str, project: Path) -> None:
    printed = run([sys.executable, "-W", "error::SyntaxWarning", "-c", block], project)
    assert re.search(r"\b2020\b.*\b0\.6{4,}7?", printed), printed


SAID = {
    "adoption export": ["tables/venue.csv"],
    "adoption query": ["pytorch_share", "venue,year,papers", "paper-c"],
    "duckdb -readonly": ["0.6666666666666666", "2020,0.6666666666666666", "paper-c"],
}


@pytest.mark.parametrize("block", SHELL, ids=[" ".join(text.split()[:2]) for text in SHELL])
def test_a_block_of_shell_prints_its_answers(block: str, project: Path) -> None:
    printed = run(["sh", "-e", "-c", block], project)
    for words in SAID[" ".join(block.split()[:2])]:
        assert words in printed


def test_the_cells_of_the_notebook_run_one_after_the_other(project: Path) -> None:
    text = (DOCS / "notebook.ipynb").read_text(encoding="utf-8")
    nbformat.validate(json.loads(text))
    code = [cell.source for cell in nbformat.reads(text, 4).cells if cell.cell_type == "code"]
    assert "outputs" not in text or '"outputs": []' in text
    ends = "\nassert len(papers) == 2\nassert set(shares['year']) >= {2020}\n"
    run([sys.executable, "-c", "\n".join(code) + ends], project / "docs")
