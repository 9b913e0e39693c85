"""The records that every paper source yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """First public date; with precision month or year, the first day of it."""

    day: dt.date
    precision: str


@dataclass(frozen=True, slots=True)
class PaperLink:
    """One source's claim that the code of a paper is at a link; raw text, not yet parsed."""

    paper_id: str
    source: str
    raw_link: str
    title: str | None = None
    published: PublicationDate | None = None
    venue: str | None = None
    venue_year: int | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    is_official: bool | None = None
    source_label: str | None = None
    source_stars: int | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """An invalid part of a source: its place, and a message."""

    item: str
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """The links of one response, the number of its papers, and the cursor of the next request.

    `cursor` is text that only its source reads; None leaves the stored one as it is. It is
    stored in one transaction with the links, so that a stop at any moment loses and repeats
    nothing. `misread`: the invalid parts of the page.
    """

    links: list[PaperLink]
    papers_seen: int
    cursor: str | None = None
    misread: tuple[Misread, ...] = ()


class PaperSource(Protocol):
    """A service or file that lists papers with links to their code."""

    @property
    def name(self) -> str:
        """As in paper_link.source."""
        ...

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """Pages after a cursor (None: from the beginning), the newest state last.

        Raises:
            InputError: the source failed; the pages before the failure are valid.
        """
        ...
