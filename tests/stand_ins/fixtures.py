"""Services on loopback, and clocks that pass by themselves, for every test that asks for one."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest

from pipeline.flows.prefect_server import set_prefect_defaults, started_server
from pipeline.github.client import Github
from pipeline.papers.client import PaperClient
from pipeline.settings import Settings
from pipeline.web import Clock
from tests.once import prefect_database
from tests.stand_ins.github import StandIn, github_stand_in
from tests.stand_ins.papers import PaperStandIn, paper_stand_in


@dataclass
class Sleeper:
    """A clock that only moves when somebody sleeps; `slept` says how long each time."""

    started: int = field(default_factory=lambda: int(time.time()))
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.started + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


def client(github: StandIn, sleeper: Sleeper, **settings: Any) -> Github:
    """A client of the stand-in, with the right token unless a test gives another."""
    given: dict[str, Any] = {"github_api_url": github.url, "github_token": "right"}
    return Github(Settings(**(given | settings)), sleeper.clock)


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


@pytest.fixture
def papers() -> Iterator[PaperStandIn]:
    with paper_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture(name="client")
def paper_client(slept: list[float]) -> PaperClient:
    """A client that notes how long it would have slept."""
    return PaperClient(60.0, sleep=slept.append)


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Prefect server that stays, as where runs are scheduled.

    A command that gets it as PREFECT_API_URL need not start one, which takes seconds. The server
    ends with the file, for it needs a fortieth of a processor when nobody asks it.
    """
    home = tmp_path_factory.mktemp("prefect")
    shutil.copyfile(prefect_database(), home / "prefect.db")
    with ExitStack() as stack:
        with patch.dict(os.environ):  # other tests of this process have a Prefect of their own
            set_prefect_defaults(home, "CRITICAL")
            server = stack.enter_context(started_server(services=False))
        assert server.becomes_healthy(), server.last_error()
        yield server.address
