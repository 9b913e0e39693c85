"""Source from GitHub by whichever way moves fewer bytes, and by the other where that one fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.code.archive import GithubArchives
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import CodeProvider, Unit
from pipeline.links import GITHUB_HOST, is_commit_id
from pipeline.scan.languages import GITHUB_LANGUAGES
from pipeline.scan.records import ScanResult, ScanStatus, UnreadableTargetError
from pipeline.settings import Settings

# Measured with `python -m benchmarks.bench_transfer` on real repositories; docs/decisions/0006.
_SMALL_ARCHIVE = 300_000
_FETCH_OVERHEAD = 30_000
_PACKED = 0.35

_BETTER_BY_THE_OTHER_WAY = frozenset(
    {
        ScanStatus.NOT_FOUND,
        ScanStatus.NO_COMMIT,
        ScanStatus.TRUNCATED,
        ScanStatus.WRONG_COMMIT,
        ScanStatus.NOT_AN_ARCHIVE,
        ScanStatus.UNREACHABLE,
        ScanStatus.TIMED_OUT,
        ScanStatus.TOO_LARGE,
        ScanStatus.NO_GIT,
    }
)


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
        """Facts of a unit, or the status and sentence that say why there are none."""
        if unit.host != GITHUB_HOST:
            message = f"{unit.unit_id} is not on GitHub; only GitHub's repositories can be had."
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
            # pushed over since metadata were fetched
            moved = result.bytes_moved or 0
            result = self._scan_either_way(replace(unit, commit=None, committed_at=None))
            result.bytes_moved = moved + (result.bytes_moved or 0)
        return result

    def _at_commit(self, unit: Unit) -> Unit:
        if unit.ref is None:
            return unit
        if is_commit_id(unit.ref):
            return replace(unit, commit=unit.ref, committed_at=None)
        return self.clones.resolve_ref(unit)

    def _scan_either_way(self, unit: Unit) -> ScanResult:
        first, second = self._ways(unit)
        result = first.scan(unit)
        if result.status not in _BETTER_BY_THE_OTHER_WAY:
            return result
        other = second.scan(unit)
        moved = (result.bytes_moved or 0) + (other.bytes_moved or 0)
        is_worse = other.status in (*_BETTER_BY_THE_OTHER_WAY, ScanStatus.REFUSED)
        better = result if is_worse else other
        better.bytes_moved = moved
        return better

    def _ways(self, unit: Unit) -> tuple[CodeProvider, CodeProvider]:
        partial_first = self.settings.transfer == "partial" or (
            self.settings.transfer == "fewest" and moves_less_by_git(unit)
        )
        return (self.clones, self.archives) if partial_first else (self.archives, self.clones)


def moves_less_by_git(unit: Unit) -> bool:
    """Whether a partial clone moves fewer bytes than the archive, by what metadata say.

    An archive holds everything at the head commit: at most about what the whole history takes
    on GitHub's disks. A clone moves the trees and the packed source.
    """
    if unit.size_bytes is None or unit.source_bytes is None:
        return False
    by_git = _FETCH_OVERHEAD + _PACKED * unit.source_bytes
    return unit.size_bytes > _SMALL_ARCHIVE and by_git < unit.size_bytes


def source_bytes(languages: Mapping[str, int]) -> int:
    """Bytes in languages that are read, of those that GitHub counts in a repository."""
    return sum(size for name, size in languages.items() if name in GITHUB_LANGUAGES)
