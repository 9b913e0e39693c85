"""Prefect's own settings, which must stand in the environment before it is imported."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from pipeline.errors import ServerError

_START_S = 120.0
_PR_SET_PDEATHSIG = 1


def set_prefect_defaults(home: Path, log_level: str) -> None:
    """Keep Prefect's data beside ours, without telemetry, unless the user has set it."""
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
    """The address of a Prefect server: the user's server, else one that ends with this block.

    Schedules need all of a server's services.
    """
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--no-ui", "--port"]
    with _server(command, {}, lambda: None) as address:
        yield address


@contextmanager
def passing_server(meanwhile: Callable[[], object]) -> Iterator[str]:
    """The address of a Prefect server as `prefect_server`, with what one run needs of it.

    It takes some seconds to start; `meanwhile` is done while it does.
    """
    # as Prefect itself would start it, which takes this process four seconds more
    command = ["-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    options = ["--host", "127.0.0.1", "--log-level", "critical", "--lifespan", "on", "--port"]
    environment = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
    with _server([*command, *options], environment, meanwhile) as address:
        yield address


@contextmanager
def _server(
    command: list[str], environment: dict[str, str], meanwhile: Callable[[], object]
) -> Iterator[str]:
    """Start a server; `command` ends before the port number."""
    if address := os.environ.get("PREFECT_API_URL"):
        meanwhile()
        yield address
        return
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, *command, str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment | {"PREFECT__SERVER_FINAL": "1"},
        preexec_fn=_die_with_parent,
        start_new_session=True,  # Ctrl-C is the run's, which then ends the server
    )
    address = f"http://127.0.0.1:{port}/api"
    try:
        meanwhile()
        _wait_until_healthy(server, address)
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: address}):
            yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def _die_with_parent() -> None:
    """On Linux, end the server when the run is killed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    give_up = time.monotonic() + _START_S
    while time.monotonic() < give_up and server.poll() is None:
        try:
            if requests.get(f"{address}/health", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise ServerError("Prefect's server did not start. 'prefect server start' shows why.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
