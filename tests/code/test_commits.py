"""The dates of commits: never falling, whatever clocks said."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.code.commits import Commit, bounded, commits_of, last_until
from pipeline.scan.git import resolve_commit
from tests.git_history import commit, commit_dated, git, new_repository

DAY = 86_400
LATEST = 20_000 * DAY
IN_2038 = 2**31 - 1


def days(*numbers: int) -> list[int]:
    return [number * DAY for number in numbers]


@pytest.mark.parametrize(
    ("own", "right"),
    [
        ([], []),
        (days(10_000, 10_001, 10_001), days(10_000, 10_001, 10_001)),
        ([0, *days(10_002, 10_003)], days(10_002, 10_002, 10_003)),
        ([*days(10_000), 0, *days(10_005)], days(10_000, 10_005, 10_005)),
        ([*days(10_000), IN_2038, *days(10_005)], days(10_000, 10_005, 10_005)),
        ([*days(10_000), IN_2038], days(10_000, 10_000)),
        (
            days(10_000, 10_003, 10_001, 10_002, 10_009),
            days(10_000, 10_001, 10_001, 10_002, 10_009),
        ),
        (days(10_005, 10_000, 10_006, 10_007), days(10_000, 10_000, 10_006, 10_007)),
    ],
    ids=["none", "right", "1970 first", "1970 within", "2038 within", "2038 last", "child", "root"],
)
def test_a_date_that_cannot_be_is_bounded_by_its_neighbours(
    own: list[int], right: list[int]
) -> None:
    assert bounded(own, LATEST) == right


def test_a_date_that_is_moved_is_marked(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    commit(repository, "@0", {"a.py": "1"})
    commit(repository, "2020-02-01", {"a.py": "2"})
    found = commits_of(repository, "HEAD")
    assert [(item.committed_at.isoformat(), item.is_bounded) for item in found] == [
        ("2020-02-01T12:00:00", True),
        ("2020-02-01T12:00:00", False),
    ]


UNUSABLE = {
    "unset": "0 +0000",
    "negative": "-5 +0000",
    "no number": "abc",
    "after the year 9999": "253402300800 +0000",
    "beyond every clock": "99999999999999999999999 +0000",
}


@pytest.mark.parametrize("date", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_date_is_that_of_the_neighbours(date: str, tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    first = commit(repository, "2020-02-01", {"a.py": "1"})
    tree = git(repository, "rev-parse", f"{first}^{{tree}}")
    last = commit_dated(repository, date, tree, first)
    found = commits_of(repository, last)
    assert [item.commit_id for item in found] == [first, last]
    assert [item.committed_at for item in found] == [dt.datetime(2020, 2, 1, 12)] * 2
    assert found[1].is_bounded


@pytest.mark.parametrize("date", UNUSABLE.values(), ids=UNUSABLE)
def test_without_a_usable_date_git_gives_the_order(date: str, tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    tree = git(repository, "write-tree")
    first = commit_dated(repository, date, tree)
    second = commit_dated(repository, date, tree, first)
    found = commits_of(repository, second)
    assert [item.commit_id for item in found] == [first, second]
    assert {item.committed_at for item in found} == {dt.datetime(1971, 1, 1)}


@pytest.mark.parametrize("date", UNUSABLE.values(), ids=UNUSABLE)
def test_a_resolved_commit_has_no_unusable_date(date: str, tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    only = commit_dated(repository, date, git(repository, "write-tree"))
    assert resolve_commit(repository, only).committed_at is None


@pytest.mark.parametrize("zone", ["+0000", "-0800", "+1400"])
def test_the_last_second_of_the_calendar_is_usable_in_every_zone(zone: str, tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    tree = git(repository, "write-tree")
    only = commit_dated(repository, f"253402300799 {zone}", tree)
    assert resolve_commit(repository, only).committed_at == "9999-12-31T23:59:59+00:00"


def test_a_merge_counts_when_it_was_merged_and_not_by_what_it_brought(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "r")
    first = commit(repository, "2020-01-01", {"a.py": "1"})
    git(repository, "checkout", "-q", "--orphan", "other")
    commit(repository, "2019-01-01", {"b.py": "1"})
    git(repository, "checkout", "-q", "main")
    merge = ("merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", "m", "other")
    git(repository, *merge, date="2020-03-01T12:00:00+00:00")
    found = commits_of(repository, "main")
    assert [item.commit_id for item in found] == [first, git(repository, "rev-parse", "main")]


def test_a_moment_after_several_commits_has_the_last_of_them() -> None:
    commits = [Commit(str(day), "t", dt.datetime(2020, 1, day)) for day in (3, 5, 5, 9)]
    assert last_until(commits, dt.datetime(2020, 1, 2)) is None
    assert last_until(commits, dt.datetime(2020, 1, 5)) == 2
    assert last_until(commits, dt.datetime(2020, 2, 1)) == 3
