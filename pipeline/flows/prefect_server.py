"""Prefect's settings, and the Prefect server that a command starts.

Prefect needs a server to store its runs.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import requests

from pipeline.errors import RIGHTS_NEEDED, AdoptionError, DiskFullError, ServerError
from pipeline.flows.prefect_database import put_damaged_aside

_START_S = 120.0
_END_S = 10.0
_LEAST_FREE = 2**20
"""Bytes of free disk space. SQLite and DuckDB need about this much to write anything."""
_QUEUES = ("EventsWorker", "APILogWorker")
"""Loggers of Prefect that PREFECT_LOGGING_LEVEL does not reach."""
_FOR_ONE_RUN = {
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    # else Prefect would note them as registered
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
}
"""Such a server has no pages, in which a user would choose a type of block."""
_EXCEPTION = re.compile(r"(?m)^[\w.]*(?:Error|Exception): .+$")


def set_prefect_defaults(home: Path, log_level: str, *, keeps_logs: bool = False) -> None:
    """Keep Prefect's files in `home` and switch off its telemetry. Variables of the user win.

    Prefect reads its settings when it is imported. `keeps_logs`: Prefect stores what a run prints.
    """
    defaults = {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": log_level,
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": str(keeps_logs).lower(),
        "PREFECT_LOGGING_LOG_PRINTS": str(keeps_logs).lower(),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_CLI_PROMPT": "false",
    }
    home.mkdir(parents=True, exist_ok=True)
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    for queue in _QUEUES:
        logging.getLogger(queue).setLevel(log_level)


@contextmanager
def prefect_server() -> Iterator[str]:
    """The address of a server that starts scheduled runs and shows them to a browser.

    The server ends with the block.

    If PREFECT_API_URL is set, the address of that server.

    Raises:
        ServerError: the server does not start.
    """
    with _server(lambda: None, services=True) as address:
        yield address


@contextmanager
def server_for_one_run(meanwhile: Callable[[], object]) -> Iterator[str]:
    """The address of a server without a scheduler, which starts faster.

    The server needs some seconds to start, and `meanwhile` runs in this time. Raises as
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
    home = Path(os.environ["PREFECT_HOME"])
    if not os.access(home, os.W_OK):
        raise ServerError(f"Prefect cannot write to {home}. {RIGHTS_NEEDED}")
    with ExitStack() as stack:
        server = stack.enter_context(started_server(services=services))
        meanwhile()
        is_healthy = server.becomes_healthy()
        if not is_healthy and (aside := put_damaged_aside(home)):
            print(_put_aside(aside), file=sys.stderr, flush=True)
            server = stack.enter_context(started_server(services=services))
            is_healthy = server.becomes_healthy()
        if not is_healthy:
            raise _failure(server, home)
        from prefect.exceptions import PrefectHTTPStatusError
        from prefect.settings import PREFECT_API_URL, temporary_settings

        stack.callback(_send_events)
        with temporary_settings({PREFECT_API_URL: server.address}):
            try:
                yield server.address
            except PrefectHTTPStatusError:
                if aside := put_damaged_aside(home):
                    raise ServerError(f"{_put_aside(aside)} Run the command again.") from None
                if _is_full(home):
                    raise _full_disk(home) from None
                raise


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[bytes]
    address: str
    log: IO[bytes]

    def becomes_healthy(self) -> bool:
        """Whether it answers before it ends, or within two minutes."""
        give_up = time.monotonic() + _START_S
        while time.monotonic() < give_up and self.process.poll() is None:
            with suppress(requests.RequestException):
                if requests.get(f"{self.address}/health", timeout=2).ok:
                    return True
            time.sleep(0.1)
        return False

    def last_error(self) -> str:
        """The last exception that it printed, else its exit code."""
        self.log.seek(0)
        errors = _EXCEPTION.findall(self.log.read().decode(errors="replace"))
        return errors[-1].strip() if errors else f"exit code {self.process.poll()}"


@contextmanager
def started_server(*, services: bool) -> Iterator[Server]:
    """The process of a server. It also ends if this process is killed: its input then closes."""
    port = free_port()
    module = "pipeline.flows.server_process"
    with TemporaryFile() as log:
        process = subprocess.Popen(
            # -P: no module of the current folder is imported in place of one that is installed
            [sys.executable, "-P", "-m", module, str(port), str(int(services))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=os.environ | ({"PREFECT_UI_ENABLED": "true"} if services else _FOR_ONE_RUN),
            start_new_session=True,  # Ctrl-C is for the run, which then ends the server
        )
        assert process.stdin is not None
        try:
            yield Server(process, f"http://127.0.0.1:{port}/api", log)
        finally:
            process.stdin.close()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _send_events() -> None:
    """Send the events and logs that wait, and end the threads that send them.

    These threads keep the address of the server. Without this, they would try for minutes to reach
    a server that has ended, and a second run in this process would send its events there too.
    """
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=_END_S)


def _failure(server: Server, home: Path) -> AdoptionError:
    if _is_full(home):
        return _full_disk(home)
    if server.process.poll() is None:
        return ServerError(
            f"Prefect's server did not answer within {_START_S:g} s. Try again when the machine "
            "is less busy, or set PREFECT_API_URL to the address of a running Prefect server."
        )
    return ServerError(
        f"Prefect's server did not start ({server.last_error()}). Its files are in {home}."
    )


def _put_aside(file: Path) -> str:
    return f"Prefect's database was damaged. It is now {file}, and Prefect starts with a new one."


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < _LEAST_FREE


def _full_disk(folder: Path) -> DiskFullError:
    return DiskFullError(
        f"The disk of {folder} is full. Free some space and run the command again; "
        "it keeps stored data."
    )


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
