"""A GitHub with a few repositories, and a clock that passes by itself."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from github_stand_in import StandIn, github_stand_in

from pipeline.github.client import Clock


@dataclass
class Sleeper:
    """A clock that only moves when somebody sleeps; `slept` says how long each time."""

    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return time.time() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        stand_in.token = "right"
        for name in ("a", "b", "c"):
            stand_in.add(f"o/{name}", {"net.py": "import torch"})
        yield stand_in


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()
