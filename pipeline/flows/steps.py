"""Runs flows one after the other: what fails in one does not keep the others from working."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.errors import CollectionError, NothingCollectedError, TokenRefusedError, clear_frames

Step = Callable[[dict[str, str] | None], object]
"""A flow, which takes overrides of the settings."""


def run_steps(steps: Iterable[Step], overrides: dict[str, str] | None) -> list[str]:
    """Run flows one after the other. Gives the messages of those that failed.

    After a refused token, the rest is left out.

    Raises:
        NothingCollectedError: no paper source could be read.
    """
    failures = []
    for step in steps:
        try:
            step(overrides)
        except NothingCollectedError:
            raise
        except CollectionError as error:
            failures.append(_message(error))
        except TokenRefusedError as error:
            failures.append(_message(error))  # collect no more, but use the collected data
            break
    return failures


def _message(error: CollectionError | TokenRefusedError) -> str:
    # Prefect keeps the error, whose frames would keep a connection until Python has ended
    clear_frames(error)
    return str(error)
