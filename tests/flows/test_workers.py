"""Workers: one unit's misfortune is its own, and a server's request for rest is everybody's."""

import errno
import os
import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.units import Unit
from pipeline.errors import (
    AdoptionError,
    CollectionError,
    DiskFullError,
    Means,
    StoppedError,
    TokenRefusedError,
    statuses,
)
from pipeline.flows.workers import Workers
from pipeline.scan.records import ImportFact, ScanResult, ScanStatus
from pipeline.settings import Settings

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Misfortunes:
    """A code source in which a unit's name says what happens to it; notes each try in a folder."""

    folder: Path

    def scan(self, unit: Unit) -> ScanResult:
        with (self.folder / unit.name).open("a") as tries:
            tries.write("x")
        count = (self.folder / unit.name).stat().st_size
        if unit.name == "dies":
            os._exit(9)
        if unit.name == "dies-once" and count == 1:
            os._exit(9)
        if unit.name == "raises":
            raise ValueError("a fault of ours")
        if unit.name == "hangs":
            time.sleep(60)
        if unit.name == "eats":
            return ScanResult(unit.name, message=str(len(bytearray(2**36))))
        if unit.name == "starts-another":
            with subprocess.Popen(["sleep", "60"]) as other:
                (self.folder / "pid").write_text(str(other.pid))
        if unit.name == "slow":
            time.sleep(1)
        if unit.name == "limited-for-days":
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=9e15)
        if unit.name == "disk-full":
            raise OSError(errno.ENOSPC, "No space left on device")
        if unit.name == "limited-for-long" and count == 1:
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=60)
        if unit.name == "limited-once" and count == 1:
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=0.2)
        if unit.name.startswith(("refused", "unreachable", "disk_full")):
            status = ScanStatus(unit.name.split("-")[0])
            return ScanResult(unit.name, status=status, message="Said.")
        return ScanResult(unit.name, imports=[ImportFact("a.py", 1, "torch", "python", "static")])


def units(*names: str) -> list[Unit]:
    return [Unit(name, "github.com", "o", name) for name in names]


def workers(folder: Path, **settings: Any) -> Workers:
    folder.mkdir(exist_ok=True)
    given: dict[str, Any] = {"workers": 2, "repository_timeout_s": 5.0}
    return Workers(Misfortunes(folder), Settings(**(given | settings)))


def test_every_misfortune_is_the_outcome_of_one_unit(tmp_path: Path) -> None:
    names = ("a", "dies", "b", "raises", "dies-once", "hangs", "eats", "c")
    with workers(tmp_path / "tries", repository_timeout_s=0.5) as pool:
        found = {scanned.unit_id: scanned.status for scanned in pool.scan(units(*names))}
    assert found == {
        "a": "ok",
        "b": "ok",
        "c": "ok",
        "dies": "crashed",
        "dies-once": "ok",
        "raises": "crashed",
        "hangs": "timed_out",
        "eats": "too_large",
    }


def test_a_server_that_asks_for_rest_gets_it_and_the_unit_is_tried_again(tmp_path: Path) -> None:
    started = time.monotonic()
    with workers(tmp_path / "tries") as pool:
        [scanned] = pool.scan(units("limited-once"))
    assert scanned.status == "ok"
    assert time.monotonic() - started > 0.2


def test_a_refused_token_ends_everything(tmp_path: Path) -> None:
    with workers(tmp_path / "tries") as pool, pytest.raises(TokenRefusedError):
        list(pool.scan(units("refused")))


def test_an_outage_is_noticed_and_the_rest_left_for_another_day(tmp_path: Path) -> None:
    names = [f"unreachable-{number}" for number in range(100)]
    with (
        workers(tmp_path / "tries") as pool,
        pytest.raises(CollectionError, match="10 repositories"),
    ):
        list(pool.scan(units(*names)))
    assert len(list((tmp_path / "tries").iterdir())) < 20


def test_single_unreachable_repositories_are_no_outage(tmp_path: Path) -> None:
    names = [name for number in range(12) for name in (f"unreachable-{number}", f"ok{number}")]
    with workers(tmp_path / "tries", workers=1) as pool:
        found = Counter(scanned.status for scanned in pool.scan(units(*names)))
    assert found == {"unreachable": 12, "ok": 12}


def test_what_is_done_is_told_while_a_server_rests(tmp_path: Path) -> None:
    started = time.monotonic()
    with workers(tmp_path / "tries") as pool:
        scanned = next(pool.scan(units("limited-for-long", "slow", "a")))
    assert scanned.unit_id == "slow"
    assert time.monotonic() - started < 30


def test_what_ends_a_run_ends_it_for_every_task_and_loses_no_result(tmp_path: Path) -> None:
    with workers(tmp_path / "tries") as pool:
        found = []
        with pytest.raises(TokenRefusedError):
            for scanned in pool.scan(units("refused-1", "slow", "a", "b")):
                found.append(scanned.unit_id)
        with pytest.raises(TokenRefusedError):
            list(pool.scan(units("c", "d")))
    assert found == ["slow"]
    assert {path.name for path in (tmp_path / "tries").iterdir()} == {"refused-1", "slow"}


def test_a_server_that_asks_for_a_rest_of_days_ends_the_run(tmp_path: Path) -> None:
    with (
        workers(tmp_path / "tries", workers=1) as pool,
        pytest.raises(CollectionError, match="hours"),
    ):
        list(pool.scan(units("limited-for-days", "a")))
    assert len(list((tmp_path / "tries").iterdir())) == 1


def test_a_full_disk_ends_the_run_with_what_to_do(tmp_path: Path) -> None:
    with workers(tmp_path / "tries", workers=1) as pool, pytest.raises(DiskFullError, match="Make"):
        list(pool.scan(units("disk-full", "a")))


@pytest.mark.parametrize("status", sorted(statuses("code", Means.ENDS_RUN)))
def test_a_status_that_ends_the_run_ends_it(status: str, tmp_path: Path) -> None:
    with workers(tmp_path / "tries", workers=1) as pool, pytest.raises(AdoptionError):
        list(pool.scan(units(status, "a", "b")))
    assert len(list((tmp_path / "tries").iterdir())) == 1


def test_nobody_waits_for_a_server_when_the_run_is_over(tmp_path: Path) -> None:
    with workers(tmp_path / "tries") as pool:

        def scan() -> None:
            with suppress(StoppedError):
                list(pool.scan(units("limited-for-long")))

        task = threading.Thread(target=scan)
        task.start()
        while not (tmp_path / "tries" / "limited-for-long").exists():
            time.sleep(0.05)
        time.sleep(0.5)
        assert task.is_alive()
    task.join(timeout=20)
    assert not task.is_alive()


def test_what_a_worker_has_started_ends_with_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "tries"
    with workers(folder) as pool:
        task = threading.Thread(target=lambda: list(pool.scan(units("starts-another"))))
        task.start()
        while not (folder / "pid").exists() or not (folder / "pid").read_text():
            time.sleep(0.05)
    task.join(timeout=30)
    process = Path("/proc") / (folder / "pid").read_text()
    give_up = time.monotonic() + 10
    while process.exists() and "Z" not in (process / "stat").read_text().split()[2]:
        assert time.monotonic() < give_up
        time.sleep(0.05)
