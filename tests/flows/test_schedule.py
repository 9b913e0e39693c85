"""`adoption schedule`: runs that fire, what Prefect shows of them, and runs that fail or wait."""

import os
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.flows.prefect_api import PrefectApi
from tests.stand_ins.command import ADOPTION, run_settings
from tests.stand_ins.github import StandIn, github_stand_in
from tests.stand_ins.webhook import Webhook, webhook
from tests.waiting import AT_MOST_S, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published_schema")]

TOKEN = "s3cret-t0ken"
LINKS = "link,title,arxiv\nhttps://github.com/o/torch,A,2001.00001\n"
NAMES = ["code", "links", "metadata", "older", "publish", "refresh"]


@dataclass(kw_only=True)
class Schedule(PrefectApi):
    """A schedule that runs, with the services around it."""

    folder: Path
    github: StandIn
    hook: Webhook
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def start(self) -> None:
        """Start `adoption schedule` and wait for its deployments."""
        environment = os.environ | run_settings(self.folder, self.github.url)
        environment |= {
            "ADOPTION_GITHUB_TOKEN": TOKEN,
            "ADOPTION_ON_FAILURE_URL": f"{self.hook.url}/{TOKEN}",
        }
        with (self.folder / "log").open("w") as output:
            self.process = subprocess.Popen(
                [*ADOPTION, "schedule", "--cron", "links=* * * * *"],
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_until(lambda: "Prefect shows" in self.log or self.has_ended())
        assert not self.has_ended(), self.log
        address = re.search(r"Prefect shows the runs: (\S+)", self.log)
        assert address is not None
        self.api = f"{address[1]}/api"
        wait_until(lambda: sorted(item["name"] for item in self.find("deployments")) == NAMES)

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        if self.process is not None and not self.has_ended():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schedule]:
    folder = tmp_path_factory.mktemp("schedule")
    (folder / "links.csv").write_text(LINKS)
    with ExitStack() as stack:
        github = stack.enter_context(github_stand_in())
        github.token = TOKEN
        github.add("o/torch", {"net.py": "import torch"})
        running = Schedule(folder=folder, github=github, hook=stack.enter_context(webhook()))
        stack.callback(running.kill)
        running.start()
        yield running


@pytest.fixture(scope="module")
def fired(schedule: Schedule) -> dict[str, Any]:
    """The first scheduled run. It and the run of publish that follows have completed.

    The schedule pauses then: a run each minute would take the processors from the other tests.
    """
    wait_until(lambda: schedule.runs("links", "Completed"), at_most_s=600)
    schedule.set_active("links", False)
    wait_until(lambda: schedule.runs("publish", "Completed"), at_most_s=600)
    return schedule.runs("links", "Completed")[0]


def test_a_run_fires_and_publish_follows(schedule: Schedule, fired: dict[str, Any]) -> None:
    assert fired["auto_scheduled"]
    assert fired["parameters"] == {"overrides": {}}
    assert (schedule.folder / "adoption.duckdb").exists()
    (publish, *_) = schedule.runs("publish", "Completed")
    assert publish["start_time"] >= fired["end_time"]


def test_prefect_shows_what_a_run_printed(schedule: Schedule, fired: dict[str, Any]) -> None:
    schedule.wait_for_message("list", fired["id"])


def test_a_run_has_a_progress_artifact(schedule: Schedule, fired: dict[str, Any]) -> None:
    progress = schedule.artifacts(fired["id"])["list"]
    assert (progress["type"], progress["data"]) == ("progress", 100.0)
    assert progress["description"].startswith("list        1 ")


def test_the_second_of_two_runs_waits_and_publish_shows_the_answer(
    schedule: Schedule, fired: dict[str, Any]
) -> None:
    refresh, publish = [
        schedule.ended(item) for item in [schedule.run_now("refresh"), schedule.run_now("publish")]
    ]
    assert (refresh["state_name"], publish["state_name"]) == ("Completed", "Completed")
    assert refresh["end_time"] <= publish["start_time"]
    shown = schedule.artifacts(publish["id"])
    site = (schedule.folder / "site").resolve().as_uri()
    assert f"- [index]({site}/index.html)" in shown["summary"]["data"]
    assert '"PyTorch": "100%"' in shown["shares"]["data"]


def test_a_failed_run_says_why_and_reports_it_once(
    schedule: Schedule, fired: dict[str, Any]
) -> None:
    run = schedule.ended(schedule.run_now("refresh", links="/nowhere/links.csv"))
    assert run["state_name"] == "Failed"
    assert "/nowhere/links.csv" in run["state"]["message"]
    wait_until(lambda: schedule.hook.reports)
    (report,) = schedule.hook.reports
    assert (report["flow"], report["run_id"]) == ("refresh", run["id"])
    assert "/nowhere/links.csv" in report["why"]
    assert report["url"].endswith(f"/runs/flow-run/{run['id']}")


def test_missed_runs_do_not_pile_up(schedule: Schedule, fired: dict[str, Any]) -> None:
    schedule.set_active("links", True)
    wait_until(lambda: len(schedule.runs("links", "Scheduled")) >= 3)
    schedule.kill()
    missed = make_missed(schedule.folder / "work" / "prefect" / "prefect.db")
    assert len(missed) >= 3
    schedule.start()
    wait_until(lambda: all(schedule.run(run)["end_time"] for run in missed), at_most_s=600)
    states = [schedule.run(run)["state"] for run in missed]
    assert sorted(state["name"] for state in states) == ["Cancelled"] * (len(missed) - 1) + [
        "Completed"
    ]
    assert all("Missed." in state["message"] for state in states if state["name"] == "Cancelled")


def make_missed(database: Path) -> list[str]:
    """Move the next scheduled runs to yesterday, as if nothing had run since. Gives their ids."""
    with closing(sqlite3.connect(database)) as connection, connection:
        rows = connection.execute(
            "update flow_run set "
            "next_scheduled_start_time = datetime(next_scheduled_start_time, '-1 day'), "
            "expected_start_time = datetime(expected_start_time, '-1 day') "
            "where state_type = 'SCHEDULED' and auto_scheduled returning id"
        ).fetchall()
    return [str(row[0]) for row in rows]


def test_the_token_is_in_nothing_that_prefect_keeps_or_the_hook_received(
    schedule: Schedule, fired: dict[str, Any]
) -> None:
    files = [*schedule.folder.glob("work/prefect/prefect.db*"), schedule.folder / "log"]
    assert len(files) >= 2
    assert [file for file in files if TOKEN.encode() in file.read_bytes()] == []
    assert [item for item in schedule.hook.requests if TOKEN.encode() in item.body] == []


def test_ctrl_c_ends_the_schedule(schedule: Schedule, fired: dict[str, Any]) -> None:
    assert schedule.process is not None
    schedule.process.send_signal(signal.SIGINT)
    assert schedule.process.wait(AT_MOST_S) == 0, schedule.log
    assert "Traceback" not in schedule.log
