"""A Prefect server as a process of its own, with the settings of the pipeline."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import requests

from pipeline.flows.prefect_server import FOR_ONE_RUN, free_port, set_prefect_defaults
from tests.once import prefect_database
from tests.waiting import AT_MOST_S, wait_until


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """The address of a server that keeps its files in `home` and ends with the block."""
    shutil.copyfile(prefect_database(), home / "prefect.db")
    with patch.dict(os.environ):  # the tests of this process have other settings
        set_prefect_defaults(home, "CRITICAL")
        settings = os.environ | FOR_ONE_RUN
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "pipeline.flows.server_process", str(port), "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=settings) as server:
        wait_until(lambda: is_healthy(address) or server.poll() is not None)
        assert server.poll() is None, "Prefect's server has ended."
        yield address


def is_healthy(address: str) -> bool:
    """Whether a server answers at this address of its interface."""
    with suppress(requests.ConnectionError):
        return requests.get(f"{address}/health", timeout=AT_MOST_S).ok
    return False
