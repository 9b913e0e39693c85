"""The ends of Wilson's interval, beside values of tables and of its definition."""

import pytest

from tests.facts_of import Store

INTERVALS = {
    "15 of 50, as in Newcombe (1998)": (15, 50, 0.191036, 0.437504),
    "none of ten: from exactly 0": (0, 10, 0.0, 0.277533),
    "ten of ten: to exactly 1": (10, 10, 0.722467, 1.0),
    "one of one": (1, 1, 0.206549, 1.0),
}


@pytest.mark.parametrize(("k", "n", "low", "high"), INTERVALS.values(), ids=INTERVALS)
def test_the_interval_of_k_papers_of_n(
    store: Store, k: int, n: int, low: float, high: float
) -> None:
    [ends] = store.sql(f"select wilson_low({k}, {n}), wilson_high({k}, {n})").fetchall()
    assert ends == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@pytest.mark.parametrize("n", [1, 7, 20, 56, 999])
def test_the_interval_never_leaves_0_to_1(store: Store, n: int) -> None:
    # without its bounds the formula gives -3.6e-17 for 0 of 7, and 1 + 2.2e-16 for 20 of 20
    [(low, high)] = store.sql(f"select wilson_low(0, {n}), wilson_high({n}, {n})").fetchall()
    assert 0 <= low < 1e-15
    assert 1 - 1e-15 < high <= 1


@pytest.mark.parametrize(("k", "n"), [(1, 4), (30, 40), (500, 1200)])
def test_at_its_ends_the_share_is_just_within_1_96_standard_errors(
    store: Store, k: int, n: int
) -> None:
    [ends] = store.sql(f"select wilson_low({k}, {n}), wilson_high({k}, {n})").fetchall()
    for end in ends:
        standard_error = (end * (1 - end) / n) ** 0.5
        assert abs(k / n - end) / standard_error == pytest.approx(1.959964)


DIFFERENCES = {
    "56 of 70 less 48 of 80": (56, 70, 48, 80, 0.0524, 0.3339),
    "9 of 10 less 3 of 10": (9, 10, 3, 10, 0.1705, 0.8090),
    "10 of 10 less 0 of 20": (10, 10, 0, 20, 0.6791, 1.0),
}
"""Examples of Newcombe (1998), by his method 10."""


@pytest.mark.parametrize(
    ("k", "n", "other", "m", "low", "high"), DIFFERENCES.values(), ids=DIFFERENCES
)
def test_the_interval_of_a_difference_is_newcombes(
    store: Store, k: int, n: int, other: int, m: int, low: float, high: float
) -> None:
    counts = f"{k}, {n}, {other}, {m}"
    [ends] = store.sql(f"select newcombe_low({counts}), newcombe_high({counts})").fetchall()
    assert ends == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
