"""share_by_area: PyTorch's share in a field and year."""

from tests.facts_of import Store, given


def test_the_share_of_pytorch_in_a_field_in_a_year(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "area day family time_axis is_default",
        [
            ("nlp", "2019-05-06", "pytorch", "paper", True),
            ("nlp", "2019-12-31", "pytorch", "paper", True),
            ("nlp", "2019-01-01", "tensorflow", "paper", True),
            ("nlp", "2019-05-06", "jax", "paper", True),
            ("nlp", "2019-05-06", "tensorflow", "created", True),
            ("nlp", "2019-05-06", "tensorflow", "paper", False),
            ("nlp", "2018-04-26", "tensorflow", "paper", True),
            ("vision", "2019-06-15", "pytorch", "paper", True),
            (None, "2019-06-15", "pytorch", "paper", True),
        ],
    )
    rows = store.sql("select area, year, papers, n, share from share_by_area").fetchall()
    assert rows == [
        ("nlp", 2018, 0, 1, 0.0),
        ("nlp", 2019, 2, 3, 2 / 3),
        ("vision", 2019, 1, 1, 1.0),
    ]


def test_the_interval_of_a_field_is_wilsons(store: Store) -> None:
    papers = [("pytorch",)] * 15 + [("tensorflow",)] * 35
    same = {"area": "nlp", "day": "2019-05-06", "time_axis": "paper"}
    given(store, "dated_paper", "family", papers, **same)
    rows = store.sql("select round(share_low, 4), round(share_high, 4) from share_by_area")
    assert rows.fetchall() == [(0.1910, 0.4375)]
