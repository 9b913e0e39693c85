"""Which files are source, and which scanner reads them. A new language is one more entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.scan.notebook import BrokenNotebookError, notebook_imports
from pipeline.scan.patterns import (
    cpp_imports,
    java_imports,
    julia_imports,
    lua_imports,
    r_imports,
    r_markdown_imports,
)
from pipeline.scan.python import python_imports
from pipeline.scan.records import Import

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
}
_BY_SUFFIX = {
    suffix: (language, scanner)
    for language, scanners in _BY_LANGUAGE.items()
    for suffix, scanner in scanners.items()
}
_KERNELS = {
    "python": python_imports,
    "julia": julia_imports,
    "r": r_imports,
    "lua": lua_imports,
}


@dataclass(frozen=True, slots=True)
class FileImports:
    """Imports of one file; `broken` says why it could only be read in part."""

    language: str
    imports: list[Import]
    broken: str | None = None


def is_source(path: str) -> bool:
    """Whether a file of this name is read."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in _BY_SUFFIX or suffix == _NOTEBOOK


def file_imports(path: str, source: bytes) -> FileImports:
    """Imports of a file for which `is_source` holds. Never raises on any content."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix != _NOTEBOOK:
        language, scanner = _BY_SUFFIX[suffix]
        return FileImports(language, scanner(source))
    try:
        return FileImports(*notebook_imports(source, _KERNELS))
    except BrokenNotebookError as error:
        return FileImports("python", error.imports, broken=str(error))
