"""A run on a Dask cluster stores what a run on one machine stores, though a worker is killed."""

import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dask
import duckdb
import pytest

from pipeline.code.units import Unit
from pipeline.errors import CollectionError
from pipeline.flows.dask_tasks import DaskCluster, _Dispatch, run_on_dask
from pipeline.flows.jobs import ScanJob
from pipeline.flows.prefect_server import free_port
from pipeline.flows.runs import Run
from pipeline.flows.workers import open_workers
from pipeline.settings import Settings
from pipeline.terminal.progress import Progress
from pipeline.web import RateLimiter
from tests.flows.test_resume import contents
from tests.stand_ins.command import ADOPTION, run_settings
from tests.stand_ins.flows import COLLECT, run_flows
from tests.stand_ins.github import StandIn, github_stand_in
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

REPOSITORIES = 30
BATCH = 4
BATCH_EVERY_S = 4
"""The rate limit permits one batch in so many seconds."""


@contextmanager
def started(folder: Path, *command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a folder of its own, as on another machine. It is killed with the block."""
    folder.mkdir()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=os.environ | {"TMPDIR": str(folder)} | environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fill(github: StandIn) -> str:
    github.token = "t0ken"
    lines = ["link,title,arxiv"]
    for number in range(REPOSITORIES):
        framework = ("torch", "tensorflow", "jax")[number % 3]
        github.add(f"o/r{number}", {"net.py": f"import {framework}\n", "b.ipynb": "{"})
        lines.append(f"https://github.com/o/r{number},Paper {number},2001.{number:05}")
    github.add("o/blocked", blocked="dmca")
    return "\n".join(
        [*lines, "https://github.com/o/blocked,Blocked,", "https://github.com/o/no,No,"]
    )


@pytest.mark.usefixtures("published_schema")
def test_a_killed_worker_changes_nothing_and_the_rate_limit_holds_for_all_workers(
    tmp_path: Path, prefect: str
) -> None:
    port = free_port()
    scheduler = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        github = stack.enter_context(github_stand_in())
        links = fill(github)
        for name in ("dask", "threads"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "links.csv").write_text(links)
        common = {"ADOPTION_GITHUB_TOKEN": "t0ken", "ADOPTION_WORKERS": "1"}
        command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
        stack.enter_context(started(tmp_path / "scheduler", *command, "--no-dashboard"))
        wait_until(lambda: answers(port))
        command = ["distributed.cli.dask_worker", scheduler, "--no-nanny", "--nthreads", "1"]
        first, _ = [
            stack.enter_context(started(tmp_path / name, *command, "--no-dashboard", **common))
            for name in ("worker1", "worker2")
        ]
        github.delay_s = 0.2
        on_dask = {
            "ADOPTION_RUNNER": f"dask:{scheduler}",
            "ADOPTION_BATCH": str(BATCH),
            "ADOPTION_ARCHIVE_RATE": f"{BATCH}/{BATCH_EVERY_S} second",
        }
        settings = run_settings(tmp_path / "dask", github.url) | common | on_dask
        with subprocess.Popen(
            [*ADOPTION, "run"],
            env=os.environ | settings | {"PREFECT_API_URL": prefect},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as run:
            wait_until(
                lambda: github.asked("/tar.gz/") > 6 or run.poll() is not None,
                at_most_s=900,  # each worker imports Prefect first
            )
            assert run.poll() is None, run.communicate()[0]
            first.send_signal(signal.SIGKILL)
            said, _ = run.communicate()
        assert run.returncode == 0, said
        downloads = [request.at for request in github.requests if "/tar.gz/" in request.path]
        github.delay_s = 0
        run_flows(prefect, COLLECT, run_settings(tmp_path / "threads", github.url) | common)
    collected = contents(tmp_path / "threads" / "work" / "adoption.duckdb")
    assert contents(tmp_path / "dask" / "adoption.duckdb") == collected
    with duckdb.connect(str(tmp_path / "dask" / "adoption.duckdb")) as store:
        scans = store.sql("select count(*) from scan where status = 'ok'").fetchall()
    assert scans == [(REPOSITORIES,)]
    # the third batch begins after the first request, and each later one waits for its turn
    later_batches = -(-REPOSITORIES // BATCH) - 3
    assert downloads[-1] - downloads[0] >= later_batches * BATCH_EVERY_S
    for folder in ("worker1", "worker2", "scheduler"):
        files = [file for file in (tmp_path / folder).rglob("*") if file.is_file()]
        assert not [file for file in files if "duckdb" in file.name]
        assert not [file for file in files if b"t0ken" in file.read_bytes()]


def test_a_batch_starts_when_the_rate_permits_all_of_its_requests() -> None:
    jobs = [ScanJob(Unit(name, "github.com", "o", name)) for name in "abcd"]
    dispatch = _Dispatch(deque([jobs[:2], jobs[2:]]), RateLimiter("3/hour"))
    assert dispatch.pause_s() == 0
    assert dispatch.next() == jobs[:2]
    assert dispatch.pause_s() > 0


def test_a_scheduler_that_does_not_answer_fails_the_step_and_names_the_setting() -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    cluster = DaskCluster(open_workers, Settings(runner=f"dask:{address}"))
    jobs = [ScanJob(Unit("a", "github.com", "o", "a"))]
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(CollectionError, match=rf"{address}, which ADOPTION_RUNNER names"),
        duckdb.connect() as store,
    ):
        run_on_dask(cluster, [jobs], "code", (store, Run("run")), Progress("code", 1))


def test_without_jobs_no_scheduler_is_asked() -> None:
    cluster = DaskCluster(open_workers, Settings(runner="dask:tcp://nowhere:1"))
    with duckdb.connect() as store:
        run_on_dask(cluster, [], "code", (store, Run("run")), Progress("code", 0))


@pytest.mark.parametrize("text", ["dask:", "dask:localhost", "processes"])
def test_a_runner_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not threads, dask or dask:tcp"):
        Settings(runner=text)
