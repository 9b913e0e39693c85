"""Decides which files the scanner reads, and how. Each language has one entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.scan.api_uses import libraries_of, library_uses
from pipeline.scan.asked_variants import (
    asked_backends,
    asked_backends_of_settings,
    asked_versions,
)
from pipeline.scan.cells import Cell
from pipeline.scan.chunks import fenced_chunks, sweave_chunks, weave_chunks
from pipeline.scan.conflicts import sides
from pipeline.scan.julia import julia_facts
from pipeline.scan.jvm import java_imports, scala_imports
from pipeline.scan.language_names import script_language
from pipeline.scan.manifests import (
    PACKAGE,
    PackageReader,
    as_declared,
    package_reader,
    script_packages,
)
from pipeline.scan.matlab import is_objective_c, matlab_facts
from pipeline.scan.notebook import read_notebook
from pipeline.scan.patterns import caffe_net, cpp_imports, lua_imports, swift_imports
from pipeline.scan.python import python_imports
from pipeline.scan.r import namespace_imports, r_facts
from pipeline.scan.records import MOST_IN_FILE, ApiUse, Import
from pipeline.scan.shell import installed_packages, python_run
from pipeline.scan.text_encoding import text_of
from pipeline.scan.unread_code import unread_language

_PYTHON, _SHELL = "python", "shell"

Facts = dict[str, list[Import]]
"""Imports by language. PACKAGE is the language of declared packages."""

Scanner = Callable[[bytes], Facts]


@dataclass(frozen=True, slots=True)
class Language:
    """How files of a language are recognised and read.

    `on_github` are the names under which GitHub counts the bytes of these files.
    """

    scanner: Scanner
    suffixes: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    on_github: tuple[str, ...] = ()


def _only(language: str, scanner: Callable[[bytes], list[Import]]) -> Scanner:
    return lambda content: {language: scanner(content)}


def _python(content: bytes) -> Facts:
    return {_PYTHON: python_imports(content), PACKAGE: script_packages(content)}


def _matlab(content: bytes) -> Facts:
    """Objective-C, too, which shares the suffix .m."""
    return {"cpp": cpp_imports(content)} if is_objective_c(content) else matlab_facts(content)


def _shell(content: bytes) -> Facts:
    text = text_of(content)
    return {_PYTHON: python_run(text), PACKAGE: as_declared(installed_packages(text))}


LANGUAGES = {
    _PYTHON: Language(
        _python,
        (
            ".py",
            ".pyw",
            ".pyi",
            ".py3",
            ".pyt",
            ".wsgi",
            ".pyx",
            ".pxd",
            ".ipy",
            ".sage",
            ".spyx",
            ".smk",
        ),
        ("snakefile", "sconstruct", "sconscript", "wscript"),
        ("Python", "Cython", "Sage"),
    ),
    "lua": Language(_only("lua", lua_imports), (".lua",), (), ("Lua",)),
    "julia": Language(julia_facts, (".jl",), (), ("Julia",)),
    "r": Language(r_facts, (".r",), (), ("R",)),
    "java": Language(_only("java", java_imports), (".java", ".groovy"), (), ("Java", "Groovy")),
    "scala": Language(
        _only("java", scala_imports), (".scala", ".sc", ".kt", ".kts"), (), ("Scala", "Kotlin")
    ),
    "cpp": Language(
        _only("cpp", cpp_imports),
        tuple(
            ".c .cc .cpp .cxx .cu .cuh .h .hh .hpp .hxx .inl .ipp .tpp .hip .mm".split(),
        ),
        (),
        ("C", "C++", "Cuda", "Objective-C++"),
    ),
    "matlab": Language(_matlab, (".m",), (), ("MATLAB", "Objective-C")),
    "swift": Language(_only("swift", swift_imports), (".swift",), (), ("Swift",)),
    "prototxt": Language(_only("prototxt", caffe_net), (".prototxt",)),
    "namespace": Language(_only("r", namespace_imports), (), ("NAMESPACE",)),
    _SHELL: Language(_shell),
}
_DOCUMENTS: dict[str, Callable[[bytes], list[Cell]]] = {
    ".rmd": fenced_chunks,
    ".qmd": fenced_chunks,
    ".rmarkdown": fenced_chunks,
    ".jmd": weave_chunks,
    ".rnw": sweave_chunks,
}
_NOTEBOOK = ".ipynb"
GITHUB_LANGUAGES = frozenset(
    (
        "Jupyter Notebook",
        "RMarkdown",
        *(name for one in LANGUAGES.values() for name in one.on_github),
    )
)
"""GitHub's names of the languages that the scanner reads."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file holds.

    `broken` says why it could only be read in part; `unread` are the bytes of code in it that is
    in languages without a reader, by language. `is_code` is false of a notebook or document whose
    code is all in such languages, or only commands of a shell.
    """

    by_language: Facts
    api_uses: list[ApiUse] = field(default_factory=list)
    broken: str | None = None
    unread: dict[str, int] = field(default_factory=dict)
    is_code: bool = True

    @property
    def imports(self) -> list[Import]:
        """Imports of all languages, without what is declared."""
        return [
            item
            for language, imports in self.by_language.items()
            if language != PACKAGE
            for item in imports
        ]


@dataclass(frozen=True, slots=True)
class FileReader:
    """How a file is read: as code, as a list of packages, or (setup.py) as both.

    `asks` finds the versions and backends of frameworks that the file requires.
    """

    code: Callable[[bytes], FileFacts] | None
    packages: PackageReader | None = None
    asks: Callable[[bytes], list[ApiUse]] | None = None

    def facts(self, content: bytes) -> FileFacts:
        """What a file of this content holds. Never raises on any content.

        Of a file with conflict markers: what either side holds.
        """
        ours, *theirs = map(self._facts_of_side, sides(content))
        return _united(ours, *theirs) if theirs else ours

    def _facts_of_side(self, content: bytes) -> FileFacts:
        found = self.code(content) if self.code is not None else FileFacts({})
        if self.asks is not None:
            found = replace(found, api_uses=[*found.api_uses, *self.asks(content)])
        if self.packages is None:
            return found
        declared = [*found.by_language.get(PACKAGE, []), *self.packages(content)]
        return replace(found, by_language=_each_once(found.by_language | {PACKAGE: declared}))


def file_reader(path: str) -> FileReader | None:
    """How a file of this name is read; None where it is not."""
    code, packages = _code_reader(path), package_reader(path)
    if path[path.rfind("/") + 1 :] == _KERAS_SETTINGS:
        return FileReader(None, None, asked_backends_of_settings)
    if packages is None:
        return FileReader(code) if code is not None else None
    return FileReader(code, packages, _asked if code is None else asked_versions)


def is_code(path: str) -> bool:
    """Whether a file of this name is code in a language that the scanner reads."""
    return _code_reader(path) is not None


def may_be_script(path: str, size: int = 1) -> bool:
    """Whether only the first line of a file tells if it is code.

    Its name has no extension, or one that shows no language (`train.cgi`, `train-1.0`).
    """
    name = path[path.rfind("/") + 1 :].lower()
    stem, dot, ending = name.rpartition(".")
    is_open = not dot or (stem != "" and (ending.isdigit() or ending in _ENDINGS_OF_SCRIPTS))
    is_short = 0 < size <= _LONGEST_SCRIPT
    return is_open and is_short and name not in _NO_SCRIPTS and file_reader(path) is None


def script_reader(content: bytes) -> FileReader | str | None:
    """How a file is read by its first line, or the name of its language where it is not.

    None is a file that is no script.
    """
    language = script_language(content)
    if language == _SHELL:
        return FileReader(None, package_reader("a.sh"), _asked)
    return FileReader(_READERS[language]) if language in _READERS else language


def _code_reader(path: str) -> Callable[[bytes], FileFacts] | None:
    """The suffix of a file name. A file that is called just `.py` has none."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    if dot > 0:
        return _BY_SUFFIX.get(name[dot:].lower())
    return _BY_NAME.get(name) or _BY_NAME.get(name.lower())


def _code_facts(scanner: Scanner, content: bytes) -> FileFacts:
    found = scanner(content)
    uses = _code_uses(content, libraries_of(found.get(_PYTHON, [])))
    return FileFacts(_each_once(found), uses)


def _code_uses(content: bytes, libraries: frozenset[str]) -> list[ApiUse]:
    return [*library_uses(content, libraries), *asked_backends(content)]


def _asked(content: bytes) -> list[ApiUse]:
    return [*asked_versions(content), *asked_backends(content)]


def _notebook_facts(content: bytes) -> FileFacts:
    notebook = read_notebook(content)
    return replace(_facts_of_cells(notebook.cells, "notebook"), broken=notebook.broken)


def _document_facts(chunks: Callable[[bytes], list[Cell]], content: bytes) -> FileFacts:
    return _facts_of_cells(chunks(content), None)


def _facts_of_cells(cells: Iterable[Cell], kind: str | None) -> FileFacts:
    """Facts of code in several languages; `kind`, if there is one, is that of all its imports."""
    found: Facts = {}
    in_python: list[tuple[Cell, bytes]] = []
    uses: list[ApiUse] = []
    unread: dict[str, int] = {}
    count, has_code, has_other = 0, False, False
    for cell in cells:
        content = cell.code.encode("utf-8", "replace")
        facts = _facts_of_cell(cell, content)
        has_code |= facts.is_code
        has_other |= not facts.is_code and content.strip() != b""
        for language, size in facts.unread.items():
            unread[language] = unread.get(language, 0) + size
        for language, imports in facts.by_language.items():
            of_kind = None if language == PACKAGE else kind
            found.setdefault(language, []).extend(
                Import(item.line + cell.first_line - 1, item.module, of_kind or item.kind)
                for item in imports[: max(0, MOST_IN_FILE - count)]
            )
            count += len(imports)
        uses += (ApiUse(use.line + cell.first_line - 1, use.name) for use in facts.api_uses)
        if cell.language == _PYTHON or (facts.is_code and _PYTHON in facts.by_language):
            in_python.append((cell, content))
        if count >= MOST_IN_FILE:
            break
    uses += _uses_of(in_python, libraries_of(found.get(_PYTHON, [])))
    is_code = has_code or not has_other
    return FileFacts(_each_once(found), _first_uses(uses), unread=unread, is_code=is_code)


def _facts_of_cell(cell: Cell, content: bytes) -> FileFacts:
    """What a cell holds, but for the names of libraries that other cells may import."""
    if cell.path is not None:
        return _facts_of_written_file(cell.path, content)
    language = LANGUAGES.get(cell.language)
    if language is not None:
        found = language.scanner(content)
        if cell.language == _SHELL:
            return FileFacts(found, _asked(content), is_code=bool(found[_PYTHON]))
        return FileFacts(found, is_code=content.strip() != b"")
    is_unread = cell.language != "" and content.strip() != b""
    return FileFacts({}, unread={cell.language: len(content)} if is_unread else {}, is_code=False)


def _facts_of_written_file(path: str, content: bytes) -> FileFacts:
    """What the file holds that a cell writes, as if it lay in the repository."""
    reader = file_reader(path) or script_reader(content) or unread_language(path)
    if isinstance(reader, FileReader):
        facts = reader.facts(content)
        return replace(facts, is_code=facts.is_code and reader.code is not None)
    return FileFacts({}, unread={reader: len(content)} if reader else {}, is_code=False)


def _uses_of(cells: Iterable[tuple[Cell, bytes]], libraries: frozenset[str]) -> Iterator[ApiUse]:
    """Names that Python cells use from libraries that any of them imports."""
    for cell, content in cells:
        for use in _code_uses(content, libraries):
            yield ApiUse(use.line + cell.first_line - 1, use.name)


def _first_uses(uses: Iterable[ApiUse]) -> list[ApiUse]:
    """Each name where it first stands."""
    first: dict[str, ApiUse] = {}
    for use in sorted(uses):
        first.setdefault(use.name, use)
    return list(first.values())


def _each_once(found: Facts) -> Facts:
    """Each module once a line, whatever the language: what is declared there comes last."""
    if sum(map(bool, found.values())) < 2:
        return found
    kept: dict[tuple[int, str], tuple[str, Import]] = {}
    for language in sorted(found, key=PACKAGE.__eq__):
        for item in found[language]:
            kept.setdefault((item.line, item.module), (language, item))
    once: Facts = {language: [] for language in found}
    for language, item in kept.values():
        once[language].append(item)
    return once


def _united(ours: FileFacts, theirs: FileFacts) -> FileFacts:
    """What one side holds, and what the other adds: modules and names that the first lacks."""
    by_language = dict(ours.by_language)
    for language, imports in theirs.by_language.items():
        known = {item.module for item in by_language.get(language, [])}
        added = [item for item in imports if item.module not in known]
        by_language[language] = [*by_language.get(language, []), *added]
    used = {use.name for use in ours.api_uses}
    return FileFacts(
        _each_once(by_language),
        [*ours.api_uses, *(use for use in theirs.api_uses if use.name not in used)],
        ours.broken and theirs.broken,
        ours.unread | theirs.unread,
        ours.is_code or theirs.is_code,
    )


_KERAS_SETTINGS = "keras.json"
_NO_SCRIPTS = frozenset(
    (
        "license licence copying copyright readme authors contributors maintainers codeowners "
        "changelog changes history news notice patents thanks todo install version makefile "
        "gnumakefile gemfile rakefile procfile vagrantfile jenkinsfile brewfile justfile cname"
    ).split()
)
_ENDINGS_OF_SCRIPTS = frozenset("cgi command fcgi run script tool".split())
_LONGEST_SCRIPT = 2**20
"""Bytes; a longer file without an ending is data, or a program that was built."""

_READERS = {name: partial(_code_facts, language.scanner) for name, language in LANGUAGES.items()}
_BY_SUFFIX: dict[str, Callable[[bytes], FileFacts]] = {
    **{suffix: _READERS[name] for name, one in LANGUAGES.items() for suffix in one.suffixes},
    **{suffix: partial(_document_facts, chunks) for suffix, chunks in _DOCUMENTS.items()},
    _NOTEBOOK: _notebook_facts,
}
_BY_NAME = {
    file_name: _READERS[name] for name, one in LANGUAGES.items() for file_name in one.file_names
}
