"""The commits of a branch along first parents, with impossible dates corrected."""

from __future__ import annotations

import datetime as dt
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.scan.commit_dates import AFTER_EPOCH, seconds_of
from pipeline.scan.git import git_output

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a branch. `committed_at` (UTC, without zone) is never before the parent's date.

    `is_bounded`: git has an impossible date, so `committed_at` is a date between its neighbours.
    """

    commit_id: str
    tree_id: str
    committed_at: dt.datetime
    is_bounded: bool = False


def commits_of(repository: Path, revision: str) -> list[Commit]:
    """The commits of a revision along first parents, the oldest first.

    Raises:
        UnreadableTargetError: git cannot list them.
    """
    arguments = ("log", "--first-parent", "--reverse", "--no-show-signature", "--format=%H %T %ct")
    listing = git_output(repository, *arguments, revision, "--").decode()
    rows = [line.split(" ") for line in listing.splitlines()]
    return with_possible_dates([(commit, tree, seconds_of(date)) for commit, tree, date in rows])


def with_possible_dates(rows: Sequence[tuple[str, str, int]]) -> list[Commit]:
    """The commits of a branch, from (commit, tree, committer date in seconds), the oldest first."""
    own = [date for _, _, date in rows]
    return [
        Commit(commit, tree, _utc(date), date != given)
        for (commit, tree, given), date in zip(
            rows, bounded(own, int(time.time()) + _DAY_S), strict=True
        )
    ]


def last_until(commits: Sequence[Commit], until: dt.datetime) -> int | None:
    """The place of the last commit up to a moment; None if all are later."""
    place = bisect_right(commits, until, key=lambda commit: commit.committed_at)
    return place - 1 if place else None


def bounded(dates: Sequence[int], latest: int) -> list[int]:
    """The dates of commits, the oldest commit first, corrected so that they never decrease.

    Keeps the longest subsequence that never decreases and lies between 1971 and `latest`. Moves
    every other date between the nearest dates that it keeps. If it keeps none, every date becomes
    the first of 1971, so the commits keep the order that git gives them.
    """
    kept = deque(_longest_rise(dates, latest))
    result: list[int] = []
    lowest = AFTER_EPOCH
    for place, date in enumerate(dates):
        if kept and place == kept[0]:
            kept.popleft()
            lowest = date
        else:
            highest = dates[kept[0]] if kept else lowest
            # a date from an unset clock is useless, so the date of the next commit is the best
            lowest = max(lowest, highest if date < AFTER_EPOCH else min(date, highest))
        result.append(lowest)
    return result


def _longest_rise(dates: Sequence[int], latest: int) -> list[int]:
    """The positions of the longest subsequence of possible dates that never decreases."""
    ends: list[int] = []  # the lowest last date of a subsequence of each length
    places: list[int] = []  # and its place
    before: dict[int, int | None] = {}
    for place, date in enumerate(dates):
        if not AFTER_EPOCH <= date <= latest:
            continue
        length = bisect_right(ends, date)
        before[place] = places[length - 1] if length else None
        ends[length : length + 1] = [date]
        places[length : length + 1] = [place]
    rise: list[int] = []
    at: int | None = places[-1] if places else None
    while at is not None:
        rise.append(at)
        at = before[at]
    return rise[::-1]


def utc_text(time: dt.datetime | None) -> str | None:
    """A time as the database keeps it (UTC, without zone) in ISO 8601, with its zone."""
    return None if time is None else time.replace(tzinfo=dt.UTC).isoformat()


def _utc(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
