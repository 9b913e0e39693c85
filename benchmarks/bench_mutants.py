"""`make bench-mutants`: 100,000 damaged files, and long lines, through every scanner."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpus import corpus
from benchmarks.growth import growths
from tests.scan.mutants import Fault, fault, mutant
from tests.scan.oracle import imports_by_ast

_LONGEST_BYTES = 200_000
_PROCESSES = 2


def as_other_file(rng: random.Random, source: bytes) -> tuple[str, bytes]:
    """Python source as a file of another sort: so that every scanner gets its mutants."""
    name, make = rng.choice(list(_OTHERS.items()))
    return name, make(source)


def _notebook(source: bytes) -> bytes:
    cells = source.decode("utf-8", "replace").split("\n\n")
    code = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4}).encode()


def _same(source: bytes) -> bytes:
    return source


_OTHERS: dict[str, Callable[[bytes], bytes]] = {
    "a.ipynb": _notebook,
    **dict.fromkeys(
        (
            "a.lua a.r a.rmd a.qmd a.rnw a.jmd NAMESPACE a.jl a.java a.scala a.cu a.m a.swift "
            "a.prototxt requirements.txt setup.py pyproject.toml Pipfile environment.yml "
            "Dockerfile setup.cfg install.sh DESCRIPTION"
        ).split(),
        _same,
    ),
}


def _faults(job: tuple[list[str], int, int]) -> tuple[int, int, list[Fault]]:
    paths, seed, count = job
    rng = random.Random(seed)
    judged, found = 0, []
    for _ in range(count):
        path = rng.choice(paths)
        source = Path(path).read_bytes()
        name, original = (path, source) if rng.random() < 0.8 else as_other_file(rng, source)
        changed = mutant(rng, original)
        judged += name.endswith(".py") and imports_by_ast(changed) is not None
        if (wrong := fault(name, changed)) is not None:
            found.append(wrong)
    return count, judged, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    paths = [str(path) for path in corpus() if path.stat().st_size < _LONGEST_BYTES]
    step = max(1, options.count // 100)
    jobs = [(paths, options.seed + at, step) for at in range(options.count // step)]
    total = judged = wrong = 0
    with ProcessPoolExecutor(_PROCESSES) as pool:
        for count, judged_here, faults in pool.map(_faults, jobs):
            total, judged, wrong = total + count, judged + judged_here, wrong + len(faults)
            for item in faults[:3]:
                print(f"{item.path}: {item.what[:300]}")
    print(f"{total:,} mutants, {judged:,} of them judged by ast: {wrong} faults")
    measured = list(growths())
    faster = [growth for growth in measured if not growth.is_linear]
    for growth in faster:
        print(f"{growth.name}: {growth.seconds:.3f} s, then {growth.seconds_of_double:.3f} s")
    print(f"{len(measured)} inputs at two lengths: the time of {len(faster)} grows faster")


if __name__ == "__main__":
    main()
