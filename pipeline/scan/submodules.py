"""Git submodules: a repository has only their addresses. Other repositories have the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath

from pipeline.scan.records import FileProblem, Member, UnreadableMemberError
from pipeline.scan.text_encoding import text_of

_LIST = ".gitmodules"
_LONGEST_LIST = 2**20
_PATH = re.compile(
    r"(?:^|\])[ \t]*path[ \t]*=[ \t]*(?:\"(?P<quoted>[^\"\n]*)\"|(?P<bare>[^\n#;]*))",
    re.MULTILINE | re.IGNORECASE,
)
_SUBMODULE = "submodule"
_MESSAGE = "The repository contains only the address of this submodule, not its code."


def submodule(path: str) -> FileProblem:
    """The problem of a submodule without code."""
    return FileProblem(path, _SUBMODULE, _MESSAGE)


def with_submodules(members: Iterable[Member | FileProblem]) -> Iterator[Member | FileProblem]:
    """The members, and a problem for each submodule in .gitmodules without a file.

    A list of submodules that cannot be read is a problem, too.
    """
    listed: dict[str, None] = {}
    folders: set[str] = set()
    known: set[str] = set()
    for member in members:
        folders.add(dirname(member.path))
        yield member
        if isinstance(member, FileProblem):
            known |= {member.path} if member.problem == _SUBMODULE else set()
        elif member.path.rpartition("/")[2] == _LIST:
            try:
                listed |= dict.fromkeys(_paths(member))
            except UnreadableMemberError as error:
                yield FileProblem(member.path, error.problem, error.message)
    filled = {parent for folder in folders for parent in _with_parents(folder)}
    yield from (submodule(path) for path in listed if path not in filled and path not in known)


def _paths(submodules: Member) -> Iterator[str]:
    """
    Raises:
        UnreadableMemberError: the list cannot be read, or is longer than any real one.
    """
    if submodules.size is None or submodules.size > _LONGEST_LIST:
        message = f"The scanner reads at most {_LONGEST_LIST:,} bytes of a list of submodules."
        raise UnreadableMemberError("too_large", message)
    for line in _PATH.finditer(text_of(submodules.read())):
        written = line["quoted"] or (line["bare"] or "").strip()
        path = normpath(join(dirname(submodules.path), written))
        if not path.startswith(("../", "/")) and path not in (".", ".."):
            yield path


def _with_parents(folder: str) -> Iterator[str]:
    while folder.strip("/"):
        yield folder
        folder = dirname(folder)
