"""Committer dates of commits, which may be those of a clock that nobody set."""

from __future__ import annotations

import datetime as dt

AFTER_EPOCH = int(dt.datetime(1971, 1, 1, tzinfo=dt.UTC).timestamp())
"""An unset clock dates a commit to 1970."""

_LAST = int(dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC).timestamp())


def seconds_of(date: str) -> int:
    """The seconds since 1970 in git's `%ct`, which is empty for a commit without a readable date.

    Such a commit counts as one of an unset clock.
    """
    return int(date or "0")


def usable_date(seconds: int) -> str | None:
    """A date as ISO 8601 (UTC); None before 1971 and after the year 9999."""
    if not AFTER_EPOCH <= seconds <= _LAST:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
