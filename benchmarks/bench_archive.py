"""`make bench-archive`: from .tar.gz to facts, beside inflating and throwing away, in one run."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import deflate
from isal import isal_zlib
from zlib_ng import zlib_ng

from benchmarks.contest import Contender, Work, compare, in_processes, print_table, total_bytes
from benchmarks.corpus import archives
from pipeline.scan.paths import PathScan

_BLOCK = 2**18
_GZIP = 31
_MOST_MEMORY = """
import re, sys
from pathlib import Path
from typing import Any
from pipeline.scan.paths import PathScan
PathScan().scan(Path(sys.argv[1]))
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def inflate_by(library: Any) -> Work:
    """Inflate in blocks, as a stream must be."""

    def run(paths: list[str]) -> int:
        size = 0
        for path in paths:
            inflate = library.decompressobj(_GZIP)
            with Path(path).open("rb") as file:
                while block := file.read(_BLOCK):
                    size += len(inflate.decompress(block))
        return size

    return run


def inflate_at_once(paths: list[str]) -> int:
    """By libdeflate, which needs the whole file, and all that it holds, in memory."""
    size = 0
    for path in paths:
        compressed = Path(path).read_bytes()
        (inflated,) = struct.unpack("<I", compressed[-4:])
        size += len(deflate.gzip_decompress(compressed, inflated))
    return size


def scan(paths: list[str]) -> int:
    return sum(len(PathScan().scan(Path(path)).imports) for path in paths)


CONTENDERS = [
    Contender("zlib-ng, inflating alone", "inflates", inflate_by(zlib_ng)),
    Contender("isal, inflating alone", "inflates", inflate_by(isal_zlib)),
    Contender("zlib, inflating alone", "inflates", inflate_by(zlib)),
    Contender("libdeflate, at once", "inflates", inflate_at_once),
    Contender("ours, 1 process", "all", in_processes(scan, 1)),
    Contender("ours, 2 processes", "all", in_processes(scan, 2)),
]


def most_memory(path: str) -> int:
    """Most kilobytes that a process has used which scanned the archive."""
    command = [sys.executable, "-c", _MOST_MEMORY, path]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    named = [Path(argument) for argument in sys.argv[1:]]
    files = sorted(named, key=lambda path: -path.stat().st_size) or archives()
    paths = [str(path) for path in files]
    print(f"{len(paths)} archives, {total_bytes(paths) / 1e6:.0f} MB, {os.cpu_count()} cores\n")
    best = compare(CONTENDERS, paths)
    print_table(CONTENDERS, best, "ours, 2 processes", paths)
    fastest = min(seconds for name, seconds in best.items() if not name.startswith("ours"))
    for name in ("ours, 1 process", "ours, 2 processes"):
        print(f"{name}: {best[name] / fastest:.2f} times the fastest inflation")
    print(f"Most memory: {max(map(most_memory, paths)) / 1000:.0f} MB")


if __name__ == "__main__":
    main()
