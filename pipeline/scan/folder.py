"""A folder on disk as members. Links are not followed; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.scan.records import FileProblem, Member, UnreadableMemberError

_NOT_OF_THE_PROJECT = {".git", ".hg", ".svn", "__pycache__", "node_modules"}


def folder_members(folder: Path) -> Iterator[Member | FileProblem]:
    """Every regular file below a folder, in the order of the names.

    Version control's own folders, caches and virtual environments are not part of the project.
    """
    problems: list[FileProblem] = []

    def unreadable(error: OSError) -> None:
        path = os.path.relpath(str(error.filename), folder)
        problems.append(FileProblem(_clean(path), "unreadable", _reason(error)))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not _is_foreign(parent, name))
        for name in sorted(files):
            member = _member(folder, os.path.join(parent, name))
            if member is not None:
                yield member
    yield from problems


def file_members(path: Path) -> Iterator[Member | FileProblem]:
    """One file as if it stood alone in a folder."""
    member = _member(path.parent, str(path))
    if member is not None:
        yield member


def _is_foreign(parent: str, name: str) -> bool:
    return name in _NOT_OF_THE_PROJECT or os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))


def _member(folder: Path, full: str) -> Member | FileProblem | None:
    path = _clean(os.path.relpath(full, folder))
    try:
        status = os.lstat(full)
    except OSError as error:
        return FileProblem(path, "unreadable", _reason(error))
    if not os.path.isfile(full) or os.path.islink(full):
        return None
    return Member(path, status.st_size, partial(_read, full))


def _read(full: str) -> bytes:
    try:
        with open(full, "rb") as file:
            return file.read()
    except OSError as error:
        raise UnreadableMemberError("unreadable", _reason(error)) from None


def _reason(error: OSError) -> str:
    return f"The file could not be read: {error.strerror or error}."


def _clean(path: str) -> str:
    """The path with forward slashes and without what no UTF-8 text can hold."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")
