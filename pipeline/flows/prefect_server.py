"""Prefect's settings, and a server of its own for a command: Prefect keeps its runs in one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import requests

from pipeline.errors import ServerError

_START_S = 120.0
_END_S = 10.0


def set_prefect_defaults(home: Path, log_level: str) -> None:
    """Keep Prefect's files in `home` and let it report to nobody, unless the user has set more.

    Prefect reads its settings when it is imported.
    """
    defaults = {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": log_level,
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_CLI_PROMPT": "false",
    }
    home.mkdir(parents=True, exist_ok=True)
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


@contextmanager
def prefect_server() -> Iterator[str]:
    """The address of a server that fires schedules, for as long as the block lasts.

    Where PREFECT_API_URL names a server, its address.

    Raises:
        ServerError: the server does not start.
    """
    with _server(lambda: None, services=True) as address:
        yield address


@contextmanager
def server_for_one_run(meanwhile: Callable[[], object]) -> Iterator[str]:
    """The address of a server that starts earlier, because it fires no schedules.

    It takes some seconds to start; `meanwhile` is called while it does. Raises as
    `prefect_server`.
    """
    with _server(meanwhile, services=False) as address:
        yield address


@contextmanager
def _server(meanwhile: Callable[[], object], *, services: bool) -> Iterator[str]:
    if address := os.environ.get("PREFECT_API_URL"):
        meanwhile()
        yield address
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    with TemporaryFile() as log, _started(port, log, services=services) as server:
        meanwhile()
        _wait_until_healthy(server, address, log)
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: address}):
            yield address


@contextmanager
def _started(port: int, log: IO[bytes], *, services: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A server's process. It ends with its standard input, so also when this process is killed."""
    module = "pipeline.flows.server_process"
    server = subprocess.Popen(
        # -P: no module of the current folder is imported in place of one that is installed
        [sys.executable, "-P", "-m", module, str(port), str(int(services))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=log,
        env=os.environ | {"PREFECT_UI_ENABLED": "0"},
        start_new_session=True,  # Ctrl-C is for the run, which then ends the server
    )
    assert server.stdin is not None
    try:
        yield server
    finally:
        server.stdin.close()
        try:
            server.wait(_END_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: IO[bytes]) -> None:
    give_up = time.monotonic() + _START_S
    while time.monotonic() < give_up and server.poll() is None:
        try:
            if requests.get(f"{address}/health", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    raise ServerError(_why(server.poll(), [line.strip() for line in lines if line.strip()]))


def _why(exit_code: int | None, lines: list[str]) -> str:
    if exit_code is None:
        return (
            f"Prefect's server did not answer within {_START_S:g} s. Run it again when the machine "
            "is less busy, or set PREFECT_API_URL to the address of a running Prefect server."
        )
    said = lines[-1] if lines else f"exit code {exit_code}"
    home = os.environ.get("PREFECT_HOME", "~/.prefect")
    return (
        f"Prefect's server did not start: {said}. Its files are in {home}; if they are damaged, "
        "delete them and run it again."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
