"""Imports of Python source by parsers: what the scanner's facts are held against.

`ast` where the source parses, tree-sitter where it does not. The convention is the scanner's:
`from . import x` imports `.`; the calls `__import__("x")`, `importlib.import_module("x")` and
`pytest.importorskip("x")` import `x`, and so do lazy loaders; RLlib's `try_import_tf()` imports
tensorflow.
"""

from __future__ import annotations

import ast
import unicodedata
import warnings
from collections.abc import Iterator

import tree_sitter
import tree_sitter_python

Facts = set[tuple[int, str]]
"""(line, module) of each import."""

_HANDED_OVER = {"try_import_tf": "tensorflow", "try_import_torch": "torch"}
_BY_ANY_NAME = (
    "importorskip lazy_import lazy_module lazy_class lazy_callable optional_import try_import "
    "import_optional_dependency import_string LazyImport LazyModule"
).split()
_PYTHON = tree_sitter.Language(tree_sitter_python.language())
_STATEMENTS = {"import_statement", "import_from_statement", "future_import_statement"}


def imports_by_ast(source: bytes) -> Facts | None:
    """Every import of a file, or None where this Python's grammar refuses it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return set(_of_nodes(ast.walk(tree)))


def _of_nodes(nodes: Iterator[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and (name := _called_name(node)) is not None:
            line, module = name
            if all(part.isidentifier() for part in module.lstrip(".").split(".")):
                yield line, unicodedata.normalize("NFKC", module)


def _called_name(node: ast.Call) -> tuple[int, str] | None:
    """The line of the function's name and the literal module of a dynamic import."""
    function = node.func
    if isinstance(function, ast.Attribute):
        name, line = function.attr, function.end_lineno or function.lineno
    elif isinstance(function, ast.Name):
        name, line = function.id, function.lineno
    else:
        return None
    module = _HANDED_OVER.get(name) or _named_module(name, node)
    return None if module is None else (line, module)


def _named_module(function: str, node: ast.Call) -> str | None:
    """The module that the arguments of an importing function name."""
    if function == "LazyLoader":
        return _literal(node, 2, "name") or _literal(node, 0, "module_name")
    if function in _BY_ANY_NAME:
        keywords = ("name", "modname", "module", "module_name", "import_name", "package")
        return next(filter(None, (_literal(node, 0, keyword) for keyword in keywords)), None)
    if function not in ("import_module", "__import__"):
        return None
    module = _literal(node, 0, "name")
    package = _literal(node, 1, "package") if function == "import_module" else None
    if module is None or package is None or not module.startswith("."):
        return module
    name = module.lstrip(".")
    kept = len(package.split(".")) - (len(module) - len(name) - 1)
    return ".".join([*package.split(".")[:kept], name]) if kept > 0 else module


def _literal(node: ast.Call, place: int, keyword: str) -> str | None:
    """The literal text of an argument, by its place or its keyword."""
    named = [item.value for item in node.keywords if item.arg == keyword]
    argument = node.args[place] if len(node.args) > place else next(iter(named), None)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


def imports_by_tree_sitter(source: bytes) -> Facts:
    """Every import statement that an error-tolerant parser finds, also in Python 2."""
    found: Facts = set()
    cursor = tree_sitter.Parser(_PYTHON).parse(source).walk()
    for node in _walk(cursor):
        if node.type in _STATEMENTS:
            found.update((node.start_point[0] + 1, module) for module in _modules(node))
    return found


def _walk(cursor: tree_sitter.TreeCursor) -> Iterator[tree_sitter.Node]:
    while True:
        node = cursor.node
        if node is not None:
            yield node
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return


def _modules(node: tree_sitter.Node) -> Iterator[str]:
    if node.type == "future_import_statement":
        yield "__future__"
    elif node.type == "import_from_statement":
        module = node.child_by_field_name("module_name")
        yield _text(module) if module is not None else ""
    else:
        for child in node.children_by_field_name("name"):
            name = child.child_by_field_name("name") if child.type == "aliased_import" else child
            yield _text(name) if name is not None else ""


def _text(node: tree_sitter.Node) -> str:
    return "".join((node.text or b"").decode("utf-8", "replace").split())
