"""Chooses the commit of a repository that was the code of a paper when the paper came out.

It is the last commit up to TOLERANCE_DAYS after the paper's date. If that commit has no code, it is
the first commit with code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.code.commits import Commit, last_until

TOLERANCE_DAYS = 90
"""A commit up to this many days after the paper is in time: docs/method.md, "Moments"."""

HasCode = Callable[[Sequence[Commit]], Sequence[bool]]
"""Whether each of these commits has code in a language that the scanner reads."""

_AT_ONCE = 16
_ONE_BY_ONE = 64


class HistoryStatus(StrEnum):
    """The result of looking for the commit of a paper: data/outcomes.csv, step history."""

    IN_TIME = "in_time"
    FIRST_CODE = "first_code"
    NAMED = "named"
    NO_CODE = "no_code"
    EMPTY = "empty"
    NO_DATE = "no_date"
    SHALLOW = "shallow"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    NO_COMMIT = "no_commit"
    OTHER_HOST = "other_host"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    RATE_LIMITED = "rate_limited"
    TRUNCATED = "truncated"
    CRASHED = "crashed"
    NO_GIT = "no_git"
    REFUSED = "refused"
    DISK_FULL = "disk_full"


class Note(StrEnum):
    """A note on the choice: data/history_notes.csv."""

    MONTH_ONLY = "month_only"
    YEAR_ONLY = "year_only"
    ONE_COMMIT = "one_commit"
    BRANCH_GONE = "branch_gone"
    NO_DIRECTORY = "no_directory"
    DATE_BOUNDED = "date_bounded"
    FORK = "fork"
    SHALLOW = "shallow"


@dataclass(frozen=True, slots=True)
class PaperDay:
    """The last day on which a paper may have come out, and how exact its date is.

    `precision`: day, month or year, as in the table paper. The macro last_public_day gives the day.
    """

    last: dt.date
    precision: str = "day"

    @property
    def until(self) -> dt.datetime:
        """The end of the tolerance (UTC), at most the last second of the year 9999."""
        tolerance = min(dt.timedelta(days=TOLERANCE_DAYS), dt.date.max - self.last)
        return dt.datetime.combine(self.last + tolerance, dt.time(23, 59, 59))

    @property
    def notes(self) -> tuple[Note, ...]:
        return {"year": (Note.YEAR_ONLY,), "month": (Note.MONTH_ONLY,)}.get(self.precision, ())

    def lag_days(self, commit: Commit) -> int:
        """Days from the paper to a commit; negative if the commit came first."""
        return (commit.committed_at.date() - self.last).days


@dataclass(frozen=True, slots=True)
class Choice:
    """The commit of a paper, or why there is none."""

    status: HistoryStatus
    commit: Commit | None = None
    notes: tuple[Note, ...] = ()


def choose(commits: Sequence[Commit], until: dt.datetime, has_code: HasCode) -> Choice:
    """The commit of a paper among the commits of a branch, the oldest first."""
    if not commits:
        return Choice(HistoryStatus.EMPTY)
    last = last_until(commits, until)
    if last is not None and has_code([commits[last]])[0]:
        return chosen(HistoryStatus.IN_TIME, commits[last])
    later = commits if last is None else commits[last + 1 :]
    first = first_with_code(later, has_code)
    if first is None:
        return Choice(HistoryStatus.NO_CODE)
    return chosen(HistoryStatus.FIRST_CODE, first)


def first_with_code(commits: Sequence[Commit], has_code: HasCode) -> Commit | None:
    """The first commit with code. Assumes that a branch with code keeps it.

    Examines every one of the first commits, and then only a few of the rest, because each call of
    `has_code` may send a request.
    """
    for start, end in ((0, 1), (1, _AT_ONCE), (_AT_ONCE, _ONE_BY_ONE)):
        first = _first(commits[start:end], has_code)
        if first is not None:
            return commits[start + first]
    rest = commits[_ONE_BY_ONE:]
    while len(rest) > _AT_ONCE:
        step = -(-len(rest) // _AT_ONCE)
        places = [min(place, len(rest)) - 1 for place in range(step, len(rest) + step, step)]
        first = _first([rest[place] for place in places], has_code)
        if first is None:
            return None
        rest = rest[places[first - 1] + 1 if first else 0 : places[first] + 1]
    first = _first(rest, has_code)
    return None if first is None else rest[first]


def _first(commits: Sequence[Commit], has_code: HasCode) -> int | None:
    answers = has_code(commits) if commits else ()
    return next((place for place, answer in enumerate(answers) if answer), None)


def chosen(status: HistoryStatus, commit: Commit) -> Choice:
    """The choice of a commit, with a note if git has an impossible date for it."""
    return Choice(status, commit, (Note.DATE_BOUNDED,) if commit.is_bounded else ())
