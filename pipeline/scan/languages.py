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

Scanner = Callable[[bytes], list[Import]]


@dataclass(frozen=True, slots=True)
class Language:
    """How files of a language are recognised and read.

    `scanners` are by suffix; `kernel` reads the cells of its notebooks; `on_github` are the names
    under which GitHub counts the bytes of these files.
    """

    scanners: dict[str, Scanner]
    on_github: tuple[str, ...] = ()
    kernel: Scanner | None = None


LANGUAGES = {
    "python": Language(
        dict.fromkeys((".py", ".pyw", ".pyx", ".ipy"), python_imports),
        ("Python", "Cython", "Jupyter Notebook"),
        python_imports,
    ),
    "lua": Language({".lua": lua_imports}, ("Lua",), lua_imports),
    "julia": Language({".jl": julia_imports}, ("Julia",), julia_imports),
    "r": Language(
        {".r": r_imports, ".rmd": r_markdown_imports, ".qmd": r_markdown_imports},
        ("R", "RMarkdown"),
        r_imports,
    ),
    "java": Language(
        dict.fromkeys((".java", ".scala", ".kt"), java_imports), ("Java", "Kotlin", "Scala")
    ),
    "cpp": Language(
        dict.fromkeys(
            (".c", ".cc", ".cpp", ".cxx", ".cu", ".cuh", ".h", ".hh", ".hpp", ".hxx"), cpp_imports
        ),
        ("C", "C++", "Cuda"),
    ),
    # Objective-C has the suffix .m too
    "matlab": Language({".m": matlab_imports}, ("MATLAB", "Objective-C"), matlab_imports),
    "swift": Language({".swift": swift_imports}, ("Swift",)),
    "prototxt": Language({".prototxt": caffe_net}),
}
GITHUB_LANGUAGES = frozenset(name for one in LANGUAGES.values() for name in one.on_github)
"""GitHub's names of the languages that are read."""

_BY_SUFFIX = {
    suffix: (name, scanner)
    for name, language in LANGUAGES.items()
    for suffix, scanner in language.scanners.items()
}
_SUFFIXES = frozenset((*_BY_SUFFIX, _NOTEBOOK))
_KERNELS = {name: language.kernel for name, language in LANGUAGES.items()}


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
