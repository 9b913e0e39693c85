"""How much faster are the year ends of a repository than a scan of each year anew?

    python -m benchmarks.bench_history CLONES [MOST]

CLONES holds git repositories as CLONES/owner/name. The benchmark takes the MOST (10) repositories
with the longest lives. The plain way is what a person would do: for each year, check the commit
out into an empty folder and scan the folder, with `adoption scan` or in this process. Our way reads
git's trees and reads each content once. Both must find the same facts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from pipeline.code.clones import Clones
from pipeline.code.units import Unit
from pipeline.code.year_ends import AskedYears, YearEnds, find_year_ends
from pipeline.scan.paths import PathScan
from pipeline.scan.records import Limits, ScanResult, UnreadableTargetError

_Answer = TypeVar("_Answer")
_COMPARED = ("imports", "api_uses", "local_modules")


@dataclass(frozen=True)
class Times:
    """Seconds for the year ends of one repository."""

    name: str
    years: int
    ours: float
    in_process: float
    by_command: float


def main(clones: Path, most: int) -> None:
    """Print a line for each repository, and the ratios of the sums."""
    times: list[Times] = []
    for unit in longest(clones):
        if len(times) == most:
            break
        try:
            item = timed(clones, unit)
        except subprocess.CalledProcessError:
            print(f"{unit.unit_id} is left out: git cannot check out all of its years.")
            continue
        times.append(item)
        print(
            f"{item.name:<45} {item.years:>3} years: {item.ours:6.2f} s; scanned anew "
            f"{item.in_process:7.2f} s, with a command for each year {item.by_command:7.2f} s"
        )
    ours = sum(item.ours for item in times)
    for field in fields(Times)[3:]:
        ratio = sum(getattr(item, field.name) for item in times) / ours
        print(f"{field.name}: {ratio:.1f} times our time")


def longest(clones: Path) -> list[Unit]:
    """All units, those with the most different year ends first."""
    provider = Clones(clones, Limits(files=0))  # nothing is scanned here
    found: list[tuple[int, str, Unit]] = []
    for place in sorted(clones.glob("*/*")):
        owner, name = place.parts[-2:]
        unit = Unit(f"github.com/{owner}/{name}", "github.com", owner, name)
        with provider.open_history(unit) as history:
            try:
                commits = history.commits()
            except UnreadableTargetError:
                continue
        years = {commit.committed_at.year for commit in commits}
        found.append((-len(years), unit.unit_id, unit))
    return [unit for _, _, unit in sorted(found, key=lambda item: item[:2])]


def timed(clones: Path, unit: Unit) -> Times:
    """The times of one repository.

    Raises:
        AssertionError: the two ways find different facts.
        CalledProcessError: git cannot check out a commit, because the clone lacks files.
    """
    ours_s, found = seconds(lambda: year_ends(clones, unit))
    place = (clones / unit.owner / unit.name).resolve()
    ids = [scan.commit_id or "" for scan in found.scans]
    in_process_s, anew = seconds(lambda: [scanned_folder(place, each) for each in ids])
    by_command_s, _ = seconds(lambda: [scanned_by_command(place, each) for each in ids])
    for scan, plain in zip(found.scans, anew, strict=True):
        for name in _COMPARED:
            assert sorted(getattr(scan, name), key=str) == sorted(getattr(plain, name), key=str), (
                f"{unit.unit_id} {scan.commit_id}: {name}"
            )
    return Times(unit.unit_id, len(ids), ours_s, in_process_s, by_command_s)


def year_ends(clones: Path, unit: Unit) -> YearEnds:
    with Clones(clones, Limits()).open_history(unit) as history:
        return find_year_ends(history, AskedYears(unit))


def scanned_folder(repository: Path, commit: str) -> ScanResult:
    with tempfile.TemporaryDirectory() as folder:
        check_out(repository, commit, Path(folder))
        return PathScan(limits=Limits()).scan(Path(folder))


def scanned_by_command(repository: Path, commit: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_out(repository, commit, Path(folder))
        command = [sys.executable, "-m", "pipeline", "scan", folder]
        subprocess.run(command, capture_output=True, check=False)  # a year without code is no error


def check_out(repository: Path, commit: str, folder: Path) -> None:
    """The files of a commit, in a folder without .git."""
    index = f"--git-dir={repository / '.git' if (repository / '.git').exists() else repository}"
    command = ["git", "-c", "safe.directory=*", index, f"--work-tree={folder}", "checkout", "-q"]
    environment = {"GIT_INDEX_FILE": f"{folder}.index", "PATH": "/usr/bin:/bin"}
    subprocess.run(
        [*command, "--force", commit, "--", "."], check=True, env=environment, capture_output=True
    )
    Path(f"{folder}.index").unlink()


def seconds(work: Callable[[], _Answer]) -> tuple[float, _Answer]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
