"""Ctrl-C and SIGTERM end a command in the same way: one sentence, and what was stored stays."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

SENTENCE = "Stopped. What was stored stays; the same command goes on from there."

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
