"""What `adoption collect history` moves: requests, bytes and seconds for real repositories.

    python -m benchmarks.bench_paper_commits PAPERS CLONES [MOST]

PAPERS and CLONES are as in benchmarks.commits_of_papers. git's own http-backend serves the clones
on loopback, and what it sends is counted there. For each paper its commit is found and scanned.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from benchmarks.commits_of_papers import day_of
from pipeline.code.paper_commits import AskedPaper, PaperCommits
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.links import CodeLink, parse_link
from pipeline.scan.records import UnreadableTargetError
from pipeline.settings import Settings
from tests.stand_ins.github import github_stand_in


def main(papers: Path, clones: Path, most: int) -> None:
    """Print sums and averages."""
    asked = list(islice(asked_papers(papers, clones), most))
    statuses = Counter[str]()
    with github_stand_in() as github, tempfile.TemporaryDirectory() as scratch:
        provider = PartialClones(Settings(github_git_url=github.url, data=Path(scratch)))
        for paper in asked:
            name = f"{paper.unit.owner}/{paper.unit.name}"
            github.add(name, git=(clones / name).resolve())
        started = time.perf_counter()
        for paper in asked:
            try:
                with provider.open_history(paper.unit) as history:
                    found = list(PaperCommits(history).find([paper]))
                    statuses.update(str(item.status) for item in found)
            except UnreadableTargetError as error:
                statuses[str(error.status)] += 1
        took_s = time.perf_counter() - started
        requests, sent = len(github.requests), github.sent["git"]
    print(f"{len(asked)} repositories: {dict(statuses)}")
    print(f"{requests / len(asked):.1f} requests a repository")
    print(f"{sent / len(asked) / 1e3:,.0f} kB a repository, {sent / 1e6:,.0f} MB in all")
    print(f"{took_s / len(asked):.2f} s a repository, one after the other")


def asked_papers(papers: Path, clones: Path) -> list[AskedPaper]:
    """The papers whose repository is among the clones, each repository once."""
    asked: dict[str, AskedPaper] = {}
    with papers.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            link = parse_link(row["raw_link"], bare_is_github=True)
            if isinstance(link, CodeLink) and (clones / link.owner / link.name).exists():
                names = (link.unit_id, link.host, link.owner, link.name, link.subdir, link.ref)
                paper = AskedPaper(row["title"], Unit(*names), day_of(row))
                asked.setdefault(link.key, paper)
    return list(asked.values())


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1000)
