"""Copies and replaces files of gigabytes without waits that are not necessary."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread


def copy(source: Path, target: Path) -> None:
    """Copy a file. A thread waits until the copy is on disk, so that later writes need not.

    Raises:
        OSError: the disk is full, or a file cannot be opened.
    """
    if not _is_copied_by_kernel(source, target):
        shutil.copyfile(source, target)
    Thread(target=_flush, args=(target,), daemon=True).start()


def replace(target: Path, file: Path) -> None:
    """Rename `file` to `target`. A thread frees the old file, because that can take a second."""
    old = target.open("rb") if target.exists() else None
    try:
        file.replace(target)
    finally:
        if old is not None:
            Thread(target=old.close, daemon=True).start()


def _is_copied_by_kernel(source: Path, target: Path) -> bool:
    """Copy a file by a system call that takes a third of the time, if this system has it."""
    if sys.platform != "linux":
        return False
    size = source.stat().st_size
    try:
        with source.open("rb") as read, target.open("wb") as written:
            while os.copy_file_range(read.fileno(), written.fileno(), size):
                pass
    except OSError:  # some file systems lack it; if the disk is full, the next attempt says so
        return False
    return target.stat().st_size == size


def _flush(file: Path) -> None:
    """Wait until a file is on disk. This ends DuckDB's lock on it: nobody else opens the copy."""
    with suppress(OSError), file.open("rb+") as copied:
        os.fsync(copied.fileno())
