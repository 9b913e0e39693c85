"""Property tests that say how many of their examples come to the assertion."""

from __future__ import annotations

import functools
from collections.abc import Callable

from hypothesis import event, settings

_EXAMPLES = 100
"""Of a property test, unless a profile gives another number."""

_reached: list[int] = []


def reached() -> None:
    """Note that an example has come to its assertion."""
    _reached[-1] += 1
    event("reached the assertion")


def reaching(least: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Fail a property test of which fewer than `least` examples call `reached`.

    It stands above `given`. Without it, a test whose examples all miss its assertion passes.
    `least` is for all examples; a profile with a quarter of them needs a quarter of `least`.
    """

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def counted(*arguments: object, **named: object) -> None:
            _reached.append(0)
            try:
                test(*arguments, **named)
            finally:
                count = _reached.pop()
            needed = least * settings().max_examples // _EXAMPLES
            assert count >= needed, f"{count} examples reach the assertion, not {needed}"

        return counted

    return decorate
