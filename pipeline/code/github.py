"""Code from GitHub by archive or git: tries first the method that transfers fewer bytes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from pipeline.code.archive import GithubArchives
from pipeline.code.history import RepositoryHistory
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import CodeProvider, Unit, bytes_moved
from pipeline.errors import Means, statuses
from pipeline.links import GITHUB_HOST, is_commit_id
from pipeline.scan.inner_archives import UNREAD_ARCHIVE
from pipeline.scan.languages import GITHUB_LANGUAGES
from pipeline.scan.records import ScanResult, ScanStatus, UnreadableTargetError
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
            return ScanResult(unit.unit_id, status=error.status, message=error.message)
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
        is_worse = is_worth_the_other_way(other.status) or other.status is ScanStatus.REFUSED
        return replace(result if is_worse else other, bytes_moved=bytes_moved(result, other))

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


def may_hide_code(result: ScanResult) -> bool:
    """Whether a clone has no code but has archives, which git did not fetch."""
    return (
        result.transfer == "partial"
        and result.status is ScanStatus.NO_CODE
        and any(problem.problem == UNREAD_ARCHIVE for problem in result.problems)
    )


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
