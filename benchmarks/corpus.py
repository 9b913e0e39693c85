"""Real files to measure on: the Python files of pinned packages, downloaded once."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parent / "data" / "work" / "bench"


def corpus() -> list[Path]:
    """The Python files of the packages in corpus.txt, in the order of their names."""
    source = FOLDER / "source"
    done = FOLDER / "done"
    pinned = (HERE / "corpus.txt").read_text()
    if not done.exists() or done.read_text() != pinned:
        _download(FOLDER / "wheels")
        for wheel in sorted((FOLDER / "wheels").glob("*.whl")):
            _unpack(wheel, source / wheel.name.split("-")[0])
        done.write_text(pinned)
    return sorted(path for path in source.rglob("*.py") if path.is_file())


def _download(wheels: Path) -> None:
    wheels.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--dest", str(wheels)]
    subprocess.run([*command, *options, "-r", str(HERE / "corpus.txt")], check=True)


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".py")]
        archive.extractall(folder, names)
