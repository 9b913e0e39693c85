"""Explains a repository's label: the votes, the lowered votes, and their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import duckdb

from pipeline.errors import UnknownRepositoryError
from pipeline.links import CodeLink, parse_link
from pipeline.terminal.corrections import corrections_of, papers_without_this_link
from pipeline.terminal.moments import moments_of

_LOWERED_GROUPS = 20


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan with its label, as the database has them."""

    scan_id: str
    unit_id: str
    host: str
    owner: str
    name: str
    commit_id: str | None
    committed_at: Any
    status: str
    message: str | None
    label: str | None
    family: str | None
    variant: str | None
    style: str | None
    dominance: float | None
    confidence: str | None
    basis: str | None
    blob: str | None
    anchor: str | None

    def link(self, path: str, line: int) -> str:
        """Address of a line at the scanned commit; lines of notebooks are not lines of the file."""
        where = f"{path}:{line}"
        if self.blob is None or self.commit_id is None:
            return where
        repository = f"https://{self.host}/{self.owner}/{self.name}"
        address = f"{repository}{self.blob}{self.commit_id}/{quote(path)}"
        if path.endswith(".ipynb"):
            return f"{address} (line {line} of the code cells)"
        return f"{address}{self.anchor}{line}"


def explain(connection: duckdb.DuckDBPyConnection, repository: str) -> Iterator[str]:
    """Lines of text that explain the label of each unit of a repository.

    `repository` is owner/name or any link to it.

    Raises:
        UnknownRepositoryError: it is not a repository, or the database has no scan of it.
    """
    link = parse_link(repository, bare_is_github=True)
    if not isinstance(link, CodeLink):
        raise UnknownRepositoryError(
            f"{link.message} Name a repository: OWNER/NAME or a link to it, for example "
            "naszilla/naszilla."
        )
    scans = _scans(connection, link.key)
    if not scans:
        raise UnknownRepositoryError(
            f"The database has no scan of {link.key}. 'adoption scan' scans a local copy."
        )
    for scan in scans:
        yield from _explained(connection, scan)


def _scans(connection: duckdb.DuckDBPyConnection, key: str) -> list[_Scan]:
    """The newest scans of a repository, under its name at the scan or a name in a link."""
    rows = connection.execute(
        """
        with named as (
            select latest_scan.scan_id
            from latest_scan
            inner join scan using (scan_id)
            where scan.host || '/' || repository_key(scan.owner, scan.name) = $key
            union
            select latest_scan.scan_id
            from latest_scan
            inner join unit using (unit_id)
            where unit.host || '/' || repository_key(unit.owner, unit.name) = $key
        )

        select
            scan.scan_id,
            scan.unit_id,
            scan.host,
            scan.owner,
            scan.name,
            scan.commit_id,
            scan.committed_at,
            scan.status,
            scan.message,
            repo_label.label,
            repo_label.family,
            repo_label.variant,
            repo_label.style,
            repo_label.dominance,
            repo_label.confidence,
            repo_label.basis,
            code_host.blob,
            code_host.anchor
        from named
        inner join scan using (scan_id)
        left join repo_label using (scan_id)
        left join code_host on scan.host = code_host.host
        order by scan.unit_id
        """,
        {"key": key},
    ).fetchall()
    return [_Scan(*row) for row in rows]


def _explained(connection: duckdb.DuckDBPyConnection, scan: _Scan) -> Iterator[str]:
    day = f" of {scan.committed_at:%Y-%m-%d}" if scan.committed_at else ""
    commit = f", commit {scan.commit_id[:10]}{day}" if scan.commit_id else ""
    yield f"{scan.unit_id}{commit}"
    yield f"  label       {_label(scan)}"
    if scan.label is None:
        return
    if scan.basis == "corrected":
        for text in corrections_of(connection, scan.unit_id, ["label"]):
            yield f"  by hand     {text}"
    yield from _frameworks(connection, scan)
    yield from _variant(connection, scan)
    yield from _lowered(connection, scan)
    yield from _papers(connection, scan)


def _label(scan: _Scan) -> str:
    if scan.label is None:
        return f"unknown, because the scan failed ({scan.status}): {scan.message}"
    if scan.basis == "corrected":
        return f"{scan.label} (corrected by hand)"
    if scan.dominance is None:
        return f"none: its code imports no framework; confidence {scan.confidence}"
    details = [f"{scan.dominance:.0%} of the weight", f"confidence {scan.confidence}"]
    if scan.family != scan.label:
        details.insert(0, f"family {scan.family}")
    if scan.variant:
        details.insert(0, f"TensorFlow {scan.variant}")
    if scan.style:
        details.append(f"{scan.style} style")
    return f"{scan.label} ({', '.join(details)})"


def _frameworks(connection: duckdb.DuckDBPyConnection, scan: _Scan) -> Iterator[str]:
    rows = connection.execute(
        "select framework, files, imports, score::double, evidence from repo_framework "
        "where scan_id = ? order by score desc, imports desc, framework",
        [scan.scan_id],
    ).fetchall()
    for framework, files, imports, score, evidence in rows:
        yield f"  {framework:11} weight {score:.4g} (files: {files}, imports: {imports})"
        for proof in evidence:
            yield f"    {proof['module']:24} {scan.link(proof['path'], proof['line'])}"


def _variant(connection: duckdb.DuckDBPyConnection, scan: _Scan) -> Iterator[str]:
    row = connection.execute(
        "select variant, dominance, evidence, style, style_evidence from repo_variant "
        "where scan_id = ?",
        [scan.scan_id],
    ).fetchone()
    if row is None:
        return
    variant, dominance, evidence, style, style_evidence = row
    if variant is not None:
        yield f"  TensorFlow {variant}, {dominance:.0%} of the weight, shown by"
        yield from _names(scan, evidence)
    if style is not None:
        yield f"  {style} style, shown by"
        yield from _names(scan, style_evidence)


def _names(scan: _Scan, evidence: list[dict[str, Any]]) -> Iterator[str]:
    for proof in evidence:
        yield f"    {proof['name']:24} {scan.link(proof['path'], proof['line'])}"


def _lowered(connection: duckdb.DuckDBPyConnection, scan: _Scan) -> Iterator[str]:
    rows = connection.execute(
        """
        select framework, why, imports, weight::double, first
        from lowered_import
        where scan_id = ?
        order by imports desc, framework, why
        """,
        [scan.scan_id],
    ).fetchall()
    if rows:
        yield "  imports with a lowered weight"
    for framework, why, imports, weight, first in rows[:_LOWERED_GROUPS]:
        yield f"    {framework}, weight {weight:.4g} (imports: {imports}): {why}"
        yield f"      {scan.link(first['path'], first['line'])}"
    if len(rows) > _LOWERED_GROUPS:
        yield f"    and {len(rows) - _LOWERED_GROUPS} more groups: see the view lowered_import"


def _papers(connection: duckdb.DuckDBPyConnection, scan: _Scan) -> Iterator[str]:
    rows = connection.execute(
        """
        select
            paper.paper_id,
            paper.title,
            min(paper_link.source_label),
            min(paper_link.unit_id)
        from corrected_link as paper_link
        inner join latest_scan using (unit_id)
        inner join paper using (paper_id)
        where latest_scan.scan_id = ?
        group by paper.paper_id, paper.title
        order by paper.paper_id
        """,
        [scan.scan_id],
    ).fetchall()
    for paper, title, label, unit_id in rows:
        named = f" (its source says {label})" if label else ""
        yield f"  paper       {paper} {title or ''}{named}"
        for text in corrections_of(connection, paper, ["link", "date", "venue"]):
            yield f"    by hand   {text}"
        yield from moments_of(connection, paper, unit_id)
    for text in papers_without_this_link(connection, scan.scan_id):
        yield f"  by hand     {text}"
