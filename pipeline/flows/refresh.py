"""The flow `refresh`: links, metadata, code, history, years and publish, in this order."""

from __future__ import annotations

from collections.abc import Iterator

from prefect import flow

from pipeline.errors import CollectionError
from pipeline.flows.code import code_flow
from pipeline.flows.hooks import HOOKS
from pipeline.flows.links import links_flow
from pipeline.flows.metadata import metadata_flow
from pipeline.flows.older import older_steps
from pipeline.flows.publish import publish_flow
from pipeline.flows.steps import Step, run_steps
from pipeline.settings import Settings


@flow(name="refresh", **HOOKS)
def refresh_flow(overrides: dict[str, str] | None = None) -> str:
    """Run all flows: links, metadata, code, publish. Returns the path of the page.

    Runs history and years before publish, once `adoption collect history` has run them.

    What fails in one of them does not keep the others from working on what there is.

    Raises:
        CollectionError: something could not be collected; the rest is published.
    """
    failures = run_steps(_steps(Settings.overridden(overrides)), overrides)
    page = publish_flow(overrides)
    if failures:
        raise CollectionError(" ".join(dict.fromkeys(failures)))
    return page


def _steps(settings: Settings) -> Iterator[Step]:
    yield links_flow
    if settings.code == "github":
        yield metadata_flow
    yield code_flow
    yield from older_steps(settings)
