"""Ctrl-C and SIGTERM end a command in the same way: one message, and no loss of stored data."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

SENTENCE = "Stopped. The database keeps the stored data; the same command continues the run."

_received: list[int] = []


def listen() -> None:
    """Let SIGTERM, which systemd and containers send, raise KeyboardInterrupt as Ctrl-C does."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)


def exit_code() -> int | None:
    """130 after Ctrl-C, 143 after SIGTERM, None where no signal came.

    A library may turn the interrupt into an error of its own, as DuckDB does in a query.
    """
    return 128 + _received[-1] if _received else None


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    _received.append(number)
    raise KeyboardInterrupt
