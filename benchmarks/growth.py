"""How the time of a scan grows with the length of a file, for pieces that are hard for a scanner.

Each piece is repeated on one line, and on lines of its own. Linear time doubles when the length
doubles. `make bench-mutants` prints the pieces for which it grows faster.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.scan.languages import file_reader

_BYTES = 100_000
_LEAST_S = 0.02
_MOST_GROWTH = 3.0
"""Of the time, if the length doubles. A busy machine adds to the double."""

_TENSORFLOW = "import tensorflow as tf\n"
_PIECES: dict[str, tuple[str, list[str]]] = {
    "a.py": (
        _TENSORFLOW,
        [
            *("tf.x ", "'tf.x' ", "# tf.x ", "tf.Session(); ", "import tensorflow as a{n}; "),
            *(
                "from tensorflow import a ",
                "from tensorflow import ( ",
                "from tensorflow import a\\",
            ),
            *("import import ", "import a; ", "'''tf.x''' ", '"""tf.x ', "x = '''a''' ", "\\\n"),
            *("__import__(", "import_module('a' ", "import_module('''", "LazyLoader('a', ", "f'{"),
            *("import lazy_loader as a{n}; ", "from lazy_loader import ", "a.b.", '\\"', "\\'"),
            *("KERAS_BACKEND ", "KERAS_BACKEND=jax ", "tensorflow==1.2 ", "tensorflow[", " "),
            *("if x:\n ", "lazy import a ", "from . import ", "# coding: gbk "),
        ],
    ),
    "a.r": (
        "library(torch)\n",
        [
            *("library(", "library('a', ", "for (a in b) ", "for (a{n} in a{n}) ", "a <- c('x') "),
            *(
                "library(a, character.only=T) ",
                "install.packages(c('a', ",
                "lapply(c('a'), ",
                "a::",
            ),
            *(
                "r'(",
                'R"---(',
                "import('a",
                "py_run_string('import a') ",
                "p_load(a, ",
                "box::use(",
            ),
        ],
    ),
    "a.jl": (
        "using Flux\n",
        ["using a ", "#= ", 'py"', 'py"""', "using a, ", "pyimport(", "@py import ", "'\\a", '\\"'],
    ),
    "a.m": (
        "import a\n",
        [
            "run ",
            "pyrun(",
            "py.a ",
            "%{ ",
            "import a.b.",
            "vl_a ",
            "'a' ",
            'pyrun("import a") ',
            " ",
        ],
    ),
    "a.java": ("", ["import a.", "import a{ ", "/* ", '"\\', "import a; ", "'\\'", "import a, "]),
    "a.scala": ("", ["import a.{b, ", "/* ", "/*/", "import a{", '"""', "import a => b, ", "*/"]),
    "a.lua": (
        "",
        ["require ", "require(", "--[[ ", "[=[", "[=", "require 'a' ", "require,", '"\\'],
    ),
    "a.cu": ("", ["#include <a> ", "/*", 'R"a(', "'\\'", '"\\', "#import ", "#", "# "]),
    "a.swift": ("", ["import a ", "/*", '"""', "import struct ", "@a "]),
    "a.prototxt": ("", ["layer { ", "layer ", "base_lr"]),
    "a.rmd": ("", ["```{r}", "``` ", "```", "~~~", "engine='a", "> ", "```{r engine = "]),
    "a.rnw": ("", ["<<>>=", "<<", "@", "engine='r'"]),
    "install.sh": (
        "",
        [
            *(
                "pip -r ",
                "pip install a ",
                "python -W ",
                "python -c 'import a' ",
                "python <<E ",
                "'",
            ),
            *('"', '\\"', "a(", "# ", "\\ ", "pip install ", "tensorflow==1.2 "),
        ],
    ),
    "requirements.txt": ("", ["a ", "a-1", "-e ", "a[", "a/b-1", "\\\n", "#egg=", "a::"]),
    "setup.py": (
        "",
        ["install_requires=[", "a=", '"\\"', "'''", "requires: ", "x.append(", "'a' "],
    ),
    "environment.yml": ("dependencies:\n", ["- a ", "pip: [a, ", "dependencies: [", "[a] ", "{% "]),
    "pyproject.toml": ("", ["[a.", "dependencies = [", "'a', ", "a = 1 "]),
    "a.ipynb": ("", []),
}
_CELLS = [
    *(
        "%%time ",
        "%time ",
        "!pip install a ",
        "!",
        "%",
        '"',
        '\\"',
        "'\\'",
        "#!python ",
        " ",
        "\t%",
    ),
    *(
        "os.system('pip install a') ",
        "os.system([",
        "x = !",
        ".run('",
        "pip install ",
        '"""',
        "%%R ",
    ),
    *(
        "python -c 'import a' install ",
        "python <<E install ",
        "! pip -r ",
        "import tensorflow; tf.x ",
    ),
    *("%%writefile a.py ", "#@title "),
]


@dataclass(frozen=True)
class Growth:
    """The seconds of a file and of one that is twice as long."""

    name: str
    seconds: float
    seconds_of_double: float

    @property
    def is_linear(self) -> bool:
        """Whether the time grows no more than the length; true of short times."""
        longest = max(_LEAST_S, _MOST_GROWTH * self.seconds)
        return self.seconds_of_double <= longest


def growths(size: int = _BYTES) -> Iterator[Growth]:
    """The growth for each piece, on one line and on many."""
    for path, head, piece in _pieces():
        for end in ("", "\n"):
            seconds = [_seconds(path, _repeated(path, head, piece + end, n * size)) for n in (1, 2)]
            yield Growth(f"{path} {piece + end!r}", *seconds)


def _pieces() -> Iterator[tuple[str, str, str]]:
    for path, (head, pieces) in _PIECES.items():
        yield from ((path, head, piece) for piece in pieces)
    yield from (("a.ipynb", "", cell) for cell in _CELLS)


def _repeated(path: str, head: str, piece: str, size: int) -> bytes:
    pieces = (piece.replace("{n}", f"{number:06}") for number in range(size // len(piece)))
    text = head + "".join(pieces)
    if path != "a.ipynb":
        return text.encode()
    return json.dumps({"cells": [{"cell_type": "code", "source": text}]}).encode()


def _seconds(path: str, content: bytes) -> float:
    reader = file_reader(path)
    assert reader is not None
    start = time.thread_time()
    reader.facts(content)
    return time.thread_time() - start
