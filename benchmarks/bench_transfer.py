"""Bytes that move for the source of real repositories: as archive, by partial clone, as chosen.

    python -m benchmarks.bench_transfer FOLDER [MOST]

FOLDER holds git repositories, at most three levels down. They are served by git's own http-backend
on loopback; what it sends is counted there. Repositories that do not hold all files of their head
commit are left out, for no archive can be made of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.code.github import moves_less_by_git
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.scan.languages import is_code
from pipeline.settings import Settings
from tests.stand_ins.github import StandIn, github_stand_in

_ENVIRONMENT = os.environ | {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory"}
_ENVIRONMENT |= {"GIT_CONFIG_VALUE_0": "*"}


@dataclass(frozen=True)
class Measured:
    """Bytes of one repository, and what GitHub's metadata would say of it."""

    name: str
    archive: int
    partial: int
    size: int
    source: int

    @property
    def chosen(self) -> int:
        unit = Unit("", "github.com", "", "", size_bytes=self.size, code_bytes=self.source)
        return self.partial if moves_less_by_git(unit) else self.archive


def main(folder: Path, most: int) -> None:
    """Measure and print sums and shares."""
    with github_stand_in() as github, tempfile.TemporaryDirectory() as scratch:
        settings = Settings(github_git_url=github.url, data=Path(scratch))
        measured = []
        for place in git_directories(folder):
            if len(measured) == most:
                break
            if (found := measure(place, github, settings)) is not None:
                measured.append(found)
                if len(measured) % 25 == 0:
                    report(measured)
    print()
    report(measured)


def report(measured: list[Measured]) -> None:
    """Sums over what is measured, in megabytes and as shares of the archives."""
    archive = sum(item.archive for item in measured)
    sums = {
        "archives": archive,
        "partial clones": sum(item.partial for item in measured),
        "as chosen": sum(item.chosen for item in measured),
        "best of both": sum(min(item.archive, item.partial) for item in measured),
    }
    print(f"{len(measured)} repositories")
    for name, size in sums.items():
        print(f"  {name:<15} {size / 1e6:10,.1f} MB  {size / archive:7.1%} of the archives")
    wrong = sum(item.chosen > min(item.archive, item.partial) for item in measured)
    print(f"  the other way would have moved less in {wrong}", flush=True)


def measure(place: Path, github: StandIn, settings: Settings) -> Measured | None:
    """Both ways of one repository; None where its head is not complete."""
    archive = git(place, "archive", "--format=tar.gz", "HEAD")
    head = git(place, "rev-parse", "HEAD")
    if archive is None or head is None:
        return None
    name = f"o/r{len(github.repositories)}"
    repository = github.add(name, git=place, commit=head.decode().strip())
    before = github.sent.get("git", 0)
    owner, short = name.split("/")
    unit = Unit(name, "github.com", owner, short, commit=repository.commit)
    result = PartialClones(settings).scan(replace(unit))
    if not result.is_read:
        print(f"{place}: {result.status}: {result.message}", file=sys.stderr)
        return None
    packs = sum(pack.stat().st_size for pack in (place / "objects").rglob("*.pack"))
    moved = github.sent["git"] - before
    return Measured(place.parent.name, len(archive), moved, packs, source_size(place))


def source_size(place: Path) -> int:
    """Bytes at the head in files that are read: what GitHub's languages add up to."""
    listing = git(place, "ls-tree", "-r", "-l", "-z", "HEAD") or b""
    size = 0
    for entry in filter(None, listing.split(b"\0")):
        facts, path = entry.split(b"\t", 1)
        if is_code(path.decode("utf-8", "replace")) and facts.split()[3].isdigit():
            size += int(facts.split()[3])
    return size


def git(place: Path, *arguments: str) -> bytes | None:
    """Output of a git command, None where it fails."""
    command = ["git", "--git-dir", str(place), *arguments]
    done = subprocess.run(command, capture_output=True, env=_ENVIRONMENT, check=False)
    return done.stdout if done.returncode == 0 else None


def git_directories(folder: Path) -> Iterator[Path]:
    """Git directories below a folder, at most three levels down."""
    for pattern in ("*/*/.git", "*/*", "*/*/*"):
        for place in sorted(folder.glob(pattern)):
            if (place / "objects").is_dir() and (place / "HEAD").is_file():
                yield place


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
