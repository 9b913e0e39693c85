"""Fetches a repository's code with git: the trees of a commit, then only the files to scan.

A partial clone (`--filter=blob:none`, depth 1) moves a few kilobytes. Its tree names the files in
languages that are read, and one more fetch brings only those. Data, figures and weights, which are
most of an archive, never move.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pipeline.code.history import RepositoryHistory
from pipeline.code.refs import meant_by
from pipeline.code.refused import failed_scan
from pipeline.code.remote_git import RemoteGit, temporary_repository, url_of
from pipeline.code.units import Unit
from pipeline.links import GITHUB_HOST
from pipeline.scan.records import ScanResult, ScanStatus, UnreadableTargetError
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class PartialClones:
    """Scans units by git from `<base>/<owner>/<name>`, with nothing kept on disk."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """The facts of a unit, or a status and a message with the reason for the failure."""
        with temporary_repository(self.settings.scratch) as repository:
            git = RemoteGit(repository, self.settings, url_of(unit, self.settings))
            try:
                result = self._scan(git, unit)
            except UnreadableTargetError as error:
                result = failed_scan(unit.unit_id, error)
            return replace(result, transfer="partial", bytes_moved=git.bytes_moved)

    @contextmanager
    def open_history(self, unit: Unit) -> Iterator[RepositoryHistory]:
        """The history of a unit's repository, as far as it is fetched.

        Raises:
            UnreadableTargetError: the unit is not on GitHub.
        """
        if unit.host != GITHUB_HOST:
            raise UnreadableTargetError(ScanStatus.OTHER_HOST, f"{unit.unit_id} is not on GitHub.")
        with temporary_repository(self.settings.scratch) as repository:
            git = RemoteGit(repository, self.settings, url_of(unit, self.settings))
            git.start()
            yield RepositoryHistory(repository, self.settings.scan_limits, git)

    def resolve_ref(self, unit: Unit) -> Unit:
        """The unit at the commit that its ref names now."""
        if unit.ref is None:
            return unit
        with temporary_repository(self.settings.scratch) as repository:
            git = RemoteGit(repository, self.settings, url_of(unit, self.settings))
            git.start()
            meant = meant_by(unit, git.refs())
        ref = None if meant.ref is None else unit.ref
        return replace(unit, ref=ref, commit=meant.commit, subdir=meant.subdir, committed_at=None)

    def _scan(self, git: RemoteGit, unit: Unit) -> ScanResult:
        git.start()
        git.fetch("--depth=1", "--filter=blob:none", f"{_wanted(unit)}:refs/head")
        history = RepositoryHistory(git.repository, self.settings.scan_limits, git)
        return history.scan_revision(unit.unit_id, "refs/head", unit.subdir)


def _wanted(unit: Unit) -> str:
    return unit.commit or unit.ref or "HEAD"
