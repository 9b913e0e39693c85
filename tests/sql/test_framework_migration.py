"""framework_migration, migration_by_year and migration_rate: how repositories moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.code.units import Unit
from pipeline.store.database import write
from pipeline.store.scan_rows import scan_batch
from tests.facts_of import Store, add_paper, given, result_of

RUN = "scan_key unit_id run series family variant commits first last"


def commit(name: str, day: str) -> dict[str, str]:
    return {"commit_id": name, "committed_at": day, "scan_id": f"s{name}"}


def run(
    number: int, series: str, first: str, last: str, *, key: str = "k", commits: int = 2
) -> tuple[object, ...]:
    """A run between two days; its commits are named after the days."""
    family, _, variant = series.partition(" ")
    ends = (commit(f"{key}-{first}", first), commit(f"{key}-{last}", last))
    return (key, f"u{key}", number, series, family, variant or None, commits, *ends)


def moved(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "select unit_id, from_series, to_series, from_commit, to_commit, commits_before, "
        "commits_after from framework_migration"
    ).fetchall()


@pytest.mark.slow
def test_two_runs_after_one_another_are_a_move(store: Store) -> None:
    runs = [
        run(1, "theano", "2015-01-01", "2016-01-01", commits=3),
        run(2, "tensorflow 1.x", "2017-01-01", "2018-01-01"),
        run(3, "tensorflow 2.x", "2020-01-01", "2020-01-01", commits=1),
    ]
    given(store, "framework_run", RUN, runs[::-1])
    assert moved(store) == [
        ("uk", "theano", "tensorflow 1.x", "k-2016-01-01", "k-2017-01-01", 3, 2),
        ("uk", "tensorflow 1.x", "tensorflow 2.x", "k-2018-01-01", "k-2020-01-01", 2, 1),
    ]
    dates = "select from_family, to_family, from_at::varchar, to_at::varchar"
    assert store.sql(f"{dates} from framework_migration limit 1").fetchall() == [
        ("theano", "tensorflow", "2016-01-01 00:00:00", "2017-01-01 00:00:00")
    ]


@pytest.mark.slow
def test_a_repository_with_one_run_has_not_moved(store: Store) -> None:
    given(store, "framework_run", RUN, [run(1, "jax", "2020-01-01", "2022-01-01")])
    assert moved(store) == []


@pytest.mark.slow
def test_runs_of_two_repositories_are_no_move(store: Store) -> None:
    runs = [
        run(1, "jax", "2020-01-01", "2021-01-01"),
        run(1, "pytorch", "2022-01-01", "2023-01-01", key="l"),
    ]
    given(store, "framework_run", RUN, runs)
    assert moved(store) == []


@pytest.mark.slow
def test_the_earliest_move_comes_first_then_the_unit(store: Store) -> None:
    runs = []
    for key, day in (("z", "2020-01-01"), *((key, "2021-01-01") for key in "hbkdjaficge")):
        runs += [run(1, "jax", "2018-01-01", "2018-01-01", key=key)]
        runs += [run(2, "pytorch", day, day, key=key)]
    given(store, "framework_run", RUN, runs)
    moves = [(f"u{key}", "jax", "pytorch") for key in "zabcdefghijk"]
    assert [row[:3] for row in moved(store)] == moves


def four_commits(store: Store) -> None:
    """A repository that moves from JAX to PyTorch; the two commits in the middle use both."""
    given(
        store,
        "framework_run",
        RUN,
        [run(1, "jax", "2018-01-01", "2019-01-01"), run(2, "pytorch", "2020-01-01", "2021-01-01")],
    )
    days = ("2018-01-01", "2019-01-01", "2020-01-01", "2021-01-01")
    rows = [(f"sk-{day}", day) for day in days]
    given(store, "judged_commit", "scan_id committed_at", rows, scan_key="k")
    votes = [
        ("sk-2018-01-01", "jax", "flax", 2, [{"path": "f.py", "line": 1, "module": "flax"}]),
        ("sk-2018-01-01", "jax", "jax", 3, [{"path": "j.py", "line": 2, "module": "jax"}]),
        ("sk-2019-01-01", "jax", "flax", 2, [{"path": "f.py", "line": 3, "module": "flax"}]),
        ("sk-2019-01-01", "jax", "jax", 3, [{"path": "j.py", "line": 4, "module": "jax"}]),
        ("sk-2019-01-01", "pytorch", "pytorch", 1, [{"path": "p", "line": 5, "module": "torch"}]),
        ("sk-2020-01-01", "jax", "jax", 3, [{"path": "j.py", "line": 7, "module": "jax"}]),
        ("sk-2020-01-01", "pytorch", "pytorch", 1, [{"path": "p", "line": 6, "module": "torch"}]),
        ("sk-2020-01-01", "pytorch", "keras", 9, [{"path": "k", "line": 9, "module": "keras"}]),
        ("sk-2021-01-01", "pytorch", "pytorch", 1, [{"path": "p", "line": 8, "module": "torch"}]),
    ]
    given(store, "repo_framework", "scan_id family framework score evidence", votes)


@pytest.mark.slow
def test_each_end_of_a_move_has_the_lines_of_the_framework_that_names_its_family(
    store: Store,
) -> None:
    four_commits(store)
    rows = store.sql("select from_evidence, to_evidence from framework_migration").fetchall()
    assert rows == [
        (
            [{"path": "j.py", "line": 4, "name": "jax"}],
            [{"path": "p", "line": 6, "name": "torch"}],
        )
    ]


@pytest.mark.slow
def test_commits_that_use_both_frameworks_are_counted(store: Store) -> None:
    four_commits(store)
    both = "select commits_with_both from framework_migration"
    assert store.sql(both).fetchall() == [(2,)]
    store.execute("update judged_commit set committed_at = '2030-01-01'")
    assert store.sql(both).fetchall() == [(0,)]
    store.execute("update judged_commit set committed_at = '2010-01-01'")
    assert store.sql(both).fetchall() == [(0,)]
    store.execute("update judged_commit set committed_at = '2019-01-01', scan_key = 'l'")
    assert store.sql(both).fetchall() == [(0,)]


@pytest.mark.slow
def test_commits_of_another_repository_that_moved_do_not_count(store: Store) -> None:
    four_commits(store)
    runs = [
        run(1, "jax", "2018-01-01", "2019-01-01"),
        run(2, "pytorch", "2020-01-01", "2021-01-01"),
        run(1, "jax", "2018-01-01", "2018-01-01", key="l"),
        run(2, "pytorch", "2020-01-01", "2020-01-01", key="l"),
    ]
    given(store, "framework_run", RUN, runs)
    both = "select unit_id, commits_with_both from framework_migration"
    assert store.sql(both).fetchall() == [("uk", 2), ("ul", 0)]


def test_a_move_between_variants_has_the_names_of_the_variants(store: Store) -> None:
    runs = [
        run(1, "tensorflow 1.x", "2018-01-01", "2018-01-01"),
        run(2, "tensorflow 2.x", "2020-01-01", "2020-01-01"),
        run(3, "tensorflow 1.x", "2021-01-01", "2021-01-01"),
    ]
    given(store, "framework_run", RUN, runs)
    variants = [
        ("sk-2018-01-01", "1.x", [{"path": "a", "line": 1, "name": "tensorflow.Session"}]),
        ("sk-2020-01-01", "1.x", [{"path": "a", "line": 2, "name": "tensorflow.other"}]),
        ("sk-2021-01-01", "1.x", [{"path": "a", "line": 3, "name": "tensorflow.Session"}]),
    ]
    given(store, "repo_variant", "scan_id variant evidence", variants)
    votes = [
        (f"sk-{day}", [{"path": "a", "line": 9, "module": "tensorflow"}])
        for day in ("2018-01-01", "2020-01-01", "2021-01-01")
    ]
    days = [(scan_id, scan_id.removeprefix("sk-")) for scan_id, _ in votes]
    given(store, "judged_commit", "scan_id committed_at", days, scan_key="k")
    same = {"family": "tensorflow", "framework": "tensorflow", "score": 1}
    given(store, "repo_framework", "scan_id evidence", votes, **same)
    rows = store.sql(
        "select from_evidence[1].name, to_evidence[1].name, commits_with_both "
        "from framework_migration"
    ).fetchall()
    assert rows == [
        ("tensorflow.Session", "tensorflow", None),
        ("tensorflow", "tensorflow.Session", None),
    ]


MOVE = "unit_id from_series to_series to_at"


def test_moves_of_one_kind_are_counted_by_year(store: Store) -> None:
    moves = [
        ("u", "jax", "pytorch", "2020-12-31"),
        ("v", "jax", "pytorch", "2020-01-01"),
        ("v", "jax", "pytorch", "2020-06-01"),
        ("v", "pytorch", "jax", "2020-03-01"),
        ("w", "jax", "pytorch", "2021-01-01"),
    ]
    given(store, "framework_migration", MOVE, moves)
    assert store.sql("from migration_by_year").fetchall() == [
        (2020, "jax", "pytorch", 2),
        (2020, "pytorch", "jax", 1),
        (2021, "jax", "pytorch", 1),
    ]


def test_years_come_in_order(store: Store) -> None:
    years = (2021, 2012, 2016, 2019, 2013, 2020)
    moves = [("u", "jax", "pytorch", f"{year}-01-01") for year in years]
    given(store, "framework_migration", MOVE, moves)
    rows = store.sql("select year from migration_by_year").fetchall()
    assert rows == [(year,) for year in sorted(years)]


@pytest.mark.parametrize(("last", "counted"), [("2019-12-31", 0), ("2020-01-01", 1)])
def test_a_repository_is_followed_for_at_least_365_days(
    store: Store, last: str, counted: int
) -> None:
    given(store, "framework_run", RUN, [run(1, "jax", "2019-01-01", last)])
    assert len(store.sql("from migration_rate").fetchall()) == counted


def test_the_rate_counts_repositories_that_ended_with_something_else(store: Store) -> None:
    runs = [
        run(1, "jax", "2018-01-01", "2018-01-01", key="moved"),
        run(2, "pytorch", "2020-01-01", "2020-01-01", key="moved"),
        run(1, "jax", "2018-01-01", "2018-06-01", key="back"),
        run(2, "pytorch", "2019-01-01", "2019-06-01", key="back"),
        run(3, "jax", "2020-01-01", "2020-06-01", key="back"),
        run(1, "jax", "2018-01-01", "2020-01-01", key="stayed"),
        run(1, "jax", "2018-01-01", "2020-01-01", key="stayed too"),
        run(1, "theano", "2018-01-01", "2020-01-01", key="x"),
        run(1, "caffe", "2018-01-01", "2020-01-01", key="y"),
    ]
    given(store, "framework_run", RUN, runs)
    rows = "select * exclude (share_low, share_high) from migration_rate"
    assert store.sql(rows).fetchall() == [
        ("jax", 4, 1, 0.25),
        ("caffe", 1, 0, 0.0),
        ("theano", 1, 0, 0.0),
    ]
    # Wilson's interval for 1 of 4
    interval = "select round(share_low, 3), round(share_high, 3) from migration_rate limit 1"
    assert store.sql(interval).fetchall() == [(0.046, 0.699)]


@pytest.mark.slow
def test_the_files_of_a_repository_show_a_move(store: Store) -> None:
    add_paper(store, "p", "r")
    for day, content in (("2016-01-01", "import theano"), ("2019-01-01", "import torch")):
        result = replace(result_of({"a.py": content}), commit_id=day, committed_at=day)
        unit = Unit("github.com/o/r", "github.com", "o", "r")
        write(store, scan_batch([(unit, result)]))
    rows = "select from_series, to_series, from_evidence, to_evidence from framework_migration"
    assert store.sql(rows).fetchall() == [
        (
            *("theano", "pytorch"),
            [{"path": "a.py", "line": 1, "name": "theano"}],
            [{"path": "a.py", "line": 1, "name": "torch"}],
        )
    ]
