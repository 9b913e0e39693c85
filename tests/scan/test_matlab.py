"""Frameworks that MATLAB and Octave code calls, and Python in MATLAB."""

import pytest

from pipeline.scan.languages import file_reader


def found(text: str, language: str = "matlab") -> list[tuple[int, str]]:
    facts = file_reader("a.m").facts(text.encode())
    return [(item.line, item.module) for item in facts.by_language.get(language, [])]


FOUND = {
    "calls": (
        "import caffe.*\n% vl_nnconv(x)\ny = vl_nnpool(x', 'vl_nnrelu');\nn = dagnn.DagNN();\n",
        [(1, "caffe"), (3, "vl_nnpool"), (4, "dagnn.DagNN")],
    ),
    "the toolbox": (
        "l = [imageInputLayer([9 9 1]); lstmLayer(10)];\nn = dlnetwork(l);\nx = dlarray(y);",
        [(1, "imageInputLayer"), (1, "lstmLayer"), (2, "dlnetwork"), (3, "dlarray")],
    ),
    "training": (
        "net = trainNetwork(x, ...\n  y, trainingOptions('sgdm'));",
        [(1, "trainNetwork"), (2, "trainingOptions")],
    ),
    "a layer for the toolbox": ("classdef A < nnet.layer.Layer\nend", [(1, "nnet.layer")]),
    "block comments": ("%{\nvl_nnconv\n%}\nvl_setupnn", [(4, "vl_setupnn")]),
    "Octave's comments": (
        "# import the images\n## vl_nnconv\nrun vl_setupnn # x",
        [(3, "vl_setupnn")],
    ),
    "Octave's block comments": ("#{\nvl_nnconv\n#}\nvl_nnpool(x)", [(4, "vl_nnpool")]),
    "a set-up by its path": ("run(fullfile('m', 'matlab', 'vl_setupnn.m'));", [(1, "vl_setupnn")]),
    "behind a continuation": ("x = [1 ... vl_nnconv\n 2];", []),
    "another name": ("my_dlarray = x.trainNetwork", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_functions_of_a_framework(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text) == expected


IN_PYTHON = {
    "a name": ("x = py.torch.ones(int32(1));", [(1, "torch.ones")]),
    "a module": ("torch = py.importlib.import_module('torch.nn');", [(1, "torch.nn")]),
    "code": ('a = 1;\npyrun("import jax")', [(2, "jax")]),
    "a type": ("x = py.list({1}); y = py.dict();", []),
    "a comment": ("% py.torch.ones(1)", []),
}


@pytest.mark.parametrize(("text", "expected"), IN_PYTHON.values(), ids=IN_PYTHON)
def test_python_modules_that_matlab_uses(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text, "python") == expected


OBJECTIVE_C = {
    "an import": "#import <torch/script.h>\nvl_nnconv(x)",
    "an include": '#include "torch/script.h"\n@interface A\n',
}


@pytest.mark.parametrize("text", OBJECTIVE_C.values(), ids=OBJECTIVE_C)
def test_objective_c_is_read_as_c(text: str) -> None:
    assert found(text, "cpp") == [(1, "torch/script.h")]
    assert found(text) == []
