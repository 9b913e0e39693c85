"""What GitHub refuses, as the error that ends a scan."""

from __future__ import annotations

from pipeline.errors import Status
from pipeline.github.refusals import Refusal
from pipeline.scan.records import ScanStatus, UnreadableTargetError


class RefusedTargetError(UnreadableTargetError):
    """GitHub does not give the source; `retry_after_s` is the wait that it asks for, if any."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(scan_status(refusal.status), refusal.message)
        self.retry_after_s = refusal.wait_s


def scan_status(status: Status) -> ScanStatus:
    """A scan's status for what a request met; a server that answers 502 is out of reach."""
    return ScanStatus.UNREACHABLE if status is Status.NO_ANSWER else ScanStatus(status.value)
