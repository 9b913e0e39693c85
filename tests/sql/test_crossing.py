"""crossing: the year since which more papers have PyTorch code than TensorFlow code."""

import pytest

from tests.facts_of import Store, given

pytestmark = pytest.mark.slow

AREA = "area year n share share_low share_high"
CROSSING = "select place, year, earliest, latest from crossing"


def give(store: Store, *shares: tuple[int, int, float, float, float]) -> None:
    """Year, n, share and its interval of one field; no share of all papers."""
    given(store, "share_by_area", AREA, [("nlp", *row) for row in shares], papers=0)
    given(store, "share_by_year", "year denominator family papers n share", [])


def test_a_field_passes_in_its_first_year_above_one_half(store: Store) -> None:
    give(
        store,
        (2016, 50, 0.1, 0.05, 0.2),
        (2017, 50, 0.2, 0.1, 0.3),
        (2018, 20, 0.4, 0.3, 0.6),
        (2019, 20, 0.6, 0.4, 0.7),
        (2020, 50, 0.8, 0.6, 0.9),
        (2021, 50, 0.9, 0.8, 1.0),
    )
    assert store.sql(CROSSING).fetchall() == [("nlp", 2019, 2018, 2020)]
    counted = store.sql("select first_year, last_year, n from crossing").fetchall()
    assert counted == [(2016, 2021, 240)]


def test_years_with_fewer_than_ten_papers_do_not_count(store: Store) -> None:
    give(store, (2018, 9, 0.1, 0.05, 0.2), (2019, 10, 0.9, 0.8, 1.0), (2020, 9, 0.1, 0.05, 0.2))
    assert store.sql(CROSSING).fetchall() == [("nlp", 2019, None, 2019)]
    assert store.sql("select n, papers from crossing").fetchall() == [(10, 28)]


def test_a_field_that_falls_back_has_passed_when_it_is_above_again(store: Store) -> None:
    give(
        store,
        (2017, 90, 0.6, 0.55, 0.7),
        (2018, 90, 0.4, 0.3, 0.45),
        (2019, 90, 0.6, 0.4, 0.7),
        (2020, 90, 0.7, 0.6, 0.8),
    )
    assert store.sql(CROSSING).fetchall() == [("nlp", 2019, 2019, 2020)]


def test_just_above_one_half_is_above(store: Store) -> None:
    give(store, (2018, 90, 0.4, 0.3, 0.45), (2019, 900, 0.53, 0.51, 0.54))
    assert store.sql(CROSSING).fetchall() == [("nlp", 2019, 2019, 2019)]


def test_exactly_one_half_is_not_above(store: Store) -> None:
    give(store, (2018, 90, 0.5, 0.5, 0.5), (2019, 90, 0.6, 0.5, 0.7), (2020, 90, 0.9, 0.6, 1.0))
    assert store.sql(CROSSING).fetchall() == [("nlp", 2019, None, 2020)]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([(2019, 50, 0.2, 0.1, 0.3)], (None, 2020, None)),
        ([(2019, 50, 0.7, 0.6, 0.8)], (2019, None, 2019)),
        ([(2019, 50, 0.6, 0.4, 0.8)], (2019, None, None)),
    ],
)
def test_what_the_data_cannot_tell_is_null(
    store: Store, shares: list[tuple[int, int, float, float, float]], expected: tuple[int | None]
) -> None:
    give(store, *shares)
    assert store.sql("select year, earliest, latest from crossing").fetchall() == [expected]


def test_all_papers_come_first_and_are_those_of_the_main_denominator(store: Store) -> None:
    fields = ["vision", "robotics", "nlp", "learning", "general", "data", "agents"]
    shares = [(field, 2019, 40, 0.8, 0.7, 0.9) for field in fields]
    given(store, "share_by_area", AREA, shares, papers=0)
    given(
        store,
        "share_by_year",
        "year denominator family n share share_low share_high",
        [
            (2018, "pytorch_tensorflow", "pytorch", 10, 0.7, 0.6, 0.8),
            (2019, "pytorch_tensorflow", "pytorch", 9, 0.3, 0.2, 0.4),
            (2019, "pytorch_tensorflow", "tensorflow", 50, 0.3, 0.2, 0.4),
            (2020, "any_framework", "pytorch", 50, 0.3, 0.2, 0.4),
        ],
        papers=0,
    )
    rows = store.sql("select kind, place, year, earliest, latest, n from crossing").fetchall()
    passed = (2019, None, 2019, 40)
    assert rows == [
        ("all", "all", 2018, None, 2018, 10),
        *(("area", field, *passed) for field in sorted(fields)),
    ]


def test_a_place_without_a_year_of_ten_papers_says_how_few_it_has(store: Store) -> None:
    give(store, (2018, 9, 0.1, 0.05, 0.2), (2019, 4, 0.9, 0.8, 1.0), (2020, 0, 0.0, 0.0, 0.0))
    rows = store.sql("select * exclude (kind, place) from crossing").fetchall()
    assert rows == [(None, None, None, None, None, 0, 13, None, "too few papers")]


def test_a_place_without_papers_has_no_row(store: Store) -> None:
    give(store, (2018, 0, 0.0, 0.0, 0.0))
    assert store.sql("from crossing").fetchall() == []
    give(store, (2018, 1, 0.0, 0.0, 0.8))
    assert store.sql("select place, n, papers from crossing").fetchall() == [("nlp", 0, 1)]


def test_a_venue_passes_by_the_rule_of_fields(store: Store) -> None:
    rows = [(2018, 20, 0.3, 0.1, 0.4), (2019, 20, 0.6, 0.4, 0.7), (2020, 9, 0.1, 0.0, 0.3)]
    give(store, (2018, 50, 0.7, 0.6, 0.8))
    venues = "venue year n share share_low share_high"
    given(store, "share_by_venue", venues, [("nlp", *row) for row in rows], papers=0)
    found = "select kind, place, year, earliest, latest, n, papers from crossing"
    assert store.sql(found).fetchall() == [
        ("area", "nlp", 2018, None, 2018, 50, 50),
        ("venue", "nlp", 2019, 2019, None, 40, 49),
    ]


AHEAD, BEHIND, OPEN = (0.9, 0.8, 1.0), (0.1, 0.05, 0.2), (0.5, 0.4, 0.6)
WORDS = {
    (2018, 20, *AHEAD): "2018 (data end in 2018)",
    (2018, 20, *BEHIND): "not yet by 2018 (last data)",
    (2020, 20, *AHEAD): "2020",
    (2020, 20, *OPEN): "not yet",
    (2020, 9, *AHEAD): "too few papers",
}


@pytest.mark.parametrize(("share", "words"), WORDS.items())
def test_a_place_whose_data_end_before_those_of_others_says_so(
    store: Store, share: tuple[int, int, float, float, float], words: str
) -> None:
    rows = [("vision", 2020, 20, *AHEAD), ("nlp", *share)]
    given(store, "share_by_area", AREA, rows, papers=0)
    given(store, "share_by_year", "year denominator family papers n share", [])
    assert store.sql("select words from crossing where place = 'nlp'").fetchall() == [(words,)]
