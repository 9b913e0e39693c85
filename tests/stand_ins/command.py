"""The command `adoption` as a process of its own, and the settings that lead it to a stand-in."""

import sys
from pathlib import Path

ADOPTION = [sys.executable, "-m", "pipeline"]


def run_settings(folder: Path, github_url: str) -> dict[str, str]:
    """Variables for a run that keeps everything in a folder.

    Its links are the folder's links.csv, and its GitHub answers at `github_url`.
    """
    return {
        "ADOPTION_DATA": str(folder),
        "ADOPTION_SITE": str(folder / "site"),
        "ADOPTION_LINKS": str(folder / "links.csv"),
        "ADOPTION_GITHUB_API_URL": github_url,
        "ADOPTION_GITHUB_ARCHIVE_URL": github_url,
        "ADOPTION_GITHUB_GIT_URL": github_url,
    }
