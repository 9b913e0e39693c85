"""A folder on disk as members. Links are not followed; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.scan.foreign import ForeignFiles
from pipeline.scan.records import FileProblem, Member, UnreadableMemberError


def folder_members(folder: Path) -> Iterator[Member | FileProblem]:
    """Every regular file below a folder, in the order of the names.

    Folders that are not the project's own are not entered.
    """
    problems: list[FileProblem] = []
    foreign = ForeignFiles()

    def unreadable(error: OSError) -> None:
        path = _path(folder, str(error.filename))
        problems.append(FileProblem(path, "unreadable", _reason(error)))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(
            name for name in folders if not foreign.hold(f"{_path(folder, parent, name)}/")
        )
        for name in sorted(files):
            member = _member(folder, os.path.join(parent, name))
            if member is not None:
                yield member
    yield from problems
    yield from foreign.problems.values()


def file_members(path: Path) -> Iterator[Member | FileProblem]:
    """One file as if it stood alone in a folder."""
    member = _member(path.parent, str(path))
    if member is not None:
        yield member


def _member(folder: Path, full: str) -> Member | FileProblem | None:
    path = _path(folder, full)
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


def _path(folder: Path, *parts: str) -> str:
    """The path in the folder, with forward slashes and without what no UTF-8 text can hold."""
    path = os.path.relpath(os.path.join(*parts), folder)
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")
