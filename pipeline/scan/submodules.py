"""Git submodules: a repository has only their addresses. Other repositories have the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath

from pipeline.scan.records import FileProblem, Member, UnreadableMemberError
from pipeline.scan.text_encoding import text_of

_LIST = ".gitmodules"
_LONGEST_LIST = 2**20
_PATH = re.compile(r"^[ \t]*path[ \t]*=(?P<path>[^\n]*)", re.MULTILINE)
_MESSAGE = "The repository contains only the address of this submodule, not its code."


def submodule(path: str) -> FileProblem:
    """The problem of a submodule without code."""
    return FileProblem(path, "submodule", _MESSAGE)


def with_submodules(members: Iterable[Member | FileProblem]) -> Iterator[Member | FileProblem]:
    """The members, and a problem for each submodule in .gitmodules without a file."""
    listed: dict[str, None] = {}
    folders: set[str] = set()
    for member in members:
        folders.add(dirname(member.path))
        if isinstance(member, Member) and member.path.rpartition("/")[2] == _LIST:
            listed |= dict.fromkeys(_paths(member))
        yield member
    filled = {parent for folder in folders for parent in _with_parents(folder)}
    yield from (submodule(path) for path in listed if path not in filled)


def _paths(member: Member) -> Iterator[str]:
    if member.size is None or member.size > _LONGEST_LIST:
        return
    try:
        text = text_of(member.read())
    except UnreadableMemberError:
        return
    for line in _PATH.finditer(text):
        path = normpath(join(dirname(member.path), line["path"].strip(' \t"')))
        if not path.startswith(("../", "/")) and path != ".":
            yield path


def _with_parents(folder: str) -> Iterator[str]:
    while folder.strip("/"):
        yield folder
        folder = dirname(folder)
