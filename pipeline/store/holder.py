"""Says which program holds a database file: what the run wrote beside the file, and the system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named_holder(path: Path, name: str) -> Iterator[None]:
    """While the block runs, a file beside the database names what this process does with it.

    DuckDB's lock keeps other processes from opening the database, so they cannot read it there.
    """
    file = _file(path)
    file.write_text(f"{os.getpid()} {name}", encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def holder(path: Path, process: int) -> str:
    """The process that holds a database, with what it does and its program, if they are known."""
    parts = [_name(path, process), _program(process), f"process {process}"]
    return ", ".join(part for part in parts if part)


def _name(path: Path, process: int) -> str:
    """What the process wrote; nothing of a process that was killed earlier."""
    try:
        number, _, name = _file(path).read_text(encoding="utf-8").partition(" ")
    except OSError:
        return ""
    return name if number == str(process) else ""


def _program(process: int) -> str:
    """The name of a process's program. Nothing on a system without /proc.

    Not its arguments: they may hold a password.
    """
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _file(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")
