"""Files in a target that are not its own: installed packages, caches, editors' copies.

Only the path decides, so folders, archives and git give the same facts.
"""

from __future__ import annotations

import re

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
_INSTALLED = "The scanner skips installed packages, because they are not code of the project."


class ForeignFiles:
    """Tells which files are not the target's own, and notes the folders of installed packages."""

    def __init__(self) -> None:
        self.problems: dict[str, FileProblem] = {}
        """A problem for each folder of installed packages, by its path."""

    def hold(self, path: str) -> bool:
        """Whether a file, or a folder whose path ends with a slash, is not the target's own."""
        foreign = _FOREIGN.search(path)
        if foreign is None:
            return False
        if foreign["installed"] is not None:
            folder = path[: foreign.end() - 1]
            self.problems[folder] = FileProblem(folder, "installed_packages", _INSTALLED)
        return True


def original_of(path: str) -> str | None:
    """The file of which Jupyter keeps a copy in .ipynb_checkpoints at this path."""
    copy = _CHECKPOINT.match(path) if _CHECKPOINTS in path else None
    return None if copy is None else copy["folder"] + copy["stem"] + path[copy.end() :]
