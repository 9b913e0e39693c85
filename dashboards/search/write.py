"""Writes the folder search/ of the site: the index, the results and the entries."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import orjson

from dashboards.look import NAMES
from dashboards.search.entries import entry_rows, id_row
from dashboards.search.postings import posting_row
from dashboards.search.shards import Row, script_text, write_shards
from pipeline.resources import SQL

_TABLES = (
    *("searched_paper", "paper_key", "judged_paper"),
    *("shown_paper", "shown_repository", "shown_moment", "scan_proof"),
)
"""Temporary tables, in the order in which they need one another."""
_KEY_BYTES = 40_000
_ID_BYTES = 20_000
_RECORD_BYTES = 6_000
_ENTRY_BYTES = 90_000
"""The largest shards: docs/decisions/0011 says how many of them a search and an entry load."""
_AT_ONCE = 20_000
_SOURCES = {"pwc": "Papers with Code", "list": "a conference list", "overrides": "a correction"}


def write_search(connection: duckdb.DuckDBPyConnection, site: Path) -> None:
    """Write the search and every entry into site/search, in place of those from before."""
    folder = site / "search"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for name in _TABLES:
            connection.execute(_sql(name))
        directory = _write_shards(connection, folder)
    finally:
        for name in (*_TABLES, "wide_prefix"):
            connection.execute(f"drop table if exists temp.{name}")
    json = orjson.dumps(directory).decode()
    (folder / "directory.js").write_text(
        f'shard("directory",{script_text(json)});\n', encoding="utf-8"
    )


def _write_shards(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, object]:
    """Write all shards; gives the directory, by which the page finds them.

    `keys`, `prefixes`, `ids`: the first key or id of each shard. `records`: the number of the first
    paper of each shard, as the difference from the shard before.
    """
    (papers,) = connection.execute("select count(*) from searched_paper").fetchall()[0]
    keys = _write_postings(connection, "posting", folder / "keys", papers)
    _store_wide_prefixes(connection, keys)
    prefixes = _write_postings(connection, "prefix_posting", folder / "prefixes", papers)
    records = (Row(*row) for row in _rows(connection, "record"))
    first_records = write_shards(folder / "records", records, _RECORD_BYTES)
    entries = entry_rows(connection, _sql("entry"), papers, _ENTRY_BYTES)
    first_entries = write_shards(folder / "entries", entries, _ENTRY_BYTES)
    ids = (id_row(paper, number, first_entries) for paper, number in _rows(connection, "paper_id"))
    return {
        "papers": papers,
        "keys": keys,
        "prefixes": prefixes,
        "ids": write_shards(folder / "ids", ids, _ID_BYTES),
        "records": [number - before for before, number in pairwise([0, *first_records])],
        "frameworks": NAMES,
        "sources": _SOURCES,
    }


def _write_postings(
    connection: duckdb.DuckDBPyConnection, query: str, folder: Path, papers: int
) -> list[str]:
    rows = (posting_row(key, numbers, papers) for key, numbers in _rows(connection, query))
    return write_shards(folder, rows, _KEY_BYTES)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query in sql/site, without all of them in memory at once."""
    for batch in connection.sql(_sql(query)).to_arrow_reader(_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _store_wide_prefixes(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> None:
    connection.execute(
        "create or replace temp table wide_prefix as select unnest($prefixes::varchar[]) as prefix",
        {"prefixes": wide_prefixes(keys)},
    )


def wide_prefixes(keys: list[str]) -> list[str]:
    """The prefixes with which the first keys of two or more shards begin.

    The keys with such a prefix are in many shards, so its papers are stored once more, together.
    """
    wide = set()
    for key, after in pairwise(keys):
        beginnings = (key[:length] for length in range(1, len(key) + 1))
        wide |= {beginning for beginning in beginnings if after.startswith(beginning)}
    return sorted(wide)


def _sql(name: str) -> str:
    return (SQL / "site" / f"{name}.sql").read_text(encoding="utf-8")
