"""Code from GitHub by archive or git: tries first the method that transfers fewer bytes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from pipeline.code.archive import GithubArchives
from pipeline.code.history import RepositoryHistory
from pipeline.code.partial_clone import PartialClones
from pipeline.code.refused import failed_scan
from pipeline.code.units import CodeProvider, Unit, bytes_moved
from pipeline.errors import Means, statuses
from pipeline.links import GITHUB_HOST, is_commit_id
from pipeline.scan.inner_archives import UNREAD_ARCHIVE, reason_not_to_open
from pipeline.scan.languages import GITHUB_LANGUAGES
from pipeline.scan.records import FileProblem, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.settings import Settings

# Measured with `python -m benchmarks.bench_transfer` on real repositories; docs/decisions/0006.
_SMALL_ARCHIVE = 300_000
_FETCH_OVERHEAD = 30_000
_PACKED = 0.35

_SAME_BOTH_WAYS = {ScanStatus.BLOCKED, ScanStatus.RATE_LIMITED}


@dataclass(frozen=True, slots=True)
class GithubCode:
    """Scans units of github.com, at the commit that metadata or the ref name."""

    settings: Settings
    archives: GithubArchives = field(init=False)
    clones: PartialClones = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "archives", GithubArchives(self.settings))
        object.__setattr__(self, "clones", PartialClones(self.settings))

    def scan(self, unit: Unit) -> ScanResult:
        """The facts of a unit, or a status and a message with the reason for the failure."""
        if unit.host != GITHUB_HOST:
            message = f"{unit.unit_id} is not on GitHub. The run downloads code only from GitHub."
            return ScanResult(unit.unit_id, status=ScanStatus.OTHER_HOST, message=message)
        try:
            unit = self._at_commit(unit)
        except UnreadableTargetError as error:
            return failed_scan(unit.unit_id, error)
        result = self._scan_either_way(unit)
        if unit.commit not in (None, unit.ref) and result.status in (
            ScanStatus.NOT_FOUND,
            ScanStatus.NO_COMMIT,
        ):
            # a push has replaced the commit since the last lookup
            newest = self._scan_either_way(replace(unit, commit=None, committed_at=None))
            return replace(newest, bytes_moved=bytes_moved(result, newest))
        return result

    def open_history(self, unit: Unit) -> AbstractContextManager[RepositoryHistory]:
        """The history of a unit's repository. git fetches its parts when they are needed."""
        return self.clones.open_history(unit)

    def _at_commit(self, unit: Unit) -> Unit:
        if unit.ref is None:
            return unit
        if is_commit_id(unit.ref):
            return replace(unit, commit=unit.ref, committed_at=None)
        return self.clones.resolve_ref(unit)

    def _scan_either_way(self, unit: Unit) -> ScanResult:
        first, second = self._ways(unit)
        result = first.scan(unit)
        if not is_worth_the_other_way(result.status) and not may_hide_code(result):
            return result
        other = second.scan(unit)
        counts = result_that_counts(result, other)
        return replace(counts, bytes_moved=bytes_moved(result, other))

    def _ways(self, unit: Unit) -> tuple[CodeProvider, CodeProvider]:
        partial_first = self.settings.transfer == "partial" or (
            self.settings.transfer == "fewest" and moves_less_by_git(unit)
        )
        return (self.clones, self.archives) if partial_first else (self.archives, self.clones)


def is_worth_the_other_way(status: ScanStatus) -> bool:
    """Whether the other method may succeed after this status.

    An archive that is too large holds data that a clone leaves out.
    """
    is_missing = status in statuses("code", Means.GONE, Means.AGAIN) - _SAME_BOTH_WAYS
    return is_missing or status is ScanStatus.TOO_LARGE


def result_that_counts(first: ScanResult, second: ScanResult) -> ScanResult:
    """The result of a unit after both methods were tried, because the first gave no code.

    A failure that may pass counts more than an answer without code and than a lasting failure, so
    the next run retries. A missing git does not count, because then there is only one method. That
    the commit is missing counts more than that the archive is.
    """
    may_pass = statuses("code", Means.AGAIN) - {ScanStatus.NO_GIT}
    if may_hide_code(first) and second.status in statuses("code", Means.ENDS_RUN):
        return second
    if not is_worth_the_other_way(second.status) and second.status is not ScanStatus.REFUSED:
        return second
    if second.status in may_pass and first.status not in may_pass:
        return second
    is_commit_missing = (first.status, second.status) == (
        ScanStatus.NOT_FOUND,
        ScanStatus.NO_COMMIT,
    )
    return second if is_commit_missing else first


def may_hide_code(result: ScanResult) -> bool:
    """Whether a clone has no code but has an archive that the scanner can read.

    git did not fetch the archive, so its code is unknown.
    """
    return (
        result.transfer == "partial"
        and result.status is ScanStatus.NO_CODE
        and any(map(_is_readable_archive, result.problems))
    )


def _is_readable_archive(problem: FileProblem) -> bool:
    a_size = 1  # whatever its size is: git fetched no archive, so nobody knows it
    return problem.problem == UNREAD_ARCHIVE and reason_not_to_open(problem.path, a_size) is None


def moves_less_by_git(unit: Unit) -> bool:
    """Whether a partial clone transfers fewer bytes than the archive, by GitHub's figures.

    An archive is about as large as the whole history on GitHub's disks, at most. A clone moves the
    trees and the packed code.
    """
    if unit.size_bytes is None or unit.code_bytes is None:
        return False
    by_git = _FETCH_OVERHEAD + _PACKED * unit.code_bytes
    return unit.size_bytes > _SMALL_ARCHIVE and by_git < unit.size_bytes


def code_bytes(languages: Mapping[str, int]) -> int:
    """The bytes in languages that are read, from GitHub's count of bytes by language."""
    return sum(size for name, size in languages.items() if name in GITHUB_LANGUAGES)
