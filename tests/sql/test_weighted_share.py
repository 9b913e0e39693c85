"""sampled_paper and weighted_share_by_year: what drawn papers stand for."""

import pytest

from tests.facts_of import Store, given

DRAWN = "repository stratum year weight"
CELL = {"place": 1, "cell_size": 9}


def link(store: Store, *links: tuple[str, str, str]) -> None:
    """Paper, owner and name of a repository."""
    given(store, "paper_link", "paper_id owner name", links, host="github.com")


def test_a_paper_has_the_stratum_and_weight_of_its_repository(store: Store) -> None:
    given(store, "sample_repository", DRAWN, [("github.com/o/r", "nlp", 2019, 4.5)], **CELL)
    link(store, ("p", "O", "R"), ("q", "o", "other"))
    assert store.sql("from sampled_paper").fetchall() == [("p", "nlp", 4.5)]


def test_of_several_repositories_that_of_the_earliest_year_counts(store: Store) -> None:
    given(
        store,
        "sample_repository",
        DRAWN,
        [
            ("github.com/o/a", "nlp", 2020, 1.0),
            ("github.com/o/c", "vision", 2019, 3.0),
            ("github.com/o/b", "robotics", 2019, 2.0),
        ],
        **CELL,
    )
    link(store, ("p", "o", "a"), ("p", "o", "c"), ("p", "o", "b"))
    assert store.sql("from sampled_paper").fetchall() == [("p", "robotics", 2.0)]


def test_a_repository_of_another_host_is_another_one(store: Store) -> None:
    given(store, "sample_repository", DRAWN, [("gitlab.com/o/r", "nlp", 2019, 4.5)], **CELL)
    link(store, ("p", "o", "r"))
    assert store.sql("from sampled_paper").fetchall() == []


def test_a_share_by_weight(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "paper_id day family time_axis is_default",
        [
            ("a", "2019-01-01", "pytorch", "paper", True),
            ("b", "2019-12-31", "tensorflow", "paper", True),
            ("c", "2019-12-31", "jax", "paper", True),
            ("d", "2019-12-31", "pytorch", "created", True),
            ("e", "2019-12-31", "pytorch", "paper", False),
            ("not drawn", "2019-12-31", "pytorch", "paper", True),
            ("f", "2018-12-31", "tensorflow", "paper", True),
        ],
    )
    weights = [("a", 1.0), ("b", 3.0), *((paper, 50.0) for paper in "cdef")]
    given(store, "sampled_paper", "paper_id weight", weights, stratum="nlp")
    rows = store.sql("select year, n, effective_n, share from weighted_share_by_year").fetchall()
    assert rows == [(2018, 1, 1.0, 0.0), (2019, 2, (1 + 3) ** 2 / (1 + 9), 0.25)]


def test_years_are_in_order(store: Store) -> None:
    years = [2021, 2018, 2024, 2016, 2020, 2017]
    papers = [(f"p{year}", f"{year}-05-06") for year in years]
    same = {"family": "pytorch", "time_axis": "paper"}
    given(store, "dated_paper", "paper_id day", papers, **same)
    weights = [(paper, 7.0) for paper, _ in papers]
    given(store, "sampled_paper", "paper_id weight", weights, stratum="nlp")
    found = [year for (year,) in store.sql("select year from weighted_share_by_year").fetchall()]
    assert found == sorted(years)


def test_equal_weights_give_wilsons_interval_for_the_count(store: Store) -> None:
    papers = [(f"p{at}", "pytorch" if at < 15 else "tensorflow") for at in range(50)]
    same = {"day": "2019-05-06", "time_axis": "paper"}
    given(store, "dated_paper", "paper_id family", papers, **same)
    weights = [(paper, 7.0) for paper, _ in papers]
    given(store, "sampled_paper", "paper_id weight", weights, stratum="nlp")
    ends = "select round(share_low, 4), round(share_high, 4) from weighted_share_by_year"
    assert store.sql(ends).fetchall() == [(0.1910, 0.4375)]


@pytest.mark.parametrize("order", ["abc", "cba"])
def test_a_share_does_not_depend_on_the_order_of_the_papers(store: Store, order: str) -> None:
    rows = [(paper, "2019-01-01", "pytorch", "paper") for paper in "abc"]
    given(store, "dated_paper", "paper_id day family time_axis", rows)
    weights = {"a": 0.1, "b": 0.2, "c": 0.3}  # as floats, 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1
    drawn = [(paper, weights[paper]) for paper in order]
    given(store, "sampled_paper", "paper_id weight", drawn, stratum="nlp")
    squares = 0.1**2 + 0.2**2 + 0.3**2
    assert store.sql("select effective_n from weighted_share_by_year").fetchall() == [
        ((0.1 + 0.2 + 0.3) ** 2 / squares,)
    ]
