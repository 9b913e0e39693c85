"""Which files are read, and how. A new language is one more entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from pipeline.scan.api_uses import imports_tensorflow, tensorflow_uses
from pipeline.scan.manifests import PackageReader, package_reader
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

_KERNELS = {name: language.kernel for name, language in LANGUAGES.items()}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file holds; `broken` says why it could only be read in part."""

    language: str
    imports: list[Import]
    api_uses: list[ApiUse] = field(default_factory=list)
    declared: list[Import] = field(default_factory=list)
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class FileReader:
    """How a file is read: as code, as a list of packages, or (setup.py) as both."""

    code: Callable[[bytes], FileFacts] | None
    packages: PackageReader | None = None

    def facts(self, content: bytes) -> FileFacts:
        """What a file of this content holds. Never raises on any content."""
        found = self.code(content) if self.code is not None else FileFacts("", [])
        return replace(found, declared=self.packages(content)) if self.packages else found


def file_reader(path: str) -> FileReader | None:
    """How a file of this name is read; None where it is not."""
    code, packages = _BY_SUFFIX.get(_suffix(path)), package_reader(path)
    if packages is None:
        return code
    return FileReader(code.code if code is not None else None, packages)


def is_code(path: str) -> bool:
    """Whether a file of this name is code in a language that is read."""
    return _suffix(path) in _BY_SUFFIX


def _suffix(path: str) -> str:
    """The suffix with its dot; of `.py` alone, which is a name, none."""
    dot = path.rfind(".")
    return path[dot:].lower() if dot > 0 and path[dot - 1] != "/" else ""


def _code_facts(language: str, scanner: Scanner, content: bytes) -> FileFacts:
    imports = scanner(content)
    uses = tensorflow_uses(content) if language == "python" and imports_tensorflow(imports) else []
    return FileFacts(language, imports, uses)


def _notebook_facts(content: bytes) -> FileFacts:
    notebook = read_notebook(content)
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


_BY_SUFFIX = {
    suffix: FileReader(partial(_code_facts, name, scanner))
    for name, language in LANGUAGES.items()
    for suffix, scanner in language.scanners.items()
} | {_NOTEBOOK: FileReader(_notebook_facts)}
