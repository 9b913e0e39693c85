"""Files of gigabytes are copied and replaced (pipeline/store/large_files.py)."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.store import large_files

_BYTES = bytes(range(256)) * 1000


def _is_refused(*_: int) -> int:
    raise OSError(errno.EXDEV, "not between these file systems")


def _stops_at_once(*_: int) -> int:
    return 0


@pytest.mark.parametrize("content", [b"", _BYTES])
def test_a_copy_has_the_bytes_of_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    large_files.copy(tmp_path / "file", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == content


@pytest.mark.parametrize("system_call", [_is_refused, _stops_at_once])
def test_a_file_is_copied_where_the_system_call_does_not_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system_call: Callable[..., int]
) -> None:
    monkeypatch.setattr(os, "copy_file_range", system_call, raising=False)  # only Linux has it
    (tmp_path / "file").write_bytes(_BYTES)
    large_files.copy(tmp_path / "file", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == _BYTES


def test_whoever_has_the_old_file_open_reads_it_to_its_end(tmp_path: Path) -> None:
    target, file = tmp_path / "target", tmp_path / "file"
    target.write_bytes(b"old")
    file.write_bytes(b"new")
    with target.open("rb") as reader:
        large_files.replace(target, file)
        assert reader.read() == b"old"
    assert target.read_bytes() == b"new"
    assert not file.exists()


def test_a_file_takes_a_name_that_no_file_has(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"new")
    large_files.replace(tmp_path / "target", tmp_path / "file")
    assert (tmp_path / "target").read_bytes() == b"new"
