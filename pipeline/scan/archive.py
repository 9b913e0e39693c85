"""Archives as members, read as a stream and never extracted.

An archive from the network is hostile: members that leave the archive's own folder, links and
devices are never opened, and what an archive inflates to is bounded.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any

from isal import igzip, isal_zlib

from pipeline.scan.records import (
    FileProblem,
    Limits,
    Member,
    UnreadableMemberError,
    UnreadableTargetError,
)

_BLOCK = 2**18
_GZIP_MARK = b"\x1f\x8b"
_ISAL_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # says the stub
_DAMAGED = (tarfile.TarError, gzip.BadGzipFile, zlib.error, _ISAL_ERROR)
_BROKEN = (*_DAMAGED, zipfile.BadZipFile, EOFError, OSError, ValueError)


def tar_members(stream: IO[bytes], limits: Limits) -> Iterator[Member | FileProblem]:
    """The regular files of a .tar or .tar.gz, in one pass; a member must be read when it comes.

    Raises:
        UnreadableTargetError: not_an_archive, truncated (it broke off on the way) or too_large.
    """
    with io.BufferedReader(stream) as buffered:  # type: ignore[type-var]  # any raw binary stream
        try:
            inflated = _inflated(buffered)
            archive = tarfile.open(fileobj=inflated, mode="r|", bufsize=_BLOCK)  # noqa: SIM115
        except _DAMAGED as error:
            raise _not_an_archive(error) from None
        except _BROKEN as error:
            raise UnreadableTargetError("truncated", _broken_off(error)) from None
        try:
            with archive:
                yield from _tar_members(archive, limits)
            # tarfile stops at its end mark; only the compressed stream's end proves it whole
            while inflated.read(_BLOCK):
                pass
        except _BROKEN as error:
            raise UnreadableTargetError("truncated", _broken_off(error)) from None


def _inflated(stream: io.BufferedReader[Any]) -> IO[bytes]:
    if stream.peek(2)[:2] == _GZIP_MARK:
        inflated: Any = igzip.IGzipFile(fileobj=stream)  # type: ignore[no-untyped-call]
        return inflated  # type: ignore[no-any-return]  # reads like any file
    return stream


def _tar_members(archive: tarfile.TarFile, limits: Limits) -> Iterator[Member | FileProblem]:
    total = 0
    for info in archive:
        total += info.size
        if total > limits.total_bytes:
            raise _too_large(limits)
        yield from _tar_member(archive, info)


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Member | FileProblem]:
    path = _clean(info.name)
    if problem := _unsafe(path):
        yield problem
    elif info.isreg():
        yield Member(path, info.size, partial(_read_tar, archive, info))
    elif not info.isdir():
        yield FileProblem(path, "not_a_file", "A link or device is not opened.")


def _read_tar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    try:
        file = archive.extractfile(info)
        if file is None:
            raise UnreadableMemberError("unreadable", "The member holds no data.")
        return file.read()
    except _BROKEN as error:
        raise UnreadableTargetError("truncated", _broken_off(error)) from None


def zip_members(file: IO[bytes], limits: Limits) -> Iterator[Member | FileProblem]:
    """The regular files of a .zip.

    Raises:
        UnreadableTargetError: not_an_archive or too_large.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise _not_an_archive(error) from None
    with archive:
        for info in archive.infolist():
            path = _clean(info.filename)
            if problem := _unsafe(path):
                yield problem
            elif (info.external_attr >> 16) & 0o170000 not in (0, 0o100000, 0o040000):
                yield FileProblem(path, "not_a_file", "A link or device is not opened.")
            elif not info.is_dir():
                size = info.file_size
                yield Member(path, size, partial(_read_zip, archive, info, limits))


def _read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    try:
        with archive.open(info) as member:
            source = member.read(limits.file_bytes + 1)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise UnreadableMemberError("unreadable", f"The member is damaged: {error}.") from None
    if len(source) > limits.file_bytes:
        message = f"The member inflates to more than the limit of {limits.file_bytes:,} bytes."
        raise UnreadableMemberError("too_large", message)
    return source


def _unsafe(path: str) -> FileProblem | None:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or path[1:2] == ":":
        return FileProblem(path, "unsafe_path", "The member's path leaves the archive.")
    return None


def _clean(name: str) -> str:
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return name.replace("\\", "/").removeprefix("./")


def _not_an_archive(error: BaseException) -> UnreadableTargetError:
    return UnreadableTargetError("not_an_archive", f"It is no archive that can be read: {error}.")


def _broken_off(error: BaseException) -> str:
    return f"The archive breaks off or is damaged: {error}. Download it again."


def _too_large(limits: Limits) -> UnreadableTargetError:
    message = f"The archive inflates to more than the limit of {limits.total_bytes:,} bytes."
    return UnreadableTargetError("too_large", message)
