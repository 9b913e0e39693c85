"""The commit of a paper, among commits whose code is known."""

import datetime as dt
from collections.abc import Sequence

import pytest

from pipeline.code.commits import Commit
from pipeline.code.moments import TOLERANCE_DAYS, HasCode, PaperDay, choose, first_with_code
from pipeline.resources import SQL


def history(count: int) -> list[Commit]:
    """A commit on each day from 1 January 2020, called by its number."""
    start = dt.datetime(2020, 1, 1)
    return [Commit(str(day), f"t{day}", start + dt.timedelta(days=day)) for day in range(count)]


def code_from(first: int, asked: list[str] | None = None) -> HasCode:
    """Code from a commit on; `asked` notes which commits were examined."""

    def has_code(commits: Sequence[Commit]) -> list[bool]:
        if asked is not None:
            asked.extend(commit.commit_id for commit in commits)
        return [int(commit.commit_id) >= first for commit in commits]

    return has_code


def day(number: int) -> dt.datetime:
    return dt.datetime(2020, 1, 1, 23) + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("last", "until"),
    [
        (dt.date.min, dt.datetime(1, 4, 1, 23, 59, 59)),
        (dt.date(2020, 1, 1), dt.datetime(2020, 3, 31, 23, 59, 59)),
        (dt.date(9999, 10, 2), dt.datetime(9999, 12, 31, 23, 59, 59)),
        (dt.date(9999, 10, 3), dt.datetime(9999, 12, 31, 23, 59, 59)),
        (dt.date.max, dt.datetime(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_the_tolerance_ends_with_the_calendar(last: dt.date, until: dt.datetime) -> None:
    assert PaperDay(last).until == until


@pytest.mark.parametrize(
    ("until", "code_since", "status", "commit"),
    [
        (5, 0, "in_time", "5"),
        (5, 5, "in_time", "5"),
        (5, 6, "first_code", "6"),
        (5, 99, "no_code", None),
        (-1, 0, "first_code", "0"),
        (-1, 2, "first_code", "2"),
        (50, 0, "in_time", "9"),
    ],
)
def test_the_last_commit_in_time_counts_else_the_first_with_code(
    until: int, code_since: int, status: str, commit: str | None
) -> None:
    choice = choose(history(10), day(until), code_from(code_since))
    assert (choice.status, choice.commit and choice.commit.commit_id) == (status, commit)


def test_no_commits_are_an_empty_repository() -> None:
    assert choose([], day(1), code_from(0)).status == "empty"


def test_a_commit_with_a_moved_date_says_so() -> None:
    moved = [Commit("0", "t", dt.datetime(2020, 1, 1), is_bounded=True)]
    assert choose(moved, day(1), code_from(0)).notes == ("date_bounded",)


@pytest.mark.parametrize("first", [0, 1, 15, 16, 63, 64, 65, 500, 4_998, 4_999])
def test_the_first_commit_with_code_is_found_by_few_trees(first: int) -> None:
    asked: list[str] = []
    found = first_with_code(history(5_000), code_from(first, asked))
    assert found is not None and found.commit_id == str(first)
    assert len(asked) <= 64 + 4 * 17


def test_of_many_commits_without_code_few_are_examined() -> None:
    asked: list[str] = []
    assert first_with_code(history(5_000), code_from(9_999, asked)) is None
    assert len(asked) <= 64 + 17


@pytest.mark.parametrize(
    ("precision", "notes"), [("day", ()), ("month", ("month_only",)), ("year", ("year_only",))]
)
def test_the_tolerance_ends_with_its_last_day(precision: str, notes: tuple[str, ...]) -> None:
    paper = PaperDay(dt.date(2020, 2, 29), precision)
    assert paper.notes == notes
    assert paper.until.date() == dt.date(2020, 2, 29) + dt.timedelta(days=TOLERANCE_DAYS)
    assert (paper.until + dt.timedelta(seconds=1)).time() == dt.time()


def test_a_lag_counts_days_from_the_paper_and_is_negative_before_it() -> None:
    paper = PaperDay(dt.date(2020, 1, 5))
    assert [paper.lag_days(commit) for commit in history(7)[::3]] == [-4, -1, 2]


def test_the_method_names_the_tolerance() -> None:
    method = (SQL.parent / "docs" / "method.md").read_text(encoding="utf-8")
    assert f"up to {TOLERANCE_DAYS} days after the paper" in " ".join(method.split())
    assert f"Why {TOLERANCE_DAYS} days?" in method
