"""What Prefect calls when a flow run starts or fails: the same for every flow."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, TypedDict
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from prefect.flows import FlowStateHook
from prefect.states import Cancelled
from prefect.types import DateTime
from prefect.utilities.urls import url_for

from pipeline.flows.report import FailedRun, report

_PUBLISH = "publish/publish"
_PREFIX = re.compile(r"^Flow run encountered an exception: (?:\w+: )?")


class _Hooks(TypedDict):
    on_running: list[FlowStateHook[Any, Any]]
    on_completion: list[FlowStateHook[Any, Any]]
    on_failure: list[FlowStateHook[Any, Any]]
    on_crashed: list[FlowStateHook[Any, Any]]


def cancel_missed(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Cancel the scheduled runs of the same deployment whose time has passed.

    They were missed while nothing ran, or while another run held them up. This run collects
    everything that is due, so they would find nothing to do.
    """
    if flow_run.deployment_id is None:
        return
    with get_client(sync_client=True) as client:
        for run in _waiting(client, flow_run.deployment_id):
            if run.auto_scheduled:
                reason = f"Missed. The run {flow_run.name} collects what is due instead."
                client.set_flow_run_state(run.id, Cancelled(message=reason))


def start_publish(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Start the deployment `publish` after a run of another deployment, unless a run waits already.

    Also after a run that failed: it has stored what it could collect.
    """
    if flow_run.deployment_id is None:
        return
    with get_client(sync_client=True) as client:
        try:
            publish = client.read_deployment_by_name(_PUBLISH)
        except ObjectNotFound:
            return  # only some of the flows are deployed
        if not _waiting(client, publish.id):
            client.create_flow_run_from_deployment(publish.id, parameters=flow_run.parameters)


def _waiting(client: SyncPrefectClient, deployment_id: UUID) -> list[FlowRun]:
    """The runs of a deployment whose time has come and that have not started."""
    return client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(
                before_=DateTime.now("UTC")
            ),
        )
    )


def report_failure(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell the address in ADOPTION_ON_FAILURE_URL, if there is one, that a run failed and why.

    A run that another run started is left out, because that one fails too. So is a run that a
    person started and stopped.
    """
    is_part = flow_run.parent_task_run_id is not None
    if is_part or (state.is_crashed() and flow_run.deployment_id is None):
        return
    why = _PREFIX.sub("", state.message or "It ended without a message.")
    # the server of one run has no pages, and ends with the run
    has_page = flow_run.deployment_id is not None or "PREFECT_API_URL" in os.environ
    url = url_for(flow_run) if has_page else None
    if problem := report(FailedRun(flow.name, why, flow_run.name, str(flow_run.id), url)):
        print(problem, file=sys.stderr, flush=True)


HOOKS: _Hooks = {
    "on_running": [cancel_missed],
    "on_completion": [],
    "on_failure": [report_failure],
    "on_crashed": [report_failure],
}
COLLECTING_HOOKS: _Hooks = {
    "on_running": [cancel_missed],
    "on_completion": [start_publish],
    "on_failure": [report_failure, start_publish],
    "on_crashed": [report_failure, start_publish],
}
"""Of the flows after which a deployment publishes."""
