"""Imports of the languages beside Python."""

import pytest

from pipeline.scan.languages import file_reader

FOUND = {
    "lua": ("a.lua", "require 'torch'\nlocal nn = require(\"nn\")", [(1, "torch"), (2, "nn")]),
    "lua guarded": ("a.lua", "pcall(require, 'cudnn')", [(1, "cudnn")]),
    "lua comments": ("a.lua", "-- require 'x'\n--[[\nrequire 'y'\n]]\nrequire 'nn'", [(5, "nn")]),
    "lua joined": ("a.lua", "require('models/' .. opt.net)\nrequire 'nn'", [(2, "nn")]),
    "lua strings": ("a.lua", "s = \"require 'x'\"", []),
    "r": ("a.R", 'library(torch)\nrequire("keras")\n# library(x)', [(1, "torch"), (2, "keras")]),
    "r double colon": ("a.r", "x <- torch::torch_tensor(1)", [(1, "torch")]),
    "r markdown": ("a.Rmd", "library(x)\n```{r}\nlibrary(torch)\n```\n", [(3, "torch")]),
    "julia macro": (
        "a.jl",
        "@everywhere using Flux\n@reexport using A, B",
        [(1, "Flux"), (2, "A"), (2, "B")],
    ),
    "julia star": ("a.jl", "import Base.*", [(1, "Base")]),
    "cpp raw strings": (
        "a.cpp",
        's = R"x(\n#include <torch/a.h>\n)" )x";\n#include <caffe/b.hpp>',
        [(4, "caffe/b.hpp")],
    ),
    "cpp mark": ("a.cu", "\ufeff#include <torch/a.h>", [(1, "torch/a.h")]),
    "java dollar": ("a.java", "import a.$B$C;", [(1, "a.$B$C")]),
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
    "matlab": (
        "a.m",
        "import caffe.*\n% vl_nnconv(x)\ny = vl_nnpool(x', 'vl_nnrelu');\nn = dagnn.DagNN();\n",
        [(1, "caffe"), (3, "vl_nnpool"), (4, "dagnn.DagNN")],
    ),
    "matlab block comments": ("a.m", "%{\nvl_nnconv\n%}\nvl_setupnn", [(4, "vl_setupnn")]),
    "objective c is not matlab": ("a.m", "#import <x.h>\nimport caffe", []),
    "swift": (
        "a.swift",
        "import TensorFlow\n// import X\n@testable import struct Foo.Bar\n",
        [(1, "TensorFlow"), (3, "Foo.Bar")],
    ),
    "a caffe net": ("a.prototxt", 'name: "x"\nlayer {\n}\nlayer {\n}\n', [(2, "layer")]),
    "an old caffe net": ("a.prototxt", "layers {\n}\n", [(1, "layer")]),
    "a caffe solver": ("a.prototxt", 'net: "x"\nbase_lr: 0.1\n', [(2, "solver")]),
    "another prototxt": ("a.prototxt", "item {\n id: 1\n}\n", []),
    "c++": (
        "a.cu",
        '#include <torch/extension.h>\n// #include "x.h"\n/*\n#include "y.h"\n*/\n#include "z.h"\n',
        [(1, "torch/extension.h"), (6, "z.h")],
    ),
}


@pytest.mark.parametrize(("path", "source", "expected"), FOUND.values(), ids=FOUND)
def test_imports_with_their_lines(path: str, source: str, expected: list[tuple[int, str]]) -> None:
    found = file_reader(path).facts(source.encode()).imports
    assert [(item.line, item.module) for item in found] == expected
