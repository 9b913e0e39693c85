"""Days up to which a source was read."""

import datetime as dt

import pytest

from pipeline.papers.arxiv_records import version_date
from pipeline.papers.days import reached_day, utc_today


def test_a_day_in_the_future_is_not_read_on_from() -> None:
    days = [dt.date(2024, 3, 5), dt.date.max, utc_today() + dt.timedelta(days=1)]
    assert reached_day(days, "2024-03-04") == "2024-03-05"
    assert reached_day([utc_today()], "2024-03-04") == utc_today().isoformat()


def test_a_page_without_later_days_changes_nothing() -> None:
    assert reached_day([], "2024-03-04") == "2024-03-04"
    assert reached_day([dt.date(2024, 3, 1)], "2024-03-04") == "2024-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 1 Jan 99999 00:00:00 +0000",
        f"Mon, 1 Jan 2020 00:00:00 +{'9' * 30}",
        f"Mon, {'1' * 5_000} Jan 2020 00:00:00 +0000",
        "Mon, 1 Jan 2020 99999999999999999999:0:0",
        "0000-00-00",
    ],
)
def test_a_date_that_cannot_be_is_none(text: str) -> None:
    assert version_date(text) is None
