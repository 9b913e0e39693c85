"""`make bench-collect`: `adoption run` against a GitHub on loopback that answers at once.

First for 1,000 repositories whose archives are of the size that real ones of papers have on
average, beside decompressing and scanning the same archives from disk in as many processes.
Then for 200,000 repositories that are known already and have not changed.
"""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.contest import in_processes
from benchmarks.corpus import FOLDER, archives
from pipeline.flows.prefect_server import prefect_server, set_prefect_defaults
from pipeline.links import PARSER_VERSION
from pipeline.scan.languages import is_code
from pipeline.scan.paths import PathScan
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import open_store
from tests.stand_ins.command import run_settings
from tests.stand_ins.github import github_stand_in
from tests.stand_ins.github.repositories import Repository

REPOSITORIES = 1000
KNOWN = 200_000
AVERAGE_BYTES = 2_200_000
"""Of 200 archives of real repositories: python -m benchmarks.bench_transfer FOLDER 200."""

_COMMIT = "{:040x}"
_ADOPTION = Path(sys.executable).parent / "adoption"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step took: seconds by the clock, and of the processors in its processes."""

    seconds: float
    cpu_seconds: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.cpu_seconds:.1f} s of processors)"


def taken(step: Callable[[], object]) -> Taken:
    """Run a step that works in processes of its own and waits for their end."""
    started, before_s = time.perf_counter(), _children_s()
    step()
    return Taken(time.perf_counter() - started, _children_s() - before_s)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print seconds and ratios of both."""
    files = average_archives()
    size = sum(file.stat().st_size for file in files) / len(files)
    print(f"{REPOSITORIES} repositories, {size / 1e6:.1f} MB an archive, {os.cpu_count()} cores")
    paths = [str(path) for path in islice(cycle(files), REPOSITORIES)]
    alone = taken(lambda: in_processes(scan, os.cpu_count() or 1)(paths))
    print(f"decompressing and scanning alone: {alone}")
    with tempfile.TemporaryDirectory() as home:
        set_prefect_defaults(Path(home), "CRITICAL")
        with prefect_server() as address:
            thousand(files, alone.seconds, address)
            known(address)


def thousand(files: list[Path], alone_s: float, prefect: str) -> None:
    """A first and a second run of a thousand repositories."""
    with server([str(file) for file in files], REPOSITORIES) as asked, folder() as data:
        first = run(data, asked("url"), PREFECT_API_URL=prefect)
        print(f"adoption run: {first}, {first.seconds / alone_s:.2f} times as long")
        for name, seconds in steps(data):
            print(f"  {name:<10}{seconds:6.1f} s")
        print(f"again, with nothing due: {run(data, asked('url'))}, without Prefect")
        due = {"ADOPTION_REFRESH_DAYS": "0"}
        again = run(data, asked("url"), PREFECT_API_URL=prefect, **due)
        print(f"again, with all metadata due: {again}")
        own = run(data, asked("url"), **due)
        more_s = own.seconds - again.seconds
        print(f"  a Prefect server of the run's own takes {more_s:.1f} s more")


def known(prefect: str) -> None:
    """A run for many repositories of which nothing is new."""
    with server([], KNOWN) as asked, folder() as data:
        fill(data, KNOWN)
        again = {"ADOPTION_REFRESH_DAYS": "0", "PREFECT_API_URL": prefect}
        first = run(data, asked("url"), **again)
        print(f"{KNOWN:,} known repositories, everything told anew: {first}, once")
        before_s, before = float(asked("answering_s")), int(asked("requests"))
        unchanged = run(data, asked("url"), **again)
        answering_s = float(asked("answering_s")) - before_s
        requests = int(asked("requests")) - before
        print(f"again, all of them asked for and none changed: {unchanged}")
        print(f"  {requests:,} requests, {requests / KNOWN:.4f} a repository")
        ours_s = unchanged.seconds - answering_s
        print(f"  the server took {answering_s:.1f} s, ours are {ours_s:.1f} s")
        for name, step_s in steps(data):
            print(f"  {name:<10}{step_s:6.1f} s")
        print(f"again, with none of them due: {run(data, asked('url'), PREFECT_API_URL=prefect)}")


def scan(paths: list[str]) -> int:
    return sum(len(PathScan().scan(Path(path)).imports) for path in paths)


def average_archives() -> list[Path]:
    """The packages of archives.txt cut into archives of the average size, each a commit's."""
    target = FOLDER / "average"
    target.mkdir(parents=True, exist_ok=True)
    files = sorted(target.glob("*.tar.gz"))
    if files:
        return files
    for number, members in enumerate(_pieces(archives())):
        with gzip.open(target / f"{number:03}.tar.gz", "wb", compresslevel=6) as compressed:
            compressed.write(members)
    return sorted(target.glob("*.tar.gz"))


def _pieces(files: list[Path]) -> Iterator[bytes]:
    """Tar archives, about three times as large as what they compress to."""
    for file in files:
        with tarfile.open(file, "r|gz") as whole:
            buffer, piece = _new_piece()
            for number, member in enumerate(whole):
                content = whole.extractfile(member)
                if content is None or (number % 2 and is_code(member.name)):
                    continue  # of repositories of papers, an eighth is source
                member.name = f"top/{member.name}"
                piece.addfile(member, content)
                if buffer.tell() > 3 * AVERAGE_BYTES:
                    piece.close()
                    yield buffer.getvalue()
                    buffer, piece = _new_piece()


def _new_piece() -> tuple[io.BytesIO, tarfile.TarFile]:
    buffer = io.BytesIO()
    return buffer, tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT)


@contextmanager
def server(files: list[str], count: int) -> Iterator[Any]:
    """A GitHub of `count` repositories in a process of its own; gives what tells of it."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(there, files, count), daemon=True)
    process.start()

    def asked(what: str) -> str:
        here.send(what)
        return str(here.recv())

    try:
        yield asked
    finally:
        process.kill()


def serve(pipe: Connection, files: list[str], count: int) -> None:
    """Answer until killed."""
    contents = [Path(file).read_bytes() for file in files] or [b""]
    with github_stand_in() as github:
        github.answers_at_once = True
        for number in range(count):
            content = contents[number % len(contents)]
            commit = _COMMIT.format(number)
            repository = Repository(
                "o", f"r{number}", number + 1, content, commit, size_kb=len(content) // 1024
            )
            github.repositories[f"o/r{number}"] = repository
        while True:
            what = pipe.recv()
            told = {
                "url": github.url,
                "requests": len(github.requests),
                "answering_s": github.answering_s,
            }
            pipe.send(told[what])


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for a run's data, with a list of links."""
    with tempfile.TemporaryDirectory() as name:
        lines = [
            f"https://github.com/o/r{number},2001.{number:05}" for number in range(REPOSITORIES)
        ]
        (Path(name) / "links.csv").write_text("\n".join(["link,arxiv", *lines]))
        yield Path(name)


def settings(data: Path, url: str) -> dict[str, str]:
    return run_settings(data, url) | {
        "ADOPTION_GITHUB_TOKEN": "t",
        "ADOPTION_TRANSFER": "archive",  # what it is held against are archives
        "ADOPTION_ARCHIVE_RATE": "1000000/hour",
        "ADOPTION_WORKERS": str(os.cpu_count() or 1),
    }


def run(data: Path, url: str, **others: str) -> Taken:
    """What `adoption run` takes."""
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    environment |= settings(data, url) | others
    command = partial(
        subprocess.run,
        [_ADOPTION, "run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return taken(command)


def steps(data: Path) -> list[tuple[str, float]]:
    """Seconds of each flow of the last run."""
    with duckdb.connect(str(data / "work" / "adoption.duckdb")) as store:
        rows = store.sql("""
            select flow, epoch(arg_max(ended_at - started_at, started_at))
            from run group by flow order by max(started_at)
        """).fetchall()
    return [(str(flow), float(seconds)) for flow, seconds in rows]


def fill(data: Path, count: int) -> None:
    """A working database in which so many repositories are known and scanned."""
    (data / "links.csv").write_text("link,arxiv\nhttps://github.com/o/r0,2001.00000\n")
    with open_store(data / "work" / "adoption.duckdb") as store:
        store.execute("create temporary table number as select unnest(range(?)) as n", [count])
        store.execute("set variable scanner_version = ?", [SCANNER_VERSION])
        store.execute("set variable link_parser = ?", [PARSER_VERSION])
        store.execute((Path(__file__).parent / "known_repositories.sql").read_text())


if __name__ == "__main__":
    main()
