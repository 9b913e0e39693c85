"""The flow `record`: collects what a recorded sample holds of its links."""

from __future__ import annotations

from prefect import flow

from pipeline.flows.code import code_flow
from pipeline.flows.history import history_flow
from pipeline.flows.links import links_flow
from pipeline.flows.refresh import run_steps
from pipeline.flows.years import years_flow


@flow(name="record")
def record_flow(overrides: dict[str, str] | None = None) -> list[str]:
    """Run links, code, history and years. Gives a message for each failure.

    What fails in one of them does not keep the others from working on what there is. A second run
    continues.
    """
    return run_steps((links_flow, code_flow, history_flow, years_flow), overrides)
