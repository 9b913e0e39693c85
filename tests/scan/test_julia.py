"""Imports of Julia, and of Python in Julia."""

import pytest

from pipeline.scan.julia import julia_facts


def found(text: str, language: str = "julia") -> list[tuple[int, str]]:
    return [(item.line, item.module) for item in julia_facts(text.encode()).get(language, [])]


FOUND = {
    "using and import": (
        "using Flux, CUDA\nimport Zygote: gradient\n# using X\n",
        [(1, "Flux"), (1, "CUDA"), (2, "Zygote")],
    ),
    "macros": (
        "@everywhere using Flux\n@reexport using A, B",
        [(1, "Flux"), (2, "A"), (2, "B")],
    ),
    "a star": ("import Base.*", [(1, "Base")]),
    "renamed": ("import Flux as F, Lux.Layers as L", [(1, "Flux"), (1, "Lux.Layers")]),
    "over lines": ("using Flux,\n  CUDA, ..Local", [(1, "Flux"), (1, "CUDA"), (1, "..Local")]),
    "inline blocks": (
        "begin using Flux end\ntry using Knet catch end\nif gpu using CUDA, Lux end",
        [(1, "Flux"), (2, "Knet"), (3, "CUDA"), (3, "Lux")],
    ),
    "a quoted expression": ("eval(:(using Flux))", [(1, "Flux")]),
    "a quote as a character": ("const Q = '\"'\nusing Flux", [(2, "Flux")]),
    "characters with escapes": ("a = '\\''; b = '\\\\'; c = '\\u00e9'\nusing Flux", [(2, "Flux")]),
    "transposed": ("x = A' * B'\ny = f(A)' * \"using X\"\nusing Flux", [(3, "Flux")]),
    "nested comments": ("#= a #= using X =# using Y =# using Flux", [(1, "Flux")]),
    "commands": ('run(`echo "`)\nusing Flux', [(2, "Flux")]),
    "texts": ('"""\nusing X\n"""\nf("using Y")\nusing Flux', [(5, "Flux")]),
    "names": ("using_flux = x.using + importing\n:import\nusing!", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_packages_that_julia_uses(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text) == expected


IN_PYTHON = {
    "PyCall's macro": ("using PyCall\n@pyimport torch.nn as nn", [(2, "torch.nn")]),
    "PyCall's function": ('torch = pyimport("torch")', [(1, "torch")]),
    "PyCall's function with conda": ('PyCall.pyimport_conda("jax", "jax")', [(1, "jax")]),
    "PythonCall's macro": ("@py import torch as t, jax", [(1, "torch"), (1, "jax")]),
    "PythonCall's members": ('nn = pyimport("torch" => "nn")', [(1, "torch")]),
    "code": (
        'py"import torch"\npy"""\nimport jax\n\nimport flax as f\n"""',
        [(1, "torch"), (3, "jax"), (5, "flax")],
    ),
    "code that names an encoding": (
        'py"""\n# coding: utf-7\n#+AAoACgAK-\nimport torch\n"""',
        [(4, "torch")],
    ),
    "a string": ('s = "pyimport(\\"torch\\")"', []),
    "a comment": ("# @pyimport torch", []),
    "a variable": ("pyimport(name)", []),
}


@pytest.mark.parametrize(("text", "expected"), IN_PYTHON.values(), ids=IN_PYTHON)
def test_python_modules_that_julia_imports(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text, "python") == expected
    assert {module for _, module in found(text)} <= {"PyCall"}


@pytest.mark.slow
@pytest.mark.parametrize("text", ["#=", "'", 'py"""', "using a, ", "`", "begin using "])
def test_a_huge_file_ends(text: str) -> None:
    julia_facts(text.encode() * 200_000)
