"""The year ends of real git repositories: on disk, and from a git server on loopback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.code.clones import Clones
from pipeline.code.commits import Commit
from pipeline.code.paper_commits import HistoryProvider
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.code.year_ends import FETCHES, AskedYears, YearEnds, find_year_ends, last_of_years
from pipeline.scan.records import Limits
from pipeline.settings import Settings
from tests.code.listing import Listing, serve
from tests.git_history import commit, new_repository
from tests.properties import reached, reaching
from tests.stand_ins.github import StandIn, github_stand_in

Provide = Callable[[], HistoryProvider]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "clones" / "o" / "r")


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        yield stand_in


@pytest.fixture(params=["clones", "git", "graphql"])
def provide(
    request: pytest.FixtureRequest, tmp_path: Path, repository: Path, github: StandIn
) -> Provide:
    """The repository on disk, the same from a server, and with its commits listed by GraphQL."""

    def provider() -> HistoryProvider:
        if request.param == "clones":
            return Clones(tmp_path / "clones", Limits())
        serve(repository, github)
        clones = PartialClones(Settings(github_git_url=github.url, data=tmp_path / "data"))
        return clones if request.param == "git" else Listing(clones, github)

    if request.param == "graphql":
        request.getfixturevalue("published_schema")
    return provider


def unit(subdir: str = "") -> Unit:
    return Unit("github.com/o/r", "github.com", "o", "r", subdir)


def ask(provider: HistoryProvider, asked: AskedYears | None = None) -> YearEnds:
    asked = asked or AskedYears(unit())
    with provider.open_history(asked.unit) as history:
        return find_year_ends(history, asked)


def modules(found: YearEnds) -> list[set[str]]:
    return [{fact.module for fact in scan.imports} for scan in found.scans]


@pytest.mark.slow
def test_the_last_commit_of_each_year_is_scanned(provide: Provide, repository: Path) -> None:
    commit(repository, "2016-03-01", {"net.py": "import theano"})
    end_2016 = commit(repository, "2016-12-31", {"net.py": "import tensorflow"})
    end_2017 = commit(repository, "2017-01-01", {"data.py": "import numpy"})
    head = commit(repository, "2019-06-01", {"net.py": "import torch"})
    found = ask(provide())
    assert found.status == "known"
    assert [(year, end.commit_id) for year, end in found.by_year] == [
        (2016, end_2016),
        (2017, end_2017),
        (2018, end_2017),
        (2019, head),
    ]
    assert [scan.commit_id for scan in found.scans] == [end_2016, end_2017, head]
    assert modules(found) == [{"tensorflow"}, {"tensorflow", "numpy"}, {"torch", "numpy"}]
    assert [scan.is_head for scan in found.scans] == [False, False, True]
    assert found.commits == 4
    assert found.first_committed_at == dt.datetime(2016, 3, 1, 12)
    assert found.last_committed_at == dt.datetime(2019, 6, 1, 12)


@pytest.mark.parametrize(
    ("last", "status"), [("2017-02-28", "short_life"), ("2017-03-01", "known")]
)
def test_a_life_of_less_than_a_year_has_no_year_ends(
    provide: Provide, repository: Path, last: str, status: str
) -> None:
    commit(repository, "2016-03-01", {"net.py": "import theano"})
    commit(repository, last, {"net.py": "import torch"})
    found = ask(provide())
    assert found.status == status
    assert bool(found.by_year) == bool(found.scans) == (status == "known")
    assert found.commits == 2


def test_a_repository_without_commits_has_none(provide: Provide) -> None:
    assert ask(provide()).status == "empty"


def test_commits_that_the_database_has_are_not_scanned_again(
    provide: Provide, repository: Path
) -> None:
    first = commit(repository, "2016-03-01", {"net.py": "import theano"})
    commit(repository, "2018-03-01", {"net.py": "import torch"})
    found = ask(provide(), AskedYears(unit(), scanned=frozenset({first})))
    assert modules(found) == [{"torch"}]
    assert [year for year, _ in found.by_year] == [2016, 2017, 2018]


def test_commits_before_a_fork_are_the_other_repositorys(
    provide: Provide, repository: Path
) -> None:
    commit(repository, "2015-03-01", {"net.py": "import theano"})
    commit(repository, "2017-03-01", {"net.py": "import jax"})
    commit(repository, "2018-03-01", {"net.py": "import torch"})
    found = ask(provide(), AskedYears(unit(), forked_at=dt.datetime(2016, 1, 1)))
    assert [year for year, _ in found.by_year] == [2017, 2018]


@pytest.mark.slow
def test_only_the_directory_of_the_link_is_scanned(provide: Provide, repository: Path) -> None:
    commit(repository, "2016-03-01", {"a/net.py": "import theano", "b/net.py": "import caffe"})
    commit(repository, "2018-03-01", {"a/net.py": "import torch"})
    assert modules(ask(provide(), AskedYears(unit("a")))) == [{"theano"}, {"torch"}]


def test_a_repository_that_is_gone_is_a_status(tmp_path: Path, github: StandIn) -> None:
    provider = PartialClones(Settings(github_git_url=github.url, data=tmp_path / "data"))
    found = ask(provider)
    assert found.status == "not_found"
    assert found.message


@pytest.mark.slow
def test_all_files_come_in_one_request_after_the_commits_and_the_trees(
    tmp_path: Path, repository: Path, github: StandIn
) -> None:
    for year in range(2012, 2022):
        commit(repository, f"{year}-03-01", {"net.py": f"import torch\nx = {year}"})
    github.add("o/r", git=repository / ".git")
    found = ask(PartialClones(Settings(github_git_url=github.url, data=tmp_path / "data")))
    assert len(found.scans) == 10
    fetches = [request for request in github.requests if "/info/refs" in request.path]
    assert len(fetches) == FETCHES


@reaching(50)
@given(days=st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), min_size=1))
def test_every_year_of_a_life_has_its_last_commit(days: list[dt.date]) -> None:
    commits = [
        Commit(str(place), "t", dt.datetime.combine(day, dt.time()))
        for place, day in enumerate(sorted(days))
    ]
    ends = last_of_years(commits)
    reached()
    assert [year for year, _ in ends] == list(range(min(days).year, max(days).year + 1))
    for year, end in ends:
        until = [item for item in commits if item.committed_at.year <= year]
        assert end == until[-1]
