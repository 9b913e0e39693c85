"""Names and colours of frameworks: the charts read data/frameworks.csv, as the database does."""

from itertools import combinations

from dashboards.look import COLOURS, NAMES, colour, heading, name
from tests.facts_of import database


def test_every_framework_has_the_name_and_colour_of_the_table() -> None:
    rows = database().sql("select framework, name, colour from framework").fetchall()
    assert [(key, name(key), colour(key)) for key, *_ in rows] == rows


def test_names_are_written_as_people_write_them() -> None:
    assert {key for key in NAMES if name(key) == key} == {"tinygrad", "eager"}


def test_no_two_series_have_one_colour() -> None:
    assert [pair for pair in combinations(COLOURS, 2) if colour(pair[0]) == colour(pair[1])] == []


def test_headings_are_words_in_place_of_names_of_columns() -> None:
    assert [heading(column) for column in ("not_borne_out", "unit_id", "n")] == [
        "not borne out",
        "repository",
        "n",
    ]
