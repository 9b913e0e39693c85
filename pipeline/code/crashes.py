"""Errors that nobody foresaw, each as a status and a sentence for its paper, unit or job."""

from __future__ import annotations

import errno

from pipeline.scan.records import ScanStatus, UnreadableTargetError

MEMORY_BYTES = 6 * 2**30
"""Memory of a process that scans."""


class OverTimeError(BaseException):
    """A job took too long; not an Exception, so that no `except Exception` catches it."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__()
        self.timeout_s = timeout_s


def crash(error: Exception | OverTimeError) -> UnreadableTargetError:
    """The failure that an unforeseen error means."""
    if isinstance(error, MemoryError):
        message = f"The scan needs more than {MEMORY_BYTES:,} bytes of memory."
        return UnreadableTargetError(ScanStatus.TOO_LARGE, message)
    if isinstance(error, OverTimeError):
        message = f"The scan took longer than {error.timeout_s:g} s."
        return UnreadableTargetError(ScanStatus.TIMED_OUT, message)
    if isinstance(error, OSError):
        return _of_system(error)
    message = f"The scan failed: {type(error).__name__}. Please report it with the repository."
    return UnreadableTargetError(ScanStatus.CRASHED, message)


def _of_system(error: OSError) -> UnreadableTargetError:
    """The failure that an error of the operating system means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = (
            "The disk is full. Free some space and run the command again; it keeps stored data."
        )
        return UnreadableTargetError(ScanStatus.DISK_FULL, message)
    reason = error.strerror or type(error).__name__
    return UnreadableTargetError(ScanStatus.CRASHED, f"The operating system failed: {reason}.")
