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


def notebook(*cells: str, language: str = "python") -> str:
    code = [{"cell_type": "code", "source": text} for text in cells]
    return json.dumps({"metadata": {"kernelspec": {"language": language}}, "cells": code})


NO_CELL_READ = {
    "a kernel without a reader": ("a.ipynb", notebook("fn f() {}", language="rust"), ["rust"]),
    "an unknown kernel": ("a.ipynb", notebook("x", language="Klingon"), ["klingon"]),
    "magics without a reader": (
        "a.ipynb",
        notebook("%%js\nx", "%%perl\ny"),
        ["javascript", "perl"],
    ),
    "a program that nobody knows": ("a.ipynb", notebook("%%script ./solve\nx"), ["solve"]),
    "a file that is not read": ("a.ipynb", notebook("%%writefile a.go\npackage a"), ["go"]),
    "queries": ("a.ipynb", notebook("%%sql\nselect 1"), []),
    "commands": ("a.ipynb", notebook("!python train.py", "%%bash\nls"), []),
    "a text": ("a.ipynb", notebook("%%writefile a.txt\nx"), []),
    "chunks of Quarto": ("a.qmd", "```{ojs}\nx\n```\n", ["javascript"]),
    "chunks of an unknown engine": ("a.Rmd", "```{fancy, echo=T}\nx\n```\n", ["fancy"]),
    "chunks of Stan": ("a.Rmd", "Text\n```{stan}\nx\n```\n", []),
    "chunks of a shell": ("a.Rmd", "```{bash}\nls\n```\n", []),
    "Sweave": ("a.Rnw", "<<engine='perl'>>=\nx\n@\n", ["perl"]),
}


@pytest.mark.parametrize(("path", "text", "languages"), NO_CELL_READ.values(), ids=NO_CELL_READ)
def test_a_document_without_a_cell_that_we_read_is_no_code_that_was_read(
    path: str, text: str, languages: list[str]
) -> None:
    result = result_of({path: text})
    assert (result.status, result.files_scanned) == ("no_code", 0)
    assert [count.language for count in result.unread] == languages


ONE_CELL_READ = {
    "Python beside another language": ("a.ipynb", notebook("x = 1", "%%js\ny"), ["javascript"]),
    "Python beside a command": ("a.ipynb", notebook("!pip install torch\nx = 1"), []),
    "a module that a cell writes": ("a.ipynb", notebook("%%writefile a.py\nx = 1"), []),
    "a command that runs Python": ("a.ipynb", notebook("!python -c 'import os'"), []),
    "no cell": ("a.ipynb", notebook(), []),
    "an empty cell": ("a.ipynb", notebook("\n"), []),
    "R beside a theorem": ("a.Rmd", "```{r}\nx\n```\n```{theorem}\ny\n```\n", []),
    "only text": ("a.Rmd", "Text\n```\nx\n```\n", []),
    "only code to look at": ("a.jmd", "```toml\nx\n```\n", []),
}


@pytest.mark.parametrize(("path", "text", "languages"), ONE_CELL_READ.values(), ids=ONE_CELL_READ)
def test_a_document_of_which_a_cell_was_read(path: str, text: str, languages: list[str]) -> None:
    result = result_of({path: text})
    assert (result.status, result.files_scanned) == ("ok", 1)
    assert [count.language for count in result.unread] == languages


def test_a_directory_counts_what_it_holds_alone(tmp_path: Path) -> None:
    for path in ("in/a.go", "in/b.py", "out/c.go"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    assert PathScan(subdir="in").scan(tmp_path).unread == [UnreadCode("go", 1, 1)]


def test_bytes_are_unknown_where_one_size_is() -> None:
    counts = UnreadCounts()
    for size in (3, None, 4):
        counts.add(f"{size}.go", "go", size)
    assert counts.counts() == [UnreadCode("go", 3, None)]


def test_hostile_notebooks_cannot_fill_the_counts() -> None:
    counts = UnreadCounts()
    for number in range(1000):
        counts.add("a.ipynb", f"{number:03}" * 100, 1)
    assert len(counts.counts()) == 101
    assert max(len(count.language) for count in counts.counts()) == 40
    assert UnreadCode("other", 900, 900) in counts.counts()


@pytest.mark.slow
def test_the_database_keeps_the_counts_of_each_scan() -> None:
    store = database()
    add_repository(store, "a", {"a.py": "import os", "b.js": "let x", "c.js": "y"})
    add_repository(store, "b", {"a.py": "import os"})
    rows = store.sql(
        "select unit_id, language, files, bytes from unread_code join scan using (scan_id)"
    )
    assert rows.fetchall() == [("github.com/o/a", "javascript", 2, 6)]
