"""A code provider whose units meet misfortunes. Worker processes import it: it imports little."""

import errno
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.code.units import Unit
from pipeline.scan.records import ImportFact, ScanResult, ScanStatus
from tests.waiting import wait_until

FOR_EVER_S = 3600.0
"""No test takes so long: one that waited for this would fail."""


@dataclass(frozen=True)
class Misfortunes:
    """A code provider in which a unit's name says what happens to it.

    A file of the unit's name in `folder` has the time of each attempt, a line each.
    """

    folder: Path

    def scan(self, unit: Unit) -> ScanResult:
        with (self.folder / unit.name).open("a") as file:
            file.write(f"{time.monotonic()}\n")
        number = len(attempts(self.folder, unit.name))
        dies_once = unit.name.startswith("dies-once")
        if unit.name.startswith("dies-always") or (dies_once and number == 1):
            os._exit(9)
        if unit.name == "raises":
            raise ValueError("a fault of ours")
        if unit.name == "hangs":
            time.sleep(FOR_EVER_S)
        if unit.name == "eats":
            return ScanResult(unit.name, message=str(len(bytearray(2**36))))
        if unit.name == "starts-another":
            with subprocess.Popen(["sleep", str(FOR_EVER_S)]) as other:
                (self.folder / "pid").write_text(str(other.pid))
        if unit.name.endswith("held"):
            wait_until(released(self.folder).exists)
        if unit.name == "limited-for-days":
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=9e15)
        if unit.name == "disk-full":
            raise OSError(errno.ENOSPC, "No space left on device")
        if unit.name == "limited-for-long" and number == 1:
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=FOR_EVER_S)
        if unit.name == "limited-once" and number == 1:
            return ScanResult(unit.name, status=ScanStatus.RATE_LIMITED, retry_after_s=1.0)
        said = ("refused", "unreachable", "disk_full", "not_found", "blocked", "no_commit")
        if unit.name.startswith(said):
            status = ScanStatus(unit.name.split("-")[0])
            return ScanResult(unit.name, status=status, message="Said.")
        return ScanResult(unit.name, imports=[ImportFact("a.py", 1, "torch", "python", "static")])


def attempts(folder: Path, name: str) -> list[float]:
    """Times at which a unit was scanned."""
    file = folder / name
    return [float(line) for line in file.read_text().splitlines()] if file.exists() else []


def released(folder: Path) -> Path:
    """The file for which the unit `held` waits."""
    return folder.with_name("released")
