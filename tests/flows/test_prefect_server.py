"""The Prefect server that a command starts for itself, and what it says when it cannot."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
import requests
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker

from pipeline.errors import DiskFullError, ServerError
from pipeline.flows import prefect_server
from pipeline.flows.prefect_server import server_for_one_run, set_prefect_defaults
from tests.once import prefect_database
from tests.waiting import AT_MOST_S, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with patch.dict(os.environ):
        os.environ.pop("PREFECT_API_URL", None)
        os.environ["PREFECT_HOME"] = str(tmp_path)
        set_prefect_defaults(tmp_path, "CRITICAL")
        yield tmp_path


def test_a_damaged_database_is_put_aside_and_the_server_starts(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "prefect.db").write_bytes(b"no database at all" * 300)
    with server_for_one_run(lambda: None) as address:
        assert requests.get(f"{address}/health", timeout=AT_MOST_S).ok
    assert f"It is now {home / 'prefect.db.damaged'}" in capsys.readouterr().err


def test_a_server_for_one_run_registers_no_blocks_and_leaves_them_to_that_of_a_schedule(
    home: Path,
) -> None:
    shutil.copyfile(prefect_database(), home / "prefect.db")
    with server_for_one_run(lambda: None) as address:
        assert (
            requests.post(f"{address}/block_types/filter", json={}, timeout=AT_MOST_S).json() == []
        )
    assert not (home / "memo_store.toml").exists(), "Prefect notes there what it has registered."


def test_a_server_that_does_not_start_says_its_last_error(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "prefect.db").mkdir()
    with (
        pytest.raises(ServerError, match="unable to open database file"),
        server_for_one_run(lambda: None),
    ):
        pass


def test_a_folder_that_prefect_may_not_write_is_named(home: Path) -> None:
    os.environ["PREFECT_HOME"] = str(home / "gone")  # root may write wherever there is a folder
    with (
        pytest.raises(ServerError, match=r"cannot write to .*gone\. Give this user the right"),
        server_for_one_run(lambda: None),
    ):
        pass


def test_a_full_disk_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "prefect.db").mkdir()
    monkeypatch.setattr(prefect_server, "_LEAST_FREE", 2**70)
    with (
        pytest.raises(DiskFullError, match=rf"^The disk of {home} is full\."),
        server_for_one_run(lambda: None),
    ):
        pass


def test_prefect_warns_nobody_of_events_that_wait(home: Path) -> None:
    for queue in (EventsWorker, APILogWorker):
        assert not logging.getLogger(queue.__name__).isEnabledFor(logging.WARNING)


def test_the_server_ends_with_the_process_that_started_it(home: Path) -> None:
    script = (
        "import os\n"
        "from pipeline.flows.prefect_server import server_for_one_run\n"
        "with server_for_one_run(lambda: None) as address:\n"
        "    print(address, flush=True)\n"
        "    os._exit(9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False
    )
    address = killed.stdout.strip()
    assert killed.returncode == 9
    wait_until(lambda: is_gone(address))


def test_two_runs_in_one_process_send_their_events_each_to_its_own_server(home: Path) -> None:
    script = (
        "from pipeline.flows.prefect_server import server_for_one_run\n"
        "from prefect import flow\n"
        "for number in range(2):\n"
        "    with server_for_one_run(lambda: None):\n"
        "        print(flow(lambda: number, name='number')(), flush=True)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "0\n1\n")
    assert "failed to process" not in ended.stderr


def is_gone(address: str) -> bool:
    try:
        requests.get(f"{address}/health", timeout=AT_MOST_S)
    except requests.ConnectionError:
        return True
    return False
