"""What every recipe answers."""

import pytest

from pipeline.resources import SQL
from tests.facts_of import Store, given

RECIPES = {file.stem: file.read_text(encoding="utf-8") for file in (SQL / "recipes").glob("*.sql")}

SHARES = "year denominator family papers n share share_low share_high"


def answer(store: Store, recipe: str) -> list[tuple[object, ...]]:
    return store.sql(RECIPES[recipe]).fetchall()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_begins_with_the_question_that_it_answers(recipe: str) -> None:
    first, second, *_ = RECIPES[recipe].splitlines()
    assert first.startswith("-- ")
    assert "?" in first
    assert not second.startswith("--")


def test_coverage_is_the_view(store: Store) -> None:
    given(store, "coverage", "year outcome words papers", [(2020, "judged", "judged", 3)])
    assert answer(store, "coverage") == store.sql("select * from coverage").fetchall() != []


def test_disagreements_are_those_of_label_agreement_by_unit(store: Store) -> None:
    given(
        store,
        "label_agreement",
        "unit_id source_label label agrees confidence verdict reason",
        [
            ("c", "tf", "pytorch", False, "high", None, None),
            ("b", "pytorch", "pytorch", True, "high", None, None),
            ("a", "torch", "pytorch", False, "low", "ours", "It imports torch."),
            ("d", "mxnet", "pytorch", None, "low", None, None),
        ],
    )
    assert answer(store, "disagreements") == [
        ("a", "torch", "pytorch", "low", "ours", "It imports torch."),
        ("c", "tf", "pytorch", "high", None, None),
    ]


def test_evidence_is_that_of_the_label_line_by_line(store: Store) -> None:
    labels = [
        ("s2", "v", "jax"),
        ("s1", "u", "pytorch"),
        ("s3", "w", "none"),
        ("older", "v", "jax"),
    ]
    given(store, "repo_label", "scan_id unit_id label", labels)
    given(store, "latest_scan", "unit_id scan_id", [("v", "s2"), ("u", "s1"), ("w", "s3")])
    proofs = [("b.py", 2, "torch.nn"), ("b.py", 1, "torch"), ("a.py", 9, "timm")]
    evidence = [{"path": path, "line": line, "module": module} for path, line, module in proofs]
    other = [{"path": "x.py", "line": 1, "module": "jax"}]
    given(
        store,
        "repo_framework",
        "scan_id framework evidence",
        [
            ("s1", "pytorch", evidence),
            ("s1", "jax", other),
            ("s2", "jax", other),
            ("older", "jax", other),
        ],
    )
    assert answer(store, "evidence") == [
        ("u", "pytorch", "a.py", 9, "timm"),
        ("u", "pytorch", "b.py", 1, "torch"),
        ("u", "pytorch", "b.py", 2, "torch.nn"),
        ("v", "jax", "x.py", 1, "jax"),
    ]


def test_migrations_have_short_commits_and_the_first_line_of_evidence(store: Store) -> None:
    tf = {"path": "net.py", "line": 3, "name": "tensorflow.placeholder"}
    torch = {"path": "model.py", "line": 1, "name": "torch"}
    given(
        store,
        "framework_migration",
        "unit_id to_at from_commit from_evidence to_commit to_evidence",
        [("u", "2021-12-16 09:00", "a" * 40, [tf, torch], "b" * 40, [torch, tf])],
        from_series="tensorflow 1.x",
        to_series="pytorch",
        from_at="2021-02-05 08:00",
    )
    (row,) = answer(store, "migrations")
    assert tuple(str(value) for value in row) == (
        "u",
        "tensorflow 1.x",
        "pytorch",
        "2021-02-05",
        "2021-12-16",
        "a" * 10,
        "net.py:3 tensorflow.placeholder",
        "b" * 10,
        "model.py:1 torch",
    )


def test_the_rate_of_migrations_is_that_of_pytorch_of_others_and_of_all(store: Store) -> None:
    rows = [("pytorch", 20, 1), ("theano", 6, 3), ("mxnet", 4, 2)]
    given(store, "migration_rate", "from_series repositories moved", rows)
    rates = [row[:4] for row in answer(store, "migration-rate")]
    assert rates == [
        ("another framework", 10, 5, 0.5),
        ("pytorch", 20, 1, 0.05),
        ("any framework", 30, 6, 0.2),
    ]


def test_failures_are_units_that_were_not_found_or_not_read_with_the_reason(store: Store) -> None:
    given(
        store,
        "unit",
        "unit_id lookup_status lookup_problem lookup_message",
        [
            ("good", "ok", None, None),
            ("waiting", "ok", None, None),
            ("new", None, None, None),
            ("gone", "not_found", "not_found", "It is gone."),
            ("large", "ok", None, None),
            ("broken", "ok", None, None),
            ("read before", "not_found", "not_found", "It is gone now."),
        ],
    )
    given(
        store,
        "scan",
        "scan_id unit_id status message",
        [
            ("s1", "good", "ok", "All was read."),
            ("s2", "large", "too_large", "It has 9 GB."),
            ("s3", "broken", "not_found", "The branch is gone."),
            ("s4", "read before", "ok", None),
        ],
    )
    latest = [("good", "s1", "ok"), ("large", "s2", "too_large"), ("broken", "s3", "not_found")]
    latest += [("read before", "s4", "ok")]
    given(store, "latest_scan", "unit_id scan_id status", latest)
    given(
        store,
        "outcome_status",
        "step status words",
        [
            ("code", "ok", "code scanned"),
            ("code", "too_large", "larger than the limits"),
            ("code", "not_found", "revision not found"),
            ("metadata", "not_found", "repository not found"),
        ],
        means="answer",
    )
    assert answer(store, "failures") == [
        ("broken", "not_found", "revision not found", "The branch is gone."),
        ("gone", "not_found", "repository not found", "It is gone."),
        ("large", "too_large", "larger than the limits", "It has 9 GB."),
    ]


def test_frameworks_by_year_has_a_column_for_every_family(store: Store) -> None:
    given(
        store,
        "share_by_year",
        "year denominator family papers",
        [
            (2021, "with_code", "pytorch", 5),
            (2021, "with_code", "none", 0),
            (2020, "with_code", "pytorch", 3),
            (2020, "with_code", "none", 2),
            (2020, "any_framework", "pytorch", 3),
        ],
    )
    rows = store.sql(RECIPES["frameworks-by-year"])
    assert rows.columns == ["year", "none", "pytorch"]
    assert rows.fetchall() == [(2020, 2, 3), (2021, 0, 5)]


def test_imperative_by_year_is_the_view_of_styles(store: Store) -> None:
    given(store, "style_by_year", "year eager graph n share_eager", [(2018, 3, 1, 4, 0.75)])
    rows = store.sql("select * from style_by_year").fetchall()
    assert answer(store, "imperative-by-year") == rows != []


def test_share_by_year_is_pytorchs_beside_tensorflow(store: Store) -> None:
    given(
        store,
        "share_by_year",
        SHARES,
        [
            (2021, "pytorch_tensorflow", "pytorch", 3, 4, 0.75, 0.3, 0.9),
            (2020, "pytorch_tensorflow", "pytorch", 1, 2, 0.5, 0.1, 0.8),
            (2020, "pytorch_tensorflow", "tensorflow", 1, 2, 0.5, 0.1, 0.8),
            (2020, "any_framework", "pytorch", 1, 3, 0.33, 0.1, 0.7),
        ],
    )
    assert answer(store, "share-by-year") == [
        (2020, 0.5, 0.1, 0.8, 1, 2),
        (2021, 0.75, 0.3, 0.9, 3, 4),
    ]


def test_tensorflow_by_year_is_the_view_of_its_variants(store: Store) -> None:
    given(store, "tensorflow_by_year", "year variant papers n share", [(2019, "1.x", 1, 4, 0.25)])
    rows = store.sql("select * from tensorflow_by_year").fetchall()
    assert answer(store, "tensorflow-by-year") == rows != []


def test_when_written_has_both_moments_side_by_side(store: Store) -> None:
    given(store, "paper", "paper_id published_on", [("p", "2020-01-01"), ("q", "2019-01-01")])
    same = {"found_at": "2026-01-01", "unit_id": "u"}
    commits = [("p", "in_time", "2020-02-01", 31), ("q", "no_code", None, None)]
    given(store, "paper_commit", "paper_id status committed_at lag_days", commits, **same)
    scans = [("p", "then", "s"), ("p", "now", "t"), ("q", "now", "t"), ("other", "then", "t")]
    given(store, "paper_scan", "paper_id moment scan_id", scans, unit_id="u")
    given(store, "repo_label", "scan_id label", [("s", "theano"), ("t", "pytorch")])
    rows = store.sql(
        "select paper_id, status, lag_days, label_then, label_now "
        f"from ({RECIPES['when-written'].rstrip().rstrip(';')})"
    ).fetchall()
    assert rows == [
        ("q", "no_code", None, None, "pytorch"),
        ("p", "in_time", 31, "theano", "pytorch"),
    ]


def test_anachronisms_are_the_view(store: Store) -> None:
    given(store, "anachronism", "paper_id label", [("p", "jax")])
    assert answer(store, "anachronisms") == store.sql("from anachronism").fetchall() != []
