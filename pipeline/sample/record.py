"""A recorded sample: drawn repositories, and the facts of their commits, which anyone can replay.

A sample is a folder with links.parquet (the drawn rows of the lists), draw.parquet (every drawn
repository with its stratum, weight and outcome), the tables that `replay` loads, and
provenance.json. While a sample is recorded, the folder `work` in it has the database of the
recording, so that a recording that was stopped can continue.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.resources import SQL
from pipeline.sample.draw import Design, draw, drawn_rows, links_of_lists
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import open_to_read
from pipeline.store.replay import MOMENTS
from pipeline.store.scan_rows import FACTS

_FACTS_AT_ONCE = 500_000
_VERSIONS = (
    "select scanner_version, count(*) from scan semi join sampled_scan using (scan_id) "
    "group by scanner_version order by scanner_version"
)
_MESSAGE = (
    "if({0}.status = 'not_found', "
    "{0}.unit_id || ' had no copy when the sample was recorded.', {0}.message) as message"
)
"""Of a missing repository, the message would name the folder of the recording."""
_BY_SCAN = "unit_id, committed_at, scan_id"


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list of links that a sample is drawn from."""

    path: Path
    origin: str
    licence: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A sample to record: the lists, how to draw from them, and the folder to write into."""

    lists: tuple[PaperList, ...]
    design: Design
    folder: Path

    @property
    def links(self) -> Path:
        """The file of the drawn rows, from which the repositories are collected."""
        return self.folder / "links.parquet"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording has: rows of outcomes.sql and judged_papers.sql in sql/sample."""

    outcomes: list[dict[str, Any]]
    judged_papers: list[dict[str, Any]]


def write_draw(recording: Recording) -> pa.Table:
    """Draw the sample and write its links. Gives the drawn repositories.

    Raises:
        InputError: a list cannot be read.
    """
    paths = [item.path for item in recording.lists]
    drawn = draw(links_of_lists(paths), recording.design)
    recording.folder.mkdir(parents=True, exist_ok=True)
    _write(recording.links, drawn_rows(paths, drawn))
    return drawn


def write_facts(recording: Recording, drawn: pa.Table, working: Path) -> Recorded:
    """Write the facts of a draw that a run has collected into the database at `working`.

    Raises:
        StoreError: the database cannot be read.
    """
    folder = recording.folder
    with open_to_read(working) as store:
        store.register("draw", drawn)
        store.execute(_sql("scans"))
        _write_scans(store, folder)
        for table in FACTS:
            _write_facts(store, table, folder)
        for table in MOMENTS:
            _write_moments(store, table, folder)
        outcomes = store.sql(_sql("outcomes")).to_arrow_table()
        _write(folder / "draw.parquet", outcomes.drop_columns(["is_judged"]))
        judged_papers = store.sql(_sql("judged_papers")).to_arrow_table()
        recorded = Recorded(outcomes.to_pylist(), judged_papers.to_pylist())
        provenance = _provenance(recording, recorded, store)
    (folder / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")
    return recorded


def _write_scans(store: duckdb.DuckDBPyConnection, folder: Path) -> None:
    scans = store.sql(
        f"select scan.* replace (sampled_scan.is_head as is_head, {_MESSAGE.format('scan')}) "
        "from scan inner join sampled_scan using (scan_id) "
        f"order by {', '.join(f'scan.{name}' for name in _BY_SCAN.split(', '))}"
    )
    _write(folder / "scan.parquet", scans.to_arrow_table())


def _write_facts(store: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """Write the facts of each scan after those of the unit's scan before it.

    The commits of a unit have mostly the same facts. In this order and without dictionaries, zstd
    finds the repetition: 2.5 bytes an import. With dictionaries it is 2.9 bytes, and sorted by path
    before commit it is 2.6.
    """
    columns = [name for name in store.table(table).columns if name != "scan_id"]
    facts = store.sql(
        f"select {table}.* from {table} inner join sampled_scan using (scan_id) "
        f"order by {_BY_SCAN}, {', '.join(columns)}"
    ).to_arrow_reader(_FACTS_AT_ONCE)
    file = folder / f"{table}.parquet"
    with pq.ParquetWriter(
        file, facts.schema, compression="zstd", compression_level=19, use_dictionary=False
    ) as writer:
        for batch in facts:
            writer.write_batch(batch)


def _write_moments(store: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    changes = ""
    if "message" in store.table(table).columns:
        changes = f"replace ({_MESSAGE.format(table)})"
    rows = store.sql(
        f"select * {changes} from {table} semi join sampled_scan using (unit_id) order by all"
    )
    _write(folder / f"{table}.parquet", rows.to_arrow_table())


def _sql(name: str) -> str:
    return (SQL / "sample" / f"{name}.sql").read_text(encoding="utf-8")


def _write(file: Path, table: pa.Table) -> None:
    pq.write_table(table, file, compression="zstd", compression_level=19)


def _provenance(
    recording: Recording, recorded: Recorded, store: duckdb.DuckDBPyConnection
) -> dict[str, Any]:
    counts = Counter(row["outcome"] or "not_scanned" for row in recorded.outcomes)
    return {
        "lists": [
            {
                "file": item.path.name,
                "sha256": hashlib.sha256(item.path.read_bytes()).hexdigest(),
                "origin": item.origin,
                "licence": item.licence,
            }
            for item in recording.lists
        ],
        "draw": {
            "seed": recording.design.seed,
            "per_cell": recording.design.per_cell,
            "per_cell_of_year": dict(recording.design.of_year),
            "whole": list(recording.design.whole),
            "cell": "stratum and year; year 0 = unknown",
            "stratum": "area of the venue in data/venues.csv; pwc = linked by Papers with Code; "
            "other = no known venue",
            "order": "sha256 of '<seed>:<owner>/<name>' in lower case, ascending",
            "weight": "repositories of the cell in the lists / repositories drawn from the cell",
        },
        "recorded_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "version": __version__,
        "scanner_version": SCANNER_VERSION,
        "scans_by_scanner_version": dict(store.execute(_VERSIONS).fetchall()),
        "repositories_by_outcome": dict(counts.most_common()),
        "scans": _count(store, "sampled_scan"),
        "scans_of_newest_commits": _count(store, "sampled_scan where is_head"),
        "import_facts": _count(store, "import_fact semi join sampled_scan using (scan_id)"),
        "contents": "Facts only: paths, lines and module names of imports. No file contents.",
    }


def _count(store: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(store.execute(f"select count(*) from {rows}").fetchall()[0][0])
