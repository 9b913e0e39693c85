"""The flow `refresh`: links, metadata, code and publish, in this order."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable

from prefect import flow

from pipeline.errors import CollectionError, NothingCollectedError, TokenRefusedError
from pipeline.flows.code import code_flow
from pipeline.flows.links import links_flow
from pipeline.flows.metadata import metadata_flow
from pipeline.flows.publish import publish_flow
from pipeline.settings import Settings


@flow(name="refresh")
def refresh_flow(overrides: dict[str, str] | None = None) -> str:
    """Run all flows: links, metadata, code, publish. Returns the path of the page.

    What fails in one of them does not keep the others from working on what there is.

    Raises:
        CollectionError: something could not be collected; the rest is published.
    """
    failures = []
    settings = Settings.overridden(overrides)
    steps: Iterable[Callable[[dict[str, str] | None], object]] = (
        (links_flow, metadata_flow, code_flow)
        if settings.code == "github"
        else (links_flow, code_flow)
    )
    for step in steps:
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


def _message(error: CollectionError | TokenRefusedError) -> str:
    # Prefect keeps the error, whose frames would keep a connection until Python has ended
    traceback.clear_frames(error.__traceback__)
    return str(error)
