"""The code provider that a run uses, by the setting ADOPTION_CODE."""

from __future__ import annotations

from pathlib import Path

from pipeline.code.clones import Clones
from pipeline.code.github import GithubCode
from pipeline.code.recorded import RecordedSample
from pipeline.errors import InputError
from pipeline.settings import Settings


def open_code_provider(settings: Settings) -> GithubCode | Clones | RecordedSample:
    """GitHub, a folder of clones, or a recorded sample.

    Raises:
        InputError: the setting names none of them, or a folder that does not exist.
    """
    kind, _, place = settings.code.partition(":")
    if kind == "github" and not place:
        return GithubCode(settings)
    if kind not in ("clones", "recorded") or not place:
        raise InputError(
            f"ADOPTION_CODE is {settings.code!r}; use github, clones:DIR or recorded:DIR."
        )
    folder = Path(place)
    if not folder.is_dir():
        raise InputError(f"ADOPTION_CODE names the folder {folder}, which does not exist.")
    return Clones(folder, settings.scan_limits) if kind == "clones" else RecordedSample(folder)
