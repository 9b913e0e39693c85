"""file_vote, family_vote and repo_framework: from imports to the votes of files and scans."""

from tests.facts_of import Store, given

IMPORT = "scan_id path line module framework family weight kind"
TORCH, KERAS, FLOW = (
    ("pytorch", "pytorch"),
    ("keras", "tensorflow"),
    ("tensorflow", "tensorflow"),
)


def test_a_file_votes_once_for_a_framework_with_its_best_import(store: Store) -> None:
    given(
        store,
        "framework_import",
        IMPORT,
        [
            ("s", "a.py", 1, "torch", *TORCH, 0.5, "guarded"),
            ("s", "a.py", 2, "torch.nn", *TORCH, 1, "static"),
            ("s", "a.py", 2, "timm", *TORCH, 1, "static"),
            ("s", "a.py", 4, "keras", *KERAS, 0.25, "static"),
            ("s", "b.py", 1, "torch", *TORCH, 0.1, "static"),
            ("t", "a.py", 1, "torch", *TORCH, 0.05, "static"),
        ],
    )
    rows = "select scan_id, path, framework, family, weight::double, imports from file_vote"
    assert store.sql(f"{rows} order by all").fetchall() == [
        ("s", "a.py", "keras", "tensorflow", 0.25, 1),
        ("s", "a.py", "pytorch", "pytorch", 1.0, 3),
        ("s", "b.py", "pytorch", "pytorch", 0.1, 1),
        ("t", "a.py", "pytorch", "pytorch", 0.05, 1),
    ]


def test_an_import_without_weight_is_no_vote(store: Store) -> None:
    facts = [("s", "a.py", 1, "torch", *TORCH, 0, "static")]
    given(store, "framework_import", IMPORT, facts)
    assert store.sql("select * from file_vote").fetchall() == []


def prove(store: Store, *facts: tuple[int, str, float]) -> tuple[int, str]:
    """Line and module of the proof of imports (line, module, weight)."""
    rows = [("s", "a.py", line, module, *TORCH, weight, "static") for line, module, weight in facts]
    given(store, "framework_import", IMPORT, rows)
    [(proof,)] = store.sql("select proof from file_vote").fetchall()
    assert proof["path"] == "a.py"
    return proof["line"], proof["module"]


def test_the_proof_is_the_import_that_weighs_most(store: Store) -> None:
    assert prove(store, (1, "a", 0.5), (9, "b", 1), (5, "c", 0.25)) == (9, "b")


def test_of_imports_of_one_weight_the_first_line_is_the_proof(store: Store) -> None:
    assert prove(store, (7, "a", 1), (5, "z", 1), (6, "b", 1)) == (5, "z")


def test_of_imports_of_one_line_the_first_module_by_the_alphabet_is_the_proof(
    store: Store,
) -> None:
    assert prove(store, (5, "timm", 1), (5, "apex", 1), (5, "torch", 1)) == (5, "apex")


def test_a_file_that_imports_and_declares_imports(store: Store) -> None:
    given(
        store,
        "framework_import",
        IMPORT,
        [
            ("s", "setup.py", 1, "torch", *TORCH, 1, "declared"),
            ("s", "setup.py", 2, "torch", *TORCH, 1, "static"),
            ("s", "env.yml", 1, "torch", *TORCH, 1, "declared"),
        ],
    )
    rows = store.sql("select path, is_imported from file_vote order by path").fetchall()
    assert rows == [("env.yml", False), ("setup.py", True)]


VOTE = "scan_id path framework family weight imports is_imported"


def test_a_file_votes_once_for_a_family_with_the_best_of_its_votes(store: Store) -> None:
    given(
        store,
        "file_vote",
        VOTE,
        [
            ("s", "a.py", *KERAS, 0.5, 2, True),
            ("s", "a.py", *FLOW, 1, 3, False),
            ("s", "a.py", *TORCH, 0.25, 1, True),
            ("s", "b.py", *KERAS, 0.25, 1, False),
            ("s", "b.py", *FLOW, 0.1, 1, False),
            ("t", "a.py", *KERAS, 1, 1, True),
        ],
    )
    columns = "scan_id, path, family, weight::double, imports, is_imported"
    assert store.sql(f"select {columns} from family_vote order by all").fetchall() == [
        ("s", "a.py", "pytorch", 0.25, 1, True),
        ("s", "a.py", "tensorflow", 1.0, 5, True),
        ("s", "b.py", "tensorflow", 0.25, 2, False),
        ("t", "a.py", "tensorflow", 1.0, 1, True),
    ]


def test_a_framework_of_a_scan_has_the_sum_of_its_files_votes(store: Store) -> None:
    given(
        store,
        "file_vote",
        VOTE,
        [
            ("s", "a.py", *TORCH, 1, 3, True),
            ("s", "b.py", *TORCH, 0.25, 1, True),
            ("s", "c.py", *TORCH, 0.25, 1, True),
            ("s", "a.py", *KERAS, 0.1, 1, True),
            ("t", "a.py", *TORCH, 0.05, 1, True),
        ],
    )
    columns = "scan_id, framework, family, files, imports, score::double"
    assert store.sql(f"select {columns} from repo_framework order by all").fetchall() == [
        ("s", "keras", "tensorflow", 1, 1, 0.1),
        ("s", "pytorch", "pytorch", 3, 5, 1.5),
        ("t", "pytorch", "pytorch", 1, 1, 0.05),
    ]


def test_the_evidence_is_of_five_files_the_weightiest_first_then_by_path(store: Store) -> None:
    votes = [
        (path, weight, {"path": path, "line": 1, "module": "torch"})
        for path, weight in [("e", 1), ("d", 1), ("a", 0.25), ("c", 0.25), ("z", 0.5), ("b", 0.25)]
    ]
    same = {"scan_id": "s", "framework": "pytorch", "family": "pytorch"}
    given(store, "file_vote", "path weight proof", votes, **same)
    [(evidence,)] = store.sql("select evidence from repo_framework").fetchall()
    assert [proof["path"] for proof in evidence] == ["d", "e", "z", "a", "b"]
