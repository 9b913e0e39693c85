"""The manifest of a published file: when, by which versions, rules and settings, from how much."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version

import duckdb

from pipeline import __version__
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import checkpoint, now
from pipeline.store.rules import taxonomy_hash

_PACKAGES = ("duckdb", "pandas", "plotly", "prefect", "pyarrow")

Entry = tuple[str, str, str]
"""Part, name and value."""


def manifest_of(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, str]) -> list[Entry]:
    """The entries for a copy that is about to be published. `settings` must hold no secret."""
    parts = {
        "time": {"published_at": f"{now():%Y-%m-%d %H:%M:%S}"},
        "version": _versions(),
        "hash": {
            "rules": checkpoint(connection, "rules") or "",
            "taxonomy": taxonomy_hash(),
            "commits": _hash_of_commits(connection),
        },
        "count": _counts(connection),
        "stratum": _strata(connection),
        "setting": settings,
    }
    return [(part, name, str(value)) for part in parts for name, value in parts[part].items()]


def content_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """By what a published file was made, and of how much: the same for the same content.

    Names are `part.name`. Times and settings are left out. Empty for a file without a manifest.
    """
    tables = "select 1 from duckdb_tables() where table_name = 'manifest'"
    if not connection.execute(tables).fetchall():
        return {}
    rows = connection.execute(
        "select part || '.' || name, value from manifest "
        "where part in ('version', 'hash', 'count', 'stratum') order by all"
    ).fetchall()
    return dict(rows)


def write_manifest(connection: duckdb.DuckDBPyConnection, entries: Iterable[Entry]) -> None:
    """Replace the manifest of a database."""
    connection.execute("delete from manifest")
    connection.executemany("insert into manifest values (?, ?, ?)", [list(row) for row in entries])


def _versions() -> dict[str, str]:
    own = {"adoption": __version__, "scanner": SCANNER_VERSION, "python": platform.python_version()}
    return own | {package: version(package) for package in _PACKAGES}


def _hash_of_commits(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 of the scanned commits with their units, in an order of their own."""
    ((digest,),) = connection.execute(
        "select sha256(coalesce(string_agg(line, chr(10) order by line), '')) "
        "from (select distinct unit_id || ' ' || commit_id as line from scan)"
    ).fetchall()
    return str(digest)


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    totals = connection.sql(
        "select *, (select count(distinct commit_id) from scan) as scanned_commits, "
        "(select count(*) from correction where is_applied) as corrections from totals"
    )
    return dict(zip(totals.columns, map(str, totals.fetchall()[0]), strict=True))


def _strata(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        "select stratum, count(*)::varchar from sample_repository group by all order by all"
    ).fetchall()
    return dict(rows)
