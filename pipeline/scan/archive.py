"""Archives as members, read as a stream and never extracted.

An archive from the network is hostile: members that leave the archive's own folder, links and
devices are never opened, and what an archive inflates to is bounded.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import IO, cast

from isal import isal_zlib

from pipeline.scan.records import (
    FileProblem,
    Limits,
    Member,
    ScanStatus,
    UnreadableMemberError,
    UnreadableTargetError,
)
from pipeline.scan.submodules import submodule
from pipeline.scan.tar import TarEntry, TarError, TarReader

_BLOCK = 2**16
_INFLATED = 2**20
_LONGEST_PATH = 400
_GZIP = 31  # zlib's window bits for a gzip stream of any window
_GZIP_MARK = b"\x1f\x8b"
_ISAL_ERROR = cast("type[Exception]", isal_zlib.error)
"""Its stub declares an instance where there is a class."""

_FIRST_HEADER = 512
_BROKEN = (EOFError, OSError, ValueError)
_BROKEN_TAR = (*_BROKEN, TarError, _ISAL_ERROR)
_BROKEN_ZIP = (*_BROKEN, zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError)
"""What zipfile and its decompressors raise for a broken archive.

zipfile raises RuntimeError for an encrypted member, for which it has no class of its own. For a
compression method or a version of the format that it cannot read, it raises NotImplementedError,
which is a RuntimeError too.
"""


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """What a file holds from here on, for `tar_members`."""
    while block := file.read(_BLOCK):
        yield block


def tar_members(blocks: Iterator[bytes], limits: Limits) -> Iterator[Member | FileProblem]:
    """The regular files of a .tar or .tar.gz, in one pass; a member must be read when it comes.

    In an archive that git made, an empty folder stands for a submodule: git knows no other.

    Raises:
        UnreadableTargetError: not_an_archive, truncated (it broke off on the way) or too_large.
    """
    reader = TarReader(_limited(_inflated(blocks), limits))
    try:
        folder = ""  # of git, and empty as far as is known
        for entry in reader:
            if folder and not entry.path.startswith(folder):
                yield submodule(_clean(folder))
            is_inner = reader.is_of_git and "/" in _clean(entry.path)
            folder = entry.path if entry.is_folder and is_inner else ""
            yield from _tar_member(reader, entry)
        if folder:
            yield submodule(_clean(folder))
        reader.pass_all()  # only the stream's end proves it whole
    except _BROKEN_TAR as error:
        if reader.position <= _FIRST_HEADER and isinstance(error, TarError):
            raise _not_an_archive(error) from None
        raise UnreadableTargetError(ScanStatus.TRUNCATED, _broken_off(error)) from None


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What a stream holds, or what it inflates to, in blocks that are not empty.

    Raises:
        isal_zlib.error: damaged.
        EOFError: the stream ends too early.
    """
    block = next(blocks, b"")
    if len(block) < len(_GZIP_MARK):
        block += next(blocks, b"")
    if not block.startswith(_GZIP_MARK):
        yield from filter(None, chain([block], blocks))
        return
    inflate = isal_zlib.decompressobj(_GZIP)
    while block:
        if inflated := inflate.decompress(block, _INFLATED):
            yield inflated
        block = inflate.unconsumed_tail or next(blocks, b"")
        if inflate.eof:
            block = inflate.unused_data + block
            if not block.startswith(_GZIP_MARK):
                return  # what follows the compressed data is not ours, says gzip too
            inflate = isal_zlib.decompressobj(_GZIP)
    raise EOFError("the compressed stream ends too early")


def _limited(blocks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    total = 0
    for block in blocks:
        total += len(block)
        if total > limits.total_bytes:
            raise _too_large(limits)
        yield block


def _tar_member(reader: TarReader, entry: TarEntry) -> Iterator[Member | FileProblem]:
    path = _clean(entry.path)
    if problem := _unsafe(path):
        yield problem
    elif entry.is_regular:
        yield Member(path, entry.size, partial(_read_tar, reader, entry))
    elif not entry.is_folder:
        yield FileProblem(path, "not_a_file", "A link or device is not opened.")


def _read_tar(reader: TarReader, entry: TarEntry) -> bytes:
    try:
        return reader.read(entry.size)
    except _BROKEN_TAR as error:
        raise UnreadableTargetError(ScanStatus.TRUNCATED, _broken_off(error)) from None


def zip_members(file: IO[bytes], limits: Limits) -> Iterator[Member | FileProblem]:
    """The regular files of a .zip.

    Raises:
        UnreadableTargetError: not_an_archive or too_large.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN_ZIP as error:
        raise _not_an_archive(error) from None
    with archive:
        reader = _ZipReader(archive, limits)
        for info in archive.infolist():
            path = _clean(info.filename)
            if problem := _unsafe(path):
                yield problem
            elif (info.external_attr >> 16) & 0o170000 not in (0, 0o100000, 0o040000):
                yield FileProblem(path, "not_a_file", "A link or device is not opened.")
            elif not info.is_dir():
                yield Member(path, info.file_size, partial(reader.read, info))
            if reader.inflated > limits.total_bytes:
                raise _too_large(limits)


@dataclass(slots=True)
class _ZipReader:
    """Reads members of a .zip, and counts the bytes that they inflate to."""

    archive: zipfile.ZipFile
    limits: Limits
    inflated: int = 0

    def read(self, info: zipfile.ZipInfo) -> bytes:
        most = self.limits.file_bytes
        try:
            with self.archive.open(info) as member:
                content = member.read(most + 1)
        except _BROKEN_ZIP as error:
            message = f"The member cannot be read: {error}."
            raise UnreadableMemberError("unreadable", message) from None
        self.inflated += len(content)
        if len(content) > most:
            message = f"The member inflates to more than the limit of {most:,} bytes."
            raise UnreadableMemberError("too_large", message)
        return content


def _unsafe(path: str) -> FileProblem | None:
    if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
        return FileProblem(path, "unsafe_path", "The member's path leaves the archive.")
    if len(path) > _LONGEST_PATH:
        message = f"The member's path has more than {_LONGEST_PATH:,} characters."
        return FileProblem(path[:_LONGEST_PATH], "unsafe_path", message)
    return None


def _clean(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").rstrip("/")


def _not_an_archive(error: BaseException) -> UnreadableTargetError:
    return UnreadableTargetError(
        ScanStatus.NOT_AN_ARCHIVE, f"It is no archive that can be read: {error}."
    )


def _broken_off(error: BaseException) -> str:
    return f"The archive breaks off or is damaged: {error}. Download it again."


def _too_large(limits: Limits) -> UnreadableTargetError:
    message = f"The archive inflates to more than the limit of {limits.total_bytes:,} bytes."
    return UnreadableTargetError(ScanStatus.TOO_LARGE, message)
