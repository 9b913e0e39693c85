"""The flow `older`: history and years, where they are kept up to date."""

from __future__ import annotations

from collections.abc import Iterator

from prefect import flow

from pipeline.errors import CollectionError
from pipeline.flows.history import history_flow
from pipeline.flows.hooks import COLLECTING_HOOKS
from pipeline.flows.steps import Step, run_steps
from pipeline.flows.years import years_flow
from pipeline.settings import Settings
from pipeline.store.database import open_to_read
from pipeline.store.history_rows import is_history_kept
from pipeline.store.year_rows import are_years_kept


@flow(name="older", **COLLECTING_HOOKS)
def older_flow(overrides: dict[str, str] | None = None) -> None:
    """Find and scan older commits, once `adoption collect history` has done so.

    Raises:
        CollectionError: something could not be collected; the rest is stored.
    """
    if failures := run_steps(older_steps(Settings.overridden(overrides)), overrides):
        raise CollectionError(" ".join(failures))


def older_steps(settings: Settings) -> Iterator[Step]:
    """The flows history and years, each once `adoption collect history` has run it."""
    if settings.code.startswith("recorded:"):
        return  # it has the older commits already
    with open_to_read(settings.working) as store:
        keeps_history, keeps_years = is_history_kept(store), are_years_kept(store)
    # new papers and repositories would otherwise have no older commits
    if keeps_history:
        yield history_flow
    if keeps_years:
        yield years_flow
