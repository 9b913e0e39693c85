"""Modules that Python code gets by a call, or from another library."""

import pytest

from pipeline.scan.python import python_imports


def modules(text: str) -> list[str]:
    return [item.module for item in python_imports(text.encode())]


HANDED_OVER = {
    "RLlib's TensorFlow": ("tf1, tf, tfv = try_import_tf()", ["tensorflow"]),
    "RLlib's PyTorch": ("torch, _ = framework.try_import_torch(error=True)", ["torch"]),
    "RLlib's JAX": ("jax, flax = try_import_jax()", ["jax"]),
    "pytest": ("torch = pytest.importorskip('torch', minversion='1.4')", ["torch"]),
    "pytest by keyword": ("importorskip(reason='why', modname='jax')", ["jax"]),
    "lazy_import": ("tf = lazy_import('tensorflow')", ["tensorflow"]),
    "an optional import": ("nn, found = optional_import('torch.nn', name='Module')", ["torch.nn"]),
    "a lazy class": (
        "import lazy_import\nnn = lazy_import.lazy_class('torch.nn.Module')",
        ["lazy_import", "torch.nn.Module"],
    ),
    "lazy_loader": ("import lazy_loader\nt = lazy_loader.load('torch')", ["lazy_loader", "torch"]),
    "lazy_loader renamed": ("import lazy_loader as z\nz.load('torch')", ["lazy_loader", "torch"]),
    "a function of lazy_loader": (
        "from lazy_loader import attach, load as later\nj = later('jax')",
        ["lazy_loader", "jax"],
    ),
    "TensorFlow's LazyLoader": (
        "from util import LazyLoader\ncontrib = LazyLoader(\n  'x', globals(), 'tf.contrib')",
        ["util", "tf.contrib"],
    ),
    "a LazyLoader defined beside": (
        "class LazyLoader:\n  def f(self): importlib.import_module(self.name)\nLazyLoader('jax')",
        ["jax"],
    ),
    "a package": ("importlib.import_module('.nn', package='torch')", ["torch.nn"]),
    "a package by place": ("import_module('..optim', 'torch.nn')", ["torch.optim"]),
    "a package by keyword first": ("import_module(package='jax', name='.numpy')", ["jax.numpy"]),
    "a package that is no literal": ("import_module('.nn', package=__package__)", [".nn"]),
    "a way out of the package": ("import_module('...nn', package='torch')", ["...nn"]),
    "a keyword and comments": ('import_module(  # why\n  name="jax")', ["jax"]),
    "literals side by side": ("__import__('tor' 'ch')", ["torch"]),
    "parentheses": ("import_module((('torch')))", ["torch"]),
}


@pytest.mark.parametrize(("text", "expected"), HANDED_OVER.values(), ids=HANDED_OVER)
def test_a_module_that_is_handed_over(text: str, expected: list[str]) -> None:
    assert modules(text) == expected


NOTHING = {
    "a definition": "def try_import_torch():\n    return None",
    "a mention": "x = [try_import_tf, importorskip]",
    "a string": "s = 'try_import_tf()'",
    "a comment": "# pytest.importorskip('torch')",
    "a lazy comment": "# import lazy_loader\nx = 1",
    "a variable": "importorskip(name)",
    "a sentence": "importorskip('No such module')",
    "half of a sum": "import_module(('torch') + x)",
    "a choice": "import_module('torch' if x else y)",
    "other functions": "reimportorskip('torch')\nimport_data('mnist')\nload('important')",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_hands_over_nothing(text: str) -> None:
    assert modules(text) == []


def test_lines_are_those_of_the_calls() -> None:
    found = python_imports(
        b"from util import LazyLoader\n\nt = LazyLoader('t', globals(), 'torch')\nimport jax\n"
    )
    assert [tuple(item) for item in found] == [
        (1, "util", "static"),
        (3, "torch", "dynamic"),
        (4, "jax", "static"),
    ]


def test_two_lazy_loaders_in_one_docstring_are_none() -> None:
    text = 'import a\n"""\nLazyLoader("torch")\nLazyLoader("jax")\n"""\nk = LazyLoader("keras")\n'
    assert modules(text) == ["a", "keras"]
