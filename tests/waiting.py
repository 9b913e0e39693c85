"""How tests wait for another thread or process: for a condition, not for a time."""

import time
from collections.abc import Callable

AT_MOST_S = 300.0
"""Far more than a busy machine needs. It only ends a test of something that hangs."""


def wait_until(condition: Callable[[], object], at_most_s: float = AT_MOST_S) -> None:
    """Return as soon as the condition holds."""
    give_up = time.monotonic() + at_most_s
    while not condition():
        assert time.monotonic() < give_up, f"What was waited for did not come in {at_most_s:g} s."
        time.sleep(0.02)
