"""What runs jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from pipeline.flows.jobs import Done


class Runner(Protocol):
    """Runs jobs."""

    def run(self, jobs: Sequence[Any]) -> Iterator[Done]:
        """The result of every job."""
        ...
