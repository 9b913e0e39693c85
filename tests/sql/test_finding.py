"""finding: the main shares in one place."""

from tests.facts_of import Store, given

SHARES = "year denominator family papers n"
LABELS = "unit_id source agrees"


def test_shares_are_of_the_last_year_with_ten_papers_of_pytorch_or_tensorflow(
    store: Store,
) -> None:
    given(
        store,
        "share_by_year",
        SHARES,
        [
            (2018, "pytorch_tensorflow", "pytorch", 1, 30),
            (2019, "pytorch_tensorflow", "pytorch", 7, 10),
            (2019, "pytorch_tensorflow", "tensorflow", 3, 10),
            (2019, "any_framework", "jax", 2, 16),
            (2019, "any_framework", "pytorch", 7, 16),
            (2019, "with_code", "none", 4, 20),
            (2019, "with_code", "jax", 2, 20),
            (2020, "pytorch_tensorflow", "pytorch", 9, 9),
            (2020, "any_framework", "jax", 9, 100),
        ],
    )
    given(store, "label_agreement", LABELS, [])
    rows = store.sql("select finding, year, papers, n, share from finding").fetchall()
    assert rows == [
        ("jax", 2019, 2, 16, 1 / 8),
        ("no_framework", 2019, 4, 20, 1 / 5),
        ("pytorch", 2019, 7, 10, 7 / 10),
    ]


def test_labels_of_papers_with_code_agree_or_not(store: Store) -> None:
    given(store, "share_by_year", SHARES, [])
    rows = [("a", "pwc", True), ("b", "pwc", True), ("c", "pwc", False), ("d", "list", True)]
    given(store, "label_agreement", LABELS, rows)
    found = store.sql("select finding, year, papers, n, share from finding").fetchall()
    assert found == [("label_of_papers_with_code", None, 2, 3, 2 / 3)]


def test_one_label_is_enough(store: Store) -> None:
    given(store, "share_by_year", SHARES, [])
    given(store, "label_agreement", LABELS, [("a", "pwc", True)])
    assert store.sql("select papers, n from finding").fetchall() == [(1, 1)]
    given(store, "label_agreement", LABELS, [("a", "list", True)])
    assert store.sql("from finding").fetchall() == []


def test_the_interval_is_wilsons(store: Store) -> None:
    given(store, "label_agreement", LABELS, [])
    given(store, "share_by_year", SHARES, [(2019, "pytorch_tensorflow", "pytorch", 15, 50)])
    ends = store.sql("select round(share_low, 4), round(share_high, 4) from finding").fetchall()
    assert ends == [(0.1910, 0.4375)]
