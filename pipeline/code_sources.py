"""Which code source a run uses, by the setting ADOPTION_SOURCE."""

from __future__ import annotations

from pathlib import Path

from pipeline.github.source import GithubSource
from pipeline.sample import RecordedSample
from pipeline.settings import Settings
from pipeline.sources.records import SourceError
from pipeline.units import Clones, CodeSource


def open_code_source(settings: Settings) -> CodeSource:
    """GitHub, a folder of clones, or a recorded sample.

    Raises:
        SourceError: the setting names none of them, or a folder that does not exist.
    """
    kind, _, place = settings.source.partition(":")
    if kind == "github" and not place:
        return GithubSource(settings)
    if kind not in ("clones", "recorded") or not place:
        raise SourceError(
            f"ADOPTION_SOURCE is {settings.source!r}; not github, clones:DIR or recorded:DIR."
        )
    folder = Path(place)
    if not folder.is_dir():
        raise SourceError(f"ADOPTION_SOURCE names the folder {folder}, which does not exist.")
    return Clones(folder, settings.scan_limits) if kind == "clones" else RecordedSample(folder)
