"""Which imports a Python file holds, in every place the grammar allows them."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.python import python_imports
from tests.properties import reached, reaching


def modules(source: str | bytes) -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    return [item.module for item in python_imports(data)]


FOUND = {
    "several": ("import os, torch.nn as nn", ["os", "torch.nn"]),
    "from": ("from torch import nn", ["torch"]),
    "star without blank": ("from torch import*", ["torch"]),
    "parenthesised": ("from a import (\n  b,\n  c\n)", ["a"]),
    "continued": ("from torch \\\n  import nn", ["torch"]),
    "continued list": ("import a, \\\n  torch", ["a", "torch"]),
    "relative": ("from ..models import x\nfrom . import y", ["..models", "."]),
    "blanks around dots": ("import torch . nn", ["torch.nn"]),
    "after a semicolon": ("x = 1; import torch", ["torch"]),
    "one-line suite": ("try: import torch\nexcept ImportError: pass", ["torch"]),
    "indented": ("def f():\n\timport torch", ["torch"]),
    "dynamic": ('importlib.import_module("torch")', ["torch"]),
    "dynamic, keyword and comment": ('import_module(  # why\n  name="jax")', ["jax"]),
    "dynamic, adjacent literals": ("__import__('tor' 'ch')", ["torch"]),
    "full-width letters": ("import ｔｏｒｃｈ", ["torch"]),
    "old Mac newlines": ("import a\rimport torch\r", ["a", "torch"]),
    "after a docstring": ('"""import no"""\nimport torch', ["torch"]),
    "after an unclosed quote": ("x = 'it\nimport torch", ["torch"]),
    "Python 2": ("print 'a'\nimport torch\nexec 'b' in c", ["torch"]),
    "does not parse": ("def f(:\nimport torch", ["torch"]),
    "both sides of a conflict": (
        "<<<<<<< HEAD\nimport a\n=======\nimport b\n>>>>>>> import-c\nimport d",
        ["a", "b", "d"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), FOUND.values(), ids=FOUND)
def test_an_import_is_found(source: str, expected: list[str]) -> None:
    assert modules(source) == expected


LAZY = {
    "statement": ("lazy import torch.nn as nn", ["torch.nn"]),
    "from": ("lazy from torch import (\n  nn,\n)", ["torch"]),
    "several": ("lazy import os, jax", ["os", "jax"]),
    "after a semicolon": ("x = lazy; lazy import flax", ["flax"]),
    "continued": ("lazy \\\n  import torch", ["torch"]),
    "indented": ("if x:\n    lazy from keras import layers", ["keras"]),
    "a name beside": ("lazy = 1\nlazy.load(lazy)\nimport lazy", ["lazy"]),
    "in a string": ("s = 'lazy import torch'", []),
    "in a comment": ("# lazy from torch import nn", []),
}


@pytest.mark.parametrize(("source", "expected"), LAZY.values(), ids=LAZY)
def test_a_lazy_import_is_an_import(source: str, expected: list[str]) -> None:
    assert modules(source) == expected


ABSENT = {
    "comment": "# import torch",
    "docstring": '"""\nimport torch\n"""',
    "single-quoted docstring": "'''\nfrom torch import nn\n'''",
    "string": "s = 'import torch'",
    "continued string": "s = 'a\\\nimport torch'",
    "comment after code": "x = 1  # see: import torch",
    "part of a name": "important = reimport = 1",
    "definition": 'def import_module(name="torch"): pass',
    "computed": '__import__("torch" + x)',
    "formatted": 'import_module("torch.%s" % x)',
    "f-string": 'import_module(f"torch.{x}")',
    "variable": "import_module(name)",
    "tuple": "self.import_module(('torch',))",
}


@pytest.mark.parametrize("source", ABSENT.values(), ids=ABSENT)
def test_a_mention_is_no_import(source: str) -> None:
    assert modules(source) == []


def test_lines_and_kinds() -> None:
    source = (
        b"import a\ntry:\n    import b\nexcept ImportError:\n    b = None\n"
        b"if x:\n    def f():\n        import c\nimport_module('d')\n"
    )
    found = [(item.line, item.module, item.kind) for item in python_imports(source)]
    assert found == [
        (1, "a", "static"),
        (3, "b", "guarded"),
        (8, "c", "static"),
        (9, "d", "dynamic"),
    ]


def test_a_main_block_is_no_guard() -> None:
    found = python_imports(b"if __name__ == '__main__':\n    import torch\n")
    assert found[0].kind == "static"


def test_null_bytes_hide_nothing() -> None:
    assert modules(b"x = '\0'\nimport torch\n") == ["torch"]


names = st.sampled_from(["torch", "torch.nn", "jax", "a.b", "keras"])
plain = st.sampled_from(
    ["x = 1", "y = 'import z'", "# import z", '"""\nimport z\n"""', "def f(): pass", "s = '''#'''"]
)
statements = st.one_of(
    names.map("import {}".format),
    names.map("import os, {} as n".format),
    names.map("from {} import x, y".format),
    names.map("from {} import (x,\n  y)".format),
    names.map("try:\n    import {}\nexcept ImportError:\n    pass".format),
    names.map("class A:\n    def f(self):\n        from {} import x".format),
    names.map("if 1: import {}".format),
    plain,
)


@reaching(100)
@given(st.lists(statements, max_size=12).map("\n".join))
def test_agrees_with_the_parser_on_whatever_parses(source: str) -> None:
    expected = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            expected |= {(node.lineno, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            expected.add((node.lineno, node.module))
    reached()
    assert {(item.line, item.module) for item in python_imports(source.encode())} == expected


@reaching(100)
@given(st.binary(max_size=300).map(lambda noise: b"import a\n" + noise + b"\nimport b"))
def test_no_bytes_break_the_scanner(source: bytes) -> None:
    found = python_imports(source)
    reached()
    assert found[0].module == "a"


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        b"import x;" * 600_000,
        b"import " * 600_000,
        b"(" * 10_000 + b"\nimport x",
        b'"""\nimport' * 500_000,
    ],
)
def test_a_huge_or_nested_file_ends(source: bytes) -> None:
    python_imports(source)
