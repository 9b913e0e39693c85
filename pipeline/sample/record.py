"""A recorded sample: drawn at random, scanned once, kept as facts that anyone can replay.

A sample is a folder: links.parquet (the drawn rows of the link list), draw.parquet (every
repository of the draw with its place in it and what became of it), the facts (FACT_TABLES) and
provenance.json.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.code.units import CodeProvider, Unit, scan_unit
from pipeline.links import CodeLink, parse_link
from pipeline.papers.files import file_rows
from pipeline.papers.paper_lists import list_links
from pipeline.papers.records import PaperLink
from pipeline.scan.records import SCANNER_VERSION, ScanResult
from pipeline.settings import Settings
from pipeline.store.scan_rows import scan_batch

UNDATED = 0
"""Stratum of the repositories whose papers have no known year."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A repository of the draw: its stratum (year of its earliest paper) and place in it."""

    repository: str
    owner: str
    name: str
    year: int
    place: int


@dataclass(frozen=True, slots=True)
class Recording:
    """How a sample is drawn and what is said of its origin."""

    seed: str
    per_year: int
    origin: str
    licence: str


def draw(links: Iterable[PaperLink], seed: str, per_year: int) -> list[Drawn]:
    """At most `per_year` repositories of each year, at random but for ever the same.

    Within a year, repositories are ordered by the hash of seed and name, so that a larger draw
    contains the smaller one and a changed list disturbs nothing else.
    """
    years: dict[str, int] = {}
    names: dict[str, CodeLink] = {}
    for link in links:
        parsed = parse_link(link.raw_link)
        if isinstance(parsed, CodeLink):
            year = link.published.day.year if link.published else UNDATED
            known = years.get(parsed.key, UNDATED)
            years[parsed.key] = min(filter(None, (known, year)), default=UNDATED)
            names.setdefault(parsed.key, parsed)
    strata = defaultdict(list)
    for key, year in years.items():
        strata[year].append((hashlib.sha256(f"{seed}:{key}".encode()).hexdigest(), key))
    return [
        Drawn(key, names[key].owner, names[key].name, year, place)
        for year in sorted(strata)
        for place, (_, key) in enumerate(sorted(strata[year])[:per_year], start=1)
    ]


def record(
    settings: Settings,
    recording: Recording,
    provider: CodeProvider,
    folder: Path,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Draw from the list that `settings` name, scan every unit of the draw, write the folder.

    Gives the number of drawn repositories by outcome. Calls `progress` with each repository.
    """
    path = Path(settings.links or "")
    drawn = draw(list_links(path), recording.seed, recording.per_year)
    chosen = {item.repository: item for item in drawn}
    rows, units = _rows_and_units(path, chosen)
    scans: list[tuple[Unit, ScanResult]] = []
    outcomes: dict[str, str] = {}
    for repository, of_repository in units.items():
        progress(repository)
        found = [(unit, scan_unit(provider, unit)) for unit in of_repository]
        scans += found
        outcomes[repository] = found[0][1].status
    tables = dict(scan_batch(scans)) | {
        "links": pa.Table.from_pylist(rows),
        "draw": pa.Table.from_pylist(
            [asdict(item) | {"outcome": outcomes[item.repository]} for item in drawn]
        ),
    }
    _write(folder, tables)
    counts = dict(Counter(outcomes.values()).most_common())
    provenance = _provenance(path, recording, scans, counts)
    (folder / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")
    return counts


def _rows_and_units(
    path: Path, chosen: dict[str, Drawn]
) -> tuple[list[dict[str, Any]], dict[str, list[Unit]]]:
    """The list's own rows whose repository was drawn, and the units they point at."""
    rows, units = [], {repository: dict[str, Unit]() for repository in chosen}
    for row in file_rows(path):
        link = parse_link(str(row.get("repo_url") or ""))
        if isinstance(link, CodeLink) and link.key in chosen:
            rows.append(row)
            unit = Unit(link.unit_id, link.host, link.owner, link.name, link.subdir, link.ref)
            units[link.key].setdefault(unit.unit_id, unit)
    return rows, {repository: list(found.values()) for repository, found in units.items()}


def _write(folder: Path, tables: dict[str, pa.Table]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd", compression_level=19)


def _provenance(
    path: Path,
    recording: Recording,
    scans: list[tuple[Unit, ScanResult]],
    counts: dict[str, int],
) -> dict[str, Any]:
    return {
        "links": {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "origin": recording.origin,
            "licence": recording.licence,
        },
        "draw": {
            "seed": recording.seed,
            "per_year": recording.per_year,
            "stratum": "year of the earliest paper that links to the repository; 0 = no known year",
            "order": "sha256 of '<seed>:<host>/<owner>/<name>' in lower case, ascending",
        },
        "recorded_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "version": __version__,
        "scanner_version": SCANNER_VERSION,
        "repositories_by_outcome": counts,
        "units": len(scans),
        "units_with_import_facts": sum(bool(result.imports) for _, result in scans),
        "import_facts": sum(len(result.imports) for _, result in scans),
        "contents": "Facts only: paths, lines and module names of imports. No file contents.",
    }
