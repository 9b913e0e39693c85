"""`prefect.yaml`: the flows of `adoption schedule` on a Prefect server with a work pool.

The server keeps its data in PostgreSQL where it is installed, else in SQLite.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from pipeline.flows.prefect_server import free_port
from pipeline.flows.schedule import CRONS, deployments
from tests.flows.prefect_api import PrefectApi
from tests.stand_ins.command import run_settings
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect"]
POSTGRESQL = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass
class Deployed(PrefectApi):
    """A server to which prefect.yaml is deployed, with a worker."""

    database: str = ""


@contextmanager
def started(command: Sequence[str | Path], log: Path, **environment: str) -> Iterator[None]:
    """A process that ends with the block."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=os.environ | environment, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a new PostgreSQL server. It refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql"))
    is_root = os.geteuid() == 0
    as_user = ["runuser", "-u", "postgres", "--"] if is_root else []
    if is_root:
        shutil.chown(folder, "postgres")
    programs, port = POSTGRESQL[-1], free_port()
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "prefect", "-A", "trust", "--no-sync"]
    subprocess.run([*as_user, *initdb], stdout=subprocess.DEVNULL, check=True, cwd=folder)
    server = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-F"]
    try:
        # stays as long as its parent: runuser passes the signal on
        with started([*as_user, *server], Path(tempfile.mkstemp()[1])):
            ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
            wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("deployed")
    (folder / "links.csv").write_text("link,title,arxiv\nhttps://github.com/o/a,A,2001.00001\n")
    address = f"http://127.0.0.1:{free_port()}/api"
    common = {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": address,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    with ExitStack() as stack:
        database = stack.enter_context(postgresql()) if POSTGRESQL else ""
        on_server = {"PREFECT_API_DATABASE_CONNECTION_URL": database} if database else {}
        port = address.split(":")[2].removesuffix("/api")
        server = [*PREFECT, "server", "start", "--no-ui", "--port", port]
        stack.enter_context(started(server, folder / "server.log", **common, **on_server))
        wait_until(lambda: is_healthy(address))
        for command in (
            ["work-pool", "create", "--type", "process", "local"],
            ["--no-prompt", "deploy", "--all"],
        ):
            subprocess.run([*PREFECT, *command], env=os.environ | common, cwd=ROOT, check=True)
        worker = [*PREFECT, "worker", "start", "--pool", "local", "--limit", "1"]
        settings = run_settings(folder, "http://127.0.0.1:9")
        stack.enter_context(started(worker, folder / "worker.log", **common, **settings))
        yield Deployed(address, database)


def is_healthy(address: str) -> bool:
    with suppress(requests.RequestException):
        return requests.get(f"{address}/health", timeout=60).ok
    return False


def test_prefect_yaml_deploys_what_adoption_schedule_serves(prefect: Deployed) -> None:
    served = {
        item.name: (
            item.flow_name,
            [schedule.schedule.cron for schedule in item.schedules or ()],
            item.parameters,
            item.description,
        )
        for item in deployments(CRONS, {})
    }
    flows = {flow["id"]: flow["name"] for flow in prefect.find("flows")}
    deployed = {
        item["name"]: (
            flows[item["flow_id"]],
            [schedule["schedule"]["cron"] for schedule in item["schedules"]],
            item["parameters"],
            item["description"],
        )
        for item in prefect.find("deployments")
    }
    assert deployed == served


def test_the_worker_runs_a_flow_when_its_schedule_fires_and_then_publishes(
    prefect: Deployed,
) -> None:
    prefect.set_cron("links", "* * * * *")
    wait_until(lambda: prefect.runs("links", "Completed"), at_most_s=600)
    prefect.set_active("links", False)
    (run, *_) = prefect.runs("links", "Completed")
    assert run["auto_scheduled"]
    assert prefect.artifacts(run["id"])["list"]["data"] == 100.0
    prefect.wait_for_message("list", run["id"])
    wait_until(lambda: prefect.runs("publish", "Completed"))
    (publish, *_) = prefect.runs("publish", "Completed")
    assert "index.html" in prefect.artifacts(publish["id"])["summary"]["data"]


def test_the_server_keeps_its_data_in_postgresql(prefect: Deployed) -> None:
    if not POSTGRESQL:
        pytest.skip("PostgreSQL is missing. As root on Debian, 'make postgresql' installs it.")
    query = [POSTGRESQL[-1] / "psql", prefect.database.replace("+asyncpg", ""), "-qtAc"]
    counted = subprocess.run(
        [*query, "select count(*) from deployment"], capture_output=True, text=True, check=True
    )
    assert counted.stdout.strip() == "6"
