"""Shares, coverage and agreement, recomputed by hand from a few rows."""

import pytest

from tests.facts_of import Store, add_paper, add_repository

pytestmark = pytest.mark.slow

TORCH, FLOW, JAX, NONE = (
    {"a.py": f"import {module}"} for module in ("torch", "tensorflow", "jax", "os")
)


def test_wilson_interval_of_a_textbook_case(store: Store) -> None:
    # 15 of 50: Newcombe (1998) and every calculator give 0.1910 to 0.4375
    low, high = store.sql("select wilson_low(15, 50), wilson_high(15, 50)").fetchall()[0]
    assert (low, high) == (pytest.approx(0.1910, abs=1e-4), pytest.approx(0.4375, abs=1e-4))


def test_the_three_denominators(store: Store) -> None:
    for number, files in enumerate([TORCH, TORCH, TORCH, FLOW, JAX, NONE, NONE]):
        add_repository(store, str(number), files)
        add_paper(store, f"p{number}", str(number))
    rows = store.sql(
        "select denominator, papers, n from share_by_year where family = 'pytorch' order by n"
    )
    assert rows.fetchall() == [
        ("pytorch_tensorflow", 3, 4),
        ("any_framework", 3, 5),
        ("with_code", 3, 7),
    ]


def test_a_year_without_pytorch_is_a_share_of_zero_with_its_n(
    store: Store,
) -> None:
    add_repository(store, "a", FLOW)
    add_paper(store, "p", "a", year=2016)
    rows = store.sql(
        "select year, papers, n, share from share_by_year "
        "where denominator = 'pytorch_tensorflow' and family = 'pytorch'"
    )
    assert rows.fetchall() == [(2016, 0, 1, 0.0)]


def test_a_paper_counts_once_and_its_official_repository_speaks_for_it(
    store: Store,
) -> None:
    for name, files, official in (("a", FLOW, True), ("b", TORCH, False), ("c", TORCH, False)):
        add_repository(store, name, files)
        add_paper(store, "p", name, official=official)
    assert store.sql("select family, repositories_judged from paper_framework").fetchall() == [
        ("tensorflow", 1)
    ]


def test_without_an_official_repository_most_of_them_decide(
    store: Store,
) -> None:
    for name, files in (("a", FLOW), ("b", TORCH), ("c", TORCH)):
        add_repository(store, name, files)
        add_paper(store, "p", name, official=False)
    assert store.sql("select family, repositories from paper_framework").fetchall() == [
        ("pytorch", 2)
    ]


def test_coverage_says_why_a_paper_could_not_be_judged(store: Store) -> None:
    add_repository(store, "good", TORCH)
    add_repository(store, "gone", {}, status="not_found")
    for paper, repository in (("p1", "good"), ("p2", "gone"), ("p3", "never-scanned")):
        add_paper(store, paper, repository)
    rows = store.sql("select outcome, papers, papers_of_year from coverage order by outcome")
    assert rows.fetchall() == [("judged", 1, 3), ("not_collected", 1, 3), ("not_found", 1, 3)]


def test_a_failure_is_never_counted_as_no_framework(store: Store) -> None:
    add_repository(store, "gone", {}, status="not_found")
    add_paper(store, "p", "gone")
    assert store.sql("select * from share_by_year").fetchall() == []


def test_a_later_failure_does_not_undo_an_answer(store: Store) -> None:
    add_repository(store, "a", TORCH)
    add_repository(store, "a", {}, status="not_found")
    add_paper(store, "p", "a")
    assert store.sql("select family from paper_framework").fetchall() == [("pytorch",)]


def test_agreement_with_papers_with_code(store: Store) -> None:
    cases = [("a", TORCH, "pytorch"), ("b", FLOW, "tf"), ("c", JAX, "pytorch"), ("d", NONE, None)]
    for name, files, label in cases:
        add_repository(store, name, files)
        add_paper(store, name, name, label=label)
    add_repository(store, "e", {"a.py": "import caffe"})
    add_paper(store, "e", "e", label="caffe2")
    rows = store.sql("select unit_id, agrees from label_agreement order by unit_id").fetchall()
    assert rows == [
        ("github.com/o/a", True),
        ("github.com/o/b", True),
        ("github.com/o/c", False),
        ("github.com/o/e", True),
    ]
