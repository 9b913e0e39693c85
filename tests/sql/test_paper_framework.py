"""paper_framework: whose code speaks for a paper, and for what."""

import pytest

from tests.facts_of import Store, given

LABEL = "scan_id label family variant style dominance"
TORCH = ("pytorch", "pytorch", None, "eager")
KERAS = ("keras", "tensorflow", "2.x", None)
FLOW = ("tensorflow", "tensorflow", "1.x", "graph")
JAX = ("jax", "jax", None, None)


def judge(
    store: Store,
    links: list[tuple[str, str, bool | None]],
    labels: dict[str, tuple[object, ...]],
) -> list[tuple[object, ...]]:
    """Papers with their links (paper, unit, whether official), and labels of units."""
    given(store, "paper_link", "paper_id unit_id is_official", links)
    given(store, "latest_scan", "unit_id scan_id", [(unit, f"scan of {unit}") for unit in labels])
    rows = [(f"scan of {unit}", *label, unit) for unit, label in labels.items()]
    given(store, "repo_label", f"{LABEL} unit_id", rows)
    return store.sql(
        "select paper_id, family, repositories, repositories_judged, is_official, unit_id "
        "from paper_framework order by paper_id"
    ).fetchall()


def test_official_repositories_speak_and_the_others_do_not(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", False), ("p", "c", None)]
    labels = {"a": (*FLOW, 1.0), "b": (*TORCH, 1.0), "c": (*TORCH, 1.0)}
    assert judge(store, links, labels) == [("p", "tensorflow", 1, 1, True, "a")]


def test_without_an_official_one_all_of_them_speak(store: Store) -> None:
    links = [("p", "a", False), ("p", "b", None), ("p", "c", False)]
    labels = {"a": (*FLOW, 1.0), "b": (*TORCH, 1.0), "c": (*TORCH, 0.5)}
    assert judge(store, links, labels) == [("p", "pytorch", 2, 3, False, "b")]


def test_papers_are_judged_each_by_its_own(store: Store) -> None:
    links = [("p", "a", True), ("q", "a", False), ("q", "b", False), ("q", "c", False)]
    labels = {"a": (*FLOW, 1.0), "b": (*TORCH, 1.0), "c": (*TORCH, 1.0)}
    assert judge(store, links, labels) == [
        ("p", "tensorflow", 1, 1, True, "a"),
        ("q", "pytorch", 2, 3, False, "c"),
    ]


def test_an_official_one_that_could_not_be_judged_does_not_silence_the_others(
    store: Store,
) -> None:
    links = [("p", "gone", True), ("p", "b", False)]
    assert judge(store, links, {"b": (*TORCH, 1.0)}) == [("p", "pytorch", 1, 1, False, "b")]


def test_a_repository_that_one_of_two_sources_calls_official_is_official(store: Store) -> None:
    links = [("p", "a", None), ("p", "a", True), ("p", "b", False)]
    labels = {"a": (*FLOW, 1.0), "b": (*TORCH, 1.0)}
    assert judge(store, links, labels) == [("p", "tensorflow", 1, 1, True, "a")]


def test_two_unclear_repositories_outvote_a_clear_one(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True), ("p", "c", True)]
    labels = {"a": (*JAX, 1.0), "b": (*TORCH, 0.4), "c": (*TORCH, 0.4)}
    assert judge(store, links, labels) == [("p", "pytorch", 2, 3, True, "c")]


def test_the_clearness_of_a_family_is_the_sum_over_its_repositories(store: Store) -> None:
    links = [("p", unit, True) for unit in "abcd"]
    labels = {"a": (*JAX, 0.9), "b": (*JAX, 0.1), "c": (*TORCH, 0.6), "d": (*TORCH, 0.6)}
    assert judge(store, links, labels) == [("p", "pytorch", 2, 4, True, "d")]


def test_a_scan_that_could_not_be_judged_does_not_speak(store: Store) -> None:
    assert judge(store, [("p", "a", True), ("p", "b", False)], {"b": (*TORCH, 1.0)}) == [
        ("p", "pytorch", 1, 1, False, "b")
    ]
    store.execute("insert into latest_scan (unit_id, scan_id) values ('a', 'a failure')")
    rows = store.sql("select family, repositories_judged from paper_framework").fetchall()
    assert rows == [("pytorch", 1)]


def test_of_families_carried_as_often_the_clearer_wins(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    labels = {"a": (*JAX, 0.7), "b": (*TORCH, 0.9)}
    assert judge(store, links, labels) == [("p", "pytorch", 1, 2, True, "b")]


def test_a_millionth_of_a_dominance_makes_a_family_the_clearer(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    labels = {"a": (*JAX, 0.333331), "b": (*TORCH, 0.333332)}
    assert judge(store, links, labels) == [("p", "pytorch", 1, 2, True, "b")]


def test_of_families_as_clear_the_first_of_the_alphabet_wins(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    labels = {"a": (*TORCH, 0.9), "b": (*JAX, 0.9)}
    assert judge(store, links, labels) == [("p", "jax", 1, 2, True, "b")]


def test_code_without_a_framework_is_less_clear_than_any(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    labels = {"a": ("none", "none", None, None, None), "b": (*TORCH, 0.4)}
    assert judge(store, links, labels) == [("p", "pytorch", 1, 2, True, "b")]


@pytest.mark.slow
def test_the_clearest_of_the_family_speaks_whatever_its_label(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    judge(store, links, {"a": (*KERAS, 0.8), "b": (*FLOW, 0.6)})
    assert store.sql("select label, unit_id from paper_framework").fetchall() == [("keras", "a")]


def test_of_the_clearest_the_last_label_by_the_alphabet_speaks(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True)]
    judge(store, links, {"a": (*FLOW, 0.8), "b": (*KERAS, 0.8)})
    rows = store.sql("select label, unit_id from paper_framework").fetchall()
    assert rows == [("tensorflow", "a")]


@pytest.mark.slow
def test_label_variant_and_style_are_those_of_the_clearest_of_the_family(store: Store) -> None:
    links = [("p", "a", True), ("p", "b", True), ("p", "c", True)]
    labels = {"a": (*KERAS, 0.6), "b": (*FLOW, 0.8), "c": (*TORCH, 1.0)}
    judge(store, links, labels)
    rows = store.sql("select label, variant, style, scan_id from paper_framework").fetchall()
    assert rows == [("tensorflow", "1.x", "graph", "scan of b")]


def test_a_paper_is_judged_apart_at_each_moment(store: Store) -> None:
    scans = [
        ("p", "then", "a", False, True),
        ("p", "now", "b", True, True),
        ("p", "now", "c", True, True),
    ]
    given(store, "paper_scan", "paper_id moment scan_id is_official is_of_time", scans)
    labels = [("a", *FLOW, 1.0), ("b", *TORCH, 1.0), ("c", *TORCH, 0.5)]
    given(store, "repo_label", LABEL, labels)
    columns = "moment, family, is_official, repositories, repositories_judged"
    assert store.sql(f"select {columns} from paper_framework order by moment").fetchall() == [
        ("now", "pytorch", True, 2, 2),
        ("then", "tensorflow", False, 1, 1),
    ]
