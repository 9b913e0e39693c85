"""tensorflow_by_year: which TensorFlow papers' code is written for."""

from tests.facts_of import Store, given


def test_papers_with_tensorflow_code_by_variant(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "day family variant time_axis",
        [
            ("2020-01-01", "tensorflow", "2.x", "paper"),
            ("2019-06-01", "tensorflow", None, "paper"),
            ("2019-06-01", "tensorflow", "2.x", "paper"),
            ("2019-01-01", "tensorflow", "1.x", "paper"),
            ("2019-12-31", "tensorflow", "1.x", "paper"),
            ("2019-06-01", "pytorch", None, "paper"),
            ("2020-01-01", "tensorflow", "1.x", "commit"),
        ],
    )
    assert store.sql("select * from tensorflow_by_year").fetchall() == [
        (2019, "1.x", 2, 4, 2 / 4),
        (2019, "2.x", 1, 4, 1 / 4),
        (2019, "unclear", 1, 4, 1 / 4),
        (2020, "2.x", 1, 1, 1.0),
    ]
