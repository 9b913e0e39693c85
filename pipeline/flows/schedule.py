"""The flows that run on a schedule, each as a deployment of Prefect. prefect.yaml has the same."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any, cast

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from pipeline.flows.code import code_flow
from pipeline.flows.links import links_flow
from pipeline.flows.metadata import metadata_flow
from pipeline.flows.older import older_flow
from pipeline.flows.publish import publish_flow
from pipeline.flows.refresh import refresh_flow

_FLOWS: Mapping[str, Flow[Any, Any]] = {
    "links": links_flow,
    "metadata": metadata_flow,
    "code": code_flow,
    "older": older_flow,
    "publish": publish_flow,
    "refresh": refresh_flow,
}

CRONS = {
    "links": "0 3 * * *",
    "metadata": "0 4 * * 1",
    "code": "0 5 * * 1",
    "older": "0 6 * * 1",
}
"""When each flow runs, in UTC: links every day, the others every Monday."""


def serve_deployments(crons: Mapping[str, str], overrides: Mapping[str, str]) -> None:
    """Run every flow at its time until Ctrl-C, one run after the other.

    `crons`: by the name of a flow. A flow without one runs when somebody starts it in Prefect.
    """
    # at SIGTERM Prefect ends, but does not await this
    warnings.filterwarnings("ignore", r"coroutine 'Runner\.astop'", RuntimeWarning)
    serve(
        *deployments(crons, overrides),
        limit=1,  # the database has one writer: the second run waits
        print_starting_message=False,
    )


def deployments(
    crons: Mapping[str, str], overrides: Mapping[str, str]
) -> Iterator[RunnerDeployment]:
    """A deployment for each flow. Runs of links, metadata, code and older start `publish`."""
    for name, flow in _FLOWS.items():
        # Prefect declares an awaitable, too: that is what async code would get
        deployment = flow.to_deployment(
            name,
            schedule=Cron(crons[name], timezone="UTC") if name in crons else None,
            parameters={"overrides": dict(overrides)},
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        yield cast("RunnerDeployment", deployment)
