"""The last commit of each year of a repository's life, each with the scan of its code.

A repository whose first and last commits are less than LEAST_LIFE_DAYS apart has no such commits:
its newest commit says enough.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.code.branches import Branch, branch_of
from pipeline.code.commits import Commit
from pipeline.code.history import RepositoryHistory
from pipeline.code.refused import requested_wait_s
from pipeline.code.units import Unit
from pipeline.errors import Means, statuses
from pipeline.scan.records import ScanResult, UnreadableTargetError

FETCHES = 3
"""Fetches for a repository: one for commits, one for trees, one for files."""

LEAST_LIFE_DAYS = 365
"""Fewest days between the first and the last commit of a repository with year ends."""

_FAILED = statuses("code", Means.GONE, Means.AGAIN, Means.ENDS_RUN)


class YearsStatus(StrEnum):
    """The result of looking for the year ends of a unit: data/outcomes.csv, step years."""

    KNOWN = "known"
    SHORT_LIFE = "short_life"
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
    CRASHED = "crashed"
    NO_GIT = "no_git"
    REFUSED = "refused"
    DISK_FULL = "disk_full"


@dataclass(frozen=True, slots=True)
class AskedYears:
    """A unit whose year ends are wanted.

    `forked_at`: when the repository was forked from another one, if it was. Older commits are the
    other repository's. `scanned`: the commits of the unit that need no other scan.
    """

    unit: Unit
    forked_at: dt.datetime | None = None
    scanned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class YearEnds:
    """The year ends of a unit, or the reason why there are none: a row of repository_history.

    `commits`: how many commits the branch has. `by_year`: the last commit of each year from the
    first to the last one. A year without a commit has the commit before it. `scans`: the scans of
    these commits that the database does not have.
    """

    asked: AskedYears
    status: YearsStatus
    message: str | None = None
    commits: int | None = None
    first_committed_at: dt.datetime | None = None
    last_committed_at: dt.datetime | None = None
    by_year: tuple[tuple[int, Commit], ...] = ()
    scans: tuple[ScanResult, ...] = ()
    retry_after_s: float | None = None


def find_year_ends(history: RepositoryHistory, asked: AskedYears) -> YearEnds:
    """The year ends of a unit, with their scans. A failure is a status."""
    try:
        return _found(history, asked)
    except UnreadableTargetError as error:
        return failed_years(asked, error)


def failed_years(asked: AskedYears, error: UnreadableTargetError) -> YearEnds:
    """The record of a unit whose repository could not be read."""
    status = YearsStatus(error.status.value)
    return YearEnds(asked, status, error.message, retry_after_s=requested_wait_s(error))


def last_of_years(commits: Sequence[Commit]) -> list[tuple[int, Commit]]:
    """The last commit up to the end of each year, from the year of the first to that of the last.

    `commits`: the commits of a branch, the oldest first, with dates that never decrease.
    """
    if not commits:
        return []
    last = {commit.committed_at.year: commit for commit in commits}
    years = range(commits[0].committed_at.year, commits[-1].committed_at.year + 1)
    ends: list[tuple[int, Commit]] = []
    for year in years:
        ends.append((year, last[year] if year in last else ends[-1][1]))
    return ends


def _found(history: RepositoryHistory, asked: AskedYears) -> YearEnds:
    branch = branch_of(history, asked.unit, asked.forked_at)
    commits = branch.own_commits
    if not commits:
        return YearEnds(asked, YearsStatus.EMPTY)
    first, last = commits[0].committed_at, commits[-1].committed_at
    found = YearEnds(
        asked,
        YearsStatus.SHORT_LIFE,
        commits=len(commits),
        first_committed_at=first,
        last_committed_at=last,
    )
    if last - first < dt.timedelta(days=LEAST_LIFE_DAYS):
        return found
    by_year = last_of_years(commits)
    return _with_failure(
        replace(
            found,
            status=YearsStatus.KNOWN,
            by_year=tuple(by_year),
            scans=tuple(_scans(history, asked, branch, [end for _, end in by_year])),
        )
    )


def _scans(
    history: RepositoryHistory, asked: AskedYears, branch: Branch, ends: Sequence[Commit]
) -> Iterator[ScanResult]:
    """The scans of the commits that have none yet."""
    wanted = [end for end in dict.fromkeys(ends) if end.commit_id not in asked.scanned]
    history.prepare(wanted, branch.subdir)
    for end in wanted:
        scan = history.scan(asked.unit.unit_id, end, branch.subdir)
        yield replace(scan, is_head=branch.is_head(end))


def _with_failure(found: YearEnds) -> YearEnds:
    """The record; if a scan failed, with the status of this scan, so that the next run retries."""
    for scan in found.scans:
        if scan.status in _FAILED:
            return replace(
                found,
                status=YearsStatus(scan.status.value),
                message=scan.message,
                retry_after_s=scan.retry_after_s,
            )
    return found
