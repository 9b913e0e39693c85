"""Reads archives inside a target like folders, but no archives inside these archives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from pipeline.scan.archive import blocks_of, tar_members, zip_members
from pipeline.scan.records import (
    FileProblem,
    Limits,
    Member,
    UnreadableMemberError,
    UnreadableTargetError,
)

UNREAD_ARCHIVE = "unread_archive"
_READ = re.compile(r"\.(?:zip|tar|tar\.gz|tgz)\Z", re.IGNORECASE)
_NOT_READ = re.compile(
    r"\.(?:7z|rar|tbz2?|txz|tlz|tar\.(?:bz2|xz|lzma|lz|zst|z))\Z",
    re.IGNORECASE,
)
_ZIP_MARK = b"PK"
_MOST_INFLATION = 50
"""Largest allowed ratio of uncompressed to compressed size. Source code has about ten."""

_LEAST_SIZE = 2**18


def is_archive(path: str) -> bool:
    """Whether a file is an archive by its name, also of a kind that the scanner cannot read."""
    return _READ.search(path) is not None or _NOT_READ.search(path) is not None


def counted_size(content: bytes) -> int:
    """The bytes that count for an archive. A short one counts for more, because it can inflate."""
    return max(len(content), _LEAST_SIZE)


def reason_not_to_open(path: str, size: int | None) -> str | None:
    """Why an archive of this name and size cannot be opened; None if it can be."""
    if _READ.search(path) is None:
        return "The scanner cannot read archives of this kind."
    return "git did not fetch this archive." if size is None else None


def inner_members(path: str, content: bytes, limits: Limits) -> Iterator[Member | FileProblem]:
    """The regular files of an archive that lies at `path`, with paths below that path.

    An archive that is damaged, or inflates to too much, ends with a problem. Never raises.
    """
    file = io.BytesIO(content)
    most = min(limits.total_bytes, _MOST_INFLATION * counted_size(content))
    limits = replace(limits, total_bytes=most)
    is_zip = content.startswith(_ZIP_MARK)
    members = zip_members(file, limits) if is_zip else tar_members(blocks_of(file), limits)
    try:
        for member in members:
            inner = f"{path}/{member.path}"
            if isinstance(member, Member):
                yield Member(inner, member.size, partial(_read, member.read))
            else:
                yield replace(member, path=inner)
    except UnreadableTargetError as error:
        yield FileProblem(path, UNREAD_ARCHIVE, error.message)


def _read(read: Callable[[], bytes]) -> bytes:
    """A file of an inner archive that breaks off does not end the scan."""
    try:
        return read()
    except UnreadableTargetError as error:
        raise UnreadableMemberError(UNREAD_ARCHIVE, error.message) from None
