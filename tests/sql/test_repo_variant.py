"""repo_variant: TensorFlow 1.x or 2.x, graph or eager."""

import pytest

from tests.facts_of import Store, given

MEANINGS = [
    ("old graph", "1.x", "graph", False),
    ("old", "1.x", None, False),
    ("old eager", "1.x", "eager", False),
    ("new eager", "2.x", "eager", False),
    ("new", "2.x", None, False),
    ("both", None, None, True),
]
Names = dict[str, list[str]]


def tell(store: Store, names: Names, weights: dict[str, float] | None = None) -> None:
    """Names on lines 1, 2, ... of each file; what the file's vote for TensorFlow weighs, else 1."""
    given(store, "api_meaning", "name variant style is_interoperability", MEANINGS)
    rows = [("s", path, line, name) for path in names for line, name in enumerate(names[path], 1)]
    given(store, "tensorflow_name", "scan_id path line name", rows)
    votes = [("s", path, "tensorflow", (weights or {}).get(path, 1)) for path in names]
    others = [("s", path, "pytorch", 0.9) for path in names] + [("t", "a", "tensorflow", 0.8)]
    given(store, "family_vote", "scan_id path family weight", votes + others)


def variant(store: Store) -> list[tuple[object, ...]]:
    return store.sql("select variant, style, round(dominance, 4) from repo_variant").fetchall()


CASES = {
    "one name": ({"a": ["old graph"]}, [("1.x", "graph", 1)]),
    "the other": ({"a": ["new eager"]}, [("2.x", "eager", 1)]),
    "a variant without a style": ({"a": ["new"]}, [("2.x", None, 1)]),
    "nothing that tells": ({"a": ["both"]}, [(None, None, None)]),
    "unknown names": ({"a": ["unknown"]}, []),
    "a file is what most of its names are": (
        {"a": ["old graph", "new", "new eager"]},
        [("2.x", "graph", 1)],
    ),
    "a name counts once in a file": (
        {"a": ["old graph", "old", "new eager", "new eager", "new eager"]},
        [("1.x", "graph", 1)],
    ),
    "a name of 1.x that comes again counts once": (
        {"a": ["old graph", "old graph", "old graph", "new", "new eager"]},
        [("2.x", "graph", 1)],
    ),
    "a name of graph style that comes again counts once": (
        {"a": ["old graph", "old graph", "old graph", "old eager", "new eager"]},
        [("1.x", "eager", 1)],
    ),
    "as many of both: 1.x and graph": ({"a": ["old graph", "new eager"]}, [("1.x", "graph", 1)]),
    "as many files of both: 1.x and graph": (
        {"a": ["new eager"], "b": ["old graph"]},
        [("1.x", "graph", 0.5)],
    ),
    "a scan is what most of its files are": (
        {"a": ["old graph"], "b": ["new eager"], "c": ["new eager"]},
        [("2.x", "eager", 0.6667)],
    ),
    "eager 1.x": ({"a": ["old eager", "old eager"], "b": ["old"]}, [("1.x", "eager", 1)]),
    "two styles to one": (
        {"a": ["old graph", "old eager", "new eager"], "b": ["old"], "c": ["old"]},
        [("1.x", "eager", 1)],
    ),
}


@pytest.mark.parametrize(("names", "expected"), CASES.values(), ids=CASES)
def test_variant_and_style_with_the_share_of_the_winner(
    store: Store, names: Names, expected: list[tuple[object, ...]]
) -> None:
    tell(store, names)
    assert variant(store) == expected


def test_a_file_counts_with_the_weight_of_its_vote_for_tensorflow(store: Store) -> None:
    names = {"a": ["old graph"], "b": ["new eager"], "c": ["new eager"]}
    tell(store, names, weights={"b": 0.25, "c": 0.25})
    assert variant(store) == [("1.x", "graph", 0.6667)]


def test_the_weights_of_a_variant_and_of_a_style_add_up(store: Store) -> None:
    names = {"a": ["old graph"], "b": ["old graph"], "c": ["new eager"]}
    tell(store, names, weights={"a": 0.5, "b": 0.5, "c": 0.75})
    assert variant(store) == [("1.x", "graph", 0.5714)]


def test_a_scan_without_a_vote_for_tensorflow_has_no_row(store: Store) -> None:
    tell(store, {"a": ["old graph"]})
    store.execute("delete from family_vote where family = 'tensorflow'")
    assert variant(store) == []


def test_a_file_without_a_vote_for_tensorflow_tells_nothing(store: Store) -> None:
    tell(store, {"a": ["old graph"], "b": ["new eager"]})
    store.execute("delete from family_vote where family = 'tensorflow' and path = 'a'")
    assert variant(store) == [("2.x", "eager", 1)]


def test_every_scan_is_told_by_its_own_files(store: Store) -> None:
    tell(store, {"a": ["old graph"], "b": ["old graph"]})
    store.execute("insert into tensorflow_name values ('t', 'a', 1, 'new eager')")
    rows = store.sql("select scan_id, variant, dominance from repo_variant order by 1").fetchall()
    assert rows == [("s", "1.x", 1), ("t", "2.x", 1)]


def evidence(store: Store) -> list[tuple[str, int, str]]:
    [(proofs,)] = store.sql("select evidence from repo_variant").fetchall()
    return [(proof["path"], proof["line"], proof["name"]) for proof in proofs]


@pytest.mark.parametrize(("name", "other"), [("old", "new"), ("new", "old")])
def test_the_evidence_is_of_the_winning_variant_by_weight_then_by_path(
    store: Store, name: str, other: str
) -> None:
    names = {path: [name] for path in "gfedcb"} | {"a": [other]}
    tell(store, names, weights={"c": 0.25, "g": 0.5, "a": 0.9})
    assert evidence(store) == [(path, 1, name) for path in "bdefg"]


def test_a_file_that_votes_otherwise_or_not_at_all_is_no_evidence(store: Store) -> None:
    tell(store, {"a": ["old", "new", "new eager"], "b": ["both"], "c": ["old"], "d": ["old"]})
    assert evidence(store) == [("c", 1, "old"), ("d", 1, "old")]


def test_a_file_with_as_many_names_of_both_variants_is_evidence_of_1(store: Store) -> None:
    tell(store, {"a": ["new", "old"]})
    assert evidence(store) == [("a", 2, "old")]
    tell(store, {"a": ["new", "old"], "b": ["both"], "c": ["new"], "d": ["new"]})
    assert evidence(store) == [("c", 1, "new"), ("d", 1, "new")]


def test_of_variants_of_one_weight_the_evidence_is_of_1(store: Store) -> None:
    tell(store, {"a": ["new"], "b": ["old"]})
    assert evidence(store) == [("b", 1, "old")]


@pytest.mark.parametrize("kind", ["old", "new"])
def test_the_first_name_of_a_file_that_tells_the_variant_is_the_proof(
    store: Store, kind: str
) -> None:
    tell(store, {"a": ["both", f"{kind} eager", kind]})
    assert evidence(store) == [("a", 2, f"{kind} eager")]


@pytest.mark.parametrize("kind", ["old", "new"])
def test_of_names_on_one_line_the_first_by_the_alphabet_is_the_proof(
    store: Store, kind: str
) -> None:
    tell(store, {"a": [f"{kind} eager", kind]})
    store.execute("update tensorflow_name set line = 7")
    assert evidence(store) == [("a", 7, kind)]


@pytest.mark.parametrize(
    ("names", "style"),
    [
        (["old", "old graph"], "graph"),
        (["old", "new eager", "old eager"], "eager"),
    ],
)
def test_the_style_is_told_by_names_of_either_variant(
    store: Store, names: list[str], style: str
) -> None:
    tell(store, {"a": names})
    assert store.sql("select style from repo_variant").fetchall() == [(style,)]
