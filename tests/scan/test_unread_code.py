"""How much code a target holds in languages that have no reader."""

import json
from pathlib import Path

import pytest

from pipeline.scan.languages import file_reader
from pipeline.scan.paths import PathScan
from pipeline.scan.records import UnreadCode
from pipeline.scan.unread_code import SUFFIXES, UnreadCounts, unread_language
from tests.facts_of import add_repository, database, result_of

LANGUAGES = {
    "src/main.rs": "rust",
    "App.JSX": "javascript",
    "web/net.tsx": "typescript",
    "Program.cs": "c#",
    "lib/net.ml": "ocaml",
    "analysis.f90": "fortran",
    "live/train.mlx": "matlab live script",
    "train.wl": "mathematica",
    "js/jquery.min.js": None,
    ".js": None,
    "rs": None,
    "train.py": None,
    "README.md": None,
    "style.css": None,
    "data.json": None,
}


@pytest.mark.parametrize(("path", "language"), LANGUAGES.items())
def test_the_language_of_a_file_without_a_reader(path: str, language: str | None) -> None:
    assert unread_language(path) == language


def test_no_file_has_a_reader_and_is_unread() -> None:
    endings = [ending for endings in SUFFIXES.values() for ending in endings.split()]
    assert len(endings) == len(set(endings))
    assert [ending for ending in endings if file_reader(f"a.{ending}") is not None] == []


def test_files_and_bytes_are_counted_by_language() -> None:
    result = result_of(
        {"a.rs": "use tch;", "b/c.rs": "mod x;", "d.js": "let y", "e.py": "import os", "f.txt": "x"}
    )
    assert result.unread == [UnreadCode("javascript", 1, 5), UnreadCode("rust", 2, 14)]


def test_code_without_a_reader_alone_is_no_code_that_was_read() -> None:
    result = result_of({"a.hs": "import Torch", "b.hs": "main = x"})
    assert (result.status, result.unread) == ("no_code", [UnreadCode("haskell", 2, 20)])


def test_a_notebook_counts_with_the_bytes_of_its_cells() -> None:
    cells = [{"cell_type": "code", "source": text} for text in ("var x = 1;", "y")]
    document = {"metadata": {"kernelspec": {"language": "C#"}}, "cells": cells}
    assert result_of({"a.ipynb": json.dumps(document)}).unread == [UnreadCode("c#", 1, 11)]


def test_a_directory_counts_what_it_holds_alone(tmp_path: Path) -> None:
    for path in ("in/a.go", "in/b.py", "out/c.go"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    assert PathScan(subdir="in").scan(tmp_path).unread == [UnreadCode("go", 1, 1)]


def test_bytes_are_unknown_where_one_size_is() -> None:
    counts = UnreadCounts()
    for size in (3, None, 4):
        counts.add("go", size)
    assert counts.counts() == [UnreadCode("go", 3, None)]


def test_hostile_notebooks_cannot_fill_the_counts() -> None:
    counts = UnreadCounts()
    for number in range(1000):
        counts.add(f"{number:03}" * 100, 1)
    assert len(counts.counts()) == 101
    assert max(len(count.language) for count in counts.counts()) == 40
    assert UnreadCode("other", 900, 900) in counts.counts()


def test_the_database_keeps_the_counts_of_each_scan() -> None:
    store = database()
    add_repository(store, "a", {"a.py": "import os", "b.js": "let x", "c.js": "y"})
    add_repository(store, "b", {"a.py": "import os"})
    rows = store.sql(
        "select unit_id, language, files, bytes from unread_code join scan using (scan_id)"
    )
    assert rows.fetchall() == [("github.com/o/a", "javascript", 2, 6)]
