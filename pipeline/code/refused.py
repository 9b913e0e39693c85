"""Failures that end a scan: GitHub's refusals as errors, and any error as a result."""

from __future__ import annotations

from pipeline.errors import Status
from pipeline.github.refusals import Refusal
from pipeline.scan.records import ScanResult, ScanStatus, UnreadableTargetError


class RefusedTargetError(UnreadableTargetError):
    """GitHub refuses a unit; `retry_after_s` is the wait that it requests, if any."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(scan_status(refusal.status), refusal.message)
        self.retry_after_s = refusal.wait_s


def failed_scan(target: str, error: UnreadableTargetError) -> ScanResult:
    """The result of a scan that an error ended."""
    return ScanResult(
        target,
        status=error.status,
        message=error.message,
        retry_after_s=requested_wait_s(error),
    )


def requested_wait_s(error: UnreadableTargetError) -> float | None:
    """The wait that GitHub requests before the next attempt, if any."""
    return error.retry_after_s if isinstance(error, RefusedTargetError) else None


def scan_status(status: Status) -> ScanStatus:
    """The scan's status for a failed request. A server that answers 502 counts as unreachable."""
    return ScanStatus.UNREACHABLE if status is Status.NO_ANSWER else ScanStatus(status.value)
