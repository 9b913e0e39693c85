"""framework_run: commits after one another with the same framework."""

import pytest

from tests.facts_of import Store, given


def history(store: Store, *labels: str, key: str = "k") -> None:
    """A commit a year from 2011, each with a family and perhaps a variant: `tensorflow 1.x`."""
    rows = []
    for number, label in enumerate(labels, start=1):
        family, _, variant = label.partition(" ")
        day = f"{2010 + number}-05-05"
        rows.append((key, f"c{number}", day, f"s{number}", family, variant or None))
    columns = "scan_key commit_id committed_at scan_id family variant"
    given(store, "judged_commit", columns, rows, unit_id="u")


def runs(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "select run, series, commits, first.commit_id, last.commit_id from framework_run order by 1"
    ).fetchall()


def test_commits_of_one_framework_are_one_run(store: Store) -> None:
    history(store, "jax", "jax", "pytorch", "pytorch", "pytorch")
    assert runs(store) == [(1, "jax", 2, "c1", "c2"), (2, "pytorch", 3, "c3", "c5")]


def test_a_run_names_its_first_and_last_commit(store: Store) -> None:
    history(store, "tensorflow 1.x", "tensorflow 1.x")
    rows = store.sql(
        "select scan_key, unit_id, family, variant, first.scan_id, last.scan_id, "
        "first.committed_at::date::varchar, last.committed_at::date::varchar from framework_run"
    ).fetchall()
    assert rows == [("k", "u", "tensorflow", "1.x", "s1", "s2", "2011-05-05", "2012-05-05")]


def test_commits_come_by_their_date_then_by_their_id(store: Store) -> None:
    rows = [
        ("c3", "2011-01-01", "jax"),
        ("c2", "2012-01-01", "pytorch"),
        ("c1", "2012-01-01", "jax"),
    ]
    same = {"scan_key": "k", "unit_id": "u", "scan_id": "s"}
    given(store, "judged_commit", "commit_id committed_at family", rows, **same)
    assert runs(store) == [(1, "jax", 2, "c3", "c1"), (2, "pytorch", 1, "c2", "c2")]


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (["jax", "jax", "pytorch", "jax"], ["jax"]),
        (["jax", "pytorch", "jax"], ["jax"]),
        (["jax", "pytorch", "pytorch", "jax"], ["jax", "pytorch", "jax"]),
        (["jax", "pytorch"], ["jax", "pytorch"]),
        (["jax", "pytorch", "theano"], ["jax", "pytorch", "theano"]),
        (["tensorflow 1.x", "tensorflow 2.x", "tensorflow 1.x"], ["tensorflow 1.x"]),
    ],
    ids=" ".join,
)
def test_a_single_commit_between_two_of_one_series_is_odd(
    store: Store, labels: list[str], series: list[str]
) -> None:
    history(store, *labels)
    assert [row[1] for row in runs(store)] == series


def test_an_odd_commit_is_not_counted(store: Store) -> None:
    history(store, "jax", "jax", "pytorch", "jax", "jax")
    assert runs(store) == [(1, "jax", 4, "c1", "c5")]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["tensorflow 1.x", "tensorflow"], [("tensorflow 1.x", 2)]),
        (["tensorflow", "tensorflow 2.x"], [("tensorflow 2.x", 2)]),
        (
            ["tensorflow 1.x", "tensorflow", "tensorflow 2.x"],
            [("tensorflow 1.x", 2), ("tensorflow 2.x", 1)],
        ),
        (["tensorflow", "tensorflow"], [("tensorflow", 2)]),
        (
            ["tensorflow 1.x", "pytorch", "pytorch", "tensorflow"],
            [("tensorflow 1.x", 1), ("pytorch", 2), ("tensorflow", 1)],
        ),
    ],
    ids=str,
)
def test_an_unknown_variant_is_that_of_the_commit_before_it_or_after_it(
    store: Store, labels: list[str], found: list[tuple[str, int]]
) -> None:
    history(store, *labels)
    assert [(row[1], row[2]) for row in runs(store)] == found


def test_each_repository_has_runs_of_its_own(store: Store) -> None:
    rows = [("k", "c1", "2011-01-01", "jax"), ("l", "c2", "2012-01-01", "jax")]
    rows += [("l", "c3", "2013-01-01", "pytorch"), ("k", "c4", "2014-01-01", "jax")]
    same = {"unit_id": "u", "scan_id": "s"}
    given(store, "judged_commit", "scan_key commit_id committed_at family", rows, **same)
    found = store.sql("select scan_key, run, series from framework_run order by all").fetchall()
    assert found == [("k", 1, "jax"), ("l", 1, "jax"), ("l", 2, "pytorch")]


COMMITS = "scan_key unit_id commit_id committed_at family variant"
Commits = list[tuple[str, str, str, str, str, str | None]]


def found(store: Store, commits: Commits) -> list[tuple[object, ...]]:
    given(store, "judged_commit", COMMITS, commits, scan_id="s")
    rows = "select scan_key, unit_id, run, series, commits from framework_run order by all"
    return store.sql(rows).fetchall()


def test_a_run_has_the_first_name_by_the_alphabet(store: Store) -> None:
    commits: Commits = [
        ("k", "b", "c1", "2011-01-01", "jax", None),
        ("k", "a", "c2", "2012-01-01", "jax", None),
        ("k", "c", "c3", "2013-01-01", "jax", None),
    ]
    assert found(store, commits) == [("k", "a", 1, "jax", 3)]


def test_an_unknown_variant_is_not_that_of_another_repository(store: Store) -> None:
    commits: Commits = [
        ("k", "u", "c1", "2011-01-01", "tensorflow", "1.x"),
        ("l", "v", "c2", "2012-01-01", "jax", None),
        ("l", "v", "c3", "2012-02-01", "tensorflow", "2.x"),
        ("k", "u", "c4", "2013-01-01", "tensorflow", None),
    ]
    assert found(store, commits) == [
        ("k", "u", 1, "tensorflow 1.x", 2),
        ("l", "v", 1, "jax", 1),
        ("l", "v", 2, "tensorflow 2.x", 1),
    ]


def test_a_commit_of_another_repository_does_not_part_commits_of_one_family(store: Store) -> None:
    commits: Commits = [
        ("k", "u", "c1", "2011-01-01", "tensorflow", "1.x"),
        ("l", "v", "c2", "2012-01-01", "jax", None),
        ("k", "u", "c3", "2013-01-01", "tensorflow", None),
    ]
    assert found(store, commits) == [
        ("k", "u", 1, "tensorflow 1.x", 2),
        ("l", "v", 1, "jax", 1),
    ]


def test_variants_follow_the_dates_and_not_the_ids(store: Store) -> None:
    commits: Commits = [
        ("k", "u", "c1", "2012-01-01", "tensorflow", None),
        ("k", "u", "c2", "2013-01-01", "jax", None),
        ("k", "u", "c3", "2011-01-01", "tensorflow", "1.x"),
    ]
    assert found(store, commits) == [
        ("k", "u", 1, "tensorflow 1.x", 2),
        ("k", "u", 2, "jax", 1),
    ]


def test_variants_of_commits_of_one_moment_follow_the_ids(store: Store) -> None:
    commits: Commits = [
        ("k", "u", "c3", "2011-01-01", "tensorflow", "2.x"),
        ("k", "u", "c2", "2011-01-01", "tensorflow", None),
        ("k", "u", "c1", "2011-01-01", "tensorflow", "1.x"),
    ]
    assert found(store, commits) == [
        ("k", "u", 1, "tensorflow 1.x", 2),
        ("k", "u", 2, "tensorflow 2.x", 1),
    ]
