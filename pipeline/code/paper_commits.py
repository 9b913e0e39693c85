"""The commits of papers in one repository, each with the scan of its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from pipeline.code.commits import Commit
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import Choice, HistoryStatus, Note, PaperDay, choose
from pipeline.code.refs import meant_by
from pipeline.code.refused import RefusedTargetError
from pipeline.code.units import Unit
from pipeline.links import is_commit_id
from pipeline.scan.records import ScanResult, UnreadableTargetError

FETCHES = 4
"""Estimate of the fetches for a repository: one for commits, two for trees, one for files."""


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper, the unit that is its code, and when the paper came out."""

    paper_id: str
    unit: Unit
    day: PaperDay


@dataclass(frozen=True, slots=True)
class PaperCommit:
    """The commit of a paper, or the reason why there is none: a row of paper_commit."""

    asked: AskedPaper
    status: HistoryStatus
    message: str | None = None
    commit: Commit | None = None
    notes: tuple[Note, ...] = ()
    first_committed_at: dt.datetime | None = None
    scan: ScanResult | None = None
    """The scan of the commit; None if another paper of the unit has it already."""
    retry_after_s: float | None = None


class HistoryProvider(Protocol):
    """A provider that opens the history of a repository."""

    def open_history(self, unit: Unit) -> AbstractContextManager[RepositoryHistory]:
        """The history of a unit's repository.

        Raises:
            UnreadableTargetError: there is none.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Branch:
    """The commits that a unit's link means, and how they were found."""

    commits: Sequence[Commit]
    subdir: str
    notes: tuple[Note, ...] = ()
    is_named: bool = False


@dataclass(slots=True)
class PaperCommits:
    """Finds the commits of papers in one repository.

    `forked_at`: when the repository was forked from another one, if it was. Older commits are the
    other repository's.
    """

    history: RepositoryHistory
    forked_at: dt.datetime | None = None
    _scanned: set[tuple[str, str]] = field(default_factory=set)

    def find(self, asked: Sequence[AskedPaper]) -> Iterator[PaperCommit]:
        """The commit of each paper. A failure is a status."""
        for paper in asked:
            try:
                yield self._find(paper)
            except UnreadableTargetError as error:
                yield failed(paper, error)

    def _find(self, asked: AskedPaper) -> PaperCommit:
        branch = self._branch(asked.unit)
        choice, subdir = self._choice(asked, branch)
        if choice.commit is None:
            return PaperCommit(asked, choice.status, notes=choice.notes)
        return PaperCommit(
            asked,
            choice.status,
            commit=choice.commit,
            notes=(*asked.day.notes, *branch.notes, *choice.notes),
            first_committed_at=branch.commits[0].committed_at,
            scan=self._scan(asked.unit, choice.commit, subdir, branch),
        )

    def _branch(self, unit: Unit) -> _Branch:
        subdir, revision, is_named = unit.subdir, "HEAD", False
        notes: list[Note] = []
        if unit.ref is not None and is_commit_id(unit.ref):
            revision, is_named = unit.ref, True
        elif unit.ref is not None:
            meant = meant_by(unit, self.history.refs())
            subdir, is_named = meant.subdir, meant.is_tag
            if meant.ref is None:
                notes.append(Note.BRANCH_GONE)
            elif meant.commit is not None:
                revision = meant.commit
        commits = self.history.commits(revision)
        notes += [
            note
            for note, holds in (
                (Note.ONE_COMMIT, len(commits) == 1),
                (Note.SHALLOW, self.history.is_shallow),
                (Note.FORK, self.forked_at is not None),
            )
            if holds
        ]
        return _Branch(commits, subdir, tuple(notes), is_named)

    def _choice(self, asked: AskedPaper, branch: _Branch) -> tuple[Choice, str]:
        """The choice, and the directory in which it has code."""
        if branch.is_named and branch.commits:
            return Choice(HistoryStatus.NAMED, branch.commits[-1]), branch.subdir
        commits = self._own(branch.commits)
        for subdir in dict.fromkeys((branch.subdir, "")):
            has_code = partial(self.history.has_code, subdir=subdir)
            choice = choose(commits, asked.day.until, has_code)
            if choice.status is not HistoryStatus.NO_CODE:
                break
        if subdir != branch.subdir and choice.commit is not None:
            choice = replace(choice, notes=(*choice.notes, Note.NO_DIRECTORY))
        if choice.status is HistoryStatus.FIRST_CODE and Note.SHALLOW in branch.notes:
            # an older commit, which is missing, may have had code
            return Choice(HistoryStatus.SHALLOW), subdir
        return choice, subdir

    def _own(self, commits: Sequence[Commit]) -> Sequence[Commit]:
        """The commits after the fork; all commits if there are none after it."""
        if self.forked_at is None:
            return commits
        return [item for item in commits if item.committed_at >= self.forked_at] or commits

    def _scan(self, unit: Unit, commit: Commit, subdir: str, branch: _Branch) -> ScanResult | None:
        key = (f"{unit.subdir}@{unit.ref}", commit.commit_id)
        if key in self._scanned:
            return None
        self._scanned.add(key)
        result = self.history.scan(unit.unit_id, commit, subdir)
        if subdir != branch.subdir:
            message = f"{branch.subdir} has no code, so the whole repository was scanned."
            result = replace(result, message=message)
        return replace(result, is_head=commit == branch.commits[-1])


def failed(asked: AskedPaper, error: UnreadableTargetError) -> PaperCommit:
    """The record of a paper whose repository could not be read."""
    wait_s = error.retry_after_s if isinstance(error, RefusedTargetError) else None
    status = HistoryStatus(error.status.value)
    return PaperCommit(asked, status, error.message, retry_after_s=wait_s)
