"""What the first page says of the findings, and of what the papers stand for."""

import duckdb

from dashboards.findings import draw, findings, strata
from tests.facts_of import given

CROSSING = "kind place year earliest latest first_year last_year n"
FINDING = "finding year share share_low share_high n"


def test_fields_come_first(store: duckdb.DuckDBPyConnection) -> None:
    given(store, "crossing", CROSSING, [("area", "nlp", 2019, 2018, 2019, 2016, 2025, 300)])
    given(store, "finding", FINDING, [("jax", 2025, 0.03, 0.01, 0.06, 1234)])
    assert [sentence[:8] for sentence in findings(store)] == ["NLP: PyT", "In 2025,"]


def test_shares_have_n_and_interval(store: duckdb.DuckDBPyConnection) -> None:
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
        "Our label agrees with that of Papers with Code for 95% of the repositories that have both "
        "(95% interval 93% to 97%, n = 900).",
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
