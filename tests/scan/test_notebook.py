"""Notebooks: whole, old, in other languages, with magics and broken off."""

import json

import pytest

from pipeline.scan.languages import file_reader


def notebook(*cells: str, language: str = "python") -> bytes:
    document = {
        "cells": [
            {"cell_type": "code", "metadata": {}, "source": cell.splitlines(keepends=True)}
            for cell in cells
        ],
        "metadata": {"kernelspec": {"language": language}},
        "nbformat": 4,
    }
    return json.dumps(document, indent=1).encode()


def modules(source: bytes) -> list[str]:
    return [item.module for item in file_reader("a.ipynb").facts(source).imports]


def test_code_cells_are_read_and_text_is_not() -> None:
    source = notebook("import torch").replace(
        b'"cells": [', b'"cells": [{"cell_type": "markdown", "source": ["import jax"]},'
    )
    assert modules(source) == ["torch"]


def test_lines_count_through_the_cells_and_the_kind_is_notebook() -> None:
    found = file_reader("a.ipynb").facts(notebook("import a\nx = 1", "import b")).imports
    assert [(item.line, item.module, item.kind) for item in found] == [
        (1, "a", "notebook"),
        (3, "b", "notebook"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\nimport torch",
        "!pip install it's\nimport torch",
        "%%time\nimport torch",
        "%time import torch",
        "?help\nimport torch",
        "x = !ls\nimport torch",
    ],
)
def test_magics_break_no_cell(cell: str) -> None:
    assert modules(notebook(cell)) == ["torch"]


def test_cells_of_other_languages_are_no_python() -> None:
    assert modules(notebook("%%bash\nimport torch")) == []


def test_a_broken_cell_hides_nothing_of_the_next() -> None:
    assert modules(notebook('"""', "import torch")) == ["torch"]


def test_version_3_and_other_kernels() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["import theano"]}]}]}
    assert modules(json.dumps(old).encode()) == ["theano"]
    assert modules(notebook("using Flux", language="julia")) == ["Flux"]


def test_half_a_notebook_gives_what_is_there_and_says_so() -> None:
    source = notebook("import torch", "import jax", "x = 1" * 100)
    half = file_reader("a.ipynb").facts(source[: source.index(b"x = 1") + 4])
    assert [item.module for item in half.imports] == ["torch", "jax"]
    assert half.broken


@pytest.mark.parametrize("source", [b"", b"[1]", b"null", b"[" * 100_000, b'{"cells": [[], 3]}'])
def test_what_is_no_notebook_breaks_nothing(source: bytes) -> None:
    assert modules(source) == []
