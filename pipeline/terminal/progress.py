"""Progress of a stage: a bar on a terminal, lines of text in a log."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text

_LOG_EVERY_S = 10.0


class Progress:
    """The progress of a stage: finished items and, among them, items with a problem."""

    def __init__(self, stage: str, total: int | None) -> None:
        self._stage, self._total = stage, total
        self._started = self._logged = time.monotonic()
        self.done = self.problems = 0
        self.budget: Callable[[], str] = str
        self.on_advance: Callable[[], None] = lambda: None

    @property
    def percent(self) -> float:
        """The finished part of the items; 0 if their number is not known."""
        return min(100 * self.done / self._total, 100) if self._total else 0.0

    def advance(self, items: int, problems: int = 0) -> None:
        self.done += items
        self.problems += problems
        if time.monotonic() - self._logged > _LOG_EVERY_S:
            self._logged = time.monotonic()
            print(self.line(), file=sys.stderr, flush=True)
        self.on_advance()

    def line(self) -> str:
        """The state in one line."""
        of_total = f" of {self._total:,}" if self._total is not None else ""
        rate = self.done / max(time.monotonic() - self._started, 1e-3)
        parts = [f"{rate:,.1f}/s" if rate < 10 else f"{rate:,.0f}/s"]
        if self._total and 0 < self.done < self._total:
            left_s = round((self._total - self.done) / rate)
            parts.append(f"{dt.timedelta(seconds=left_s)} left")
        if self.problems:
            parts.append(f"{self.problems:,} with a problem")
        if budget := self.budget():
            parts.append(budget)
        return f"{self._stage:<11} {self.done:,}{of_total} ({', '.join(parts)})"

    def say(self, sentence: str) -> None:
        """Print a message for the user now."""
        print(sentence, file=sys.stderr, flush=True)


class _Bar(Progress):
    def __init__(self, stage: str, total: int | None, bars: RichProgress) -> None:
        super().__init__(stage, total)
        self._bars = bars
        self._task = bars.add_task(stage, total=total, notes="")

    def advance(self, items: int, problems: int = 0) -> None:
        self.done += items
        self.problems += problems
        parts = [f"{self.problems:,} with a problem" if self.problems else "", self.budget()]
        self._bars.update(self._task, advance=items, notes=", ".join(filter(None, parts)))
        self.on_advance()

    def say(self, sentence: str) -> None:
        self._bars.console.print(sentence, markup=False, highlight=False)


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:,.1f}/s")


@contextmanager
def show_progress(stage: str, total: int | None, *, as_lines: bool = False) -> Iterator[Progress]:
    """Show the progress of a stage; its last state remains on the terminal.

    `as_lines`: print lines on a terminal, too.
    """
    console = Console(stderr=True)
    if as_lines or not console.is_terminal:
        progress = Progress(stage, total)
        yield progress
        print(progress.line(), file=sys.stderr, flush=True)
        return
    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[notes]}"),
    )
    with RichProgress(*columns, console=console) as bars:
        yield _Bar(stage, total, bars)
