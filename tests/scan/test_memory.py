"""A scan stays below 300 MB, whatever an archive holds."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MOST_BYTES = 300 * 10**6
FILE = 16 * 2**20 - 64
"""Just what is still read of one file."""


def many_modules() -> Iterator[tuple[str, bytes]]:
    yield "a.py", b"".join(b"import m%x\n" % n for n in range(2**20))[:FILE]


def many_modules_on_a_line() -> Iterator[tuple[str, bytes]]:
    yield "a.py", b"".join(b"import m%x;" % n for n in range(2**20))[:FILE]


def wide_characters() -> Iterator[tuple[str, bytes]]:
    yield "a.c", ("#include <a>\r\n" * 2**20).encode()[: FILE - 8] + "\U0001f600".encode()


def many_includes() -> Iterator[tuple[str, bytes]]:
    yield "a.c", b"".join(b"#include <m%x>\n" % n for n in range(2**20))[:FILE]


def many_values() -> Iterator[tuple[str, bytes]]:
    yield "a.ipynb", b'{"cells":[' + b"[]," * (FILE // 3 - 10) + b"[]]}"


def many_cells() -> Iterator[tuple[str, bytes]]:
    cell = {"cell_type": "code", "source": ["import torch\n", "import jax\n"]}
    yield "a.ipynb", json.dumps({"cells": [cell] * 100_000}).encode()


def many_names_of_tensorflow() -> Iterator[tuple[str, bytes]]:
    uses = b"".join(b"tf.n%x()\n" % n for n in range(2**20))
    yield "a.py", b"import tensorflow as tf\n" + uses[: FILE - 100]


def many_files() -> Iterator[tuple[str, bytes]]:
    for n in range(120_000):
        yield f"{'folder' * 30}{n}/a.py", b"import torch\n"


def long_names() -> Iterator[tuple[str, bytes]]:
    for n in range(30):
        yield f"{n}.py", b"import " + b"m" * (FILE - 8)


def one_huge_file() -> Iterator[tuple[str, bytes]]:
    yield "a.py", bytes(2**31)


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux",
    reason="the test reads a process's peak memory from /proc, which only Linux has",
)
@pytest.mark.parametrize(
    "members",
    [
        many_modules,
        many_modules_on_a_line,
        wide_characters,
        many_includes,
        many_values,
        many_cells,
        many_names_of_tensorflow,
        many_files,
        long_names,
        one_huge_file,
    ],
    ids=lambda members: members.__name__,
)
def test_a_hostile_archive_is_scanned_in_little_memory(
    members: Callable[[], Iterator[tuple[str, bytes]]], tmp_path: Path
) -> None:
    archive = tmp_path / "a.tar.gz"
    with (
        gzip.open(archive, "wb", compresslevel=1) as file,
        tarfile.open(fileobj=file, mode="w|") as tar,
    ):
        for name, content in members():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    code = (
        "import re, sys; from pathlib import Path; from pipeline.scan.paths import PathScan; "
        "result = PathScan().scan(Path(sys.argv[1])); "
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(archive)], capture_output=True, text=True, check=True
    )
    assert int(answer.stdout) * 1024 < MOST_BYTES
