"""`make bench-scan`: from a list of files to import facts, ours beside the peers, in one run.

Every contender is timed on the same files in the same run, several times in turn, and the best
time counts, because the machine's noise only ever adds. Slow peers get every twentieth file;
their time is scaled. `work` says what a contender brings: "all" is every module with its line,
as ours; anything else is less work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpus import corpus
from benchmarks.oracle import imports_by_ast, imports_by_tree_sitter
from pipeline.scan.python import python_imports

_ROUNDS = 3
_SLOW_STEP = 20
_PROCESSES = 2
_CHUNKS = 16

Columns = tuple[list[int], list[int], list[str], list[str]]
"""Imports of some files: number of imports of each file; line, module and kind of each import."""


@dataclass(frozen=True)
class Contender:
    """Something to time on a list of files."""

    name: str
    work: str
    run: Callable[[list[str]], object]
    slow: bool = False


def read(path: str) -> bytes:
    """The cheapest way that Python has to read a file whole."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def read_files(paths: list[str]) -> int:
    return sum(len(read(path)) for path in paths)


def scan_files(paths: list[str]) -> Columns:
    counts: list[int] = []
    columns: tuple[list[int], list[str], list[str]] = ([], [], [])
    for path in paths:
        imports = python_imports(read(path))
        counts.append(len(imports))
        for column, values in zip(columns, zip(*imports, strict=True), strict=False):
            column.extend(values)
    return counts, *columns


def in_processes(work: Callable[[list[str]], object], paths: list[str]) -> list[object]:
    """The work on chunks of the files in two processes, their start included."""
    chunks = [paths[at::_CHUNKS] for at in range(_CHUNKS)]
    with ProcessPoolExecutor(_PROCESSES, get_context("fork")) as pool:
        return list(pool.map(work, chunks))


def by_ruff(paths: list[str]) -> None:
    command = [str(Path(sys.executable).with_name("ruff")), "analyze", "graph", "--isolated"]
    _run([*command, "--config", "respect-gitignore=false", os.path.commonpath(paths)])


def by_ripgrep(paths: list[str]) -> None:
    _run(["rg", "--no-ignore", "--count", "import", "--glob", "*.py", os.path.commonpath(paths)])


def by_deptry(paths: list[str]) -> None:
    from deptry.rust import get_imports_from_py_files

    get_imports_from_py_files(paths)


def by_fawltydeps(paths: list[str]) -> None:
    from fawltydeps.extract_imports import parse_code
    from fawltydeps.types import Location

    for path in paths:
        list(parse_code(read(path), source=Location(Path(path))))


def by_pipreqs(paths: list[str]) -> None:
    from pipreqs.pipreqs import get_all_imports

    for folder in sorted({os.path.dirname(path) for path in paths}):
        get_all_imports(folder)


def by_ast(paths: list[str]) -> None:
    for path in paths:
        imports_by_ast(read(path))


def by_tree_sitter(paths: list[str]) -> None:
    for path in paths:
        imports_by_tree_sitter(read(path))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


CONTENDERS = [
    Contender("reading alone, 1 process", "none", read_files),
    Contender("reading alone, 2 processes", "none", lambda paths: in_processes(read_files, paths)),
    Contender("ours, 1 process", "all", scan_files),
    Contender("ours, 2 processes", "all", lambda paths: in_processes(scan_files, paths)),
    Contender("ripgrep, lines with 'import'", "lines", by_ripgrep),
    Contender("ruff analyze graph", "imports of own files", by_ruff),
    Contender("deptry's Rust core", "top-level names", by_deptry),
    Contender("ast and a walk, 1 process", "all", by_ast, slow=True),
    Contender("tree-sitter, 1 process", "all", by_tree_sitter, slow=True),
    Contender("fawltydeps, 1 process", "all", by_fawltydeps, slow=True),
    Contender("pipreqs, 1 process", "names, no lines", by_pipreqs, slow=True),
]


def timed(contender: Contender, paths: list[str]) -> float:
    """Seconds for all files; of a slow contender, those for a part of them, scaled by bytes."""
    if not contender.slow:
        return _seconds(contender, paths)
    part = paths[::_SLOW_STEP]
    scale = sum(os.stat(path).st_size for path in paths) / sum(
        os.stat(path).st_size for path in part
    )
    return _seconds(contender, part) * scale


def _seconds(contender: Contender, paths: list[str]) -> float:
    start = time.perf_counter()
    contender.run(paths)
    return time.perf_counter() - start


def compare(paths: list[str]) -> dict[str, float]:
    """Best seconds of each contender that is there."""
    best: dict[str, float] = {}
    for turn in range(_ROUNDS):
        for contender in CONTENDERS:
            if contender.run is by_ripgrep and shutil.which("rg") is None:
                continue
            if contender.slow and turn > 0:
                continue
            seconds = timed(contender, paths)
            best[contender.name] = min(seconds, best.get(contender.name, seconds))
    return best


def differences(paths: list[str]) -> tuple[int, int, int]:
    """Imports by `ast`, imports that only it finds, imports that only we find."""
    total = missed = invented = 0
    for path in paths:
        source = read(path)
        expected = imports_by_ast(source)
        if expected is None:
            expected = imports_by_tree_sitter(source)
        found = {(item.line, item.module) for item in python_imports(source)}
        total += len(expected)
        missed += len(expected - found)
        invented += len(found - expected)
    return total, missed, invented


def main() -> None:
    paths = [str(path) for path in corpus()]
    size = read_files(paths)
    print(f"{len(paths):,} Python files, {size / 1e6:.0f} MB, on {os.cpu_count()} cores\n")
    total, missed, invented = differences(paths)
    print(
        f"Exactness: of {total:,} imports by the oracle, ours lacks {missed} and adds {invented}\n"
    )
    best = compare(paths)
    ours = best["ours, 2 processes"]
    print(f"{'':32}{'files/s':>10}{'MB/s':>8}{'ours is':>12}  work")
    for contender in CONTENDERS:
        if contender.name in best:
            seconds = best[contender.name]
            print(
                f"{contender.name:32}{len(paths) / seconds:>10,.0f}{size / seconds / 1e6:>8.0f}"
                f"{seconds / ours:>11.2f}x  {contender.work}"
            )
        else:
            print(f"{contender.name:32}{'not installed':>10}")


if __name__ == "__main__":
    main()
