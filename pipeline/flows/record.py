"""The flow `record`: collects what a recorded sample holds of its links."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from pipeline.flows.code import code_flow
from pipeline.flows.history import history_flow
from pipeline.flows.hooks import HOOKS
from pipeline.flows.links import links_flow
from pipeline.flows.steps import run_steps
from pipeline.flows.years import years_flow
from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.replay import restore


@flow(name="record", **HOOKS)
def record_flow(overrides: dict[str, str] | None = None, earlier: Path | None = None) -> list[str]:
    """Run links, code, history and years. Gives a message for each failure.

    What fails in one of them does not keep the others from working on what there is. A second run
    continues. `earlier`: a recorded sample, whose facts stay where the code cannot be read now.

    Raises:
        InputError: there is no sample in the folder `earlier`.
    """
    failures = run_steps((links_flow,), overrides)
    if earlier is not None:
        settings = Settings.overridden(overrides)
        with open_store(settings.working, settings.overrides, "the flow record") as store:
            restore(store, earlier)
    return failures + run_steps((code_flow, history_flow, years_flow), overrides)
