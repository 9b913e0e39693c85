"""The commits of repositories by GraphQL: the same as git's, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.code.commit_lists import CommitLists, CountedUnit, can_list_commits, document
from pipeline.code.commits import Commit, commits_of
from pipeline.code.units import Unit
from pipeline.errors import TokenRefusedError
from pipeline.settings import Settings
from tests.code.listing import serve
from tests.git_history import commit, commit_dated, git, new_repository
from tests.stand_ins.faults import html
from tests.stand_ins.fixtures import Sleeper, client
from tests.stand_ins.github import StandIn
from tests.stand_ins.github.graphql import validated

pytestmark = pytest.mark.usefixtures("published_schema")

R = "github.com/o/r"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "r")


def counted(name: str = "r", commits: int | None = 100, **facts: Any) -> CountedUnit:
    return CountedUnit(Unit(f"github.com/o/{name}", "github.com", "o", name, **facts), commits)


def lists(github: StandIn, token: str = "right") -> CommitLists:
    return CommitLists(client(github, Sleeper(), github_token=token))


def listed(github: StandIn, *units: CountedUnit) -> dict[str, tuple[Commit, ...]]:
    return lists(github).of(units or [counted()])


@pytest.mark.slow
def test_the_query_is_what_githubs_published_schema_allows() -> None:
    assert validated(document(3))


@pytest.mark.slow
def test_first_parents_count_and_a_merged_commit_does_not(
    repository: Path, github: StandIn
) -> None:
    root = commit(repository, "2019-01-01", {"a.py": "1"})
    git(repository, "checkout", "-q", "-b", "side")
    side = commit(repository, "2020-03-01", {"b.py": "1"})
    git(repository, "checkout", "-q", "main")
    main = commit(repository, "2020-02-01", {"a.py": "2"})
    git(repository, "merge", "-q", "--no-ff", "side", "-m", "m", date="2020-05-01T12:00:00+00:00")
    head = git(repository, "rev-parse", "HEAD")
    serve(repository, github)
    commits = listed(github)[R]
    assert [item.commit_id for item in commits] == [root, main, head]
    assert side not in {item.commit_id for item in commits}
    assert list(commits) == commits_of(repository, "HEAD")


@pytest.mark.parametrize(
    "dates",
    [
        ["1500000000", "0", "1600000000"],
        ["1500000000", "2147483647", "1600000000"],
        ["1500000000", "1400000000", "1600000000"],
        ["1500000000", "1600000000", "9999999999"],
        ["0", "0"],
    ],
    ids=["1970", "2038", "before its parent", "newest in the future", "none possible"],
)
def test_impossible_dates_are_corrected_as_those_of_git(
    repository: Path, github: StandIn, dates: list[str]
) -> None:
    commit(repository, "2019-01-01", {"a.py": "1"})
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    head: str | None = None
    for date in dates:
        head = commit_dated(repository, f"{date} +0000", tree, head)
    git(repository, "reset", "-q", "--hard", str(head))
    serve(repository, github)
    commits = listed(github)[R]
    assert list(commits) == commits_of(repository, "HEAD")
    assert any(item.is_bounded for item in commits)


def test_a_repository_that_grew_since_it_was_counted_has_no_list(
    repository: Path, github: StandIn
) -> None:
    for day in ("2019-01-01", "2020-01-01", "2021-01-01"):
        commit(repository, day, {"a.py": day})
    serve(repository, github)
    assert listed(github, counted(commits=2)) == {}
    assert len(listed(github, counted(commits=3))[R]) == 3


@pytest.mark.parametrize(
    "unit",
    [
        counted(commits=101),
        counted(commits=0),
        counted(commits=None),
        counted(ref="v1"),
        CountedUnit(Unit("gitlab.com/o/r", "gitlab.com", "o", "r"), 5),
    ],
    ids=["large", "empty", "unknown", "another branch", "another host"],
)
def test_what_a_list_cannot_answer_is_not_asked(github: StandIn, unit: CountedUnit) -> None:
    assert listed(github, unit) == {}
    assert github.requests == []


def test_many_repositories_take_one_request_and_each_one_is_asked_once(
    repository: Path, github: StandIn
) -> None:
    commit(repository, "2019-01-01", {"a.py": "1"})
    serve(repository, github)
    assert set(listed(github, counted("none"), counted("b"), counted(), counted())) == {R}
    assert [request.path for request in github.requests] == ["/graphql"]


def test_a_request_that_is_too_expensive_is_halved(repository: Path, github: StandIn) -> None:
    commit(repository, "2019-01-01", {"a.py": "1"})
    serve(repository, github)
    github.graphql_most = 1
    assert set(listed(github, counted("a"), counted(), counted("b"))) == {R}


def test_after_a_failure_of_the_interface_git_alone_gives_the_commits(
    repository: Path, github: StandIn
) -> None:
    commit(repository, "2019-01-01", {"a.py": "1"})
    serve(repository, github)
    github.fail("/graphql", html(429), times=99)
    both = lists(github)
    assert both.of([counted()]) == {}
    asked = len(github.requests)
    assert both.of([counted()]) == {}
    assert len(github.requests) == asked


def test_a_refused_token_ends_the_run(github: StandIn) -> None:
    with pytest.raises(TokenRefusedError):
        lists(github, token="wrong").of([counted()])


HEAD, TREE = "a" * 40, "b" * 40
WHOLE = {
    "oid": HEAD,
    "committedDate": "2020-01-01T00:00:00Z",
    "tree": {"oid": TREE},
    "parents": {"nodes": []},
}


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 1),
        ({"committedDate": None}, 0),
        ({"tree": None}, 0),
        ({"parents": None}, 0),
        ({"parents": {"nodes": [None]}}, 0),
        ({"parents": {"nodes": [{"oid": "c" * 40}]}}, 0),
        ({"parents": {"nodes": [{"oid": HEAD}]}}, 0),
        ({"oid": "--upload-pack=x"}, 0),
    ],
)
def test_an_answer_with_a_gap_gives_no_list(
    github: StandIn, change: dict[str, object], count: int
) -> None:
    target = {"oid": HEAD, "history": {"nodes": [WHOLE | change]}}
    github.graphql_answers = [{"data": {"r0": {"defaultBranchRef": {"target": target}}}}]
    assert len(listed(github).get(R, ())) == count


@pytest.mark.parametrize(
    ("settings", "can"),
    [
        ({}, True),
        ({"github_token": None}, False),
        ({"github_api": "rest"}, False),
        ({"code": "clones:x"}, False),
    ],
)
def test_lists_take_a_token_and_graphql(settings: dict[str, Any], can: bool) -> None:
    assert can_list_commits(Settings(**({"github_token": "t"} | settings))) == can
