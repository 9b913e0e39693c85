"""Times contenders side by side, in one run: how many times longer does each take than ours?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

_ROUNDS = 3
_SLOW_STEP = 20
_CHUNKS = 16

Work = Callable[[list[str]], object]


@dataclass(frozen=True)
class Contender:
    """Something to time on a list of files. `work` says what it does of what ours does."""

    name: str
    work: str
    run: Work
    slow: bool = False


def in_processes(work: Work, processes: int) -> Work:
    """The work on chunks of the files in so many new processes, their start and answers included.

    New ones remember nothing of an earlier run.
    """

    def run(paths: list[str]) -> list[object]:
        chunks = [paths[at::_CHUNKS] for at in range(min(_CHUNKS, len(paths)))]
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            return list(pool.map(work, chunks))

    return run


def compare(contenders: Iterable[Contender], paths: list[str]) -> dict[str, float]:
    """Best seconds of each contender: the machine's noise only ever adds.

    A slow one gets every twentieth file, once; its time is scaled by the bytes.
    """
    part = paths[::_SLOW_STEP]
    scale = total_bytes(paths) / total_bytes(part)
    best: dict[str, float] = {}
    for turn in range(_ROUNDS):
        for contender in contenders:
            if not contender.slow:
                seconds = _seconds(contender, paths)
            elif turn == 0:
                seconds = _seconds(contender, part) * scale
            else:
                continue
            best[contender.name] = min(seconds, best.get(contender.name, seconds))
    return best


def _seconds(contender: Contender, paths: list[str]) -> float:
    start = time.perf_counter()
    contender.run(paths)
    return time.perf_counter() - start


def total_bytes(paths: Iterable[str]) -> int:
    return sum(Path(path).stat().st_size for path in paths)


def print_table(
    contenders: Iterable[Contender], best: dict[str, float], ours: str, paths: list[str]
) -> None:
    """A line for each: files and megabytes a second, its time as a multiple of ours."""
    size = total_bytes(paths)
    print(f"{'':32}{'files/s':>10}{'MB/s':>8}{'ours is':>12}  work")
    for contender in contenders:
        seconds = best[contender.name]
        print(
            f"{contender.name:32}{len(paths) / seconds:>10,.0f}{size / seconds / 1e6:>8.0f}"
            f"{seconds / best[ours]:>11.2f}x  {contender.work}"
        )
