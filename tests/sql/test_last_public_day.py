"""last_public_day: what a date that is not exact means."""

import datetime as dt

import pytest

from tests.facts_of import Store


@pytest.mark.parametrize(
    ("precision", "day"),
    [
        ("day", dt.date(2020, 2, 10)),
        ("month", dt.date(2020, 2, 29)),
        ("year", dt.date(2020, 12, 31)),
        (None, None),
    ],
)
def test_a_month_or_a_year_means_its_last_day(
    store: Store, precision: str | None, day: dt.date | None
) -> None:
    asked = "select last_public_day(date '2020-02-10', ?)"
    assert store.execute(asked, [precision]).fetchall() == [(day,)]
