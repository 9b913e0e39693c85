"""What a scan is made of: limits and members go in, facts and problems come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SCANNER_VERSION = "6"
"""Raise when the rules change what is found, so that units are scanned again."""


MOST_IN_FILE = 20_000
"""Most imports, or names used, that are kept of one file; nobody writes so many by hand."""

LONGEST_NAME = 500
"""Characters of a module's name that are kept."""


class ScanStatus(StrEnum):
    """What became of scanning a target."""

    OK = "ok"
    NO_CODE = "no_code"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    NO_COMMIT = "no_commit"
    OTHER_HOST = "other_host"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    RATE_LIMITED = "rate_limited"
    TRUNCATED = "truncated"
    WRONG_COMMIT = "wrong_commit"
    NOT_AN_ARCHIVE = "not_an_archive"
    CRASHED = "crashed"
    NO_GIT = "no_git"
    REFUSED = "refused"
    DISK_FULL = "disk_full"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one target a scan reads and keeps; what is cut off is recorded.

    With these a scan needs less than 300 MB, whatever the target holds.
    """

    file_bytes: int = 16 * 2**20
    total_bytes: int = 8 * 2**30
    files: int = 500_000
    facts: int = 200_000
    paths: int = 100_000
    """Code files, or files with a problem, whose paths are kept."""


class Import(NamedTuple):
    """One import as a language's scanner sees it: line from 1, module as written."""

    line: int
    module: str
    kind: str = "static"


class ApiUse(NamedTuple):
    """A name of a framework that code uses, where a file first does: line from 1."""

    line: int
    name: str


class ImportFact(NamedTuple):
    """One import with the file that holds it: a row of import_fact."""

    path: str
    line: int
    module: str
    language: str
    kind: str


class ApiUseFact(NamedTuple):
    """A name used, with the file that uses it: a row of api_use."""

    path: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class LocalModule:
    """A module that the target defines itself: a row of local_module."""

    module: str
    language: str
    directory: str
    path: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that was not read, or not read whole: a row of file_problem."""

    path: str
    problem: str
    message: str


class UnreadCode(NamedTuple):
    """How much code is in a language that the scanner cannot read: a row of unread_code.

    `bytes` is None where git did not fetch the files, and so does not know their sizes.
    """

    language: str
    files: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A regular file of a target. `read()` gives its content, or raises UnreadableMemberError.

    The member of a stream, such as a .tar, must be read before the next member is asked for. The
    size is in bytes, and None where git did not fetch the file: it cannot be read then.
    """

    path: str
    size: int | None
    read: Callable[[], bytes]
    blob: str | None = None
    """The id of its content in git. None where it does not come from git."""


class UnreadableMemberError(Exception):
    """One file could not be read; the scan goes on without it."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem
        self.message = message


class UnreadableTargetError(Exception):
    """A target could not be read (further); `status` is the scan's, what was found is kept."""

    def __init__(self, status: ScanStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What one target holds. `status` is ok, no_code, empty, or why it could not be judged.

    `transfer` and `bytes_moved` say how the code came over the network; `retry_after_s` is
    what a server asked for that gave nothing now. `is_head`: the commit is the newest one.
    """

    target: str
    commit_id: str | None = None
    committed_at: str | None = None
    status: ScanStatus = ScanStatus.OK
    message: str | None = None
    files_seen: int = 0
    files_scanned: int = 0
    bytes_scanned: int = 0
    transfer: str | None = None
    bytes_moved: int | None = None
    retry_after_s: float | None = None
    is_head: bool = True
    imports: Sequence[ImportFact] = ()
    api_uses: Sequence[ApiUseFact] = ()
    local_modules: Sequence[LocalModule] = ()
    problems: Sequence[FileProblem] = ()
    unread: Sequence[UnreadCode] = ()

    @property
    def is_read(self) -> bool:
        """Whether all of the target was read; it may hold no code, or nothing at all."""
        return self.status in (ScanStatus.OK, ScanStatus.NO_CODE, ScanStatus.EMPTY)

    @property
    def files_skipped(self) -> int:
        """Files that were not read, or not read whole."""
        return len({problem.path for problem in self.problems})
