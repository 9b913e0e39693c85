"""The flow `refresh`: links, metadata, code, history and publish, in this order."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator

from prefect import flow

from pipeline.errors import CollectionError, NothingCollectedError, TokenRefusedError
from pipeline.flows.code import code_flow
from pipeline.flows.history import history_flow
from pipeline.flows.links import links_flow
from pipeline.flows.metadata import metadata_flow
from pipeline.flows.publish import publish_flow
from pipeline.settings import Settings
from pipeline.store.database import open_to_read
from pipeline.store.history_rows import is_history_kept


@flow(name="refresh")
def refresh_flow(overrides: dict[str, str] | None = None) -> str:
    """Run all flows: links, metadata, code, publish. Returns the path of the page.

    Runs history before publish, once `adoption collect history` has run.

    What fails in one of them does not keep the others from working on what there is.

    Raises:
        CollectionError: something could not be collected; the rest is published.
    """
    failures = []
    for step in _steps(Settings.overridden(overrides)):
        try:
            step(overrides)
        except NothingCollectedError:
            raise
        except CollectionError as error:
            failures.append(_message(error))
        except TokenRefusedError as error:
            failures.append(_message(error))  # collect no more, but publish the collected data
            break
    page = publish_flow(overrides)
    if failures:
        raise CollectionError(" ".join(dict.fromkeys(failures)))
    return page


def _steps(settings: Settings) -> Iterator[Callable[[dict[str, str] | None], object]]:
    yield links_flow
    if settings.code == "github":
        yield metadata_flow
    yield code_flow
    with open_to_read(settings.working) as store:
        keeps_history = is_history_kept(store)
    # new papers would otherwise have no commit of their time; a recorded sample has none to give
    if keeps_history and not settings.code.startswith("recorded:"):
        yield history_flow


def _message(error: CollectionError | TokenRefusedError) -> str:
    # Prefect keeps the error, whose frames would keep a connection until Python has ended
    traceback.clear_frames(error.__traceback__)
    return str(error)
