"""Imports of the languages beside Python."""

import pytest

from pipeline.scan.languages import file_facts

FOUND = {
    "lua": ("a.lua", "require 'torch'\nlocal nn = require(\"nn\")", [(1, "torch"), (2, "nn")]),
    "lua guarded": ("a.lua", "pcall(require, 'cudnn')", [(1, "cudnn")]),
    "lua comments": ("a.lua", "-- require 'x'\n--[[\nrequire 'y'\n]]\nrequire 'nn'", [(5, "nn")]),
    "lua strings": ("a.lua", "s = \"require 'x'\"", []),
    "r": ("a.R", 'library(torch)\nrequire("keras")\n# library(x)', [(1, "torch"), (2, "keras")]),
    "r double colon": ("a.r", "x <- torch::torch_tensor(1)", [(1, "torch")]),
    "r markdown": ("a.Rmd", "library(x)\n```{r}\nlibrary(torch)\n```\n", [(3, "torch")]),
    "julia": (
        "a.jl",
        "using Flux, CUDA\nimport Zygote: gradient\n# using X\n",
        [(1, "Flux"), (1, "CUDA"), (2, "Zygote")],
    ),
    "java": (
        "a.java",
        "package x;\nimport org.nd4j.linalg.*;\n// import y.z;\nimport static a.b.C;\n",
        [(2, "org.nd4j.linalg"), (4, "a.b.C")],
    ),
    "c++": (
        "a.cu",
        '#include <torch/extension.h>\n// #include "x.h"\n/*\n#include "y.h"\n*/\n#include "z.h"\n',
        [(1, "torch/extension.h"), (6, "z.h")],
    ),
}


@pytest.mark.parametrize(("path", "source", "expected"), FOUND.values(), ids=FOUND)
def test_imports_with_their_lines(path: str, source: str, expected: list[tuple[int, str]]) -> None:
    found = file_facts(path, source.encode()).imports
    assert [(item.line, item.module) for item in found] == expected
