"""When PyTorch passed TensorFlow, in sentences."""

import duckdb
import pytest

from dashboards.crossings import crossing_of_all, crossings_by_area
from tests.facts_of import given

CROSSING = "kind place year earliest latest first_year last_year n words"

ALL = {
    (2019, 2018, 2020, 2016, 2025): "PyTorch passed TensorFlow in 2019 (95% interval 2018 to 2020; "
    "n = 1,200 papers of 2016 to 2025).",
    (2019, 2019, 2019, 2016, 2025): "PyTorch passed TensorFlow in 2019 (95% interval 2019; "
    "n = 1,200 papers of 2016 to 2025).",
    (
        2019,
        None,
        None,
        2016,
        2025,
    ): "PyTorch passed TensorFlow in 2019 (95% interval 2016 or before "
    "to later; n = 1,200 papers of 2016 to 2025).",
    (2019, None, 2020, 2019, 2025): "PyTorch is ahead of TensorFlow in every year with enough "
    "papers, since 2019 (95% interval 2019 or before to 2020; n = 1,200 papers of 2019 to 2025).",
    (None, 2020, None, 2016, 2019): "PyTorch has not passed TensorFlow for good (n = 1,200 papers "
    "of 2016 to 2019).",
}


@pytest.mark.parametrize(("row", "sentence"), ALL.items())
def test_when_pytorch_passed_tensorflow(
    store: duckdb.DuckDBPyConnection, row: tuple[int | None, ...], sentence: str
) -> None:
    given(store, "crossing", CROSSING, [("all", "all", *row, 1200, "")])
    assert crossing_of_all(store) == sentence


def test_when_it_did_so_in_each_field(store: duckdb.DuckDBPyConnection) -> None:
    fields = [
        ("nlp", 2019, 2018, 2019, 2016, 2025, 300, "2019"),
        ("robotics", 2018, None, 2020, 2018, 2025, 40, "2018"),
        ("vision", None, 2020, None, 2016, 2019, 50, "not yet by 2019 (last data)"),
    ]
    given(store, "crossing", CROSSING, [("area", *row) for row in fields])
    assert crossings_by_area(store) == [
        "NLP: PyTorch passed TensorFlow in 2019 (95% interval 2018 to 2019; n = 300).",
        "Robotics: PyTorch was ahead in 2018, the first year with enough papers "
        "(95% interval 2018 or before to 2020; n = 40).",
        "Vision: PyTorch has not passed TensorFlow for good by 2019 (n = 50).",
    ]


def test_fields_with_too_few_papers_and_venues_are_no_finding(
    store: duckdb.DuckDBPyConnection,
) -> None:
    nothing = (None,) * 5
    rows = [
        ("area", "nlp", *nothing, 0, ""),
        ("venue", "ACL", 2019, 2018, 2019, 2016, 2025, 300, ""),
    ]
    given(store, "crossing", CROSSING, rows)
    assert crossings_by_area(store) == []
    assert crossing_of_all(store) == ""
