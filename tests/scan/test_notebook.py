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


def test_a_broken_cell_hides_nothing_of_the_next() -> None:
    assert modules(notebook('"""', "import torch")) == ["torch"]


def facts(source: bytes) -> dict[str, list[tuple[int, str]]]:
    by_language = file_reader("a.ipynb").facts(source).by_language
    return {
        language: [(item.line, item.module) for item in items]
        for language, items in by_language.items()
        if items
    }


def document(metadata: object, *cells: tuple[str, object]) -> bytes:
    code = [
        {"cell_type": "code", "metadata": own, "source": text.splitlines(keepends=True)}
        for text, own in cells
    ]
    return json.dumps({"cells": code, "metadata": metadata, "nbformat": 4}).encode()


KERNELS = {
    "none": ({}, "import torch", "python"),
    "PySpark's": (
        {
            "kernelspec": {"language": "", "name": "pysparkkernel"},
            "language_info": {"name": "pyspark"},
        },
        "import torch",
        "python",
    ),
    "an environment's": ({"kernelspec": {"name": "conda-env-tf-py"}}, "import torch", "python"),
    "Sage's": (
        {"kernelspec": {"language": "sage", "name": "sagemath-9.2"}},
        "import torch",
        "python",
    ),
    "R's": ({"kernelspec": {"language": "R", "name": "ir"}}, "library(torch)", "r"),
    "R's by its mimetype": ({"language_info": {"mimetype": "text/x-r"}}, "torch::x", "r"),
    "Julia's with its version": ({"language_info": {"name": "julia-1.5"}}, "import Flux", "julia"),
    "iTorch's": ({"kernelspec": {"name": "itorch"}}, "require 'nn'", "lua"),
    "Scala's": ({"language_info": {"name": "scala"}}, "import org.nd4j.Nd4j", "java"),
    "Octave's": ({"kernelspec": {"language": "octave"}}, "vl_nnconv(x);", "matlab"),
    "C++'s": ({"language_info": {"name": "c++", "version": "17"}}, "#include <torch/t.h>", "cpp"),
    "Julia's beside an older language": (
        {"kernelspec": {"language": "julia"}, "language_info": {"name": "python"}},
        "using Flux",
        "julia",
    ),
    "Julia's beside Python cells": (
        {"kernelspec": {"language": "julia"}, "language_info": {"name": "python"}},
        "from torch import nn",
        "python",
    ),
    "Python's beside R cells": (
        {"kernelspec": {"language": "python"}, "language_info": {"name": "python"}},
        "library(torch)\nx <- 1",
        "r",
    ),
    "C#'s beside Python cells": (
        {"kernelspec": {"language": "C#"}},
        "from torch import x",
        "python",
    ),
}


@pytest.mark.parametrize(("metadata", "cell", "language"), KERNELS.values(), ids=KERNELS)
def test_what_cells_are_written_in_wins(metadata: object, cell: str, language: str) -> None:
    assert list(facts(document(metadata, (cell, {})))) == [language]


OWN_LANGUAGES = {
    ".NET's": {"dotnet_interactive": {"language": "python"}},
    "a polyglot notebook's": {"polyglot_notebook": {"kernelName": "pythonkernel"}},
    "VS Code's": {"vscode": {"languageId": "python"}},
    "SoS's": {"kernel": "Python3"},
}


@pytest.mark.parametrize("own", OWN_LANGUAGES.values(), ids=OWN_LANGUAGES)
def test_a_cell_may_name_its_own_language(own: object) -> None:
    content = document({"kernelspec": {"language": "C#"}}, ("import torch", own), ("using X;", {}))
    assert facts(content) == {"python": [(1, "torch")]}
    assert file_reader("a.ipynb").facts(content).unread == {"c#": 8}


def test_names_that_cells_take_from_tensorflow() -> None:
    content = notebook("import tensorflow as tf\n", "%%time\ntf.Session()", "%%bash\ntf.x.y()")
    uses = file_reader("a.ipynb").facts(content).api_uses
    assert [tuple(use) for use in uses] == [(4, "tensorflow.Session")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_notebook_with_a_byte_order_mark(encoding: str) -> None:
    assert modules(notebook("import torch").decode().encode(encoding)) == ["torch"]


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


def test_a_number_of_any_length_does_not_break_a_notebook() -> None:
    number = b'"nbformat": ' + b"7" * 5000 + b', "x": NaN, "y"'
    facts = file_reader("a.ipynb").facts(notebook("import torch").replace(b'"nbformat"', number))
    assert (facts.broken, [item.module for item in facts.imports]) == (None, ["torch"])
