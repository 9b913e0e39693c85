"""Ctrl-C and SIGTERM end a command in the same way: one sentence, and stored data stay."""

from __future__ import annotations

import signal
from types import FrameType

SENTENCE = "Stopped. The database keeps the stored data; the same command continues the run."

_received: list[int] = []


def listen() -> None:
    """Treat SIGTERM, which systemd and containers send, as Ctrl-C.

    Ctrl-C keeps Python's own handler, which asyncio knows and replaces by a gentler one.
    """
    signal.signal(signal.SIGTERM, _interrupt)


def exit_code() -> int:
    """143 after SIGTERM, else 130."""
    return 128 + (_received[-1] if _received else signal.SIGINT)


def _interrupt(number: int, _: FrameType | None) -> None:
    _received.append(number)
    signal.raise_signal(signal.SIGINT)
