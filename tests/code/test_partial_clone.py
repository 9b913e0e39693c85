"""Source by git: only the files that are read, from a real git server on loopback."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.github import GithubCode, code_bytes, is_worth_the_other_way, moves_less_by_git
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.scan.records import ScanStatus, UnreadableTargetError
from pipeline.settings import Settings
from tests.stand_ins.faults import html, redirect
from tests.stand_ins.github import StandIn, github_stand_in


def git(repository: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    done = subprocess.run(
        ["git", "-C", str(repository), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits; a branch whose name has a slash; weights that nobody needs."""
    path = tmp_path / "server" / "r"
    (path / "src").mkdir(parents=True)
    git(path, "init", "-q", "-b", "main")
    (path / "src" / "net.py").write_text("import torch\n")
    (path / "requirements.txt").write_text("torch==1.0\n")
    (path / "weights.bin").write_bytes(bytes(range(256)) * 4000)
    git(path, "add", "-A")
    git(path, "commit", "-q", "-m", "one")
    git(path, "checkout", "-q", "-b", "repro/ernie")
    (path / "doc").mkdir()
    (path / "doc" / "old.py").write_text("import paddle\n")
    git(path, "add", "-A")
    git(path, "commit", "-q", "-m", "two")
    git(path, "checkout", "-q", "main")
    return path / ".git"


@pytest.fixture
def github(repository: Path) -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        stand_in.add("o/r", git=repository, commit=git(repository, "rev-parse", "main"))
        yield stand_in


def provider(github: StandIn, tmp_path: Path, **settings: Any) -> GithubCode:
    given: dict[str, Any] = {
        "github_archive_url": github.url,
        "github_git_url": github.url,
        "data": tmp_path / "data",
        "transfer": "partial",
    }
    return GithubCode(Settings(**(given | settings)))


def unit(**facts: Any) -> Unit:
    return Unit("github.com/o/r", "github.com", "o", "r", **facts)


@pytest.mark.usefixtures("stored_password")
def test_a_password_of_netrc_is_not_sent(github: StandIn, tmp_path: Path) -> None:
    github.repositories.clear()  # of what is not there git's server asks who wants to know
    assert provider(github, tmp_path).scan(unit()).status == "not_found"
    assert github.requests
    assert all("Authorization" not in request.headers for request in github.requests)


@pytest.mark.slow
def test_only_what_is_read_moves(github: StandIn, tmp_path: Path) -> None:
    result = provider(github, tmp_path).scan(unit())
    assert (result.status, result.transfer) == ("ok", "partial")
    assert {(fact.path, fact.module) for fact in result.imports} == {
        ("src/net.py", "torch"),
        ("requirements.txt", "torch"),
    }
    assert result.files_seen == 3
    assert result.bytes_moved is not None and result.bytes_moved < 2000
    assert github.sent["git"] < 10_000
    assert list((tmp_path / "data" / "work" / "scratch").iterdir()) == []


@pytest.mark.slow
def test_an_archive_in_a_repository_is_not_fetched(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    (repository.parent / "code.zip").write_bytes(b"PK")
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    result = provider(github, tmp_path).scan(unit())
    assert [(item.path, item.problem) for item in result.problems] == [
        ("code.zip", "unread_archive")
    ]
    assert (result.status, github.asked("tar.gz")) == ("ok", 0)


def test_a_repository_of_archives_alone_comes_as_an_archive(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    git(repository.parent, "rm", "-q", "-r", "src", "requirements.txt")
    (repository.parent / "code.zip").write_bytes(b"PK")
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    provider(github, tmp_path).scan(unit())
    assert github.asked("tar.gz") == 1


SCRIPTS = {
    "an executable": ("run", 0o755, {"jax"}),
    "in a folder of scripts": ("bin/run", 0o644, {"jax"}),
    "data without an ending": ("corpus/run", 0o644, set()),
    "installed packages": ("env/lib/python3.8/site-packages/a.py", 0o644, set()),
}


@pytest.mark.slow
@pytest.mark.parametrize(("path", "mode", "modules"), SCRIPTS.values(), ids=SCRIPTS)
def test_which_files_without_an_ending_are_fetched(
    path: str, mode: int, modules: set[str], github: StandIn, repository: Path, tmp_path: Path
) -> None:
    file = repository.parent / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/usr/bin/env python\nimport jax\n")
    file.chmod(mode)
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    result = provider(github, tmp_path).scan(unit())
    assert {fact.module for fact in result.imports} == {"torch", *modules}


@pytest.mark.slow
def test_code_without_a_reader_is_counted_but_not_fetched(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    (repository.parent / "src" / "main.rs").write_text("use tch::nn;\n")
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    result = provider(github, tmp_path).scan(unit())
    assert result.unread == [("rust", 1, None)]


@pytest.mark.slow
def test_the_commit_and_its_date_are_known(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    head = git(repository, "rev-parse", "main")
    result = provider(github, tmp_path).scan(unit(commit=head))
    assert result.commit_id == head
    assert result.committed_at == git(repository, "log", "-1", "--format=%cI", "main")


@pytest.mark.slow
def test_a_branch_with_a_slash_is_told_from_a_directory(github: StandIn, tmp_path: Path) -> None:
    asked = unit(ref="repro", subdir="ernie/doc", ref_may_have_slash=True)
    result = provider(github, tmp_path).scan(asked)
    assert {fact.module for fact in result.imports} == {"paddle"}


@pytest.mark.slow
def test_the_archive_is_that_of_the_branch_with_a_slash(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    asked = unit(ref="repro", subdir="ernie/doc", ref_may_have_slash=True)
    provider(github, tmp_path, transfer="archive").scan(asked)
    branch = git(repository, "rev-parse", "repro/ernie")
    archives = [request.path for request in github.requests if "tar.gz" in request.path]
    assert archives == [f"/o/r/tar.gz/{branch}"]


@pytest.mark.slow
def test_a_branch_that_is_gone_means_the_default_branch(github: StandIn, tmp_path: Path) -> None:
    result = provider(github, tmp_path).scan(unit(ref="develop"))
    assert {fact.module for fact in result.imports} == {"torch"}


@pytest.mark.slow
def test_a_commit_in_the_link_is_the_one_that_is_scanned(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    commit = git(repository, "rev-parse", "repro/ernie")
    result = provider(github, tmp_path).scan(unit(ref=commit))
    assert {fact.module for fact in result.imports} == {"paddle", "torch"}


@pytest.mark.slow
def test_a_head_that_was_pushed_over_is_asked_for_anew(github: StandIn, tmp_path: Path) -> None:
    result = provider(github, tmp_path).scan(unit(commit="f" * 40))
    assert (result.status, len(result.imports)) == ("ok", 2)


@pytest.mark.slow
def test_what_archives_do_not_give_git_does(github: StandIn, tmp_path: Path) -> None:
    github.fail("/tar.gz/", html(502), times=9)
    result = provider(github, tmp_path, transfer="archive").scan(unit())
    assert (result.status, result.transfer) == ("ok", "partial")


def test_what_git_does_not_give_archives_do(github: StandIn, tmp_path: Path) -> None:
    github.add("o/plain", {"a.py": "import jax"})
    result = provider(github, tmp_path).scan(Unit("u", "github.com", "o", "plain"))
    assert (result.status, result.transfer) == ("ok", "archive")


def test_a_repository_that_neither_has_is_not_found_and_nobody_is_asked_for_a_password(
    github: StandIn, tmp_path: Path
) -> None:
    result = provider(github, tmp_path).scan(Unit("u", "github.com", "o", "none"))
    assert result.status == "not_found"


def test_a_refusal_of_git_for_too_many_requests_is_a_rate_limit(
    github: StandIn, tmp_path: Path
) -> None:
    github.fail("/info/refs", html(429), times=9)
    assert provider(github, tmp_path).scan(unit()).status == "rate_limited"


def test_a_fetch_above_the_limit_is_cut_off_and_said(github: StandIn, tmp_path: Path) -> None:
    few = provider(github, tmp_path, max_download_bytes=100)
    assert few.clones.scan(unit()).status == "too_large"


@pytest.mark.slow
def test_the_token_goes_to_git_by_its_environment_and_shows_nowhere(
    github: StandIn, tmp_path: Path
) -> None:
    result = provider(github, tmp_path, github_token="s3cret").scan(unit())
    assert github.requests[0].headers["Authorization"].startswith("Basic ")
    assert "s3cret" not in repr(result)


@pytest.mark.parametrize("status", ScanStatus)
def test_the_other_way_is_tried_where_it_may_help(status: ScanStatus) -> None:
    settled = {"ok", "no_code", "empty", "unreadable", "blocked", "rate_limited"}
    ends_run = {"refused", "disk_full"}
    assert is_worth_the_other_way(status) == (status not in settled | ends_run)


@pytest.mark.parametrize(
    ("size", "code_bytes", "by_git"),
    [
        (None, 10_000, False),
        (100_000_000, None, False),
        (100_000, 50_000, False),
        (100_000_000, 500_000, True),
        (2_000_000, 9_000_000, False),
    ],
)
def test_the_way_is_chosen_by_what_metadata_say(
    size: int | None, code_bytes: int | None, by_git: bool
) -> None:
    assert moves_less_by_git(unit(size_bytes=size, code_bytes=code_bytes)) == by_git


def test_only_languages_that_are_read_count_as_source() -> None:
    languages = {"Python": 100, "Jupyter Notebook": 20, "Objective-C": 3, "HTML": 5000}
    assert code_bytes(languages) == 123


@pytest.mark.slow
def test_a_large_tree_is_seen_whole(github: StandIn, repository: Path, tmp_path: Path) -> None:
    place = repository.parent
    (place / "many").mkdir()
    for number in range(3000):
        (place / "many" / f"{number}.txt").write_text("x")
    (place / "many" / "zz.py").write_text("import jax\n")
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "many")
    result = provider(github, tmp_path).scan(unit())
    assert result.files_seen == 3004
    assert "many/zz.py" in {fact.path for fact in result.imports}


def test_words_in_a_repositorys_name_are_not_taken_for_gits(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = Settings(
        data=tmp_path,
        transfer="partial",
        github_archive_url=nowhere,
        github_git_url=nowhere,
    )
    unit = Unit("github.com/o/rate-limiting", "github.com", "o", "rate-limiting")
    assert GithubCode(settings).scan(unit).status == "unreachable"


def test_a_git_that_somebody_ended_proves_no_size(tmp_path: Path) -> None:
    ended = tmp_path / "git"
    ended.write_text("#!/bin/sh\nkill -9 $$\n")
    ended.chmod(0o755)
    unit = Unit("github.com/o/r", "github.com", "o", "r")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        assert PartialClones(Settings(data=tmp_path)).scan(unit).status == "truncated"


@pytest.mark.slow
def test_git_takes_the_token_to_no_other_host(github: StandIn, tmp_path: Path) -> None:
    elsewhere = github.url.replace("127.0.0.1", "localhost")
    moved = redirect(f"{elsewhere}/o/r/info/refs?service=git-upload-pack", 301)
    github.fail("/o/old/info/refs", moved, times=9)
    unit = Unit("github.com/o/old", "github.com", "o", "old")
    result = provider(github, tmp_path, github_token="s3cret-t0ken").scan(unit)
    assert (result.status, result.transfer) == ("ok", "partial")
    other = [asked for asked in github.requests if asked.headers["Host"].startswith("localhost")]
    assert other and not any("Authorization" in asked.headers for asked in other)


@pytest.mark.parametrize("transfer", ["partial", "archive"])
def test_a_commit_in_the_link_that_is_gone_is_asked_for_once(
    transfer: str, github: StandIn, tmp_path: Path
) -> None:
    unit = Unit("github.com/o/r", "github.com", "o", "r", ref="a" * 40)
    assert provider(github, tmp_path, transfer=transfer).scan(unit).status == "no_commit"
    assert github.asked("/tar.gz/") == 1


@pytest.mark.slow
def test_an_archive_that_does_not_come_now_leaves_the_answer_to_the_next_run(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    git(repository.parent, "rm", "-q", "-r", "src", "requirements.txt")
    (repository.parent / "code.zip").write_bytes(b"PK")
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    github.fail("/tar.gz/", html(502), times=9)
    assert provider(github, tmp_path).scan(unit()).status == "unreachable"


@pytest.mark.slow
def test_an_archive_that_nobody_can_read_is_not_downloaded(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    git(repository.parent, "rm", "-q", "-r", "src", "requirements.txt")
    (repository.parent / "code.rar").write_bytes(b"Rar!")
    git(repository.parent, "add", "-A")
    git(repository.parent, "commit", "-q", "-m", "three")
    result = provider(github, tmp_path).scan(unit())
    assert (result.status, github.asked("tar.gz")) == ("no_code", 0)
    assert [item.problem for item in result.problems] == ["unread_archive"]


def test_a_request_of_a_repository_out_of_reach_is_the_last_one(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    github.repositories.clear()
    with provider(github, tmp_path).open_history(unit()) as history:
        with pytest.raises(UnreadableTargetError):
            history.commits()
        asked = len(github.requests)
        for revision in ("a" * 40, "b" * 40):
            with pytest.raises(UnreadableTargetError):
                history.commits(revision)
        with pytest.raises(UnreadableTargetError):
            history.refs()
    assert len(github.requests) == asked


def test_the_refs_of_a_repository_are_asked_for_once(github: StandIn, tmp_path: Path) -> None:
    with provider(github, tmp_path).open_history(unit()) as history:
        assert history.refs() == history.refs()
    assert github.asked("/info/refs") == 1
    github.fail("/info/refs", html(502), times=9)
    with provider(github, tmp_path).open_history(unit()) as history:
        for _ in range(2):
            with pytest.raises(UnreadableTargetError):
                history.refs()
    assert github.asked("/info/refs") == 2


def test_a_revision_that_failed_is_not_asked_for_again(github: StandIn, tmp_path: Path) -> None:
    github.fail("/info/refs", html(502), times=1)
    with provider(github, tmp_path).open_history(unit()) as history:
        for _ in range(2):
            with pytest.raises(UnreadableTargetError):
                history.commits()
        assert len(history.commits("repro/ernie")) == 2


@pytest.mark.slow
def test_the_limit_holds_for_all_fetches_together(
    github: StandIn, repository: Path, tmp_path: Path
) -> None:
    for _ in range(3):
        noise = os.urandom(20_000).hex()
        (repository.parent / "src" / "net.py").write_text(f"import torch\n# {noise}\n")
        git(repository.parent, "commit", "-q", "-a", "-m", "noise")
    few = provider(github, tmp_path, max_download_bytes=70_000)
    with few.open_history(unit()) as history:
        commits = history.commits()
        found = [history.scan("u", commit, "").status for commit in commits[1:]]
        moved = history.bytes_moved
    assert found == ["ok", "ok", "too_large"]
    assert moved is not None and moved <= 70_000
