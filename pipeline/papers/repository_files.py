"""Files of a public repository on GitHub, from its archive: one request for all of them, no token.

A proceedings repository has up to 6,500 small files, and the ACL Anthology some 200 MB of XML. One
request for each file would be tens of thousands, and GitHub limits requests without an account. An
archive is one request. GitHub answers a conditional request with 304 and no content if the
repository has not changed.

Git packs files in the order of their paths, so the download ends after the last wanted folder. In a
proceedings repository this leaves out gigabytes, because `_posts/` comes before the PDFs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.records import Misread
from pipeline.scan.archive import tar_members
from pipeline.scan.records import FileProblem, Limits, UnreadableTargetError
from pipeline.settings import Settings

_LARGEST_FILE = 64 * 2**20
"""The Anthology's largest file has some 10 MB."""


class ArchivedFile(NamedTuple):
    """A file of a repository: its path there, and a copy on disk."""

    path: str
    copy: Path


class Archive(NamedTuple):
    """Files of a repository in the order of their paths, and the ETag of its newest commit."""

    files: list[ArchivedFile]
    misread: list[Misread]
    etag: str | None


@contextmanager
def changed_files(
    client: PaperClient,
    settings: Settings,
    repository: str,
    paths: tuple[str, ...],
    etag: str | None,
) -> Iterator[Archive | None]:
    """The files at or below `paths` at the newest commit; None if the archive has this ETag.

    `repository` is owner/name; a path of a folder ends in a slash. The copies are deleted when the
    caller is done.

    Raises:
        RefusedError: there is no such repository, or GitHub refuses the request.
        InputError: the archive cannot be read, has none of these files, or the disk is full.
    """
    url = f"{settings.github_archive_url}/{repository}/tar.gz/HEAD"
    downloads = settings.working.parent / "downloads"
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=downloads)
    except OSError as error:
        raise InputError(f"{downloads} cannot be written: {error.strerror}.") from None
    with folder as name:
        files, found = client.read_changed(
            url, etag, lambda blocks: _copied(repository, blocks, paths, Path(name))
        )
        yield None if files is None else Archive(*files, found)


def _copied(
    repository: str, blocks: Iterator[bytes], paths: tuple[str, ...], folder: Path
) -> tuple[list[ArchivedFile], list[Misread]]:
    """Copies of the files at or below `paths`; reads no further than them."""
    files: list[ArchivedFile] = []
    misread: list[Misread] = []
    try:
        for member in tar_members(blocks, Limits()):
            path = member.path.partition("/")[2]  # the archive has one folder around all files
            if not path.startswith(paths):
                if path > max(paths):
                    break
                continue
            if isinstance(member, FileProblem):
                misread.append(Misread(f"{repository}/{path}", member.message))
            elif (member.size or 0) > _LARGEST_FILE:
                message = (
                    f"The file has {member.size:,} bytes, more than the limit of {_LARGEST_FILE:,}."
                )
                misread.append(Misread(f"{repository}/{path}", message))
            else:
                # a number, because the disk may not allow a path from the network
                copy = folder / str(len(files))
                copy.write_bytes(member.read())
                files.append(ArchivedFile(path, copy))
    except UnreadableTargetError as error:
        raise InputError(f"The archive of {repository} cannot be read. {error.message}") from None
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}.") from None
    if not files:
        raise InputError(f"The archive of {repository} has no files at {' and '.join(paths)}.")
    return files, misread
