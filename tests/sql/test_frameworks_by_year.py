"""frameworks_by_year: TensorFlow by variant, every other family as it is."""

from tests.facts_of import Store, given


def test_a_family_that_no_denominator_counts_is_left_out(store: Store) -> None:
    papers = [("pytorch", "pytorch"), ("a secret", "a secret")]
    given(store, "dated_paper", "series family", papers, day="2019-01-01", time_axis="paper")
    rows = store.sql("select denominator, series, papers, n from frameworks_by_year").fetchall()
    assert rows == [
        ("any_framework", "pytorch", 1, 1),
        ("pytorch_tensorflow", "pytorch", 1, 1),
        ("with_code", "pytorch", 1, 1),
    ]


def test_the_papers_of_every_series_by_year_and_denominator(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "day series family time_axis",
        [
            ("2019-03-01", "tensorflow 1.x", "tensorflow", "paper"),
            ("2019-04-01", "tensorflow 1.x", "tensorflow", "paper"),
            ("2019-05-01", "tensorflow", "tensorflow", "paper"),
            ("2019-06-01", "jax", "jax", "paper"),
            ("2020-01-01", "none", "none", "paper"),
            ("2020-01-01", "pytorch", "pytorch", "paper"),
            ("2019-01-01", "pytorch", "pytorch", "created"),
        ],
    )
    rows = store.sql("select * from frameworks_by_year").fetchall()
    assert rows == [
        (2019, "any_framework", "jax", 1, 4, 1 / 4),
        (2019, "any_framework", "tensorflow", 1, 4, 1 / 4),
        (2019, "any_framework", "tensorflow 1.x", 2, 4, 2 / 4),
        (2019, "pytorch_tensorflow", "tensorflow", 1, 3, 1 / 3),
        (2019, "pytorch_tensorflow", "tensorflow 1.x", 2, 3, 2 / 3),
        (2019, "with_code", "jax", 1, 4, 1 / 4),
        (2019, "with_code", "tensorflow", 1, 4, 1 / 4),
        (2019, "with_code", "tensorflow 1.x", 2, 4, 2 / 4),
        (2020, "any_framework", "pytorch", 1, 1, 1.0),
        (2020, "pytorch_tensorflow", "pytorch", 1, 1, 1.0),
        (2020, "with_code", "none", 1, 2, 1 / 2),
        (2020, "with_code", "pytorch", 1, 2, 1 / 2),
    ]
