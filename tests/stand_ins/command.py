"""The command `adoption` as a process of its own, and the settings that lead it to a stand-in."""

import shutil
import sys
from pathlib import Path

from tests.once import migrated_database, prefect_database

ADOPTION = [sys.executable, "-m", "pipeline"]


def run_settings(folder: Path, github_url: str) -> dict[str, str]:
    """Variables for a run that keeps everything in a folder.

    Its links are the folder's links.csv, and its GitHub answers at `github_url`. One process scans,
    for each takes seconds to start. The folder gets the databases that `add_databases` adds.
    """
    add_databases(folder)
    return {
        "ADOPTION_DATA": str(folder),
        "ADOPTION_SITE": str(folder / "site"),
        "ADOPTION_LINKS": str(folder / "links.csv"),
        "ADOPTION_GITHUB_API_URL": github_url,
        "ADOPTION_GITHUB_ARCHIVE_URL": github_url,
        "ADOPTION_GITHUB_GIT_URL": github_url,
        "ADOPTION_WORKERS": "1",
    }


def add_databases(data: Path) -> None:
    """Give a folder of data the databases of DuckDB and Prefect, without facts and runs.

    A command takes half a minute to make them. tests/test_install.py begins without them.
    """
    if not (work := data / "work").exists():
        (work / "prefect").mkdir(parents=True)
        shutil.copyfile(migrated_database(), work / "adoption.duckdb")
        shutil.copyfile(prefect_database(), work / "prefect" / "prefect.db")
