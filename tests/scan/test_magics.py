"""Cells with IPython's own lines: which language they are in, and what they install."""

import json

import pytest

from pipeline.scan.languages import file_reader


def found(*cells: str, language: str = "python") -> dict[str, list[tuple[int, str]]]:
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    document = {"cells": code, "metadata": {"kernelspec": {"language": language}}, "nbformat": 4}
    facts = file_reader("a.ipynb").facts(json.dumps(document).encode())
    return {
        name: [(item.line, item.module) for item in items]
        for name, items in facts.by_language.items()
        if items
    }


PYTHON = {
    "a line magic": "%matplotlib inline\nimport torch",
    "a shell line with a quote": "!pip list | grep it's\nimport torch",
    "a timed cell": "%%time\nimport torch",
    "a timed statement": "x = 1\n%time import torch",
    "a timed statement with options": "\n%timeit -n 1 import torch",
    "help": "?help\nimport torch",
    "what the shell prints": "x = !ls\nimport torch",
    "a shell line that goes on": "!ls \\\n  '\nimport torch",
    "Spark": "%%spark\nimport torch",
    "Spark with options": "%%spark -s my-session -o frame\nimport torch",
    "PySpark": "%%pyspark\nimport torch",
    "another Python": "%%python3\nimport torch",
    "a script": "%%script --no-raise-error python3\nimport torch",
    "captured": "%%capture --no-stderr out\nimport torch",
    "a magic that nobody knows": "%%my_own_magic 1\nimport torch",
    "two magics": "%%time\n%%capture\nimport torch",
    "Cython": "%%cython\nimport torch",
    "Colab's title above": "#@title Model\n\n%%time\nimport torch",
    "a percent sign in a text": 's = """\n%d""" % x\nimport torch',
    "an exclamation mark in a text": "s = '''\n! it's\n'''\nimport torch",
    "a percent sign that goes on": "s = ('%d'\n  % x)\nimport torch",
}


@pytest.mark.parametrize("cell", PYTHON.values(), ids=PYTHON)
def test_magics_hide_no_python(cell: str) -> None:
    assert found(cell) == {"python": [(1 + cell[: cell.index("import")].count("\n"), "torch")]}


def test_spark_in_a_notebook_of_scala() -> None:
    assert found("%%spark\nimport org.nd4j.Nd4j", language="scala") == {
        "java": [(2, "org.nd4j.Nd4j")]
    }


OTHER_LANGUAGES = {
    "R": ("%%R -i x\nlibrary(torch)", {"r": [(2, "torch")]}),
    "R on a line": ("x = 1\n%R library(torch)", {"r": [(2, "torch")]}),
    "R at Databricks": ("%r\nlibrary(torch)", {"r": [(2, "torch")]}),
    "Julia": ("%%julia\nusing Flux", {"julia": [(2, "Flux")]}),
    "Julia on a line": ("%julia using Flux", {"julia": [(1, "Flux")]}),
    "Scala": ("%%scala\nimport org.nd4j.Nd4j", {"java": [(2, "org.nd4j.Nd4j")]}),
    "CUDA": ("%%cu\n#include <torch/t.h>", {"cpp": [(2, "torch/t.h")]}),
    "Octave": ("%%octave\nvl_nnconv(x)", {"matlab": [(2, "vl_nnconv")]}),
    ".NET's sections": (
        "#!csharp\nusing X;\n#!python\nimport torch\n#!r\nlibrary(luz)",
        {"python": [(4, "torch")], "r": [(6, "luz")]},
    ),
    "a shell": ("%%bash\nimport torch", {}),
    "a shell that runs Python": (
        "%%bash\nset -e\npython -c 'import torch'",
        {"python": [(3, "torch")]},
    ),
    "a shell that hands over a text": (
        "%%sh\npython <<EOF\nimport torch\nEOF",
        {"python": [(3, "torch")]},
    ),
    "a line that runs Python": ('!python -c "import torch"', {"python": [(1, "torch")]}),
    "HTML": ("%%html\nimport torch", {}),
    "JavaScript": ("%%javascript\nimport torch", {}),
    "SQL at Databricks": ("%sql\nimport torch", {}),
}


@pytest.mark.parametrize(("cell", "expected"), OTHER_LANGUAGES.values(), ids=OTHER_LANGUAGES)
def test_cells_in_other_languages(cell: str, expected: dict[str, list[tuple[int, str]]]) -> None:
    assert found(cell) == expected


WRITTEN = {
    "a module": ("%%writefile net.py\nimport torch", {"python": [(2, "torch")]}),
    "added to a module": ("%%writefile -a src/my-net.py\nimport torch", {"python": [(2, "torch")]}),
    "by the older name": ("%%file 'net.py'\nimport torch", {"python": [(2, "torch")]}),
    "another language": ("%%writefile net.jl\nusing Flux", {"julia": [(2, "Flux")]}),
    "a list of packages": (
        "%%writefile requirements.txt\nnumpy\ntorch",
        {"package": [(2, "numpy"), (3, "torch")]},
    ),
    "a script": ("%%writefile run\n#!/usr/bin/env python\nimport jax", {"python": [(3, "jax")]}),
    "a text": ("%%writefile net.txt\nimport torch", {}),
}


@pytest.mark.parametrize(("cell", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_files_that_a_cell_writes(cell: str, expected: dict[str, list[tuple[int, str]]]) -> None:
    assert found(cell) == expected


NAMES_IN_WRITTEN_FILES = {
    "a module": (
        ("%%writefile net.py\nimport tensorflow as tf\ntf.Session()",),
        [(3, "tensorflow.Session")],
    ),
    "a module in two parts": (
        ("%%file net.py\nimport tensorflow as tf", "%%file -a net.py\ntf.function(f)"),
        [(4, "tensorflow.function")],
    ),
    "a script": (
        ("%%writefile run\n#!/usr/bin/python\nfrom transformers import Trainer",),
        [(3, "transformers.Trainer")],
    ),
    "a backend": (
        ("%%writefile a.sh\nexport KERAS_BACKEND=jax", "x = 1"),
        [(2, "KERAS_BACKEND=jax")],
    ),
    "a version": (("%%writefile requirements.txt\ntensorflow==1.15",), [(2, "tensorflow==1.x")]),
    "settings": (('%%writefile keras.json\n{"backend": "theano"}',), [(2, "KERAS_BACKEND=theano")]),
    "a text": (("import tensorflow as tf", "%%writefile a.txt\ntf.Session()"), []),
}


@pytest.mark.parametrize(
    ("cells", "expected"), NAMES_IN_WRITTEN_FILES.values(), ids=NAMES_IN_WRITTEN_FILES
)
def test_names_that_a_written_file_uses(
    cells: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    uses = file_reader("a.ipynb").facts(json.dumps({"cells": code}).encode()).api_uses
    assert [tuple(use) for use in uses] == expected


def test_any_number_of_magics_above_a_cell() -> None:
    cell = "%%time\n" * 30_000 + "import torch"
    assert found(cell) == {"python": [(30_001, "torch")]}


@pytest.mark.slow
def test_any_number_of_sections_in_a_cell() -> None:
    cell = "#!python\n" * 30_000 + "import torch"
    assert found(cell) == {"python": [(30_001, "torch")]}


INSTALLED = {
    "by the shell": ("import os\n!pip install torch 'jax>=0.4'", [(2, "torch"), (2, "jax")]),
    "by a magic": ("%pip install -q torch", [(1, "torch")]),
    "by conda": ("%conda install -y -c pytorch torchaudio", [(1, "torchaudio")]),
    "without a sign": ("pip install torch", [(1, "torch")]),
    "by the kernel's Python": ("!{sys.executable} -m pip install torch", [(1, "torch")]),
    "over two lines": ("!pip install torch \\\n  jax", [(1, "torch"), (2, "jax")]),
    "and kept": ("out = !pip install torch", [(1, "torch")]),
    "in a shell's cell": ("%%bash\npip install torch", [(2, "torch")]),
    "by a call": ("import os\nos.system('pip install torch')", [(2, "torch")]),
    "by IPython": ("get_ipython().system('pip install torch')", [(1, "torch")]),
    "by a magic that is called": (
        "get_ipython().run_line_magic('pip', 'install torch')",
        [(1, "torch")],
    ),
    "by a program": (
        "subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'torch'])",
        [(1, "torch")],
    ),
    "a comment": ("# !pip install torch\n#pip install jax", []),
    "a comment in a cell": ("x = 1  # os.system('pip install torch')", []),
    "a printed line": ("print('!pip install torch')", []),
    "a text": ("'''\n!pip install torch\n'''", []),
    "an assignment": ("pip = 1\nconda_install = 2", []),
}


@pytest.mark.parametrize(("cell", "expected"), INSTALLED.values(), ids=INSTALLED)
def test_packages_that_a_notebook_installs(cell: str, expected: list[tuple[int, str]]) -> None:
    assert found(cell).get("package", []) == expected


def test_an_install_and_an_import_have_their_own_lines() -> None:
    assert found("!pip install torch", "import torch", "import jax\n!pip install jax") == {
        "python": [(2, "torch"), (3, "jax")],
        "package": [(1, "torch"), (4, "jax")],
    }


def test_a_file_in_a_language_without_a_reader_is_unread() -> None:
    document = {"cells": [{"cell_type": "code", "source": "%%writefile net.rs\nuse tch;\n"}]}
    assert file_reader("a.ipynb").facts(json.dumps(document).encode()).unread == {"rust": 9}
