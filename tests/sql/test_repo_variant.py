"""repo_variant: TensorFlow 1.x or 2.x, graph or eager."""

import pytest

from tests.facts_of import Store, given

MEANINGS = [
    ("old graph", "1.x", "graph", False),
    ("old", "1.x", None, False),
    ("old eager", "1.x", "eager", False),
    ("new eager", "2.x", "eager", False),
    ("new", "2.x", None, False),
    ("shared old", "1.x", None, True),
    ("shared old graph", "1.x", "graph", True),
    ("shared new", "2.x", None, True),
    ("shared new eager", "2.x", "eager", True),
    ("both", None, None, False),
    ("both eager", None, "eager", False),
    ("tensorflow==1.x", "1.x", None, False),
    ("tensorflow==2.x", "2.x", None, False),
]
Names = dict[str, list[str]]


def tell(store: Store, names: Names, weights: dict[str, float] | None = None) -> None:
    """Names on lines 1, 2, ... of each file; what the file's vote for TensorFlow weighs, else 1."""
    given(store, "api_meaning", "name variant style in_both", MEANINGS)
    rows = [("s", path, line, name) for path in names for line, name in enumerate(names[path], 1)]
    given(store, "taken_name", "scan_id path line name", rows)
    votes = [("s", path, "tensorflow", (weights or {}).get(path, 1)) for path in names]
    others = [("s", path, "pytorch", 0.9) for path in names] + [("t", "a", "tensorflow", 0.8)]
    given(store, "family_vote", "scan_id path family weight", votes + others)


def variant(store: Store) -> list[tuple[object, ...]]:
    rows = "select variant, style, round(dominance, 4) from repo_variant where scan_id = 's'"
    return store.sql(rows).fetchall()


CASES = {
    "one name": ({"a": ["old graph"]}, [("1.x", "graph", 1)]),
    "the other": ({"a": ["new eager"]}, [("2.x", "eager", 1)]),
    "a variant without a style": ({"a": ["new"]}, [("2.x", None, 1)]),
    "a style without a variant": ({"a": ["both eager"]}, [(None, "eager", None)]),
    "nothing that tells": ({"a": ["both"]}, [(None, None, None)]),
    "unknown names": ({"a": ["unknown"]}, [(None, None, None)]),
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
    "as many files of both, in the other order": (
        {"a": ["old graph"], "b": ["new eager"]},
        [("1.x", "graph", 0.5)],
    ),
    "a scan is what most of its files are": (
        {"a": ["old graph"], "b": ["new eager"], "c": ["new eager"]},
        [("2.x", "eager", 0.6667)],
    ),
    "names that both have": ({"a": ["shared new"]}, [("2.x", None, 1)]),
    "most of the names that both have": (
        {"a": ["shared old graph", "shared new", "shared new eager"]},
        [("2.x", "graph", 1)],
    ),
    "one name of its own decides against many that both have": (
        {"a": ["old", "shared new", "shared new eager"], "b": ["shared new"], "c": ["shared new"]},
        [("1.x", "eager", 1)],
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


@pytest.mark.slow
@pytest.mark.parametrize("names", [["old graph", "new eager"], ["new eager", "old graph"]], ids=str)
def test_ties_go_to_1_and_graph_in_whatever_order_the_names_come(
    store: Store, names: list[str]
) -> None:
    for path in ("a", "f00", "net.py"):
        tell(store, {path: names})
        assert variant(store) == [("1.x", "graph", 1)]
    tell(store, {f"{number:02}.py": names for number in range(40)})
    assert variant(store) == [("1.x", "graph", 1)]
    tell(store, {f"{number:02}.py": [names[number % 2]] for number in range(40)})
    assert variant(store) == [("1.x", "graph", 0.5)]


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


def test_a_file_with_a_vote_in_another_scan_alone_tells_nothing(store: Store) -> None:
    tell(store, {"a": ["old"], "b": ["shared new"]})
    store.execute("delete from family_vote where scan_id = 's' and path = 'a'")
    assert variant(store) == [("2.x", None, 1)]


def test_every_scan_is_told_by_its_own_files(store: Store) -> None:
    tell(store, {"a": ["old graph"], "b": ["old graph"]})
    store.execute("insert into taken_name values ('t', 'a', 1, 'new eager')")
    rows = store.sql("select scan_id, variant, dominance from repo_variant order by 1").fetchall()
    assert rows == [("s", "1.x", 1), ("t", "2.x", 1)]


def ask_for(store: Store, *versions: tuple[str, str]) -> None:
    """Lists of packages, by path, that ask for a version."""
    for line, (path, version) in enumerate(versions, 1):
        row = ["s", path, line, f"tensorflow=={version}"]
        store.execute("insert into taken_name values (?, ?, ?, ?)", row)


def test_a_version_decides_against_names_that_both_variants_have(store: Store) -> None:
    tell(store, {"a": ["shared new"], "b": ["shared new"]})
    ask_for(store, ("requirements.txt", "1.x"))
    assert variant(store) == [("1.x", None, 1)]
    assert evidence(store) == [("requirements.txt", 1, "tensorflow==1.x")]


def test_a_version_that_admits_both_variants_tells_nothing(store: Store) -> None:
    tell(store, {"a": ["shared new"]})
    ask_for(store, ("requirements.txt", "any"))
    assert variant(store) == [("2.x", None, 1)]


def test_a_name_of_one_variant_alone_decides_against_a_version(store: Store) -> None:
    tell(store, {"a": ["new"]})
    ask_for(store, ("requirements.txt", "1.x"), ("b/requirements.txt", "1.x"))
    assert variant(store) == [("2.x", None, 1)]


def test_a_version_in_a_file_of_tensorflow_code_is_no_name_of_that_file(store: Store) -> None:
    tell(store, {"a": ["new"], "b.ipynb": ["unknown"], "c.ipynb": ["unknown"]})
    ask_for(store, ("b.ipynb", "1.x"), ("c.ipynb", "1.x"))
    assert variant(store) == [("2.x", None, 1)]


def test_a_version_tells_where_no_name_does(store: Store) -> None:
    tell(store, {"a": ["unknown"]})
    ask_for(store, ("requirements.txt", "2.x"))
    assert variant(store) == [("2.x", None, 1)]


def test_a_version_without_tensorflow_code_tells_nothing(store: Store) -> None:
    tell(store, {"a": ["old"]})
    ask_for(store, ("requirements.txt", "2.x"))
    store.execute("delete from family_vote where scan_id = 's'")
    assert store.sql("select * from repo_variant where scan_id = 's'").fetchall() == []


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([("a.txt", "2.x"), ("b.txt", "2.x"), ("c.txt", "1.x")], ("2.x", 0.6667)),
        ([("tests/a.txt", "2.x"), ("tests/b.txt", "2.x"), ("c.txt", "1.x")], ("1.x", 0.6667)),
        ([("a.txt", "2.x"), ("b.txt", "1.x")], ("1.x", 0.5)),
    ],
)
def test_versions_count_with_the_weight_of_the_role_of_their_file(
    store: Store, versions: list[tuple[str, str]], expected: tuple[str, float]
) -> None:
    tell(store, {"a": ["shared old"]})
    ask_for(store, *versions)
    assert [(row[0], row[2]) for row in variant(store)] == [expected]


def evidence(store: Store, column: str = "evidence") -> list[tuple[str, int, str]]:
    [(proofs,)] = store.sql(f"select {column} from repo_variant where scan_id = 's'").fetchall()
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
    store.execute("update taken_name set line = 7")
    assert evidence(store) == [("a", 7, kind)]


@pytest.mark.parametrize(
    ("names", "line", "proof"),
    [
        (["both", "shared old graph", "old graph"], 2, "shared old graph"),
        (["new", "shared new eager", "new eager"], 2, "shared new eager"),
    ],
)
def test_the_first_name_of_a_file_that_tells_the_style_is_its_proof(
    store: Store, names: list[str], line: int, proof: str
) -> None:
    tell(store, {"a": names})
    assert evidence(store, "style_evidence") == [("a", line, proof)]


def test_of_names_of_a_style_on_one_line_the_first_by_the_alphabet_is_the_proof(
    store: Store,
) -> None:
    tell(store, {"a": ["shared old graph", "old graph"]})
    store.execute("update taken_name set line = 7")
    assert evidence(store, "style_evidence") == [("a", 7, "old graph")]


def test_the_first_line_of_a_list_that_asks_for_the_version_is_the_proof(store: Store) -> None:
    tell(store, {"a": ["shared new"]})
    asked = ("list.txt", "1.x")
    ask_for(store, asked, asked)
    assert evidence(store) == [("list.txt", 1, "tensorflow==1.x")]


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
    assert store.sql("select style from repo_variant where scan_id = 's'").fetchall() == [(style,)]


@pytest.mark.parametrize(
    ("style", "other"), [("old graph", "new eager"), ("new eager", "old graph")]
)
def test_the_evidence_of_the_style_is_of_the_winning_one_by_weight_then_by_path(
    store: Store, style: str, other: str
) -> None:
    names = {path: ["both", style] for path in "gfedcb"} | {"a": [other]}
    tell(store, names, weights={"c": 0.25, "g": 0.5, "a": 0.9})
    assert evidence(store, "style_evidence") == [(path, 2, style) for path in "bdefg"]
