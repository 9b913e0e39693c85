"""Progress on the terminal: a bar where there is a person, a line a stage where there is a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

_LOG_EVERY_S = 10.0


class Progress:
    """How far a stage has come: items done and, among them, items with a problem."""

    def __init__(self, stage: str, total: int | None) -> None:
        self._stage, self._total = stage, total
        self._started = self._logged = time.monotonic()
        self.done = self.problems = 0

    def advance(self, items: int, problems: int = 0) -> None:
        self.done += items
        self.problems += problems
        if time.monotonic() - self._logged > _LOG_EVERY_S:
            self._logged = time.monotonic()
            print(self.line(), file=sys.stderr, flush=True)

    def line(self) -> str:
        """The state in one line."""
        of_total = f" of {self._total:,}" if self._total is not None else ""
        rate = self.done / max(time.monotonic() - self._started, 1e-3)
        problems = f", {self.problems:,} without an answer" if self.problems else ""
        return f"{self._stage:<8} {self.done:,}{of_total} ({rate:,.0f}/s{problems})"


class _Bar(Progress):
    def __init__(self, stage: str, total: int | None, bars: RichProgress) -> None:
        super().__init__(stage, total)
        self._bars = bars
        self._task = bars.add_task(stage, total=total, problems="")

    def advance(self, items: int, problems: int = 0) -> None:
        self.done += items
        self.problems += problems
        shown = f"{self.problems:,} without an answer" if self.problems else ""
        self._bars.update(self._task, advance=items, problems=shown)


@contextmanager
def show_progress(stage: str, total: int | None) -> Iterator[Progress]:
    """Show a stage while it works; its last state stays on the terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        progress = Progress(stage, total)
        yield progress
        print(progress.line(), file=sys.stderr, flush=True)
        return
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[problems]}"),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console) as bars:
        yield _Bar(stage, total, bars)
