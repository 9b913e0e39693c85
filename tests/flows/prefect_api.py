"""A client of Prefect's REST interface, for what a person sees in its pages."""

from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.waiting import AT_MOST_S, wait_until

_BUSY = Retry(total=8, backoff_factor=0.5, status_forcelist=[503], allowed_methods=None)
"""Prefect answers 503 while its database is locked, and its own client tries again too."""
_SESSION = requests.Session()
_SESSION.mount("http://", HTTPAdapter(max_retries=_BUSY))


@dataclass
class PrefectApi:
    """The interface at an address."""

    api: str = ""

    def find(self, what: str, **query: Any) -> list[dict[str, Any]]:
        """What Prefect's interface knows."""
        answer = _SESSION.post(f"{self.api}/{what}/filter", json=query, timeout=AT_MOST_S)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    def runs(self, name: str, state: str) -> list[dict[str, Any]]:
        """The runs of a deployment that are in a state, in the order in which they started."""
        return self.find(
            "flow_runs",
            sort="START_TIME_ASC",
            deployments={"name": {"any_": [name]}},
            flow_runs={"state": {"name": {"any_": [state]}}},
        )

    def run_now(self, name: str, **overrides: str) -> str:
        """Start a run as a person does in the browser. Gives its id."""
        (deployment,) = self.find("deployments", deployments={"name": {"any_": [name]}})
        answer = _SESSION.post(
            f"{self.api}/deployments/{deployment['id']}/create_flow_run",
            json={"parameters": {"overrides": overrides}},
            timeout=AT_MOST_S,
        )
        answer.raise_for_status()
        return str(answer.json()["id"])

    def set_cron(self, name: str, cron: str) -> None:
        """Replace the schedules of a deployment, as a person does in the browser."""
        (deployment,) = self.find("deployments", deployments={"name": {"any_": [name]}})
        answer = _SESSION.patch(
            f"{self.api}/deployments/{deployment['id']}",
            json={"schedules": [{"schedule": {"cron": cron, "timezone": "UTC"}, "active": True}]},
            timeout=AT_MOST_S,
        )
        answer.raise_for_status()

    def ended(self, run_id: str) -> dict[str, Any]:
        """A run, once it has ended."""
        wait_until(lambda: self.run(run_id)["end_time"])
        return self.run(run_id)

    def run(self, run_id: str) -> dict[str, Any]:
        """A run as it is now."""
        run: dict[str, Any] = _SESSION.get(
            f"{self.api}/flow_runs/{run_id}", timeout=AT_MOST_S
        ).json()
        return run

    def logs(self, run_id: str) -> list[str]:
        """The messages that a run wrote."""
        found = self.find("logs", logs={"flow_run_id": {"any_": [run_id]}})
        return [item["message"] for item in found]

    def wait_for_message(self, part: str, run_id: str) -> None:
        """Wait until a message of a run holds this text: Prefect sends them after a while."""
        wait_until(lambda: any(part in line for line in self.logs(run_id)))

    def artifacts(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The artifacts of a run, by key."""
        found = self.find("artifacts", artifacts={"flow_run_id": {"any_": [run_id]}})
        return {item["key"]: item for item in found}

    def set_active(self, name: str, is_active: bool) -> None:
        """Pause or resume the schedule of a deployment."""
        (deployment,) = self.find("deployments", deployments={"name": {"any_": [name]}})
        action = "resume_deployment" if is_active else "pause_deployment"
        url = f"{self.api}/deployments/{deployment['id']}/{action}"
        _SESSION.post(url, timeout=AT_MOST_S).raise_for_status()
