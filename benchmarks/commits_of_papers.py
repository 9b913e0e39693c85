"""When the code of papers came out, and which commit each tolerance chooses.

    python -m benchmarks.commits_of_papers PAPERS CLONES [--list | --check]

PAPERS is a CSV file with the columns raw_link, arxiv_id and year. CLONES holds git repositories as
CLONES/owner/name. With --list, one line for each paper: what to check by hand. The month of an
arXiv id is the month of the paper. Papers without one are left out of the lags, and their year
counts in the list. --check chooses the commits of 40 papers, spread over the list, a second time
with plain `git log` and `git ls-tree`, and prints what differs.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import subprocess
import sys
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from pipeline.code.clones import Clones
from pipeline.code.commits import Commit
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import TOLERANCE_DAYS, PaperDay, choose, first_with_code
from pipeline.code.units import Unit
from pipeline.links import CodeLink, parse_link
from pipeline.papers.identity import arxiv_month
from pipeline.scan.records import Limits, UnreadableTargetError

_CHECKED = 40
_CODE = re.compile(
    r"\.(pyx?|ipynb|lua|jl|[rm]|java|scala|cc?|cpp|cuh?|h|hpp|swift|prototxt|rmd)$", re.IGNORECASE
)
_TOLERANCES = (0, 30, 60, 90, 120, 180, 365)


@dataclass(frozen=True)
class Found:
    """A paper with the history of its code. `first` is the first commit with code."""

    link: CodeLink
    day: PaperDay
    commits: list[Commit]
    first: Commit | None
    status: str
    commit: Commit | None


def main(papers: Path, clones: Path, wish: str) -> None:
    """Print the lags, the list or the check."""
    found = list(histories(papers, clones))
    if wish == "--check":
        check(found[:: max(len(found) // _CHECKED, 1)][:_CHECKED], clones)
        return
    if wish == "--list":
        for item in found:
            print(line(item))
        return
    report([item for item in found if item.day.precision == "month"])


def histories(papers: Path, clones: Path) -> Iterator[Found]:
    """Papers whose repository is among the clones, each repository once."""
    provider = Clones(clones, Limits())
    seen = set()
    with papers.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            link = parse_link(row["raw_link"], bare_is_github=True)
            if not isinstance(link, CodeLink) or link.ref or link.key in seen:
                continue
            seen.add(link.key)
            unit = Unit(link.unit_id, link.host, link.owner, link.name, link.subdir)
            try:
                with provider.open_history(unit) as history:
                    yield examined(history, link, day_of(row))
            except UnreadableTargetError:
                continue


def day_of(row: dict[str, str]) -> PaperDay:
    """The month of the arXiv id, else the year."""
    if not row["arxiv_id"]:
        return PaperDay(dt.date(int(row["year"]), 12, 31), "year")
    month = arxiv_month(row["arxiv_id"]).day
    return PaperDay(month.replace(day=monthrange(month.year, month.month)[1]), "month")


def examined(history: RepositoryHistory, link: CodeLink, day: PaperDay) -> Found:
    """A paper with what its history says."""
    commits = history.commits()

    def has_code(some: list[Commit]) -> list[bool]:
        return history.has_code(some, link.subdir)

    choice = choose(commits, day.until, has_code)
    first = first_with_code(commits, has_code)
    return Found(link, day, commits, first, choice.status, choice.commit)


def line(item: Found) -> str:
    """One paper for people: repository, last day of its date, status, commit, its date and lag."""
    commit = item.commit
    what = f"{item.link.owner}/{item.link.name} {item.day.last} ({item.day.precision})"
    if commit is None:
        return f"{what} {item.status}"
    return (
        f"{what} {item.status} {commit.commit_id[:10]} {commit.committed_at:%Y-%m-%d} "
        f"lag {item.day.lag_days(commit)}, {len(item.commits)} commits"
    )


def check(found: list[Found], clones: Path) -> None:
    """Compare the choices with those of plain git."""
    same = 0
    for item in found:
        plain = by_plain_git(item, clones / item.link.owner / item.link.name)
        ours = item.commit.commit_id if item.commit else None
        same += plain == ours
        if plain != ours:
            print(f"{line(item)}; plain git: {plain}")
    print(f"{same} of {len(found)} choices are those of plain git")


def by_plain_git(item: Found, place: Path) -> str | None:
    """The commit of a paper by `git log --before` and `git ls-tree`, which trust every date."""

    def git(*arguments: str) -> list[str]:
        command = ["git", "-c", "safe.directory=*", "-C", str(place), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    def has_code(commit: str) -> bool:
        return any(_CODE.search(name) for name in git("ls-tree", "-r", "--name-only", commit))

    until = item.day.until.replace(tzinfo=dt.UTC).timestamp()
    log = ("log", "--first-parent", "--format=%H")
    before = git(*log, "-1", f"--before=@{until:.0f}")
    if before and has_code(before[0]):
        return before[0]
    later = git(*log, "--reverse", f"--since=@{until + 1:.0f}")
    return next((commit for commit in later if has_code(commit)), None)


def report(found: list[Found]) -> None:
    """When code came out after the paper, and what each tolerance chooses."""
    lags = [item.day.lag_days(item.first) for item in found if item.first is not None]
    print(f"{len(found)} papers with an arXiv id; {len(lags)} have code in a language that is read")
    print(f"tolerance in use: {TOLERANCE_DAYS} days")
    cuts = quantiles(lags, n=20)
    named = {f"{5 * place + 5} %": round(cuts[place]) for place in (0, 4, 9, 14, 17, 18)}
    print("first commit with code, days after the month of the paper:", named)
    for days in _TOLERANCES:
        within = sum(lag <= days for lag in lags)
        newer = [changed(item, days) for item in found]
        print(
            f"tolerance {days:>3}: {within / len(lags):4.0%} have code in time; "
            f"{sum(newer) / len(found):4.0%} get a commit that is not the one of day 0"
        )


def changed(item: Found, days: int) -> bool:
    """Whether a tolerance chooses another commit than no tolerance does."""
    end = dt.datetime.combine(item.day.last, dt.time.max)
    before = [commit for commit in item.commits if commit.committed_at <= end]
    within = [c for c in item.commits if c.committed_at <= end + dt.timedelta(days=days)]
    return bool(before) and len(within) > len(before)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), "".join(sys.argv[3:]))
