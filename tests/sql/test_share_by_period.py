"""share_by_year, share_by_quarter and share_by_month: eight papers, counted by hand."""

import pytest

from tests.facts_of import Store, given


def give(store: Store) -> None:
    """Eight papers: six on the axis of papers, of which one has no more than a year."""
    given(
        store,
        "dated_paper",
        "day family is_year_only time_axis",
        [
            ("2020-01-15", "pytorch", False, "paper"),
            ("2020-02-01", "pytorch", False, "paper"),
            ("2020-02-29", "tensorflow", False, "paper"),
            ("2020-05-31", "jax", False, "paper"),
            ("2020-01-01", "tensorflow", True, "paper"),
            ("2021-07-01", "none", False, "paper"),
            ("2020-01-01", "pytorch", False, "created"),
            ("2019-01-01", "mxnet", False, "commit"),
        ],
    )


def test_the_share_of_every_family_in_a_year(store: Store) -> None:
    give(store)
    rows = store.sql(
        "select year, denominator, family, papers, n, share from share_by_year"
    ).fetchall()
    assert rows == [
        (2020, "any_framework", "jax", 1, 5, 1 / 5),
        (2020, "any_framework", "pytorch", 2, 5, 2 / 5),
        (2020, "any_framework", "tensorflow", 2, 5, 2 / 5),
        (2020, "pytorch_tensorflow", "pytorch", 2, 4, 2 / 4),
        (2020, "pytorch_tensorflow", "tensorflow", 2, 4, 2 / 4),
        (2020, "with_code", "jax", 1, 5, 1 / 5),
        (2020, "with_code", "none", 0, 5, 0.0),
        (2020, "with_code", "pytorch", 2, 5, 2 / 5),
        (2020, "with_code", "tensorflow", 2, 5, 2 / 5),
        (2021, "with_code", "jax", 0, 1, 0.0),
        (2021, "with_code", "none", 1, 1, 1.0),
        (2021, "with_code", "pytorch", 0, 1, 0.0),
        (2021, "with_code", "tensorflow", 0, 1, 0.0),
    ]


@pytest.mark.parametrize(
    ("period", "periods"),
    [
        ("quarter", [("2020-01-01", 2, 3), ("2020-04-01", 0, 1), ("2021-07-01", 0, 1)]),
        (
            "month",
            [
                ("2020-01-01", 1, 1),
                ("2020-02-01", 1, 2),
                ("2020-05-01", 0, 1),
                ("2021-07-01", 0, 1),
            ],
        ),
    ],
)
def test_papers_of_which_only_the_year_is_known_are_in_no_shorter_period(
    store: Store, period: str, periods: list[tuple[str, int, int]]
) -> None:
    give(store)
    rows = store.sql(
        f"select {period}::varchar, papers, n from share_by_{period} "
        "where denominator = 'with_code' and family = 'pytorch'"
    ).fetchall()
    assert rows == periods


@pytest.mark.parametrize("view", ["share_by_quarter", "share_by_month"])
def test_rows_come_by_period_denominator_and_family(store: Store, view: str) -> None:
    give(store)
    rows = store.sql(f"select columns(* exclude (papers, n)) from {view}").fetchall()
    assert rows == sorted(rows)


def test_the_interval_is_wilsons_of_the_papers_and_n(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "family",
        [("pytorch",)] * 15 + [("tensorflow",)] * 35,
        day="2020-01-01",
        time_axis="paper",
        is_year_only=False,
    )
    rows = store.sql(
        "select round(share_low, 4), round(share_high, 4) from share_by_year "
        "where denominator = 'pytorch_tensorflow' and family = 'pytorch'"
    ).fetchall()
    assert rows == [(0.1910, 0.4375)]


def test_pytorch_and_tensorflow_have_a_row_where_no_paper_uses_them(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "family",
        [("jax",)],
        day="2020-01-01",
        time_axis="paper",
        is_year_only=False,
    )
    rows = store.sql(
        "select family, papers from share_by_year where denominator = 'any_framework'"
    ).fetchall()
    assert rows == [("jax", 1), ("pytorch", 0), ("tensorflow", 0)]
