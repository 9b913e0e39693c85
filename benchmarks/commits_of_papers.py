"""When the code of papers came out, and which commit each tolerance chooses.

    python -m benchmarks.commits_of_papers PAPERS CLONES [--list]

PAPERS is a CSV file with the columns raw_link, arxiv_id and year. CLONES holds git repositories as
CLONES/owner/name. With --list, one line for each paper: what to check by hand. The month of an
arXiv id is the month of the paper. Papers without one are left out of the lags, and their year
counts in the list.
"""

from __future__ import annotations

import csv
import datetime as dt
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


def main(papers: Path, clones: Path, is_listed: bool) -> None:
    """Print the lags, or the list."""
    found = list(histories(papers, clones))
    if is_listed:
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
    words = [word for word in sys.argv[1:] if word != "--list"]
    if len(words) != 2:
        sys.exit(__doc__)
    main(Path(words[0]), Path(words[1]), "--list" in sys.argv)
