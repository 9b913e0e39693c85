"""Names and colours of frameworks: the charts read data/frameworks.csv, as the database does."""

from itertools import combinations

from dashboards.look import (
    COLOURS,
    FRAMEWORK_COLUMNS,
    NAMES,
    colour,
    heading,
    name,
    percent,
    text_on,
)
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


def test_tables_name_frameworks_and_tell_tensorflow_from_code_of_unknown_version() -> None:
    assert FRAMEWORK_COLUMNS["family"]("tensorflow") == "TensorFlow"
    assert FRAMEWORK_COLUMNS["series"]("tensorflow") == "TensorFlow, unknown version"
    assert FRAMEWORK_COLUMNS["label"]("none") == "no framework"


def test_a_share_below_one_percent_keeps_a_digit() -> None:
    shares = (0, 0.0034, 0.0099, 0.01, 0.957)
    assert [percent(share) for share in shares] == ["0%", "0.3%", "1.0%", "1%", "96%"]


def test_words_in_a_bar_have_the_colour_of_more_contrast() -> None:
    # by WCAG: on #d55e00 black has 5.4 to 1 and white 3.9; on #1764a8 black has 3.4 and white 6.1
    assert [text_on(tint) for tint in ("#d55e00", "#1764a8", "#ffffff", "#000000")] == [
        *("#000000", "#ffffff"),
        *("#000000", "#ffffff"),
    ]
