"""Days for sources that list papers by day: today in UTC, and the first day to read."""

from __future__ import annotations

import datetime as dt

_WEEK = dt.timedelta(days=7)


def utc_today() -> dt.date:
    """The day in UTC, which these services count in: they refuse a later one."""
    return dt.datetime.now(dt.UTC).date()


def first_day(since: dt.date, last_read: str | None) -> dt.date:
    """The day to read first: `since`, or a week before the last day read.

    Papers and their links appear days after the day that they are filed under, so the last week is
    read again.
    """
    if last_read is None:
        return since
    return max(since, dt.date.fromisoformat(last_read) - _WEEK)
