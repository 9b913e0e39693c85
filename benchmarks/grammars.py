"""The oracle for C++, Java, Julia, Lua and Swift: what tree-sitter finds with their grammars."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import tree_sitter
import tree_sitter_cpp
import tree_sitter_java
import tree_sitter_julia
import tree_sitter_lua
import tree_sitter_swift

from pipeline.scan.patterns import without_folder

Nodes = Iterator[tree_sitter.Node]


def _nodes(node: tree_sitter.Node, *kinds: str) -> Nodes:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.type in kinds:
            yield node
        waiting.extend(reversed(node.children))


def _text(node: tree_sitter.Node) -> str:
    return "".join((node.text or b"").decode("utf-8", "replace").split())


def _cpp(root: tree_sitter.Node) -> Iterator[str]:
    for node in _nodes(root, "preproc_include"):
        path = node.child_by_field_name("path")
        if path is not None and path.type in ("system_lib_string", "string_literal"):
            yield without_folder((path.text or b"").decode("utf-8", "replace")[1:-1])


def _java(root: tree_sitter.Node) -> Iterator[str]:
    for node in _nodes(root, "import_declaration"):
        yield from (
            _text(child)
            for child in node.children
            if child.type in ("scoped_identifier", "identifier")
        )


def _julia(root: tree_sitter.Node) -> Iterator[str]:
    for node in _nodes(root, "using_statement", "import_statement"):
        for child in node.children:
            if child.type in ("identifier", "scoped_identifier", "import_path"):
                yield _text(child)
            elif child.type in ("selected_import", "import_alias"):
                yield _text(child.children[0])


def _lua(root: tree_sitter.Node) -> Iterator[str]:
    for node in _nodes(root, "function_call"):
        name, arguments = (node.child_by_field_name(field) for field in ("name", "arguments"))
        if name is None or arguments is None or _text(name) != "require":
            continue
        if [child.type for child in arguments.named_children] == ["string"]:
            yield _text(arguments.named_children[0]).strip("'\"[]")


def _swift(root: tree_sitter.Node) -> Iterator[str]:
    for node in _nodes(root, "import_declaration"):
        yield from (_text(child) for child in node.children if child.type == "identifier")


_GRAMMARS: dict[str, tuple[object, Callable[[tree_sitter.Node], Iterator[str]]]] = {
    "cpp": (tree_sitter_cpp.language(), _cpp),
    "java": (tree_sitter_java.language(), _java),
    "julia": (tree_sitter_julia.language(), _julia),
    "lua": (tree_sitter_lua.language(), _lua),
    "swift": (tree_sitter_swift.language(), _swift),
}
LANGUAGES = frozenset(_GRAMMARS)


def modules_by_grammar(language: str, source: bytes) -> set[str]:
    """The modules that a file of one of LANGUAGES imports."""
    grammar, modules = _GRAMMARS[language]
    tree = tree_sitter.Parser(tree_sitter.Language(grammar)).parse(source)
    return set(modules(tree.root_node))
