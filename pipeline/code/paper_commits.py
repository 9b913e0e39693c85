"""The commits of papers in one repository, each with the scan of its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from pipeline.code.branches import Branch, branch_of
from pipeline.code.commits import Commit
from pipeline.code.crashes import crash
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import Choice, HistoryStatus, Note, PaperDay, choose, chosen
from pipeline.code.refused import requested_wait_s
from pipeline.code.units import Unit
from pipeline.errors import Means, statuses
from pipeline.scan.records import ScanResult, UnreadableTargetError

FETCHES = 4
"""Estimate of the fetches for a job: one for commits, two for trees, one for files."""

PAPERS_A_JOB = 20
"""Most papers of one repository in a job, so that a crash loses at most the work for these."""

_FAILED = statuses("code", Means.GONE, Means.AGAIN, Means.ENDS_RUN)


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper, the unit that is its code, and when the paper came out.

    `scanned`: the commits of the unit that need no other scan.
    """

    paper_id: str
    unit: Unit
    day: PaperDay
    scanned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PaperCommit:
    """The commit of a paper, or the reason why there is none: a row of paper_commit.

    If the scan of the commit failed, `status` and `message` are those of the scan.
    """

    asked: AskedPaper
    status: HistoryStatus
    message: str | None = None
    commit: Commit | None = None
    notes: tuple[Note, ...] = ()
    first_committed_at: dt.datetime | None = None
    scan: ScanResult | None = None
    """The scan of the commit; None if the database or another paper of the unit has it."""
    retry_after_s: float | None = None


class HistoryProvider(Protocol):
    """A provider that opens the history of a repository."""

    def open_history(self, unit: Unit) -> AbstractContextManager[RepositoryHistory]:
        """The history of a unit's repository.

        Raises:
            UnreadableTargetError: there is none.
        """
        ...


@dataclass(slots=True)
class PaperCommits:
    """Finds the commits of papers in one repository.

    `forked_at`: when the repository was forked from another one, if it was. Older commits are the
    other repository's.
    """

    history: RepositoryHistory
    forked_at: dt.datetime | None = None
    _scans: dict[tuple[str, str], ScanResult] = field(default_factory=dict)

    def find(self, asked: Sequence[AskedPaper]) -> Iterator[PaperCommit]:
        """The commit of each paper. A failure is a status of this paper alone."""
        for paper in asked:
            try:
                yield self._find(paper)
            except UnreadableTargetError as error:
                yield failed(paper, error)
            except Exception as error:  # a bug that one paper meets must not lose the others
                yield failed(paper, crash(error))

    def _find(self, asked: AskedPaper) -> PaperCommit:
        branch = branch_of(self.history, asked.unit, self.forked_at)
        choice, subdir = self._choice(asked, branch)
        if choice.commit is None:
            return PaperCommit(asked, choice.status, notes=choice.notes)
        found = PaperCommit(
            asked,
            choice.status,
            commit=choice.commit,
            notes=(*asked.day.notes, *branch.notes, *choice.notes),
            first_committed_at=branch.commits[0].committed_at,
        )
        if choice.commit.commit_id in asked.scanned:
            return found
        return self._with_scan(found, choice.commit, subdir, branch)

    def _choice(self, asked: AskedPaper, branch: Branch) -> tuple[Choice, str]:
        """The choice, and the directory in which it has code."""
        if branch.is_named and branch.commits:
            return chosen(HistoryStatus.NAMED, branch.commits[-1]), branch.subdir
        commits = branch.own_commits
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

    def _with_scan(
        self, found: PaperCommit, commit: Commit, subdir: str, branch: Branch
    ) -> PaperCommit:
        """The record with the scan of its commit, unless another paper of the unit has it."""
        unit = found.asked.unit
        key = (unit.unit_id, commit.commit_id)
        is_first = key not in self._scans
        if is_first:
            self._scans[key] = self._scan(unit, commit, subdir, branch)
        scan = self._scans[key]
        if scan.status in _FAILED:
            found = replace(
                found,
                status=HistoryStatus(scan.status.value),
                message=scan.message,
                retry_after_s=scan.retry_after_s,
            )
        return replace(found, scan=scan if is_first else None)

    def _scan(self, unit: Unit, commit: Commit, subdir: str, branch: Branch) -> ScanResult:
        """The scan of a commit, which is not the head of a branch that no longer exists."""
        result = self.history.scan(unit.unit_id, commit, subdir)
        if subdir != branch.subdir and result.is_read:
            message = f"{branch.subdir} has no code, so the whole repository was scanned."
            result = replace(result, message=message)
        return replace(result, is_head=branch.is_head(commit))


def failed(asked: AskedPaper, error: UnreadableTargetError) -> PaperCommit:
    """The record of a paper whose repository could not be read."""
    status = HistoryStatus(error.status.value)
    return PaperCommit(asked, status, error.message, retry_after_s=requested_wait_s(error))
