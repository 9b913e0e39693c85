"""Files in a target that are not its own: installed packages, caches, editors' copies.

Only paths decide, so folders, archives and git give the same facts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pipeline.scan.records import FileProblem

_FOREIGN = re.compile(
    r"(?:\A|/)(?:"
    r"(?P<cache>\.git|\.hg|\.svn|\.tox|\.nox|__pycache__|__MACOSX|node_modules|bower_components"
    r"|\.history|\.Trash[^/]*|\.virtual_documents|\.ipynb_aml_checkpoints)"
    r"|(?P<installed>[Ll]ib(?:64)?/python\d[\d.]*|site-packages|dist-packages|__pypackages__|\.eggs"
    r"|renv/library|packrat/(?:lib|src)|\.julia/packages|lua_modules|share/lua/5\.\d|Pods)"
    r")/"
)
_CHECKPOINT = re.compile(r"(?P<folder>(?:\A|.*/))\.ipynb_checkpoints/(?P<stem>.*)-checkpoint")
_CHECKPOINTS = ".ipynb_checkpoints/"
INSTALLED_PACKAGES = "installed_packages"
_INSTALLED = "The scanner skips installed packages, because they are not code of the project."

_SETTINGS_OF_ENVIRONMENT = "pyvenv.cfg"
_RECORDS_OF_CONDA = re.compile(r"(?P<environment>(?:\A|.*?/))conda-meta/")
_PROGRAMS = re.compile(r"(?P<environment>(?:\A|.*?/))(?:bin|Scripts)/")
_PACKAGES_OF_PYTHON = re.compile(
    r"(?P<environment>(?:\A|.*/))[Ll]ib(?:64)?/(?:python\d[\d.]*|site-packages)\Z"
)
_OF_ENVIRONMENT = frozenset(
    (
        "bin sbin Scripts condabin lib Lib lib64 libexec Library DLLs Tools include Include share "
        "etc man doc ssl tcl pkgs conda-meta compiler_compat"
    ).split()
)
"""Folders of an environment. Beside them, people put code of their own."""

_AT_THE_TOP = frozenset(("bin", "Scripts", "conda-meta"))
"""Those that hold nothing else if the whole target is an environment."""

_MOST_ENVIRONMENTS = 10_000


class ForeignFiles:
    """Tells which files are not the target's own, and notes the folders of installed packages.

    An environment of Python or conda is a folder with `pyvenv.cfg`, with `conda-meta`, or with
    programs (`bin`, `Scripts`) beside the packages of a Python.
    """

    def __init__(self) -> None:
        self.problems: dict[str, FileProblem] = {}
        """A problem for each folder of installed packages, by its path."""
        self._environments: set[str] = set()
        self._with_programs: set[str] = set()

    def hold(self, path: str) -> bool:
        """Whether a file, or a folder whose path ends with a slash, is not the target's own."""
        foreign = _FOREIGN.search(path)
        if foreign is None:
            self._note(path)
            return False
        if foreign["installed"] is not None:
            self._add_problem(path[: foreign.end() - 1])
        return True

    def note_installed(self, folders: Iterable[str]) -> None:
        """Find environments by their installed packages; `folders` are those not entered."""
        for folder in {*folders, *self.problems}:
            packages = _PACKAGES_OF_PYTHON.match(folder)
            # at the top of a target, `bin` may be the project's own
            if packages is not None and packages["environment"] in self._with_programs - {""}:
                self._environments.add(packages["environment"])

    def is_foreign(self, path: str, read: Collection[str]) -> bool:
        """Whether a file is of an environment, or Jupyter's copy of a file that was read."""
        original = original_of(path)
        if original is not None and original in read:
            return True
        if not self._environments:
            return False
        for folder in _folders_above(path):
            part = path[len(folder) :].partition("/")[0]
            if folder in self._environments and part in (
                _OF_ENVIRONMENT if folder else _AT_THE_TOP
            ):
                self._add_problem(folder + part)
                return folder + part != path
        return False

    def add(self, other: ForeignFiles) -> None:
        """Add what is known of the paths in an archive inside the target."""
        self.problems |= other.problems
        self._environments |= other._environments
        self._with_programs |= other._with_programs

    def _add_problem(self, folder: str) -> None:
        self.problems[folder] = FileProblem(folder, INSTALLED_PACKAGES, _INSTALLED)

    def _note(self, path: str) -> None:
        """Note the environment that the path shows, if any."""
        if path.endswith(_SETTINGS_OF_ENVIRONMENT):
            folder, _, name = path.rpartition("/")
            if name == _SETTINGS_OF_ENVIRONMENT:
                _add(self._environments, f"{folder}/" if folder else "")
        elif "conda-meta/" in path:
            if records := _RECORDS_OF_CONDA.match(path):
                _add(self._environments, records["environment"])
        elif ("bin/" in path or "Scripts/" in path) and (programs := _PROGRAMS.match(path)):
            _add(self._with_programs, programs["environment"])


def original_of(path: str) -> str | None:
    """The file of which Jupyter keeps a copy in .ipynb_checkpoints at this path."""
    copy = _CHECKPOINT.match(path) if _CHECKPOINTS in path else None
    return None if copy is None else copy["folder"] + copy["stem"] + path[copy.end() :]


def _add(folders: set[str], folder: str) -> None:
    if len(folders) < _MOST_ENVIRONMENTS:
        folders.add(folder)


def _folders_above(path: str) -> Iterator[str]:
    """The folders that a path lies in, each with a slash at its end, after the top: ``."""
    end = 0
    while end >= 0:
        yield path[:end]
        end = path.find("/", end) + 1 or -1
