"""Which of two ways to get the code counts, when the first gave none."""

import pytest

from pipeline.code.github import may_hide_code, result_that_counts
from pipeline.errors import Means, statuses
from pipeline.scan.records import FileProblem, ScanResult, ScanStatus

AGAIN = sorted(statuses("code", Means.AGAIN) - {"no_git"})
ONLY_THERE = sorted(set(AGAIN) - {"rate_limited"})  # a rate limit holds for both ways


def result(status: str, *archives: str) -> ScanResult:
    problems = [FileProblem(path, "unread_archive", "Not fetched.") for path in archives]
    return ScanResult("u", status=ScanStatus(status), transfer="partial", problems=problems)


def counts(first: ScanResult, second: str) -> str:
    return result_that_counts(first, result(second)).status


@pytest.mark.parametrize("failure", AGAIN)
@pytest.mark.parametrize("first", ["not_found", "no_commit", "too_large"])
def test_a_failure_that_may_pass_leaves_no_lasting_one(first: str, failure: str) -> None:
    assert counts(result(first), failure) == failure


@pytest.mark.parametrize("failure", [*AGAIN, *sorted(statuses("code", Means.ENDS_RUN))])
def test_code_in_an_archive_that_did_not_come_is_not_absent(failure: str) -> None:
    assert counts(result("no_code", "code.zip"), failure) == failure


@pytest.mark.parametrize("failure", ["not_found", "no_commit", "too_large"])
def test_a_lasting_failure_of_the_archive_keeps_what_git_read(failure: str) -> None:
    assert counts(result("no_code", "code.zip"), failure) == "no_code"


@pytest.mark.parametrize("first", AGAIN)
@pytest.mark.parametrize("second", [*ONLY_THERE, "not_found", "no_commit"])
def test_the_first_failure_that_may_pass_counts(first: str, second: str) -> None:
    assert counts(result(first), second) == first


@pytest.mark.parametrize("second", ["ok", "no_code", "empty", "blocked"])
def test_an_answer_of_the_second_way_counts(second: str) -> None:
    assert counts(result("truncated"), second) == second


def test_a_missing_commit_is_said_of_a_repository_that_exists() -> None:
    assert counts(result("not_found"), "no_commit") == "no_commit"
    assert counts(result("no_commit"), "not_found") == "no_commit"


def test_without_git_the_answer_of_the_archive_counts() -> None:
    assert counts(result("not_found"), "no_git") == "not_found"


@pytest.mark.parametrize("name", ["code.zip", "src/code.tar.gz", "code.tgz", "code.tar"])
def test_an_archive_that_the_scanner_reads_may_hide_code(name: str) -> None:
    assert may_hide_code(result("no_code", "data.rar", name))


@pytest.mark.parametrize("name", ["code.rar", "code.7z", "code.tar.bz2", "code.tar.zst"])
def test_an_archive_that_nobody_reads_is_not_worth_a_download(name: str) -> None:
    assert not may_hide_code(result("no_code", name))


def test_beside_code_an_archive_hides_none() -> None:
    assert not may_hide_code(result("ok", "code.zip"))
