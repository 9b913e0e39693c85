"""Where a run gets its code, by the setting ADOPTION_CODE."""

from __future__ import annotations

from pathlib import Path

from pipeline.code.clones import Clones
from pipeline.code.github import GithubCode
from pipeline.errors import InputError
from pipeline.settings import Settings


def open_code_provider(settings: Settings) -> GithubCode | Clones:
    """GitHub, or a folder of clones.

    Raises:
        InputError: the setting names a recorded sample, or a folder that does not exist.
    """
    if recorded_sample(settings) is not None:
        raise InputError(
            "A recorded sample has facts and no code. 'adoption collect code' loads all of its "
            "commits, older ones too."
        )
    _, is_folder, folder = settings.code.partition(":")
    if not is_folder:
        return GithubCode(settings)
    return Clones(_existing(Path(folder)), settings.scan_limits)


def recorded_sample(settings: Settings) -> Path | None:
    """The folder of the recorded sample that the setting names; None if it names none.

    Raises:
        InputError: the folder does not exist.
    """
    kind, _, folder = settings.code.partition(":")
    return _existing(Path(folder)) if kind == "recorded" else None


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise InputError(f"ADOPTION_CODE names the folder {folder}, which does not exist.")
    return folder
