"""Draws repositories from lists of links: the same seed and lists always give the same draw.

The rule is sql/sample/draw.sql: at most so many repositories of each stratum and year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.links import CodeLink, parse_link
from pipeline.papers.files import Row, file_rows
from pipeline.papers.paper_lists import list_links, row_links
from pipeline.papers.records import PaperLink
from pipeline.resources import SQL
from pipeline.store.database import open_in_memory, write
from pipeline.store.paper_rows import link_batch

_LINKS_A_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Design:
    """How a sample is drawn.

    `per_cell`: most repositories of a stratum and year. `of_year`: the same for single years.
    `whole`: the strata that are drawn completely.
    """

    seed: str
    per_cell: int
    whole: tuple[str, ...] = ()
    of_year: Mapping[int, int] = field(default_factory=dict)


def draw(links: Iterable[PaperLink], design: Design) -> pa.Table:
    """The drawn repositories: rows of sql/sample/draw.sql."""
    parameters = {
        "seed": design.seed,
        "per_cell": design.per_cell,
        "years": list(design.of_year),
        "sizes": list(design.of_year.values()),
        "whole": list(design.whole),
    }
    with open_in_memory("paper_venue") as store:
        for batch in _batches(links):
            write(store, link_batch(batch))
        query = (SQL / "sample" / "draw.sql").read_text(encoding="utf-8")
        return store.sql(query, params=parameters).to_arrow_table()


def links_of_lists(lists: Iterable[Path]) -> Iterator[PaperLink]:
    """Every link of some lists. Raises as `list_records`."""
    return (link for path in lists for link in list_links(path))


def drawn_rows(lists: Iterable[Path], drawn: pa.Table) -> pa.Table:
    """The rows of the lists that link to a drawn repository, unchanged but for four more columns.

    `list` is the file of the row. `stratum`, `stratum_year` and `weight` are those of the first
    drawn repository that the row links to. A column that has values of several types becomes text.
    """
    cells = {
        row["repository"]: {
            "stratum": row["stratum"],
            "stratum_year": row["year"],
            "weight": row["weight"],
        }
        for row in drawn.to_pylist()
    }
    rows = [
        {"list": path.name} | cells[key] | row
        for path in lists
        for row in file_rows(path)
        if (key := next((key for key in _repositories(row) if key in cells), None)) is not None
    ]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: _column([row.get(name) for row in rows]) for name in names})


def _batches(links: Iterable[PaperLink]) -> Iterator[list[PaperLink]]:
    rest = iter(links)
    while batch := list(islice(rest, _LINKS_A_BATCH)):
        yield batch


def _repositories(row: Row) -> Iterator[str]:
    """The repositories that a row links to: host/owner/name in lower case."""
    for link in row_links(row):
        parsed = parse_link(link.raw_link, bare_is_github=True)
        if isinstance(parsed, CodeLink):
            yield parsed.key


def _column(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values])
