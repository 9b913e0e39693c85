"""Imports of Lua, C++, Swift and Caffe's nets."""

import pytest

from pipeline.scan.languages import file_reader

HEADERS = {
    "third_party/tensorflow/core/public/session.h": "tensorflow/core/public/session.h",
    "company/third_party/py/jax/jaxlib/x.h": "jax/jaxlib/x.h",
    "../external/caffe/net.hpp": "caffe/net.hpp",
    "external/org_tensorflow/tensorflow/core/a.h": "tensorflow/core/a.h",
    "3rdparty/mxnet/c_api.h": "mxnet/c_api.h",
    "libtorch/include/torch/script.h": "torch/script.h",
    "third_party/libtorch/include/torch/script.h": "torch/script.h",
    "tensorflow/core/public/session.h": "tensorflow/core/public/session.h",
    "my_third_party/tensorflow/a.h": "my_third_party/tensorflow/a.h",
    "reinclude/torch/script.h": "reinclude/torch/script.h",
    "include/": "include/",
}


@pytest.mark.parametrize("brackets", ["<>", '""'])
@pytest.mark.parametrize(("written", "header"), HEADERS.items())
def test_a_header_without_the_folder_of_its_library(
    written: str, header: str, brackets: str
) -> None:
    line = f"#include {brackets[0]}{written}{brackets[1]}\n"
    found = file_reader("a.cc").facts(line.encode()).imports
    assert [item.module for item in found] == [header]


FOUND = {
    "lua": ("a.lua", "require 'torch'\nlocal nn = require(\"nn\")", [(1, "torch"), (2, "nn")]),
    "lua guarded": ("a.lua", "pcall(require, 'cudnn')", [(1, "cudnn")]),
    "lua comments": ("a.lua", "-- require 'x'\n--[[\nrequire 'y'\n]]\nrequire 'nn'", [(5, "nn")]),
    "lua joined": ("a.lua", "require('models/' .. opt.net)\nrequire 'nn'", [(2, "nn")]),
    "lua strings": ("a.lua", "s = \"require 'x'\"", []),
    "cpp raw strings": (
        "a.cpp",
        's = R"x(\n#include <torch/a.h>\n)" )x";\n#include <caffe/b.hpp>',
        [(4, "caffe/b.hpp")],
    ),
    "cpp mark": ("a.cu", "\ufeff#include <torch/a.h>", [(1, "torch/a.h")]),
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
