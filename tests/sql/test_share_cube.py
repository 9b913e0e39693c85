"""share_cube: papers counted by everything that shares can be filtered by."""

import pytest

from tests.facts_of import Store, given

PAPER = {
    "time_axis": "paper",
    "day": "2020-05-17",
    "is_year_only": False,
    "label": "keras",
    "family": "tensorflow",
    "series": "tensorflow 2.x",
    "is_official": True,
    "venue": "ICLR",
    "area": "learning",
    "language": "python",
}


def test_papers_that_are_alike_are_one_row_of_their_month(store: Store) -> None:
    given(store, "dated_paper", "day stars", [("2020-05-01", 12), ("2020-05-31", 99)], **PAPER)
    rows = store.sql("select * replace (month::varchar as month) from share_cube").fetchall()
    alike = ("tensorflow", "tensorflow 2.x", True, "ICLR", "learning", 10, "python")
    assert rows == [("now", "paper", "2020-05-01", False, "keras", *alike, 2)]


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("time_axis", "commit"),
        ("day", "2020-06-01"),
        ("is_year_only", True),
        ("label", "tensorflow"),
        ("family", "jax"),
        ("series", "tensorflow 1.x"),
        ("is_official", False),
        ("venue", None),
        ("area", "vision"),
        ("language", "r"),
    ],
)
def test_papers_that_differ_in_one_thing_are_two_rows(
    store: Store, column: str, other: object
) -> None:
    given(store, "dated_paper", column, [(PAPER[column],), (other,)], **PAPER)
    assert store.sql("select papers from share_cube").fetchall() == [(1,), (1,)]


STARS = [(None, None), (0, 0), (1, 1), (9, 1), (10, 10), (99, 10), (100, 100), (999, 100)]


@pytest.mark.parametrize(("stars", "stars_from"), [*STARS, (1000, 1000), (9999, 1000)])
def test_stars_are_rounded_down_to_the_bound_of_a_class(
    store: Store, stars: int | None, stars_from: int | None
) -> None:
    given(store, "dated_paper", "stars", [(stars,)], **PAPER)
    assert store.sql("select stars_from from share_cube").fetchall() == [(stars_from,)]


def test_rows_come_in_the_order_of_their_columns(store: Store) -> None:
    days = [("2020-03-01",), ("2020-01-01",), ("2020-02-01",)]
    given(store, "dated_paper", "day", days, **PAPER)
    assert store.sql("select month(month) from share_cube").fetchall() == [(1,), (2,), (3,)]
