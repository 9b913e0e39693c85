"""The flow `refresh`: links, metadata, code, history, years and publish, in this order."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator

from prefect import flow

from pipeline.errors import CollectionError, NothingCollectedError, TokenRefusedError
from pipeline.flows.code import code_flow
from pipeline.flows.history import history_flow
from pipeline.flows.links import links_flow
from pipeline.flows.metadata import metadata_flow
from pipeline.flows.publish import publish_flow
from pipeline.flows.years import years_flow
from pipeline.settings import Settings
from pipeline.store.database import open_to_read
from pipeline.store.history_rows import is_history_kept
from pipeline.store.year_rows import are_years_kept

_Step = Callable[[dict[str, str] | None], object]


@flow(name="refresh")
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


def run_steps(steps: Iterable[_Step], overrides: dict[str, str] | None) -> list[str]:
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


def _steps(settings: Settings) -> Iterator[_Step]:
    yield links_flow
    if settings.code == "github":
        yield metadata_flow
    yield code_flow
    with open_to_read(settings.working) as store:
        keeps_history, keeps_years = is_history_kept(store), are_years_kept(store)
    if settings.code.startswith("recorded:"):
        return  # it has the older commits already
    # new papers and repositories would otherwise have no older commits
    if keeps_history:
        yield history_flow
    if keeps_years:
        yield years_flow


def _message(error: CollectionError | TokenRefusedError) -> str:
    # Prefect keeps the error, whose frames would keep a connection until Python has ended
    traceback.clear_frames(error.__traceback__)
    return str(error)
