"""Which files are source, and which scanner reads them. A new language is one more entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from pipeline.scan.api_uses import imports_tensorflow, tensorflow_uses
from pipeline.scan.manifests import declared_packages, is_manifest
from pipeline.scan.notebook import Cell, read_notebook
from pipeline.scan.patterns import (
    caffe_net,
    cpp_imports,
    java_imports,
    julia_imports,
    lua_imports,
    matlab_imports,
    r_imports,
    r_markdown_imports,
    swift_imports,
)
from pipeline.scan.python import python_imports
from pipeline.scan.records import MOST_IN_FILE, ApiUse, Import

_NOTEBOOK = ".ipynb"

_BY_LANGUAGE: dict[str, dict[str, Callable[[bytes], list[Import]]]] = {
    "python": dict.fromkeys((".py", ".pyw", ".pyx", ".ipy"), python_imports),
    "lua": {".lua": lua_imports},
    "julia": {".jl": julia_imports},
    "r": {".r": r_imports, ".rmd": r_markdown_imports, ".qmd": r_markdown_imports},
    "java": dict.fromkeys((".java", ".scala", ".kt"), java_imports),
    "cpp": dict.fromkeys(
        (".c", ".cc", ".cpp", ".cxx", ".cu", ".cuh", ".h", ".hh", ".hpp", ".hxx"), cpp_imports
    ),
    "matlab": {".m": matlab_imports},
    "swift": {".swift": swift_imports},
    "prototxt": {".prototxt": caffe_net},
}
_BY_SUFFIX = {
    suffix: (language, scanner)
    for language, scanners in _BY_LANGUAGE.items()
    for suffix, scanner in scanners.items()
}
_SUFFIXES = frozenset((*_BY_SUFFIX, _NOTEBOOK))
_KERNELS = {
    "python": python_imports,
    "julia": julia_imports,
    "r": r_imports,
    "lua": lua_imports,
    "matlab": matlab_imports,
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file holds; `broken` says why it could only be read in part."""

    language: str
    imports: list[Import]
    api_uses: list[ApiUse] = field(default_factory=list)
    declared: list[Import] = field(default_factory=list)
    broken: str | None = None


def is_source(path: str) -> bool:
    """Whether a file of this name is code that is read."""
    return _suffix(path) in _SUFFIXES


def file_facts(path: str, source: bytes) -> FileFacts:
    """Facts of a file for which `is_source` or `is_manifest` holds. Never raises on any content."""
    suffix = _suffix(path)
    declared = declared_packages(path, source) if is_manifest(path) else []
    if suffix == _NOTEBOOK:
        return _notebook_facts(source)
    if suffix not in _BY_SUFFIX:
        return FileFacts("", [], declared=declared)
    language, scanner = _BY_SUFFIX[suffix]
    imports = scanner(source)
    uses = tensorflow_uses(source) if language == "python" and imports_tensorflow(imports) else []
    return FileFacts(language, imports, uses, declared)


def _suffix(path: str) -> str:
    """The suffix with its dot; of `.py` alone, which is a name, none."""
    dot = path.rfind(".")
    return path[dot:].lower() if dot > 0 and path[dot - 1] != "/" else ""


def _notebook_facts(source: bytes) -> FileFacts:
    notebook = read_notebook(source)
    scanner = _KERNELS.get(notebook.language)
    if scanner is None:
        return FileFacts(notebook.language, [], broken=notebook.broken)
    found = (
        Import(item.line + cell.first_line - 1, item.module, "notebook")
        for cell in notebook.cells
        for item in scanner(cell.code)
    )
    imports = list(islice(found, MOST_IN_FILE))
    uses = _notebook_uses(notebook.cells) if imports_tensorflow(imports) else []
    return FileFacts(notebook.language, imports, uses, broken=notebook.broken)


def _notebook_uses(cells: Iterable[Cell]) -> list[ApiUse]:
    first: dict[str, ApiUse] = {}
    for cell in cells:
        for use in tensorflow_uses(cell.code):
            first.setdefault(use.name, ApiUse(use.line + cell.first_line - 1, use.name))
    return list(first.values())
