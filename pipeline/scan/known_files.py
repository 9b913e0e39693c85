"""The facts of contents that a scan has read, for the scans of other commits.

Git gives a file with the same content the same id in every commit, so each content is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.scan.languages import FileFacts, FileReader

_MOST = 100_000
"""Contents that are kept. The facts of later ones are not kept, so they are read again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a content holds, and its size in bytes."""

    size: int
    facts: FileFacts


@dataclass(slots=True)
class KnownFiles:
    """Readings by the content's id in git and the way in which it was read."""

    _readings: dict[tuple[str, FileReader], Reading] = field(default_factory=dict)

    def get(self, blob: str | None, reader: FileReader) -> Reading | None:
        """An earlier reading of a content; None if there is none."""
        return None if blob is None else self._readings.get((blob, reader))

    def keep(self, blob: str | None, reader: FileReader, reading: Reading) -> None:
        """Keep a reading for later scans."""
        if blob is not None and len(self._readings) < _MOST:
            self._readings[blob, reader] = reading
