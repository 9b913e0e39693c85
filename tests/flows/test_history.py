"""`adoption collect history` from end to end, with real git on loopback."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import CollectionError
from tests.git_history import commit, git, new_repository
from tests.stand_ins.command import ADOPTION, run_settings
from tests.stand_ins.faults import html
from tests.stand_ins.flows import COLLECT, run_flows
from tests.stand_ins.github import StandIn, github_stand_in

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published_schema")]

LINKS = """paper_url,paper_title,paper_arxiv_id,repo_url,is_official
https://paperswithcode.com/paper/a,A,1701.00001,https://github.com/o/moved,true
https://paperswithcode.com/paper/b,B,2401.00002,https://github.com/o/moved,true
https://paperswithcode.com/paper/c,C,2001.00003,https://github.com/o/late,true
https://paperswithcode.com/paper/d,D,,https://github.com/o/late,true
https://paperswithcode.com/paper/e,E,2001.00005,https://github.com/o/gone,true
"""


@contextmanager
def served(folder: Path) -> Iterator[StandIn]:
    """A GitHub of two repositories, which are made in a folder with the same commits each time."""
    moved = new_repository(folder / "moved")
    commit(moved, "2016-12-01", {"net.py": "import theano", "data.py": "import numpy"})
    commit(moved, "2019-12-01", {"net.py": "import torch"})
    late = new_repository(folder / "late")
    commit(late, "2020-01-01", {"README.md": "Soon."})
    commit(late, "2021-01-01", {"net.py": "import jax"})
    with github_stand_in() as stand_in:
        stand_in.token = "right"
        for repository in (moved, late):
            head = git(repository, "rev-parse", "HEAD")
            stand_in.add(f"o/{repository.name}", git=repository / ".git", commit=head)
        yield stand_in


@pytest.fixture
def github(tmp_path: Path) -> Iterator[StandIn]:
    with served(tmp_path / "server") as stand_in:
        yield stand_in


@dataclass(frozen=True)
class Collection:
    """A folder with what was collected from the stand-in of GitHub."""

    folder: Path
    github_url: str
    prefect: str

    def settings(self, links: str = LINKS, **settings: str) -> dict[str, str]:
        """The variables of a run that reads these links."""
        (self.folder / "links.csv").write_text(links)
        own = {"ADOPTION_GITHUB_TOKEN": "right", "ADOPTION_TRANSFER": "partial"}
        return run_settings(self.folder, self.github_url) | own | settings

    def collect(self, *flows: str, **settings: str) -> list[dict[str, int]]:
        """Run flows in this process. Gives what each has counted."""
        return run_flows(self.prefect, flows, self.settings(**settings))

    def run(self, *command: str, **settings: str) -> str:
        """What a command prints, in a process of its own."""
        environment = os.environ | self.settings(**settings) | {"PREFECT_API_URL": self.prefect}
        done = subprocess.run(
            [*ADOPTION, *command], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "Starting Prefect." not in done.stderr, "a server was there"
        return done.stdout

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The answer of the working database."""
        with duckdb.connect(str(self.working), read_only=True) as store:
            return store.sql(sql).fetchall()

    @property
    def working(self) -> Path:
        """The working database."""
        return self.folder / "work" / "adoption.duckdb"

    def know(self, working: Path) -> None:
        """Begin with a copy of a database, as if these runs had collected what it holds."""
        self.settings()
        shutil.copyfile(working, self.working)


@pytest.fixture
def collection(tmp_path: Path, github: StandIn, prefect: str) -> Collection:
    return Collection(tmp_path, github.url, prefect)


@pytest.fixture(scope="module")
def newest_code(tmp_path_factory: pytest.TempPathFactory, prefect: str) -> Path:
    """A working database with the newest code of all repositories, and no history yet."""
    folder = tmp_path_factory.mktemp("newest_code")
    with served(folder / "server") as stand_in:
        collection = Collection(folder, stand_in.url, prefect)
        collection.collect(*COLLECT)
    return collection.working


@pytest.fixture
def collected(collection: Collection, newest_code: Path) -> Collection:
    """What a run has collected before the first search for older commits."""
    collection.know(newest_code)
    return collection


HISTORY = ("history", "years")
COMMITS = """
    select paper.title, paper_commit.status, label, lag_days
    from paper_commit
    join paper using (paper_id)
    left join scan using (commit_id)
    left join repo_label using (scan_id)
    order by 1
"""
NEWEST = """
    select latest_scan.unit_id, commit_id
    from latest_scan
    join scan using (scan_id)
    order by all
"""


def test_the_code_of_the_time_is_found_scanned_and_not_asked_for_again(
    collection: Collection, github: StandIn
) -> None:
    collection.collect(*COLLECT)
    due = collection.run("status")
    assert "4  papers need a commit from their time" in due
    assert "2  repositories need the last commit of each year" in due
    now = collection.rows(NEWEST)
    told = collection.run("collect", "history")
    assert "papers: last commit before or soon after the paper" in told
    assert "2 repositories: last commit of each year known" in told
    assert collection.rows(COMMITS) == [
        ("A", "in_time", "theano", -61),
        ("B", "in_time", "pytorch", -1522),
        ("C", "first_code", "jax", 336),
        ("D", "no_date", None, None),
    ]
    assert collection.rows(NEWEST) == now

    asked = len(github.requests)
    collection.collect("history", "years", "code")
    assert len(github.requests) == asked


def test_graphql_and_git_alone_find_the_same_and_graphql_saves_the_fetches_for_commits(
    tmp_path: Path, github: StandIn, prefect: str, newest_code: Path
) -> None:
    answers = []
    for api in ("graphql", "rest"):
        folder = tmp_path / api
        folder.mkdir()
        collection = Collection(folder, github.url, prefect)
        collection.know(newest_code)
        github.requests.clear()
        collection.collect(*HISTORY, ADOPTION_GITHUB_API=api)
        found = collection.rows("select * exclude (found_at) from paper_commit order by all")
        years = collection.rows("select * exclude (found_at) from year_end order by all")
        facts = collection.rows(
            "select unit_id, commit_id, path, module from import_fact join scan "
            "using (scan_id) order by all"
        )
        answers.append((found, years, facts))
        sent = github.asked("/graphql"), github.asked("/info/refs")
        # two flows, each with one list of both repositories
        assert sent == {"graphql": (2, 6), "rest": (0, 10)}[api]
    assert answers[0] == answers[1]


def test_a_repository_that_failed_is_tried_again_and_the_others_are_not(
    collected: Collection, github: StandIn
) -> None:
    github.fail("/o/late/info/refs", html(502), times=9)
    collected.collect(*HISTORY)
    states = "select status, count(*) from paper_commit group by all order by all"
    assert collected.rows(states) == [("in_time", 2), ("no_date", 1), ("truncated", 1)]
    github.faults.clear()
    moved = github.asked("/o/moved/")
    collected.collect(*HISTORY)
    assert collected.rows(states) == [("first_code", 1), ("in_time", 2), ("no_date", 1)]
    assert github.asked("/o/moved/") == moved


def test_a_run_keeps_up_the_history_that_was_begun_and_publishes_it(
    collection: Collection,
) -> None:
    header, first, second, *_ = LINKS.splitlines()
    collection.collect(*COLLECT, links=f"{header}\n{first}")
    assert collection.rows(COMMITS) == []
    collection.collect(*HISTORY, links=f"{header}\n{first}")
    collection.run("run", links=f"{header}\n{first}\n{second}")
    assert [row[:2] for row in collection.rows(COMMITS)] == [("A", "in_time"), ("B", "in_time")]
    told = collection.run("query", "--format", "csv", "select count(*) from paper_commit")
    assert told.splitlines()[1:] == ["2"]


def test_papers_without_a_date_do_not_hide_that_most_scans_failed(
    collection: Collection, github: StandIn
) -> None:
    header, *papers = LINKS.splitlines()
    without_date = [line.replace(",D,,", f",{title},,") for line in papers[3:4] for title in "DFG"]
    links = "\n".join([header, papers[2], *without_date])
    collection.collect(*COLLECT, links=links)
    github.fail("/o/late/info/refs", html(502), times=9)
    with pytest.raises(CollectionError, match=r"^1 of 1 scans failed: "):
        collection.collect("history", links=links)


YEARS = "select unit_id, year, label from year_end_framework order by all"


def test_the_framework_at_the_end_of_each_year_shows_a_migration(
    collected: Collection, github: StandIn
) -> None:
    collected.collect(*HISTORY)
    assert collected.rows(YEARS) == [
        ("github.com/o/late", 2020, None),
        ("github.com/o/late", 2021, "jax"),
        ("github.com/o/moved", 2016, "theano"),
        ("github.com/o/moved", 2017, "theano"),
        ("github.com/o/moved", 2018, "theano"),
        ("github.com/o/moved", 2019, "pytorch"),
    ]
    moves = "select unit_id, from_series, to_series, from_evidence[1].line from framework_migration"
    assert collected.rows(moves) == [("github.com/o/moved", "theano", "pytorch", 1)]
    asked = len(github.requests)
    collected.collect(*HISTORY)
    assert len(github.requests) == asked


def test_the_ends_of_years_can_be_left_out(collected: Collection) -> None:
    collected.run("collect", "history", "--no-years")
    assert len(collected.rows(COMMITS)) == 4
    assert collected.rows(YEARS) == []


def test_a_failure_leaves_what_is_known_of_a_history(
    collected: Collection, github: StandIn
) -> None:
    collected.collect(*HISTORY)
    known = collected.rows(YEARS)
    with duckdb.connect(str(collected.working)) as store:
        store.execute("update repository_history set found_at = found_at - interval 2 years")
        store.execute("update repo set pushed_at = now()::timestamp")
    github.fail("/o/late/info/refs", html(502), times=9)
    github.fail("/graphql", html(502), times=9)
    collected.collect(*HISTORY)
    states = "select status, commits from repository_history order by all"
    assert collected.rows(states) == [("known", 2), ("truncated", 2)]
    assert collected.rows(YEARS) == known
