"""What `adoption status` prints."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.store.database import now
from pipeline.terminal.status import status
from tests.facts_of import database, given

pytestmark = pytest.mark.slow


def lines(store, tmp_path: Path) -> list[str]:
    return [line for line in status(store, Settings(data=tmp_path)) if not line.startswith("Disk")]


def test_before_any_run_nothing_is_collected(tmp_path: Path) -> None:
    assert lines(database(), tmp_path) == [
        "papers        none yet",
        "links         none yet",
        "repositories  none yet",
        "code          none yet",
        "history       none yet",
        "years         none yet",
        "",
        "Due                   0  repositories need metadata",
        "                      0  repositories need a scan",
        "                      0  papers need a commit from their time",
        "                      0  repositories need the last commit of each year",
        "",
        "",
        "Token         none: set ADOPTION_GITHUB_TOKEN for metadata of more than 60 repositories "
        "an hour",
    ]


def test_statuses_stand_in_words_and_failures_with_an_example(tmp_path: Path) -> None:
    store = database()
    given(
        store,
        "paper_link",
        "paper_id raw_link unit_id host owner name problem problem_message",
        [
            ("p", "a", "github.com/o/a", "github.com", "o", "a", None, None),
            ("q", "b", "github.com/o/b", "github.com", "o", "b", None, None),
            ("q", "c", None, None, None, None, "owner_only", "github.com/c names no repository."),
        ],
    )
    given(
        store,
        "repo_lookup",
        "name_key status message",
        [("o/a", "renamed", "o/a is now o/z."), ("o/b", "not_found", "It is gone (404).")],
        looked_up_at=now(),
    )
    given(
        store,
        "scan",
        "scan_id unit_id status message",
        [
            ("1", "github.com/o/a", "no_code", "There is no code."),
            ("2", "github.com/o/b", "crashed", "It failed. " * 20),
        ],
        scanned_at=now(),
    )
    assert lines(store, tmp_path)[:7] == [
        "papers                2  pwc",
        "links                 2  usable link",
        "                      1  link without a repository: github.com/c names no repository.",
        "repositories          1  repository found under a new name",
        "                      1  repository not found: It is gone (404).",
        "code                  1  no code in a supported language",
        f"                      1  scan failed: {('It failed. ' * 20)[:160]}…",
    ]


def test_one_of_several_failures_is_said_to_be_an_example(tmp_path: Path) -> None:
    store = database()
    lookups = [(name, f"{name} is gone.") for name in ("o/a", "o/b")]
    given(store, "repo_lookup", "name_key message", lookups, status="not_found", looked_up_at=now())
    assert "repositories          2  repository not found, for example: o/a is gone." in lines(
        store, tmp_path
    )


def test_what_is_due_says_what_it_costs(tmp_path: Path) -> None:
    store = database()
    links = [(paper, "github.com/o/a", "github.com", "o", "a") for paper in ("p", "q")]
    links.append(("r", "github.com/o/b", "github.com", "o", "b"))
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    papers = [(paper, "2020-01-01", "day") for paper in ("p", "q", "r")]
    given(store, "paper", "paper_id published_on date_precision", papers)
    assert (
        "                      3  papers need a commit from their time: about 8 git fetches by "
        "'adoption collect history'"
    ) in lines(store, tmp_path)


def test_many_papers_of_a_repository_cost_a_job_for_each_twenty(tmp_path: Path) -> None:
    store = database()
    numbers = [str(number) for number in range(21)]
    links = [(paper, "github.com/o/a", "github.com", "o", "a") for paper in numbers]
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    papers = [(paper, "9999-12-31", "month") for paper in numbers]
    given(store, "paper", "paper_id published_on date_precision", papers)
    assert any(
        "21  papers need" in line and "about 8 git" in line for line in lines(store, tmp_path)
    )


def test_lists_of_commits_lower_the_cost_for_small_repositories(tmp_path: Path) -> None:
    store = database()
    names = [("small", 7), ("large", 101)]
    links = [(name, f"github.com/o/{name}", "github.com", "o", name) for name, _ in names]
    given(store, "paper_link", "paper_id unit_id host owner name", links, subdir="")
    papers = [(name, "2020-01-01", "day") for name, _ in names]
    given(store, "paper", "paper_id published_on date_precision", papers)
    lookups = [(f"o/{name}", commits, "ok") for name, commits in names]
    given(store, "repo_lookup", "name_key repo_id status", lookups, looked_up_at=now())
    repositories = [(commits, "o", name, commits) for name, commits in names]
    given(store, "repo", "repo_id owner name commits", repositories)
    found = status(store, Settings(data=tmp_path, github_token="t"))
    assert [line.strip() for line in found if "git fetches" in line] == [
        "2  papers need a commit from their time: about 7 git fetches and 1 GraphQL request by "
        "'adoption collect history'",
        "2  repositories need the last commit of each year: about 5 git fetches and 1 GraphQL "
        "request by the same command",
    ]


def test_runs_and_sources_say_when_they_were(tmp_path: Path) -> None:
    store = database()
    given(store, "progress_mark", "name mark", [("cursor:pwc", "x")], set_at=days_ago(3))
    given(
        store,
        "run",
        "run_id flow status started_at ended_at",
        [
            ("1", "code", "done", days_ago(2), days_ago(2) + dt.timedelta(minutes=5)),
            ("2", "links", "running", days_ago(5), None),
        ],
        settings="{}",
        versions="{}",
    )
    assert lines(store, tmp_path)[11:15] == [
        "              pwc was last read 3 days ago",
        "",
        "Last runs     code       done, 2 days ago, took 5 minutes",
        "              links      running, 5 days ago",
    ]


@pytest.mark.parametrize(
    ("code", "newest", "words"),
    [("recorded:data/sample", 1, "A recorded sample"), ("recorded:x", 3, ""), ("github", 1, "")],
)
def test_after_a_recorded_sample_what_github_could_give_is_not_due(
    tmp_path: Path, code: str, newest: int, words: str
) -> None:
    store = database()
    runs = [("1", days_ago(newest), f'{{"code": "{code}"}}'), ("2", days_ago(2), "{}")]
    columns = "run_id started_at settings"
    given(store, "run", columns, runs, flow="code", status="done", versions="{}")
    (due,) = [line for line in lines(store, tmp_path) if line.startswith("Due")]
    assert due.removeprefix("Due").strip().startswith(words or "0  repositories need metadata")


def days_ago(days: int) -> dt.datetime:
    return now() - dt.timedelta(days=days)
