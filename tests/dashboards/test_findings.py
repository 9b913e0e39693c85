"""What the first page says of the findings, and of what the papers stand for."""

import duckdb
import pytest

from dashboards.findings import draw, findings, strata
from tests.facts_of import given

CROSSING = "kind place year earliest latest first_year last_year n"
FINDING = "finding year share share_low share_high n"

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
    "papers, since 2019 (n = 1,200 papers of 2019 to 2025).",
    (None, 2020, None, 2016, 2019): "PyTorch has not passed TensorFlow for good (n = 1,200 papers "
    "of 2016 to 2019).",
}


@pytest.mark.parametrize(("row", "sentence"), ALL.items())
def test_when_pytorch_passed_tensorflow(
    store: duckdb.DuckDBPyConnection, row: tuple[int | None, ...], sentence: str
) -> None:
    given(store, "crossing", CROSSING, [("all", "all", *row, 1200)])
    given(store, "finding", FINDING, [])
    assert findings(store) == [sentence]


def test_when_it_did_so_in_each_field(store: duckdb.DuckDBPyConnection) -> None:
    fields = [
        ("nlp", 2019, 2018, 2019, 2016, 2025, 300),
        ("robotics", 2018, None, 2020, 2018, 2025, 40),
        ("vision", None, 2020, None, 2016, 2019, 50),
    ]
    given(store, "crossing", CROSSING, [("area", *row) for row in fields])
    given(store, "finding", FINDING, [])
    assert findings(store) == [
        "By field of the venue: NLP 2019 (2018 to 2019, n = 300); robotics by 2018, its first year "
        "with enough papers (2018 or before to 2020, n = 40); vision not yet (n = 50)."
    ]


def test_fields_with_too_few_papers_and_venues_are_no_finding(
    store: duckdb.DuckDBPyConnection,
) -> None:
    nothing = (None,) * 5
    rows = [("area", "nlp", *nothing, 0), ("venue", "ACL", 2019, 2018, 2019, 2016, 2025, 300)]
    given(store, "crossing", CROSSING, rows)
    given(store, "finding", FINDING, [])
    assert findings(store) == []


def test_the_other_shares_have_n_and_interval(store: duckdb.DuckDBPyConnection) -> None:
    given(store, "crossing", CROSSING, [])
    rows = [
        ("jax", 2025, 0.03, 0.01, 0.06, 1234),
        ("label_of_papers_with_code", None, 0.95, 0.93, 0.97, 900),
        ("no_framework", 2025, 0.1, 0.05, 0.15, 90),
        ("pytorch", 2025, 0.97, 0.9, 0.99, 71),
    ]
    given(store, "finding", FINDING, rows)
    assert findings(store) == [
        "In 2025, 3% of the papers with code in any framework use JAX (95% interval 1% to 6%, "
        "n = 1,234).",
        "Our label is that of Papers with Code for 95% of the repositories that have both (95% "
        "interval 93% to 97%, n = 900).",
        "In 2025, the code of 10% of the papers imports no framework (95% interval 5% to 15%, "
        "n = 90).",
    ]


def test_a_sample_says_what_its_papers_stand_for(store: duckdb.DuckDBPyConnection) -> None:
    papers = [("a", None), ("b", "nlp"), ("c", "nlp")]
    given(store, "dated_paper", "paper_id area", papers, time_axis="paper", day="2020-01-01")
    cells = {"place": 1, "cell_size": 9, "weight": 1}
    drawn = [("a", "nlp", 2019), ("b", "nlp", 2019), ("c", "nlp", 2020), ("d", "pwc", 2020)]
    drawn += [("g", "nlp", 2020), ("e", "pwc", 2020), ("f", "pwc", 2020)]
    given(store, "sample_repository", "repository stratum year", drawn, **cells)
    assert "at most 2 repositories of each field and year of a conference, drawn" in draw(store)
    assert strata(store).endswith("by field: NLP 2, no known venue 1.")


def test_a_sample_names_the_year_of_which_it_has_more(store: duckdb.DuckDBPyConnection) -> None:
    drawn = [(f"r{number}", "nlp", 2019 + number // 3) for number in range(5)]
    drawn += [("v", "vision", 2018)]
    cells = {"place": 1, "cell_size": 9, "weight": 1}
    given(store, "sample_repository", "repository stratum year", drawn, **cells)
    assert "at most 2 repositories of each field and year of a conference (3 of 2019)" in (
        draw(store)
    )


def test_papers_that_are_no_sample_stand_for_themselves(store: duckdb.DuckDBPyConnection) -> None:
    assert draw(store) == strata(store) == ""
