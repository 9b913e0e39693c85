"""The commits of papers in real git repositories: on disk, and from a git server on loopback."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.clones import Clones
from pipeline.code.commits import Commit
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import PaperDay
from pipeline.code.paper_commits import AskedPaper, HistoryProvider, PaperCommit, PaperCommits
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.scan.records import Limits, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.settings import Settings
from pipeline.store.history_rows import history_batch
from tests.code.listing import Listing, serve
from tests.git_history import commit, commit_dated, git, new_repository
from tests.stand_ins.github import StandIn, github_stand_in

PAPER = dt.date(2020, 1, 1)


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "clones" / "o" / "r")


Provide = Callable[[], HistoryProvider]


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


def unit(**facts: Any) -> Unit:
    return Unit("github.com/o/r", "github.com", "o", "r", **facts)


def find(
    provider: HistoryProvider,
    *asked: Unit,
    day: dt.date = PAPER,
    precision: str = "day",
    forked_at: dt.datetime | None = None,
) -> list[PaperCommit]:
    papers = [
        AskedPaper(f"p{number}", item, PaperDay(day, precision))
        for number, item in enumerate(asked or [unit()])
    ]
    with provider.open_history(papers[0].unit) as history:
        return list(PaperCommits(history, forked_at).find(papers))


def modules(found: PaperCommit) -> set[str]:
    assert found.scan is not None
    return {fact.module for fact in found.scan.imports}


def chosen(found: PaperCommit) -> tuple[str, str | None]:
    return found.status, None if found.commit is None else found.commit.commit_id


@pytest.mark.slow
def test_the_code_of_the_time_is_scanned(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-06-01", {"net.py": "import tensorflow"})
    then = commit(repository, "2020-02-01", {"net.py": "import theano"})
    commit(repository, "2022-01-01", {"net.py": "import torch"})
    (found,) = find(provide())
    assert (chosen(found), modules(found)) == (("in_time", then), {"theano"})
    assert found.scan is not None and found.scan.commit_id == then
    assert found.scan.committed_at == "2020-02-01T12:00:00+00:00"
    assert not found.scan.is_head
    assert found.first_committed_at == dt.datetime(2019, 6, 1, 12)


@pytest.mark.slow
def test_the_newest_commit_is_known_as_such(repository: Path, provide: Provide) -> None:
    commit(repository, "2020-01-02", {"net.py": "import torch"})
    (found,) = find(provide())
    assert found.scan is not None and found.scan.is_head
    assert found.notes == ("one_commit",)


@pytest.mark.slow
def test_a_readme_is_no_code_so_the_first_code_counts(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-12-01", {"README.md": "Code comes soon."})
    first = commit(repository, "2020-09-01", {"net.py": "import torch"})
    commit(repository, "2021-09-01", {"net.py": "import jax"})
    (found,) = find(provide())
    assert (chosen(found), modules(found)) == (("first_code", first), {"torch"})


@pytest.mark.slow
def test_a_repository_that_never_has_code_has_no_commit(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-12-01", {"README.md": "Code comes soon."})
    commit(repository, "2020-12-01", {"data.csv": "1"})
    (found,) = find(provide())
    assert (chosen(found), found.scan) == (("no_code", None), None)


def test_a_repository_without_a_commit_is_empty(provide: Provide) -> None:
    (found,) = find(provide())
    assert chosen(found) == ("empty", None)


@pytest.mark.slow
@pytest.mark.parametrize("day", [dt.date(2018, 1, 1), dt.date(2021, 1, 1)])
def test_the_branch_of_the_link_counts(repository: Path, provide: Provide, day: dt.date) -> None:
    commit(repository, "2019-01-01", {"net.py": "import tensorflow"})
    git(repository, "checkout", "-q", "-b", "paper/v1")
    commit(repository, "2020-01-01", {"doc/net.py": "import paddle"})
    git(repository, "checkout", "-q", "main")
    asked = unit(ref="paper", subdir="v1/doc", ref_may_have_slash=True)
    (found,) = find(provide(), asked, day=day)
    assert modules(found) == {"paddle"}


@pytest.mark.slow
def test_a_branch_that_is_gone_means_the_default_branch(repository: Path, provide: Provide) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    (found,) = find(provide(), unit(ref="develop"))
    assert (chosen(found), found.notes) == (("in_time", then), ("branch_gone", "one_commit"))


@pytest.mark.slow
def test_a_tag_or_commit_in_the_link_is_the_answer(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-12-01", {"net.py": "import torch"})
    later = commit(repository, "2023-12-01", {"net.py": "import jax"})
    git(repository, "tag", "-a", "-m", "t", "v1")
    commit(repository, "2024-12-01", {"net.py": "import keras"})
    found = find(provide(), unit(ref="v1"), unit(ref=later))
    assert [chosen(item) for item in found] == [("named", later)] * 2


@pytest.mark.slow
def test_a_directory_that_did_not_exist_then_has_its_first_code_later(
    repository: Path, provide: Provide
) -> None:
    commit(repository, "2019-12-01", {"other/net.py": "import tensorflow"})
    first = commit(repository, "2020-12-01", {"mine/net.py": "import jax"})
    (found,) = find(provide(), unit(subdir="mine"))
    assert (chosen(found), modules(found)) == (("first_code", first), {"jax"})


@pytest.mark.slow
def test_a_directory_that_never_had_code_means_the_repository(
    repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import jax"})
    (found,) = find(provide(), unit(subdir="gone"))
    assert chosen(found) == ("in_time", then)
    assert "no_directory" in found.notes
    assert found.scan is not None
    assert found.scan.message == "gone has no code, so the whole repository was scanned."


@pytest.mark.slow
def test_a_file_that_moved_is_found_where_it_was(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-12-01", {"old/net.py": "import torch"})
    commit(repository, "2021-12-01", {"old/net.py": None, "new/net.py": "import torch"})
    (found,) = find(provide())
    assert found.scan is not None
    assert [fact.path for fact in found.scan.imports] == ["old/net.py"]


@pytest.mark.slow
def test_commits_of_before_a_fork_are_not_the_papers(repository: Path, provide: Provide) -> None:
    commit(repository, "2019-12-01", {"net.py": "import theano"})
    own = commit(repository, "2020-08-01", {"net.py": "import torch"})
    (found,) = find(provide(), forked_at=dt.datetime(2020, 7, 1))
    assert (chosen(found), found.notes) == (("first_code", own), ("fork",))


@pytest.mark.slow
def test_a_fork_that_nobody_changed_is_what_it_was_forked_from(
    repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import theano"})
    (found,) = find(provide(), forked_at=dt.datetime(2020, 7, 1))
    assert chosen(found) == ("in_time", then)


@pytest.mark.slow
def test_a_year_alone_means_its_end(repository: Path, provide: Provide) -> None:
    commit(repository, "2020-01-02", {"net.py": "import torch"})
    last = commit(repository, "2020-12-30", {"net.py": "import jax"})
    commit(repository, "2022-01-01", {"net.py": "import keras"})
    (found,) = find(provide(), day=dt.date(2020, 12, 31), precision="year")
    assert (chosen(found), found.notes) == (("in_time", last), ("year_only",))


def test_a_root_that_was_pushed_anew_years_later_has_a_lag(
    repository: Path, provide: Provide
) -> None:
    first = commit(repository, "2024-01-01", {"net.py": "import torch"})
    (found,) = find(provide())
    assert chosen(found) == ("first_code", first)
    assert found.commit is not None
    assert PaperDay(PAPER).lag_days(found.commit) == 4 * 365 + 1


@pytest.mark.slow
def test_of_several_roots_the_one_that_the_branch_began_with_counts(
    repository: Path, provide: Provide
) -> None:
    began = commit(repository, "2019-06-01", {"net.py": "import theano"})
    git(repository, "checkout", "-q", "--orphan", "other")
    commit(repository, "2019-09-01", {"net.py": None, "lib/net.py": "import caffe"})
    git(repository, "checkout", "-q", "main")
    merge = ("merge", "-q", "--allow-unrelated-histories", "-m", "merge", "other")
    git(repository, *merge, date="2021-01-01T12:00:00+00:00")
    (found,) = find(provide())
    assert (chosen(found), modules(found)) == (("in_time", began), {"theano"})


@pytest.mark.slow
def test_a_default_branch_under_a_new_name_is_still_the_default_branch(
    repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import theano"})
    commit(repository, "2022-12-01", {"net.py": "import torch"})
    git(repository, "branch", "-m", "main", "trunk")
    for asked in (unit(), unit(ref="main")):
        (found,) = find(provide(), asked)
        assert chosen(found) == ("in_time", then)


@pytest.mark.slow
def test_a_repository_that_became_another_keeps_what_it_was_then(
    repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import theano"})
    git(repository, "checkout", "-q", "--orphan", "new")
    git(repository, "rm", "-rfq", ".")
    commit(repository, "2023-12-01", {"site.py": "import flask"})
    git(repository, "branch", "-m", "main", "old")
    git(repository, "branch", "-m", "new", "main")
    (asked_by_branch,) = find(provide(), unit(ref="old"))
    assert chosen(asked_by_branch) == ("in_time", then)
    (found,) = find(provide())
    assert (found.status, modules(found)) == ("first_code", {"flask"})


@pytest.mark.slow
def test_a_file_that_is_a_pointer_and_a_submodule_do_not_end_the_scan(
    repository: Path, provide: Provide
) -> None:
    inner = new_repository(repository.parent / "inner")
    commit(inner, "2019-01-01", {"a.py": "import caffe"})
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    allow = ("-c", "protocol.file.allow=always")
    git(repository, *allow, "submodule", "add", "-q", str(inner), "lib")
    commit(repository, "2019-12-01", {"net.py": "import torch", "big.py": pointer})
    (found,) = find(provide())
    assert modules(found) == {"torch"}


@pytest.mark.slow
def test_papers_of_one_unit_and_commit_have_one_scan(repository: Path, provide: Provide) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    first, second = find(provide(), unit(), unit())
    assert (chosen(first), chosen(second)) == (("in_time", then), ("in_time", then))
    assert first.scan is not None and second.scan is None


def test_a_shallow_clone_whose_history_begins_too_late_says_so(
    repository: Path, tmp_path: Path
) -> None:
    commit(repository, "2019-12-01", {"net.py": "import torch"})
    commit(repository, "2021-12-01", {"net.py": "import jax"})
    shallow = tmp_path / "shallow" / "o" / "r"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(shallow))
    (found,) = find(Clones(tmp_path / "shallow", Limits()))
    assert chosen(found) == ("shallow", None)
    (found,) = find(Clones(tmp_path / "shallow", Limits()), day=dt.date(2022, 1, 1))
    assert (found.status, found.notes) == ("in_time", ("one_commit", "shallow"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "mode", "text"),
    [
        ("run", 0o755, "#!/usr/bin/env python\nimport jax\n"),
        ("scripts/run", 0o644, "#!/usr/bin/env python\nimport jax\n"),
    ],
)
def test_a_script_without_an_extension_is_code(
    path: str, mode: int, text: str, repository: Path, provide: Provide
) -> None:
    (repository / path).parent.mkdir(exist_ok=True)
    (repository / path).touch(mode)
    then = commit(repository, "2019-12-01", {path: text})
    commit(repository, "2021-12-01", {"net.py": "import torch"})
    (found,) = find(provide())
    assert (chosen(found), modules(found)) == (("in_time", then), {"jax"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("env/lib/python3.8/site-packages/a.py", "import jax\n"),
        ("bin/run", "#!/bin/sh\necho hello\n"),
        ("requirements.txt", "jax\n"),
    ],
)
def test_what_the_scan_does_not_count_as_code_is_none(
    path: str, text: str, repository: Path, provide: Provide
) -> None:
    commit(repository, "2019-12-01", {path: text})
    first = commit(repository, "2021-12-01", {"net.py": "import torch"})
    (found,) = find(provide())
    assert chosen(found) == ("first_code", first)


def test_a_commit_with_a_scan_is_not_scanned_again(repository: Path, provide: Provide) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    asked = AskedPaper("p", unit(), PaperDay(PAPER), frozenset({then}))
    with provide().open_history(unit()) as history:
        (found,) = PaperCommits(history).find([asked])
    assert (chosen(found), found.scan) == (("in_time", then), None)


class Slow(RepositoryHistory):
    """A history whose scans time out."""

    def scan(self, target: str, commit: Commit, subdir: str) -> ScanResult:
        return ScanResult(
            target, commit.commit_id, status=ScanStatus.TIMED_OUT, message="Slow.", retry_after_s=9
        )


def test_a_scan_that_failed_is_the_failure_of_each_of_its_papers(repository: Path) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    asked = [AskedPaper(name, unit(), PaperDay(PAPER)) for name in "ab"]
    first, second = PaperCommits(Slow(repository, Limits())).find(asked)
    assert (chosen(first), first.message) == (("timed_out", then), "Slow.")
    assert (chosen(second), second.message) == (("timed_out", then), "Slow.")
    assert (first.retry_after_s, second.retry_after_s) == (9, 9)
    assert first.scan is not None and second.scan is None


class Faulty(RepositoryHistory):
    """A history in which one revision meets a bug."""

    def commits(self, revision: str = "HEAD") -> list[Commit]:
        if revision == "f" * 40:
            raise OverflowError
        return super().commits(revision)


def test_a_bug_that_one_paper_meets_does_not_lose_the_others(repository: Path) -> None:
    commit(repository, "2019-12-01", {"net.py": "import torch"})
    asked = [
        AskedPaper(name, unit(ref=ref), PaperDay(PAPER))
        for name, ref in (("a", None), ("b", "f" * 40), ("c", None))
    ]
    found = PaperCommits(Faulty(repository, Limits())).find(asked)
    assert [item.status for item in found] == ["in_time", "crashed", "in_time"]


@pytest.mark.slow
@pytest.mark.parametrize("day", [dt.date.min, dt.date(9999, 12, 31)])
def test_a_paper_at_the_end_of_the_calendar_has_a_commit(
    day: dt.date, repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    (found,) = find(provide(), day=day)
    assert chosen(found)[1] == then
    assert history_batch([found])["paper_commit"].num_rows == 1


@pytest.mark.slow
def test_the_head_of_the_default_branch_is_no_head_of_a_branch_that_is_gone(
    repository: Path, provide: Provide
) -> None:
    commit(repository, "2019-12-01", {"net.py": "import torch"})
    (found,) = find(provide(), unit(ref="develop"))
    assert found.scan is not None and not found.scan.is_head


@pytest.mark.slow
def test_a_named_commit_with_an_impossible_date_is_marked(
    repository: Path, provide: Provide
) -> None:
    first = commit(repository, "2019-12-01", {"net.py": "import torch"})
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    named = commit_dated(repository, "0 +0000", tree, first)
    git(repository, "reset", "-q", "--hard", named)
    (found,) = find(provide(), unit(ref=named))
    assert (chosen(found), found.notes) == (("named", named), ("date_bounded",))


@pytest.mark.slow
def test_a_commit_of_the_link_that_is_gone_is_the_failure_of_one_paper(
    repository: Path, provide: Provide
) -> None:
    then = commit(repository, "2019-12-01", {"net.py": "import torch"})
    lost, other = find(provide(), unit(ref="a" * 40), unit())
    assert (chosen(lost), chosen(other)) == (("no_commit", None), ("in_time", then))


def test_a_repository_that_is_gone_cannot_be_opened(tmp_path: Path, provide: Provide) -> None:
    provider = provide()
    shutil.rmtree(tmp_path / "clones")
    with pytest.raises(UnreadableTargetError), provider.open_history(unit()) as history:
        history.commits()


@pytest.mark.slow
@pytest.mark.usefixtures("published_schema")
def test_a_list_of_commits_saves_their_fetch_and_gives_the_same_paper_commit(
    repository: Path, tmp_path: Path, github: StandIn
) -> None:
    commit(repository, "2019-06-01", {"net.py": "import tensorflow"})
    git(repository, "checkout", "-q", "-b", "side")
    commit(repository, "2020-02-01", {"net.py": "import theano"})
    git(repository, "checkout", "-q", "main")
    commit(repository, "2020-01-01", {"a.py": "import jax"})
    git(repository, "merge", "-q", "--no-ff", "side", "-m", "m", date="2021-01-01T12:00:00+00:00")
    serve(repository, github)
    clones = PartialClones(Settings(github_git_url=github.url, data=tmp_path / "data"))
    fetches = []
    rows = []
    for provider in (clones, Listing(clones, github)):
        before = github.asked("/info/refs")
        (found,) = find(provider)
        fetches.append(github.asked("/info/refs") - before)
        rows.append(history_batch([found])["paper_commit"].drop_columns(["found_at"]).to_pylist())
    assert fetches == [3, 2]
    assert rows[0] == rows[1]


@pytest.mark.slow
def test_files_move_once_and_weights_and_other_commits_never(
    repository: Path, tmp_path: Path, github: StandIn
) -> None:
    large = "".join(f"import module_{number}\n" for number in range(2_000))
    commit(repository, "2019-06-01", {"old.py": large.replace("module", "older")})
    commit(repository, "2019-12-01", {"old.py": None, "net.py": large, "a.py": "import torch"})
    (repository / "weights.bin").write_bytes(bytes(range(256)) * 4_000)
    commit(repository, "2021-12-01", {"a.py": "import jax"})
    github.add("o/r", git=repository / ".git")
    provider = PartialClones(Settings(github_git_url=github.url, data=tmp_path / "data"))
    papers = [
        AskedPaper("then", unit(), PaperDay(PAPER)),
        AskedPaper("later", unit(), PaperDay(dt.date(2022, 1, 1))),
    ]
    with provider.open_history(unit()) as history:
        first, second = PaperCommits(history).find(papers)
    assert (modules(first) - modules(second), modules(second) - modules(first)) == (
        {"torch"},
        {"jax"},
    )
    assert first.scan is not None and first.scan.bytes_moved is not None
    assert second.scan is not None and second.scan.bytes_moved is not None
    assert 4_000 < first.scan.bytes_moved < 20_000  # net.py, compressed
    assert second.scan.bytes_moved < 2_000
    assert github.sent["git"] < 25_000
