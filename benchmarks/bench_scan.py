"""`make bench-scan`: from a list of files to import facts, ours beside the peers, in one run.

`work` says what a contender brings: "all" is every module with its line, as ours; anything else is
less work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.contest import Contender, compare, in_processes, print_table, total_bytes
from benchmarks.corpus import corpus
from pipeline.scan.python import python_imports
from tests.scan.oracle import imports_by_ast, imports_by_tree_sitter

Columns = tuple[list[int], list[int], list[str], list[str]]
"""Imports of some files: number of imports of each file; line, module and kind of each import."""


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
    lines: list[int] = []
    modules: list[str] = []
    kinds: list[str] = []
    for path in paths:
        imports = python_imports(read(path))
        counts.append(len(imports))
        for line, module, kind in imports:
            lines.append(line)
            modules.append(module)
            kinds.append(kind)
    return counts, lines, modules, kinds


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
    Contender("reading alone, 2 processes", "none", in_processes(read_files, 2)),
    Contender("ours, 1 process", "all", in_processes(scan_files, 1)),
    Contender("ours, 2 processes", "all", in_processes(scan_files, 2)),
    Contender("ripgrep, lines with 'import'", "lines", by_ripgrep),
    Contender("ruff analyze graph", "imports of own files", by_ruff),
    Contender("deptry's Rust core", "top-level names", by_deptry),
    Contender("ast and a walk, 1 process", "all", by_ast, slow=True),
    Contender("tree-sitter, 1 process", "all", by_tree_sitter, slow=True),
    Contender("fawltydeps, 1 process", "all", by_fawltydeps, slow=True),
    Contender("pipreqs, 1 process", "names, no lines", by_pipreqs, slow=True),
]


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
    print(
        f"{len(paths):,} Python files, {total_bytes(paths) / 1e6:.0f} MB, {os.cpu_count()} cores\n"
    )
    there = [each for each in CONTENDERS if each.run is not by_ripgrep or shutil.which("rg")]
    best = compare(there, paths)
    print_table(there, best, "ours, 2 processes", paths)
    total, missed, added = differences(paths)
    print(f"\nOf {total:,} imports by the oracle, ours lacks {missed} and adds {added}.")


if __name__ == "__main__":
    main()
