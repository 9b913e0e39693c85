"""A commit of a git repository as members, read by git's own plumbing without a checkout."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from pipeline.scan.commit_dates import seconds_of, usable_date
from pipeline.scan.foreign import ForeignFiles
from pipeline.scan.languages import file_reader, is_code, may_be_script
from pipeline.scan.records import (
    FileProblem,
    Member,
    ScanStatus,
    UnreadableMemberError,
    UnreadableTargetError,
)
from pipeline.scan.submodules import submodule

# A repository from the network is hostile: nothing of its configuration may run or reach out.
_GIT = ("git", "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=")
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_EXECUTABLE, _SUBMODULE = b"100755", b"160000"
_REGULAR = (b"100644", _EXECUTABLE, b"100664")
_OF_SCRIPTS = re.compile(r"(?:\A|/)(?:bin|scripts?|tools)/")


@dataclass(frozen=True, slots=True)
class Commit:
    """A resolved commit: its full id and committer date (ISO 8601), None if no date is usable."""

    commit_id: str
    committed_at: str | None


def is_git_directory(path: Path) -> bool:
    """Whether a folder is a bare repository or the top of a checkout."""
    return (path / ".git").exists() or (
        (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()
    )


def resolve_commit(repository: Path, revision: str) -> Commit:
    """The commit that a revision names.

    Raises:
        UnreadableTargetError: empty (no commit at all), no_commit (no such revision) or
            unreadable (git is missing or the repository is damaged).
    """
    command = ["log", "-1", "--no-show-signature", "--format=%H %ct", revision, "--"]
    answer = _run(repository, command)
    if answer.returncode == 0 and answer.stdout:
        commit_id, _, date = answer.stdout.decode().strip().partition(" ")
        return Commit(commit_id, usable_date(seconds_of(date)))
    heads = _run(repository, ["rev-list", "-n", "1", "--all"])
    if heads.returncode == 0 and not heads.stdout:
        raise UnreadableTargetError(ScanStatus.EMPTY, f"{repository} has no commits.")
    reason = answer.stderr.decode("utf-8", "replace").strip().splitlines()
    message = f"{repository} has no commit {revision!r}: {reason[-1] if reason else 'git failed'}."
    raise UnreadableTargetError(ScanStatus.NO_COMMIT, message)


def git_members(repository: Path, revision: str) -> Iterator[Member | FileProblem]:
    """The regular files of a commit or a tree, and a problem for each submodule; no links.

    Raises:
        UnreadableTargetError: unreadable, when the tree cannot be listed.
    """
    listing = _run(repository, ["ls-tree", "-r", "-z", "-l", "--full-tree", revision])
    if listing.returncode != 0:
        reason = listing.stderr.decode("utf-8", "replace").strip()
        raise UnreadableTargetError(
            ScanStatus.UNREADABLE, f"{repository} cannot be listed: {reason}."
        )
    with _Blobs(repository) as blobs:
        for entry in listing.stdout.split(b"\0"):
            if entry.startswith(_REGULAR):
                yield _member(entry, blobs)
            elif entry.startswith(_SUBMODULE):
                yield submodule(_path(entry.split(b"\t", 1)[1]))


def blobs_to_read(listing: bytes, subdir: str) -> Iterator[str]:
    """The object ids of the files below `subdir` that a scan reads, of an `ls-tree -r -z`.

    Nobody knows the sizes of files that are not fetched yet. So of those without an ending, which
    may be large data, only executables and those in folders of scripts are read.
    """
    prefix = f"{subdir}/" if subdir else ""
    foreign = ForeignFiles()
    for entry in listing.split(b"\0"):
        if not entry.startswith(_REGULAR):
            continue
        facts, name = entry.split(b"\t", 1)
        path = _path(name)
        if not path.startswith(prefix) or foreign.hold(path):
            continue
        is_script = may_be_script(path) and (
            facts.startswith(_EXECUTABLE) or _OF_SCRIPTS.search(path) is not None
        )
        if is_script or file_reader(path) is not None:
            yield facts.split()[2].decode()


def _member(entry: bytes, blobs: _Blobs) -> Member | FileProblem:
    facts, name = entry.split(b"\t", 1)
    _, _, blob, size = facts.split()
    path = _path(name)
    if not size.isdigit() and is_code(path):
        return FileProblem(path, "missing_blob", "The repository does not contain this file.")
    known_size = int(size) if size.isdigit() else None
    return Member(path, known_size, partial(blobs.read, blob), blob.decode())


def _path(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")


class _Blobs:
    """One `git cat-file --batch` that hands out blobs as they are asked for.

    It starts with the first blob: a commit may have no content that is not known already.
    """

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*_GIT, *_place(self._repository), "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def read(self, blob: bytes) -> bytes:
        self._process = self._process or self._start()
        asked, answered = _pipes(self._process)
        try:
            asked.write(blob + b"\n")
            asked.flush()
            header = answered.readline().split()
            if len(header) != 3 or header[1] != b"blob":
                message = "The repository does not contain this file."
                raise UnreadableMemberError("missing_blob", message)
            content = answered.read(int(header[2]))
            answered.read(1)
        except OSError as error:
            raise UnreadableMemberError("unreadable", f"git ended early: {error}.") from None
        return content


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None and process.stdout is not None
    return process.stdin, process.stdout


def _run(repository: Path, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    command = [*_GIT, *_place(repository), *arguments]
    try:
        return subprocess.run(command, capture_output=True, env=_environment(), check=False)
    except FileNotFoundError:
        message = "git is not installed; it is needed to read git repositories."
        raise UnreadableTargetError(ScanStatus.UNREADABLE, message) from None


def _place(repository: Path) -> list[str]:
    inner = repository / ".git"
    return ["-C", str(repository)] if inner.exists() else ["--git-dir", str(repository)]


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | (
        _ENVIRONMENT
    )


def git_output(repository: Path, *arguments: str) -> bytes:
    """What git says about a repository, which is taken as hostile.

    Raises:
        UnreadableTargetError: unreadable, with git's reason.
    """
    answer = _run(repository, list(arguments))
    if answer.returncode != 0:
        reason = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        message = f"git cannot read {repository}: {reason[-1] if reason else 'no reason given'}."
        raise UnreadableTargetError(ScanStatus.UNREADABLE, message)
    return answer.stdout
