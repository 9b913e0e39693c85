"""Packages that a project declares to need: requirements, setup.py, pyproject, conda, Docker.

A declaration is weaker evidence than an import. Names are given as package indexes compare them:
lower case, with single hyphens. Lists are read line by line, for people break the formats in ways
that a parser would refuse.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import islice
from posixpath import basename, dirname
from typing import Any

from stringzilla import find

from pipeline.scan.lines import LineNumbers
from pipeline.scan.records import Import
from pipeline.scan.requirement import required_package
from pipeline.scan.setup_script import setup_requirements
from pipeline.scan.shell import installed_packages
from pipeline.scan.text_encoding import text_of

DECLARED = "declared"
PACKAGE = "package"
"""The language of declared modules: their names are those of packages, not of modules."""

LONGEST_BYTES = 2**20
"""A longer file is not read as a list of packages; nobody writes one by hand."""

_MOST_PACKAGES = 1000
"""Packages that are kept of one file: a list of more is a list of something else."""

_LIST_NAME = re.compile(
    r"require|(?:\A|[._-])(?:reqs?|deps|dependencies|pip3?|conda|env|environment|spec[_-]file)"
    r"(?:[._-]|\d|\Z)"
)
_ENVIRONMENT_NAME = re.compile(r"env|conda|require|depend|\Ameta\.ya?ml\Z")
_LIST_MARK = re.compile(r"(?<!\s)\s*+(?:(?:-e|--editable)[ =]|[-*][ \t])\s*")

_HEADING = re.compile(r"(?P<key>[\w-]+):(?:\s+(?P<rest>.*)|\s*)\Z", re.DOTALL)
_OF_PACKAGES = frozenset("dependencies packages pip requirements".split())
_YAML_COMMENT = re.compile(r"(?:^|\s)#[^\n]*|\{[{%][^\n]*")
_FLOW_LIST = re.compile(
    r"^[ \t-]*(?:dependencies|packages|pip|run|host|build):\s*"
    r"\[(?P<items>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]",
    re.MULTILINE,
)
_FLOW_ITEM = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|([^\s,\[\]{}\"'][^,\[\]{}\"'\n]*)")

_DEPENDENCIES = re.compile(
    r"(?:[\w-]+-)?dependencies|dependency-groups|requires|requires-extra|dev-packages"
)
_NOT_OF_PIPENV = frozenset("source requires scripts pipenv".split())
_SECTION = re.compile(r"\[([^\]]+)\]\s*\Z")
_KEY = re.compile(r"(?P<key>[\w.:-]+)\s*[=:](?!=)\s*(?P<rest>.*)")
_PYTHON_REQUIRES = ("python_requires", "requires_python", "requires-python")
_FACTOR = re.compile(r"\s*[\w{},.!-]+:\s+")
"""In front of a requirement in tox.ini: the environments that need it."""

_EXEC_FORM = re.compile(r"^[ \t]*RUN[ \t]*\[[^\n]*\]", re.MULTILINE | re.IGNORECASE)
_SCRIPT_METADATA_MARK = b"# /// script"
_SCRIPT_HEAD_BYTES = 2**13
_SCRIPT_METADATA = re.compile(
    r"^# /// script[ \t]*\n(?P<lines>(?:#(?: [^\n]*)?\n)+?)# ///[ \t]*$", re.MULTILINE
)
"""https://peps.python.org/pep-0723/"""

_R_FIELD = re.compile(r"(?P<key>[\w-]+):(?P<rest>[^\n]*)")
_R_DEPENDENCIES = frozenset("Depends Imports LinkingTo".split())

_Found = Iterator[tuple[int, str]]
"""Line and name of each package, which may come again."""

_Lines = Callable[[str], _Found]
"""What finds the packages in the text of a file."""


PackageReader = Callable[[bytes], list[Import]]
"""The packages that a file's content lists, each where it first stands. Never raises."""


def package_reader(path: str) -> PackageReader | None:
    """What reads the packages of a file of this name; None where such a file lists none."""
    lines = _lines_reader(path)
    return None if lines is None else _reader_of(lines)


@cache
def _reader_of(lines: _Lines) -> PackageReader:
    """One reader for each format, so that the same reader is equal to itself."""
    return partial(_declared, lines)


def _declared(lines: _Lines, content: bytes) -> list[Import]:
    return [] if len(content) > LONGEST_BYTES else as_declared(lines(text_of(content)))


def script_packages(content: bytes) -> list[Import]:
    """The packages that a Python script declares in a comment at its top (PEP 723)."""
    if find(content, _SCRIPT_METADATA_MARK, 0, _SCRIPT_HEAD_BYTES) < 0:
        return []
    text = text_of(content)
    metadata = _SCRIPT_METADATA.search(text)
    if metadata is None:
        return []
    lines_before = text.count("\n", 0, metadata.start("lines"))
    table = "\n".join(line[2:] for line in metadata["lines"].split("\n"))
    return as_declared((lines_before + line, name) for line, name in _project_table(table))


def as_declared(found: Iterable[tuple[int, str]]) -> list[Import]:
    """Packages as facts: each once, where it first stands."""
    first: dict[str, Import] = {}
    for line, name in found:
        package = re.sub(r"[-_.]+", "-", name).lower()
        first.setdefault(package, Import(line, package, DECLARED))
    return list(islice(first.values(), _MOST_PACKAGES))


def _lines_reader(path: str) -> _Lines | None:
    name = path[path.rfind("/") + 1 :]
    lower = name.lower()
    reader = _BY_NAME.get(name) or _BY_NAME.get(lower)
    if reader is not None:
        return reader
    if lower.startswith(("dockerfile", "containerfile", "singularity")):
        return _docker
    stem, dot, ending = lower.rpartition(".")
    if dot and ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if ending in ("txt", "pip", "in"):
        in_requirements = basename(dirname(path)).lower() == "requirements"
        return _required if _LIST_NAME.search(stem) or in_requirements else None
    if ending in ("yml", "yaml"):
        return _environment if _ENVIRONMENT_NAME.search(lower) else None
    return None


def _required(text: str) -> _Found:
    """Lines of a requirements file, or of what `pip freeze` and `conda list` print."""
    for number, line in _logical_lines(text):
        if name := required_package(_LIST_MARK.sub("", line, count=1)):
            yield number, name


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; what a backslash continues is one."""
    number, parts = 0, [""]
    for count, line in enumerate(text.split("\n"), 1):
        number = number if len(parts) > 1 else count
        parts.append(line.rstrip("\\ \t"))
        if not line.rstrip().endswith("\\"):
            yield number, " ".join(parts).strip()
            parts = [""]
    if len(parts) > 1:
        yield number, " ".join(parts).strip()


def _environment(text: str) -> _Found:
    """List items below `dependencies:` and `pip:` of a conda environment or recipe."""
    text = _YAML_COMMENT.sub("", text)
    above: list[tuple[int, str]] = []  # headings that the line stands below, with their columns
    for number, line in enumerate(text.split("\n"), 1):
        words = line.lstrip()
        if not words:
            continue
        column = len(line) - len(words)
        is_item = words.startswith("- ")
        while above and above[-1][0] >= column + is_item:
            above.pop()
        if is_item:
            words = words[2:].lstrip()
            column = len(line) - len(words)
        if heading := _HEADING.match(words):
            above.append((column, heading[1]))
        elif is_item and _is_of_packages(above) and (name := required_package(words)):
            yield number, name
    yield from _flow_lists(text)


def _is_of_packages(above: list[tuple[int, str]]) -> bool:
    """Whether a list below these headings is one of packages, as one without a heading is."""
    keys = {key for _, key in above}
    return not keys or (not keys.isdisjoint(_OF_PACKAGES) and "channels" not in keys)


def _flow_lists(text: str) -> _Found:
    """`dependencies: [python=3.8, pytorch]`, on one line or several."""
    lines = LineNumbers(text, "\n")
    for flow in _FLOW_LIST.finditer(text):
        for item in _FLOW_ITEM.finditer(text, *flow.span("items")):
            words = next(filter(None, item.groups()), "").strip()
            if not words.endswith(":") and (name := required_package(words)):
                yield lines.of(item.start()), name


def _project_table(text: str) -> _Found:
    """Every table and list of dependencies in a TOML file, whichever tool it is for."""
    return _located(text, _dependencies(_parsed_toml(text)))


def _pipfile(text: str) -> _Found:
    """All tables of a Pipfile but those that are about Pipenv itself."""
    tables = _parsed_toml(text).items()
    return _located(
        text,
        (
            name
            for key, table in tables
            if key not in _NOT_OF_PIPENV
            for name in _packages_of(table)
        ),
    )


def _parsed_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _located(text: str, names: Iterable[str]) -> _Found:
    for name in islice(names, _MOST_PACKAGES):
        at = re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text)
        yield text.count("\n", 0, at.start() if at is not None else 0) + 1, name


def _dependencies(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if _DEPENDENCIES.fullmatch(key):
            yield from _packages_of(value)
        elif isinstance(value, dict):
            yield from _dependencies(value)


def _packages_of(value: Any) -> Iterator[str]:
    """Packages of a list of requirements, of a table of such lists, or of a table by package."""
    if isinstance(value, list):
        yield from _of_strings(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, list) and any(isinstance(each, str) for each in item):
                yield from _of_strings(item)
            elif key != "python" and item != [] and (name := required_package(key)):
                yield name


def _of_strings(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str) and (name := required_package(item)):
            yield name


def _setup_config(text: str) -> _Found:
    """Values of setup.cfg and tox.ini: `install_requires`, `deps`, all of extras_require."""
    section, is_wanted = "", False
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _SECTION.match(line):
            section, is_wanted = heading[1], False
        elif line[:1].strip():
            entry = _KEY.match(line)
            key = entry["key"].lower() if entry is not None else ""
            is_wanted = key not in _PYTHON_REQUIRES and (
                "require" in key or key == "deps" or section == "options.extras_require"
            )
            line = entry["rest"] if entry is not None else ""
        if is_wanted and (name := required_package(_FACTOR.sub("", line, count=1))):
            yield number, name


def _docker(text: str) -> _Found:
    """What the commands of a Dockerfile install."""
    return installed_packages(_EXEC_FORM.sub(_as_command, text))


def _as_command(instruction: re.Match[str]) -> str:
    """`RUN ["pip", "install", "torch"]` as a shell would have it."""
    return re.sub(r"[\[\],]", " ", instruction[0])


def _description(text: str) -> _Found:
    """What an R package imports by its DESCRIPTION."""
    is_wanted = False
    for number, line in enumerate(text.split("\n"), 1):
        if entry := _R_FIELD.match(line):
            is_wanted = entry["key"] in _R_DEPENDENCIES
            line = entry["rest"]
        for item in line.split(",") if is_wanted else ():
            if name := required_package(item):
                yield number, name


_BY_NAME: dict[str, _Lines] = {
    "setup.py": setup_requirements,
    "setup.cfg": _setup_config,
    "tox.ini": _setup_config,
    "pyproject.toml": _project_table,
    "hatch.toml": _project_table,
    "pixi.toml": _project_table,
    "pipfile": _pipfile,
    "requirements": _required,
    "DESCRIPTION": _description,
}
_BY_ENDING: dict[str, _Lines] = {
    "dockerfile": _docker,
    "sh": installed_packages,
    "bash": installed_packages,
}
