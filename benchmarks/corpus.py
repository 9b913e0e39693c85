"""Real files to measure on: pinned packages, downloaded once."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parent / "data" / "work" / "bench"
_ANY_MACHINE = [
    "--python-version=3.11",
    *(f"--platform=manylinux_2_{version}_x86_64" for version in (17, 24, 27, 28)),
]


def corpus() -> list[Path]:
    """The Python files of the packages in corpus.txt, in the order of their names."""
    source = FOLDER / "source"
    _made_of("corpus.txt", FOLDER, lambda wheel: _unpack(wheel, source / wheel.name.split("-")[0]))
    return sorted(path for path in source.rglob("*.py") if path.is_file())


def archives() -> list[Path]:
    """The packages in archives.txt, each whole as a .tar.gz, the largest first.

    They hold about as much beside source as repositories of papers do: libraries, data, images.
    """
    folder = FOLDER / "archives"
    _made_of("archives.txt", folder, lambda wheel: _repack(wheel, folder / f"{wheel.name}.tar.gz"))
    return sorted(folder.glob("*.tar.gz"), key=lambda path: -path.stat().st_size)


def _made_of(pins: str, folder: Path, make: Callable[[Path], None]) -> None:
    """Download the pinned wheels and make something of each, unless that was done."""
    done = folder / "done"
    pinned = (HERE / pins).read_text()
    if done.exists() and done.read_text() == pinned:
        return
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    options = ["--no-deps", "--only-binary=:all:", "--require-hashes", f"--dest={wheels}"]
    subprocess.run([*command, *options, *_ANY_MACHINE, "-r", str(HERE / pins)], check=True)
    for wheel in sorted(wheels.glob("*.whl")):
        make(wheel)
    done.write_text(pinned)


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".py")]
        archive.extractall(folder, names)


def _repack(wheel: Path, target: Path) -> None:
    with (
        zipfile.ZipFile(wheel) as archive,
        gzip.open(target, "wb", compresslevel=6) as compressed,
        tarfile.open(fileobj=compressed, mode="w|") as tar,
    ):
        for info in archive.infolist():
            header = tarfile.TarInfo(info.filename)
            header.size = info.file_size
            with archive.open(info) as member:
                tar.addfile(header, member)
