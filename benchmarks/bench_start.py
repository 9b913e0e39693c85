"""`make bench-start`: what `adoption` costs before it works, in seconds of CPU, children included.

python -m benchmarks.bench_start [FOLDER] takes the folders in FOLDER, for example clones, as the
targets of the last command; else the packages that are installed here. Each figure is the median
of five runs.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

_RUNS = 5
_TARGETS = 161


def cpu_seconds(arguments: list[str], folder: Path) -> float:
    """CPU seconds of one `adoption` command, run in `folder`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", *arguments],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def targets_in(folder: Path) -> list[str]:
    """The first folders, by name, that `adoption scan` is given."""
    return [str(path) for path in sorted(folder.iterdir()) if path.is_dir()][:_TARGETS]


def main() -> None:
    """Print one line a command."""
    installed = Path(sysconfig.get_path("purelib"))
    targets = targets_in(Path(sys.argv[1]) if len(sys.argv) > 1 else installed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "small").mkdir()
        (folder / "small" / "train.py").write_text("import torch\n")
        subprocess.run(
            [sys.executable, "-P", "-m", "pipeline", "demo"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name, arguments in {
            "adoption --help": ["--help"],
            "adoption query 'select 1'": ["query", "select 1"],
            "adoption scan SMALL_FOLDER": ["scan", "small"],
            f"adoption scan ({len(targets)} folders)": ["scan", *targets],
        }.items():
            seconds = statistics.median(cpu_seconds(arguments, folder) for _ in range(_RUNS))
            print(f"{seconds:8.2f} s  {name}", flush=True)


if __name__ == "__main__":
    main()
