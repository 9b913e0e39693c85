"""paper_date: the month of the conference counts where only the year of a paper is known."""

import pytest

from tests.facts_of import Store, given

PAPER = "paper_id published_on date_precision venue venue_year"


def date(store: Store, *paper: object) -> tuple[object, ...]:
    """The date of a paper, in a world where ICLR 2019 began in May and ACL 2019 in July."""
    given(store, "paper", PAPER, [("p", *paper), ("other", "2019-05-01", "month", "ICLR", 2019)])
    months = [("ICLR", 2019, 5), ("ICLR", 2020, 4), ("ACL", 2019, 7)]
    given(store, "conference", "venue year month", months, reference="https://example.org")
    rows = "select published_on::varchar, date_precision, is_of_conference from paper_date "
    return store.sql(rows + "where paper_id = 'p'").fetchall()[0]


def test_a_year_becomes_the_month_of_the_conference(store: Store) -> None:
    assert date(store, "2019-01-01", "year", "iclr", 2019) == ("2019-05-01", "month", True)


@pytest.mark.parametrize(
    ("paper", "dated"),
    [
        (("2018-10-02", "day", "ICLR", 2019), ("2018-10-02", "day", False)),
        (("2019-01-01", "month", "ICLR", 2019), ("2019-01-01", "month", False)),
    ],
)
def test_a_more_precise_date_stays(
    store: Store, paper: tuple[object, ...], dated: tuple[object, ...]
) -> None:
    assert date(store, *paper) == dated


@pytest.mark.parametrize(
    "conference",
    [("KDD", 2019), ("ICLR", 2018), ("ICLR", None), (None, 2019), ("ICLR", 2020)],
    ids=["no row", "another year", "no year", "no venue", "a later year than the paper's"],
)
def test_a_year_stays_without_the_conference_of_that_year(
    store: Store, conference: tuple[str | None, int | None]
) -> None:
    assert date(store, "2019-01-01", "year", *conference) == ("2019-01-01", "year", False)


def test_a_paper_without_a_date_has_none(store: Store) -> None:
    assert date(store, None, None, "ICLR", 2019) == (None, None, False)


def test_a_corrected_venue_names_the_conference(store: Store) -> None:
    given(store, "corrected_paper", PAPER, [("p", "2019-01-01", "year", "ACL 2019", 2019)])
    given(store, "conference", "venue year month", [("ACL", 2019, 7)], reference="")
    assert store.sql("select month(published_on) from paper_date").fetchall() == [(7,)]
