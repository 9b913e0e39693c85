"""Records -> Arrow rows for the store: the only place that knows how facts lie in tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipeline.links import CodeLink, UnusableLink, parse_link
from pipeline.scan.records import SCANNER_VERSION, ScanResult
from pipeline.short_links import Followed
from pipeline.sources.records import PaperLink
from pipeline.store import Batch
from pipeline.units import Unit

_TIME = pa.timestamp("us")
PAPER = pa.schema(
    {
        "paper_id": pa.string(),
        "title": pa.string(),
        "published_on": pa.date32(),
        "date_precision": pa.string(),
        "venue": pa.string(),
        "venue_year": pa.int32(),
        "arxiv_id": pa.string(),
        "doi": pa.string(),
        "seen_at": _TIME,
    }
)
PAPER_LINK = pa.schema(
    {
        "paper_id": pa.string(),
        "source": pa.string(),
        "raw_link": pa.string(),
        "unit_id": pa.string(),
        "host": pa.string(),
        "owner": pa.string(),
        "name": pa.string(),
        "ref": pa.string(),
        "subdir": pa.string(),
        "flags": pa.list_(pa.string()),
        "problem": pa.string(),
        "problem_message": pa.string(),
        "is_official": pa.bool_(),
        "source_label": pa.string(),
        "source_stars": pa.int64(),
        "seen_at": _TIME,
    }
)
SCAN = pa.schema(
    {
        "scan_id": pa.string(),
        "unit_id": pa.string(),
        "host": pa.string(),
        "owner": pa.string(),
        "name": pa.string(),
        "subdir": pa.string(),
        "commit_id": pa.string(),
        "committed_at": _TIME,
        "status": pa.string(),
        "message": pa.string(),
        "files_seen": pa.int64(),
        "files_scanned": pa.int64(),
        "files_skipped": pa.int64(),
        "bytes_scanned": pa.int64(),
        "scanner_version": pa.string(),
        "scanned_at": _TIME,
        "transfer": pa.string(),
        "bytes_moved": pa.int64(),
    }
)
IMPORT_FACT = pa.schema(
    {
        "scan_id": pa.string(),
        "path": pa.string(),
        "line": pa.int32(),
        "module": pa.string(),
        "language": pa.string(),
        "kind": pa.string(),
    }
)
API_USE = pa.schema(
    {"scan_id": pa.string(), "path": pa.string(), "line": pa.int32(), "name": pa.string()}
)
LOCAL_MODULE = pa.schema(
    {name: pa.string() for name in ("scan_id", "module", "language", "directory", "path")}
)
FILE_PROBLEM = pa.schema({name: pa.string() for name in ("scan_id", "path", "problem", "message")})
_FACTS = {
    "import_fact": IMPORT_FACT,
    "api_use": API_USE,
    "local_module": LOCAL_MODULE,
    "file_problem": FILE_PROBLEM,
}
OUTCOME = pa.schema(
    {
        "run_id": pa.string(),
        "step": pa.string(),
        "item": pa.string(),
        "status": pa.string(),
        "message": pa.string(),
        "happened_at": _TIME,
    }
)
SHORT_LINK = pa.schema(
    {"url": pa.string(), "target": pa.string(), "message": pa.string(), "followed_at": _TIME}
)
PROGRESS_MARK = pa.schema({"name": pa.string(), "mark": pa.string(), "set_at": _TIME})

_BELIEVED = frozenset({"pwc"})
"""Sources that rightly link papers older than GitHub to implementations that others wrote later.

Lists of conferences were filled in by programs that invent links for old papers.
"""


def now() -> dt.datetime:
    """The time of a fact: UTC, without zone, as the database keeps it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def link_batch(links: Iterable[PaperLink]) -> Batch:
    """Papers and their links, parsed; a paper that comes twice keeps what either row knows."""
    papers: dict[str, dict[str, Any]] = {}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    seen_at = now()
    for link in links:
        paper = _paper_row(link) | {"seen_at": seen_at}
        known = papers.setdefault(link.paper_id, paper)
        known |= {key: value for key, value in paper.items() if value is not None}
        rows[link.paper_id, link.source, link.raw_link] = _link_row(link) | {"seen_at": seen_at}
    return {
        "paper": pa.Table.from_pylist(list(papers.values()), PAPER),
        "paper_link": pa.Table.from_pylist(list(rows.values()), PAPER_LINK),
    }


def _paper_row(link: PaperLink) -> dict[str, Any]:
    return {
        "paper_id": link.paper_id,
        "title": link.title,
        "published_on": link.published.day if link.published else None,
        "date_precision": link.published.precision if link.published else None,
        "venue": link.venue,
        "venue_year": link.venue_year,
        "arxiv_id": link.arxiv_id,
        "doi": link.doi,
    }


def _link_row(link: PaperLink) -> dict[str, Any]:
    year = link.published.day.year if link.published else None
    row: dict[str, Any] = {
        "paper_id": link.paper_id,
        "source": link.source,
        "raw_link": link.raw_link,
        "is_official": link.is_official,
        "source_label": link.source_label,
        "source_stars": link.source_stars,
    }
    return row | _parsed(link.source, link.raw_link, year)


def reparsed(rows: Iterable[dict[str, Any]], targets: Mapping[str, str] | None = None) -> Batch:
    """Stored links read anew: rows of sql/collect/stored_links.sql.

    `targets`: where shortened links lead, by the raw link; these are read instead.
    """
    seen_at = now()
    links = []
    for row in rows:
        year = row["published_on"].year if row["published_on"] else None
        target = (targets or {}).get(row["raw_link"])
        parsed = _parsed(row["source"], target or row["raw_link"], year)
        if target and "flags" in parsed:
            parsed["flags"].append("shortened")
        links.append(row | parsed | {"seen_at": seen_at})
    return {"paper_link": pa.Table.from_pylist(links, PAPER_LINK)}


def short_link_batch(followed: Iterable[Followed]) -> Batch:
    """Shortened links and where they lead."""
    rows = [
        {"url": item.url, "target": item.target, "message": item.message, "followed_at": now()}
        for item in followed
    ]
    return {"short_link": pa.Table.from_pylist(rows, SHORT_LINK)}


def _parsed(source: str, raw_link: str, year: int | None) -> dict[str, Any]:
    """The columns of paper_link that a link's text decides."""
    doubted = None if source in _BELIEVED else year
    parsed = parse_link(raw_link, bare_is_github=True, paper_year=doubted)
    match parsed:
        case UnusableLink(reason, message):
            return {"problem": reason, "problem_message": message}
        case CodeLink():
            return {
                "unit_id": parsed.unit_id,
                "host": parsed.host,
                "owner": parsed.owner,
                "name": parsed.name,
                "ref": parsed.ref,
                "subdir": parsed.subdir,
                "flags": list(parsed.flags),
            }


def scan_batch(scans: Iterable[tuple[Unit, ScanResult]]) -> Batch:
    """Scans with their facts. The facts come first: a scan that is stored has them all."""
    rows = []
    facts: dict[str, list[pa.Table]] = {name: [] for name in _FACTS}
    for unit, result in scans:
        key = scan_id(unit.unit_id, result)
        rows.append({"scan_id": key} | _scan_row(unit, result))
        imports = {(fact.path, fact.line, fact.module): fact for fact in result.imports}
        problems = {(item.path, item.problem): item for item in result.problems}
        found: dict[str, Iterable[tuple[object, ...]]] = {
            "import_fact": imports.values(),
            "api_use": result.api_uses,
            "local_module": map(_local_module, result.local_modules),
            "file_problem": map(_file_problem, problems.values()),
        }
        for name, records in found.items():
            facts[name].append(_of_scan(key, list(records), _FACTS[name]))
    tables = {
        name: pa.concat_tables(parts or [_FACTS[name].empty_table()])
        for name, parts in facts.items()
    }
    return tables | {"scan": pa.Table.from_pylist(rows, SCAN)}


_local_module = attrgetter("module", "language", "directory", "path")
_file_problem = attrgetter("path", "problem", "message")


def _of_scan(key: str, records: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Records as rows, columns in the schema's order after the scan's id: by columns, for rows of
    dictionaries would take three times as long."""
    columns = zip(*records, strict=True) if records else [()] * (len(schema) - 1)
    arrays = [pa.array([key] * len(records), pa.string())]
    arrays += [
        pa.array(column, field.type)
        for column, field in zip(columns, list(schema)[1:], strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def scan_id(unit_id: str, result: ScanResult) -> str:
    """The same unit at the same commit by the same rules, as far as it came, is the same scan."""
    what = (unit_id, result.commit_id or "", result.status, SCANNER_VERSION)
    return hashlib.sha256("\n".join(what).encode()).hexdigest()[:16]


def _scan_row(unit: Unit, result: ScanResult) -> dict[str, Any]:
    return {
        "unit_id": unit.unit_id,
        "host": unit.host,
        "owner": unit.owner,
        "name": unit.name,
        "subdir": unit.subdir,
        "commit_id": result.commit_id,
        "committed_at": _utc(result.committed_at),
        "status": result.status,
        "message": result.message,
        "files_seen": result.files_seen,
        "files_scanned": result.files_scanned,
        "files_skipped": result.files_skipped,
        "bytes_scanned": result.bytes_scanned,
        "scanner_version": SCANNER_VERSION,
        "scanned_at": now(),
        "transfer": result.transfer,
        "bytes_moved": result.bytes_moved,
    }


def _utc(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)


def outcome_batch(
    run_id: str, outcomes: Iterable[tuple[str, tuple[str, str, str | None]]]
) -> Batch:
    """What became of each (step, (item, status, message)) of a run."""
    happened_at = now()
    rows = [
        {
            "run_id": run_id,
            "step": step,
            "item": item,
            "status": status,
            "message": message,
            "happened_at": happened_at,
        }
        for step, (item, status, message) in outcomes
    ]
    return {"outcome": pa.Table.from_pylist(rows, OUTCOME)}


def mark_batch(marks: Mapping[str, str]) -> Batch:
    """Where collectors go on, by name."""
    rows = [{"name": name, "mark": mark, "set_at": now()} for name, mark in marks.items()]
    return {"progress_mark": pa.Table.from_pylist(rows, PROGRESS_MARK)}


@dataclass(frozen=True, slots=True)
class Found:
    """What a task hands over: rows, and (item, status, message) of what they are about."""

    step: str
    batch: Batch
    outcomes: list[tuple[str, str, str | None]]
    problems: int


def together(batches: Sequence[Batch]) -> Batch:
    """Batches as one. Of rows with one key the last counts, as if they were written in turn."""
    tables: dict[str, list[pa.Table]] = {}
    for batch in batches:
        for name, table in batch.items():
            tables.setdefault(name, []).append(table)
    return {name: pa.concat_tables(parts) for name, parts in tables.items()}
