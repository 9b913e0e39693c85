"""How tests wait for another thread or process: for a condition, not for a time."""

import time
from collections.abc import Callable

AT_MOST_S = 300.0
"""Far more than a busy machine needs. It only ends a test of something that hangs."""


_MOST_BETWEEN_S = 0.5
"""A server that is asked all the time has less time for its work."""


def wait_until(condition: Callable[[], object], at_most_s: float = AT_MOST_S) -> None:
    """Return soon after the condition holds. A long wait looks less often."""
    give_up = time.monotonic() + at_most_s
    between_s = 0.02
    while not condition():
        assert time.monotonic() < give_up, f"What was waited for did not come in {at_most_s:g} s."
        time.sleep(between_s)
        between_s = min(1.2 * between_s, _MOST_BETWEEN_S)
