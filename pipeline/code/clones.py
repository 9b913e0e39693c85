"""Clones on disk as a code provider."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.code.history import RepositoryHistory
from pipeline.code.refs import meant_by
from pipeline.code.refused import failed_scan
from pipeline.code.units import Unit
from pipeline.links import is_commit_id
from pipeline.scan.paths import PathScan
from pipeline.scan.records import Limits, ScanResult, ScanStatus, UnreadableTargetError


@dataclass(frozen=True, slots=True)
class Clones:
    """Git repositories on disk, laid out as <folder>/<owner>/<name>, with or without .git.

    As on GitHub, names match in any case: some lists lower them.
    """

    folder: Path
    limits: Limits

    def scan(self, unit: Unit) -> ScanResult:
        """The facts at the unit's ref, or at the head of the default branch.

        If the repository has no such branch or tag, the default branch counts. A commit that is
        gone has no replacement.
        """
        try:
            place = self._place(unit)
        except UnreadableTargetError as error:
            return failed_scan(unit.unit_id, error)
        revision, subdir = self._meant(unit, place)
        scan = PathScan(revision, subdir, self.limits)
        result = scan.scan(place, unit.unit_id)
        if result.status is ScanStatus.NO_COMMIT and not is_commit_id(revision):
            result = replace(scan, revision="HEAD").scan(place, unit.unit_id)
        return result

    @contextmanager
    def open_history(self, unit: Unit) -> Iterator[RepositoryHistory]:
        """The history of a unit's repository.

        Raises:
            UnreadableTargetError: the folder has no such repository.
        """
        yield RepositoryHistory(self._place(unit), self.limits)

    def _meant(self, unit: Unit, place: Path) -> tuple[str, str]:
        """The revision and the directory of a unit.

        A ref that is no branch or tag may be the beginning of a commit's id.
        """
        if unit.ref is None:
            return "HEAD", unit.subdir
        with suppress(UnreadableTargetError):  # it has no refs, or is no git repository
            meant = meant_by(unit, RepositoryHistory(place, self.limits).refs())
            if meant.ref is not None and meant.commit is not None:
                return meant.commit, meant.subdir
        return unit.ref, unit.subdir

    def _place(self, unit: Unit) -> Path:
        owner = _entry(self.folder, unit.owner)
        for name in (unit.name, f"{unit.name}.git"):
            if owner and (place := _entry(owner, name)):
                return place
        message = f"There is no repository at {unit.owner}/{unit.name} in the folder of clones."
        raise UnreadableTargetError(ScanStatus.NOT_FOUND, message)


def _entry(folder: Path, name: str) -> Path | None:
    """The entry of a folder with this name, or else the first that differs from it only in case."""
    if (exact := folder / name).exists():
        return exact
    with suppress(OSError):  # no such folder, or no permission
        same = (entry for entry in folder.iterdir() if entry.name.lower() == name.lower())
        return min(same, default=None)
    return None
