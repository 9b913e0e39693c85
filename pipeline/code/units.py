"""The unit of analysis, and the providers that scan it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pipeline.scan.records import ScanResult, ScanStatus


@dataclass(frozen=True, slots=True)
class Unit:
    """A repository, or a directory of one, at a ref or at its newest commit.

    Metadata help to fetch it. Without a ref, `commit` is the head of the default branch and
    `committed_at` its date. `size_bytes` is the whole history on GitHub's disks, `code_bytes` the
    bytes of the head in languages that are read.
    """

    unit_id: str
    host: str
    owner: str
    name: str
    subdir: str = ""
    ref: str | None = None
    ref_may_have_slash: bool = False
    commit: str | None = None
    committed_at: str | None = None
    size_bytes: int | None = None
    code_bytes: int | None = None

    @property
    def repository(self) -> str:
        """The repository that holds the unit."""
        return f"{self.host}/{self.owner}/{self.name}"


def unit_of(row: Mapping[str, Any]) -> Unit:
    """The unit of a row of sql/due, without metadata."""
    names = ("unit_id", "host", "owner", "name", "subdir", "ref", "ref_may_have_slash")
    return Unit(*(row[name] for name in names))


class CodeProvider(Protocol):
    """A provider that scans units. A failed download is a status, not an exception."""

    def scan(self, unit: Unit) -> ScanResult:
        """The facts of a unit."""
        ...


def scan_unit(provider: CodeProvider, unit: Unit) -> ScanResult:
    """The facts of a unit; if its directory holds no code, those of the whole repository.

    Links to a directory that has since moved, or that holds only a README, mean the repository.
    """
    result = provider.scan(unit)
    if unit.subdir and result.status in (ScanStatus.EMPTY, ScanStatus.NO_CODE):
        whole = provider.scan(replace(unit, subdir=""))
        message = f"{unit.subdir} has no code, so the whole repository was scanned."
        return replace(whole, message=message, bytes_moved=bytes_moved(result, whole) or None)
    return result


def bytes_moved(*results: ScanResult) -> int:
    """Bytes that came over the network for all of these."""
    return sum(result.bytes_moved or 0 for result in results)
