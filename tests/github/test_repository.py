"""Times of GitHub."""

import datetime as dt

import pytest

from pipeline.github.repository import utc


def test_a_time_is_kept_in_utc_without_its_zone() -> None:
    assert utc("2020-01-02T03:04:05+01:00") == dt.datetime(2020, 1, 2, 2, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-08:00",
        "0001-01-01T00:00:00+08:00",
        "0000-00-00T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "",
        None,
        7,
    ],
)
def test_a_time_that_cannot_be_is_none(text: object) -> None:
    assert utc(text) is None
