"""The entries of papers as rows of shards. A large entry has several parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import duckdb
import orjson

from dashboards.search.shards import Row, script_text

_AT_ONCE = 20_000
"""Papers of a query: the JSON of all papers at once would fill the memory."""


def entry_rows(
    connection: duckdb.DuckDBPyConnection, sql: str, papers: int, most_bytes: int
) -> Iterator[Row[int]]:
    """The entries in the order of their numbers, each row with at most about `most_bytes`.

    `sql`: a query with the columns number, paper and repositories for papers $first to $last.
    """
    for first in range(0, papers, _AT_ONCE):
        chosen = {"first": first, "last": first + _AT_ONCE - 1}
        for number, paper, repositories in connection.execute(sql, chosen).fetchall():
            yield from _parts(number, paper, repositories, most_bytes)


def _parts(number: int, paper: str, repositories: list[str], most_bytes: int) -> Iterator[Row[int]]:
    """The entry in one row, or its repositories in several rows of at most `most_bytes`.

    A part is {paper, repositories, total, is_last}; `total` counts the repositories of all parts.
    """
    groups: list[list[str]] = [[]]
    size = len(script_text(paper).encode())
    for repository in repositories:
        length = len(script_text(repository).encode())
        if groups[-1] and size + length > most_bytes:
            groups.append([])
            size = len(script_text(paper).encode())
        groups[-1].append(repository)
        size += length
    for place, group in enumerate(groups):
        is_last = "true" if place == len(groups) - 1 else "false"
        json = (
            f'{{"paper":{paper},"repositories":[{",".join(group)}],'
            f'"total":{len(repositories)},"is_last":{is_last}}}'
        )
        yield Row(number, json, starts_shard=len(groups) > 1)


def id_row(paper_id: str, number: int, first_entries: Sequence[int]) -> Row[str]:
    """The row `[id, shard]`: the shard with the first part of the entry of a paper.

    `first_entries`: the number of the first paper of each shard. Shards of one paper begin with it.
    """
    shard = bisect_left(first_entries, number)
    if shard == len(first_entries) or first_entries[shard] != number:
        shard -= 1
    return Row(paper_id, orjson.dumps([paper_id, shard]).decode())
