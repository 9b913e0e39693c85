"""repo_label: the label of a scan, by the votes of its files."""

import pytest

from tests.facts_of import Store, given

Votes = list[tuple[str, str, float, int]]
"""File, framework, weight and imports of a vote."""

FAMILIES = {"keras": "tensorflow"}


def vote(store: Store, votes: Votes, is_imported: bool = True, **scan: object) -> None:
    """A scan s whose files vote so."""
    given(store, "scan", "scan_id unit_id commit_id", [("s", "u", "c")], **scan)
    rows = [
        ("s", path, framework, FAMILIES.get(framework, framework), weight, imports)
        for path, framework, weight, imports in votes
    ]
    columns = "scan_id path framework family weight imports"
    given(store, "file_vote", columns, rows, is_imported=is_imported)


def labels(store: Store, columns: str = "label, family") -> list[tuple[object, ...]]:
    return store.sql(f"select {columns} from repo_label").fetchall()


WINNERS: dict[str, tuple[Votes, str, str]] = {
    "the family that weighs most": (
        [("a", "jax", 1, 1), ("b", "pytorch", 0.5, 9), ("c", "pytorch", 0.25, 9)],
        "jax",
        "jax",
    ),
    "the sum of many files": (
        [("a", "jax", 1, 1), ("b", "pytorch", 0.5, 1), ("c", "pytorch", 0.75, 1)],
        "pytorch",
        "pytorch",
    ),
    "keras counts with tensorflow": (
        [("a", "keras", 1, 1), ("b", "tensorflow", 0.5, 1), ("c", "pytorch", 1.25, 1)],
        "keras",
        "tensorflow",
    ),
    "a file counts once for a family": (
        [("a", "keras", 1, 1), ("a", "tensorflow", 1, 1), ("b", "pytorch", 1.25, 1)],
        "pytorch",
        "pytorch",
    ),
    "within the family the heavier framework": (
        [("a", "tensorflow", 0.5, 9), ("b", "keras", 0.25, 1), ("c", "keras", 0.5, 1)],
        "keras",
        "tensorflow",
    ),
    "of families of one weight that with more imports": (
        [("a", "jax", 1, 2), ("b", "pytorch", 1, 3)],
        "pytorch",
        "pytorch",
    ),
    "the imports of all files count": (
        [("a", "jax", 1, 3), ("b", "pytorch", 0.5, 2), ("c", "pytorch", 0.5, 2)],
        "pytorch",
        "pytorch",
    ),
    "of families alike the first of the alphabet": (
        [("a", "pytorch", 1, 2), ("b", "jax", 1, 2)],
        "jax",
        "jax",
    ),
    "within the family, of one weight, that with more imports": (
        [("a", "keras", 1, 2), ("b", "tensorflow", 1, 3)],
        "tensorflow",
        "tensorflow",
    ),
    "within the family, of those alike, the first of the alphabet": (
        [("a", "tensorflow", 1, 2), ("b", "keras", 1, 2)],
        "keras",
        "tensorflow",
    ),
}


@pytest.mark.parametrize(("votes", "label", "family"), WINNERS.values(), ids=WINNERS)
def test_which_framework_is_the_label(store: Store, votes: Votes, label: str, family: str) -> None:
    vote(store, votes)
    assert labels(store) == [(label, family)]


JUDGED = {
    "code was read": ("ok", True, [("pytorch",)]),
    "code was read and imports none": ("ok", False, [("none",)]),
    "packages without code": ("no_code", True, [("pytorch",)]),
    "neither code nor packages": ("no_code", False, []),
    "it failed": ("truncated", True, []),
}


@pytest.mark.parametrize(("status", "has_votes", "expected"), JUDGED.values(), ids=JUDGED)
def test_which_scans_are_judged(
    store: Store, status: str, has_votes: bool, expected: list[tuple[str]]
) -> None:
    vote(store, [("a", "pytorch", 1, 1)] if has_votes else [], status=status)
    assert labels(store, "label") == expected


def test_a_row_names_the_scan_its_unit_and_its_commit(store: Store) -> None:
    vote(store, [("a", "pytorch", 1, 1)])
    assert labels(store, "scan_id, unit_id, commit_id") == [("s", "u", "c")]


def test_scans_are_judged_each_by_its_own_votes(store: Store) -> None:
    vote(store, [("a", "pytorch", 0.5, 1), ("b", "jax", 0.25, 1)])
    given(store, "scan", "scan_id unit_id", [("s", "u"), ("t", "v"), ("r", "w")])
    store.execute(
        "insert into file_vote (scan_id, path, framework, family, weight, imports, is_imported) "
        "values ('t', 'a', 'jax', 'jax', 1, 1, true), ('t', 'b', 'keras', 'tensorflow', 3, 1, true)"
    )
    rows = "select scan_id, label, round(dominance, 4) from repo_label order by 1"
    assert store.sql(rows).fetchall() == [
        ("r", "none", None),
        ("s", "pytorch", 0.6667),
        ("t", "keras", 0.75),
    ]


def test_a_family_that_wins_another_scan_does_not_win_here(store: Store) -> None:
    vote(store, [("a", "keras", 1, 1), ("b", "tensorflow", 1, 1), ("c", "pytorch", 1.5, 1)])
    given(store, "scan", "scan_id unit_id", [("s", "u"), ("t", "v")])
    store.execute(
        "insert into file_vote (scan_id, path, framework, family, weight, imports, is_imported) "
        "values ('t', 'a', 'pytorch', 'pytorch', 1, 1, true)"
    )
    rows = "select scan_id, label from repo_label order by scan_id"
    assert store.sql(rows).fetchall() == [("s", "keras"), ("t", "pytorch")]


def test_dominance_counts_weights_to_their_last_digit(store: Store) -> None:
    vote(store, [("a", "jax", 0.000006, 2), ("b", "pytorch", 0.000006, 1)])
    assert labels(store, "label, dominance") == [("jax", 0.5)]


def test_dominance_is_the_familys_share_of_the_weight(store: Store) -> None:
    vote(store, [("a", "keras", 1, 1), ("b", "tensorflow", 0.5, 1), ("c", "jax", 0.5, 1)])
    assert labels(store, "label, dominance") == [("keras", 0.75)]


@pytest.mark.parametrize(("is_imported", "basis"), [(True, "imported"), (False, "declared")])
def test_the_basis_is_imports_or_lists_of_packages(
    store: Store, is_imported: bool, basis: str
) -> None:
    vote(store, [("a", "pytorch", 1, 1)], is_imported)
    assert labels(store, "basis") == [(basis,)]


def test_one_import_is_a_basis_and_none_has_no_basis(store: Store) -> None:
    vote(store, [("a", "pytorch", 1, 1), ("b", "pytorch", 1, 1)], is_imported=False)
    store.execute("update file_vote set is_imported = true where path = 'b'")
    assert labels(store, "basis") == [("imported",)]
    vote(store, [])
    assert labels(store, "basis") == [(None,)]


CONFIDENCE: dict[str, tuple[Votes, str]] = {
    "one full vote": ([("a", "pytorch", 1, 1)], "high"),
    "a full vote and nine tenths": ([("a", "pytorch", 9, 1), ("b", "jax", 1, 1)], "high"),
    "a little less than nine tenths": (
        [("a", "pytorch", 8.99, 1), ("b", "jax", 1, 1)],
        "medium",
    ),
    "a little less than a full vote": ([("a", "pytorch", 0.99, 1)], "medium"),
    "half a vote": ([("a", "pytorch", 0.5, 1)], "medium"),
    "a little less than half a vote": ([("a", "pytorch", 0.49, 1)], "low"),
    "six tenths": ([("a", "pytorch", 3, 1), ("b", "jax", 2, 1)], "medium"),
    "a little less than six tenths": ([("a", "pytorch", 2.99, 1), ("b", "jax", 2, 1)], "low"),
    "as much as another": ([("a", "pytorch", 1, 2), ("b", "jax", 1, 1)], "low"),
    "next to nothing": ([("a", "pytorch", 0.0025, 1)], "low"),
    "many votes of which none is full": (
        [(path, "pytorch", 0.99, 1) for path in "abc"],
        "medium",
    ),
    "many small votes": ([(path, "pytorch", 0.25, 1) for path in "ab"], "medium"),
}


@pytest.mark.parametrize(("votes", "confidence"), CONFIDENCE.values(), ids=CONFIDENCE)
def test_confidence_by_weight_and_share(store: Store, votes: Votes, confidence: str) -> None:
    vote(store, votes)
    assert labels(store, "confidence") == [(confidence,)]


@pytest.mark.parametrize(
    ("files_scanned", "confidence"), [(15, "high"), (16, "medium"), (10_000, "medium")]
)
def test_a_family_with_less_than_a_tenth_of_a_vote_for_each_code_file_is_not_sure(
    store: Store, files_scanned: int, confidence: str
) -> None:
    # 1.5 votes of two files, of which one imports two frameworks of the family
    votes = [("a", "keras", 1, 1), ("a", "tensorflow", 1, 1), ("b", "keras", 0.5, 1)]
    vote(store, votes, files_scanned=files_scanned)
    assert labels(store, "label, confidence") == [("keras", confidence)]


@pytest.mark.parametrize(("unread", "confidence"), [(17, "high"), (18, "medium")])
def test_code_that_was_not_read_counts_for_the_share_of_the_code(
    store: Store, unread: int, confidence: str
) -> None:
    vote(store, [("a", "pytorch", 1, 1), ("b", "pytorch", 1, 1)], files_scanned=2)
    rows = [("s", "go", unread), ("s", "rust", 1), ("t", "rust", 999)]
    given(store, "unread_code", "scan_id language files", rows)
    assert labels(store, "label, confidence") == [("pytorch", confidence)]


@pytest.mark.parametrize(("scan", "confidence"), [("s", "medium"), ("t", "high")])
def test_none_is_not_sure_where_code_is_in_a_language_that_is_not_read(
    store: Store, scan: str, confidence: str
) -> None:
    vote(store, [])
    given(store, "unread_code", "scan_id language files", [(scan, "go", 1), (scan, "rust", 1)])
    assert labels(store, "label, confidence") == [("none", confidence)]


UNDECIDED = {
    "no library of several frameworks": ("numpy", [], "high"),
    "a name that means no framework": ("transformers", ["transformers.BertTokenizer"], "high"),
    "one that does and one that does not": (
        "transformers",
        ["transformers.BertTokenizer", "transformers.pipeline"],
        "medium",
    ),
    "a name that tells nothing": ("transformers", ["transformers.pipeline"], "medium"),
    "no name": ("transformers", [], "medium"),
    "a module that tells": ("transformers.tokenization_bert", [], "high"),
}


@pytest.mark.parametrize(("module", "names", "confidence"), UNDECIDED.values(), ids=UNDECIDED)
def test_none_is_not_sure_where_a_library_may_stand_on_any_framework(
    store: Store, module: str, names: list[str], confidence: str
) -> None:
    vote(store, [])
    imports = [("s", "a.py", 1, module), ("t", "a.py", 1, "transformers")]
    given(store, "import_fact", "scan_id path line module", imports)
    uses = [("s", "a.py", 1, name) for name in names]
    elsewhere = [("s", "b.py", 1), ("t", "a.py", 1)]
    uses += [(*place, "transformers.BertTokenizer") for place in elsewhere]
    uses += [("s", "a.py", 1, "keras.layers")]
    given(store, "api_use", "scan_id path line name", uses)
    assert labels(store, "label, confidence") == [("none", confidence)]


def test_a_module_of_another_language_is_not_such_a_library(store: Store) -> None:
    vote(store, [])
    imports = [("s", 1, "transformers", "r")]
    given(store, "import_fact", "scan_id line module language", imports)
    assert labels(store, "label, confidence") == [("none", "high")]


def test_many_files_with_such_a_library_give_one_label(store: Store) -> None:
    vote(store, [])
    imports = [("s", path, 1, "transformers") for path in ("a.py", "b.py")]
    given(store, "import_fact", "scan_id path line module", imports)
    assert labels(store, "label, confidence") == [("none", "medium")]


def test_a_label_of_packages_alone_is_of_low_confidence(store: Store) -> None:
    vote(store, [("a", "pytorch", 9, 1)], is_imported=False)
    assert labels(store, "confidence") == [("low",)]


@pytest.mark.parametrize(("files_skipped", "confidence"), [(0, "high"), (1, "medium")])
def test_none_is_sure_where_every_file_was_read(
    store: Store, files_skipped: int, confidence: str
) -> None:
    vote(store, [], files_skipped=files_skipped)
    assert labels(store, "label, confidence") == [("none", confidence)]


STYLES = {
    **dict.fromkeys(("pytorch", "torch7", "chainer", "dynet", "mlx", "tinygrad"), "eager"),
    **dict.fromkeys(("theano", "caffe", "caffe2", "cntk"), "graph"),
    **dict.fromkeys(("tensorflow", "keras", "jax", "mxnet", "paddle", "mindspore"), None),
}


@pytest.mark.parametrize(("framework", "style"), STYLES.items())
def test_frameworks_that_have_one_style_only(
    store: Store, framework: str, style: str | None
) -> None:
    vote(store, [("a", framework, 1, 1)])
    assert labels(store, "style") == [(style,)]


def test_code_without_a_framework_has_neither_label_nor_family(store: Store) -> None:
    vote(store, [])
    assert labels(store) == [("none", "none")]


def test_the_one_style_of_a_framework_goes_before_the_names_that_it_uses(store: Store) -> None:
    vote(store, [("a", "keras", 1, 1)])
    given(store, "repo_variant", "scan_id variant style", [("s", "1.x", "graph")])
    store.execute("update framework set style = 'eager' where framework = 'keras'")
    assert labels(store, "variant, style") == [("1.x", "eager")]


@pytest.mark.parametrize(
    ("framework", "expected"),
    [
        ("tensorflow", ("1.x", "graph")),
        ("keras", ("1.x", "graph")),
        ("jax", (None, None)),
        ("pytorch", (None, "eager")),
    ],
)
def test_names_tell_variant_and_style_of_tensorflow_alone(
    store: Store, framework: str, expected: tuple[str | None, str | None]
) -> None:
    vote(store, [("a", framework, 1, 1)])
    given(store, "repo_variant", "scan_id variant style", [("s", "1.x", "graph")])
    assert labels(store, "variant, style") == [expected]
