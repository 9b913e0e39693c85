"""Names of languages, and the language that code is written in."""

import pytest

from pipeline.scan.language_names import named_language, script_language, written_language

NAMES = {
    "PySpark3": "python",
    "Python 3.8": "python",
    "ipython3": "python",
    "SageMath": "python",
    "julia-1.5": "julia",
    "Julia 1.5.3": "julia",
    "IR": "r",
    "C++17": "cpp",
    "iTorch": "lua",
    "octave": "matlab",
    "Bash": "shell",
    "JavaScript": "javascript",
    "C#": "c#",
    "markdown": "",
    "SQL": "",
    "my kernel": None,
    "": None,
}


@pytest.mark.parametrize(("name", "language"), NAMES.items())
def test_a_name_of_a_language(name: str, language: str | None) -> None:
    assert named_language(name) == language


FIRST_LINES = {
    b"#!/usr/bin/env python3": "python",
    b"#! /usr/local/bin/python2.7 -u\n": "python",
    b"#!/usr/bin/env -S uv run --script": "python",
    b"#!/usr/bin/env PYTHONPATH=. python": "python",
    b"#!/usr/bin/Rscript --vanilla": "r",
    b"#!/usr/bin/env th": "lua",
    b"#!/usr/bin/env julia": "julia",
    b"#!/usr/bin/octave-cli": "matlab",
    b"#!/bin/bash\npython train.py": "shell",
    b'#!/bin/sh\n"exec" "python" "$0" "$@"\n': "python",
    b"#!/usr/bin/env node": "javascript",
    b"#!/opt/tool": None,
    b"\xef\xbb\xbf#!/usr/bin/python\r\n": "python",
    b"#!/usr/bin/env -S poetry run python -u\n": "python",
    b"#!/usr/bin/env nix-shell\n#! nix-shell -i python3 -p python3\n": "python",
    b"#!/opt/tool\n# python": None,
    b"# -*- mode: python; coding: utf-8 -*-\n": "python",
    b"# -*- coding: utf-8; mode: python -*-\n": "python",
    b"# vim: set ft=julia :\n": "julia",
    b"# -*- coding: python -*-\n": None,
    b"# -*- mode: pythonic -*-\n": None,
    b"# python": None,
    b"": None,
}


@pytest.mark.parametrize(("content", "language"), FIRST_LINES.items())
def test_the_first_line_of_a_script(content: bytes, language: str | None) -> None:
    assert script_language(content) == language


WRITTEN = {
    "one that is named and shown": (["python"], "import torch\nusing Flux\nusing Lux", "python"),
    "the one that most lines show": (["julia", "python"], "from a import b\nimport c", "python"),
    "the first at a tie": (["julia", "python"], "import torch", "julia"),
    "one that nobody named": (["python"], "x <- 1\nlibrary(torch)", "r"),
    "the first where none is shown": (["julia", "python"], "x = 1", "julia"),
    "one that is not read": (["c#"], "x = 1", "c#"),
    "Python where nobody says": ([], "x = 1", "python"),
}


@pytest.mark.parametrize(("named", "text", "language"), WRITTEN.values(), ids=WRITTEN)
def test_the_language_that_code_is_written_in(named: list[str], text: str, language: str) -> None:
    assert written_language(named, text) == language
