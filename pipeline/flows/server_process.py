"""Prefect's server in a process of its own: python -m pipeline.flows.server_process PORT SERVICES.

It ends when its standard input does, which is when the process that started it ends, in any way.
SERVICES is 1 where schedules have to fire, else 0: one run needs no services, and starts earlier
without them.
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
    # not sys.stdin: a thread that waits there holds a lock that Python wants at its end
    while os.read(0, 1):
        pass
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    serve(int(sys.argv[1]), services=sys.argv[2] == "1")
