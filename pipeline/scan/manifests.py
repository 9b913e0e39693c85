"""Packages that a project declares to need: requirements, setup.py, pyproject, conda, Docker.

A declaration is weaker evidence than an import. Names are given as package indexes compare them:
lower case, with single hyphens.
"""

from __future__ import annotations

import ast
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from posixpath import basename, dirname
from typing import Any

from pipeline.scan.records import Import

_KIND = "declared"
PACKAGE = "package"
"""The language of declared modules: their names are those of packages, not of modules."""

LONGEST_BYTES = 2**20
"""A longer file is not read as a list of packages; nobody writes one by hand."""

_REQUIREMENT = re.compile(
    r"""\s*+-?\s*+["']?(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*+)["']?\s*+(?:\[[^\]\n]*\])?\s*+
    (?:[<>=!~^;@#,][^\n]*+|[0-9][^\n]*+|["'][^\n]*+)?\Z""",
    re.VERBOSE,
)
_LONGEST_LINE = 1000
_CHANNEL = re.compile(r"^(\s*-\s*[\"']?)[\w.-]+::")
_SECTION = re.compile(r"(\w+):\s*$")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9._-]+)")
_INSTALL = re.compile(
    r"(?:\bpip[0-9.]*|\bconda|\bmamba|\bmicromamba|\bpipenv|\bpoetry|\buv)\s+"
    r"(?:install|add)\s+(?P<args>[^\n;&|]*)"
)
_CONTINUED = re.compile(r"\\\n")
_ARGUMENT = re.compile(
    r"^[\"']?(?:[\w.-]+::)?(?P<name>[A-Za-z][A-Za-z0-9._-]*)(?:\[|[<>=!~]|[\"']?$)"
)
_TAKES_VALUE = frozenset(
    "-c -f -i -r -t -n -p --channel --find-links --index-url --extra-index-url --requirement "
    "--target --name --trusted-host".split()
)


PackageReader = Callable[[bytes], list[Import]]
"""The packages that a file's content lists, each where it first stands. Never raises."""


def package_reader(path: str) -> PackageReader | None:
    """What reads the packages of a file of this name; None where such a file lists none."""
    name = path[path.rfind("/") + 1 :].lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.startswith("dockerfile") or name.endswith(".dockerfile"):
        return _INSTALLED
    if name.endswith((".txt", ".pip", ".in")):
        in_requirements = basename(dirname(path)).lower() == "requirements"
        return _REQUIRED if "require" in name or in_requirements else None
    if name.endswith((".yml", ".yaml")):
        return _REQUIRED if "env" in name or "conda" in name else None
    return None


_Lines = Callable[[str], Iterator[tuple[int, str]]]
"""Text -> line and name of each package, as they stand there."""


def _declared(lines: _Lines, content: bytes) -> list[Import]:
    if len(content) > LONGEST_BYTES:
        return []
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    first: dict[str, Import] = {}
    for line, name in lines(text):
        package = re.sub(r"[-_.]+", "-", name).lower()
        first.setdefault(package, Import(line, package, _KIND))
    return list(first.values())


def _required(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a requirements file, or list items of a conda environment."""
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _SECTION.match(line):
            section = heading[1]
        if section == "channels":
            continue
        if egg := _EGG.search(line):
            yield number, egg[1]
        elif name := _required_name(_CHANNEL.sub(r"\1", line)):
            yield number, name


def _required_name(requirement: str) -> str | None:
    """The package of one requirement such as `torch[extra]>=1.0  # why`."""
    if len(requirement) > _LONGEST_LINE:
        return None
    match = _REQUIREMENT.match(requirement)
    return match["name"] if match is not None else None


def _installed(text: str) -> Iterator[tuple[int, str]]:
    """Arguments of `pip install` and its like."""
    joined = _CONTINUED.sub("  ", text)
    number, counted = 1, 0
    for install in _INSTALL.finditer(joined):
        number += text.count("\n", counted, install.start())
        counted = install.start()
        skip = False
        for argument in install["args"].split():
            found = None if skip else _ARGUMENT.match(argument)
            skip = argument in _TAKES_VALUE
            if found is not None:
                yield number, found["name"]


def _setup_script(text: str) -> Iterator[tuple[int, str]]:
    """String literals in the `*_require*` arguments and lists of a setup.py."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword):
            names = [node.arg or ""]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        else:
            continue
        if any("require" in name.lower() for name in names):
            yield from _requirements_in(node.value)


def _requirements_in(node: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _requirements_in(value)
        return
    for child in ast.walk(node):
        if not isinstance(child, ast.Constant) or not isinstance(child.value, str):
            continue
        if name := _required_name(child.value):
            yield child.lineno, name


def _project_table(text: str) -> Iterator[tuple[int, str]]:
    """The dependencies of a pyproject.toml (PEP 621, Poetry) or a Pipfile."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    for name in _project_names(document):
        at = text.find(name)
        yield text.count("\n", 0, max(at, 0)) + 1, name


def _project_names(document: dict[str, Any]) -> Iterator[str]:
    project = _table(document, "project")
    optional = _table(project, "optional-dependencies").values()
    for requirements in (project.get("dependencies"), *optional):
        for item in requirements if isinstance(requirements, list) else ():
            if isinstance(item, str) and (name := _required_name(item)):
                yield name
    poetry = _table(document, "tool", "poetry")
    groups = [_table(group, "dependencies") for group in _table(poetry, "group").values()]
    for table in (_table(poetry, "dependencies"), *groups, _table(document, "packages")):
        yield from (name for name in table if name != "python")


def _table(document: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}


def _setup_config(text: str) -> Iterator[tuple[int, str]]:
    """The indented lines below `install_requires =` of a setup.cfg."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line[:1].isspace():
            inside = "require" in line.partition("=")[0]
            line = line.partition("=")[2]
        if inside and (name := _required_name(line)):
            yield number, name


_REQUIRED: PackageReader = partial(_declared, _required)
_INSTALLED: PackageReader = partial(_declared, _installed)
_PROJECT: PackageReader = partial(_declared, _project_table)
_BY_NAME: dict[str, PackageReader] = {
    "setup.py": partial(_declared, _setup_script),
    "setup.cfg": partial(_declared, _setup_config),
    "pyproject.toml": _PROJECT,
    "pipfile": _PROJECT,
}
