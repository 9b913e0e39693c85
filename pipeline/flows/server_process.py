"""Runs Prefect's server: python -m pipeline.flows.server_process PORT SERVICES.

The server ends when its standard input closes. That happens when the process that started it ends,
even if it was killed. SERVICES is 1 for a schedule. It is 0 for a single run, which needs no
scheduler and starts faster without one.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

import uvicorn
from prefect.server.api.server import create_app


def serve(port: int, *, services: bool) -> None:
    """Serve Prefect's API on loopback until standard input ends."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    app = create_app(ephemeral=not services, final=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", lifespan="on")


def _end_with_input() -> None:
    # not sys.stdin: a thread that reads it holds a lock, and Python needs this lock to exit
    while os.read(0, 1):
        pass
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    serve(int(sys.argv[1]), services=sys.argv[2] == "1")
