"""GitHub's refusals as errors that end a scan."""

from __future__ import annotations

from pipeline.errors import Status
from pipeline.github.refusals import Refusal
from pipeline.scan.records import ScanStatus, UnreadableTargetError


class RefusedTargetError(UnreadableTargetError):
    """GitHub refuses a unit; `retry_after_s` is the wait that it requests, if any."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(scan_status(refusal.status), refusal.message)
        self.retry_after_s = refusal.wait_s


def scan_status(status: Status) -> ScanStatus:
    """The scan's status for a failed request. A server that answers 502 counts as unreachable."""
    return ScanStatus.UNREACHABLE if status is Status.NO_ANSWER else ScanStatus(status.value)
