"""What every paper source gives, and how papers are identified and dated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_NEW_ARXIV = re.compile(r"(?:arxiv:)?(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v\d+)?", re.IGNORECASE)
_OLD_ARXIV = re.compile(
    r"(?:arxiv:)?([a-z-]+)(?:\.[A-Z]{2})?/(\d{2})(0[1-9]|1[0-2])(\d{3})(?:v\d+)?", re.IGNORECASE
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")


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
class Page:
    """Links that came together, out of how many papers, and where to go on after them.

    `cursor` is text that only its source reads; None leaves the stored one as it is. It is
    stored in one transaction with the links, so that a stop at any moment loses and repeats
    nothing.
    """

    links: list[PaperLink]
    papers_seen: int
    cursor: str | None = None


class PaperSource(Protocol):
    """A service or file that says where papers' code is."""

    @property
    def name(self) -> str:
        """As in paper_link.source."""
        ...

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """Pages after a cursor (None: from the beginning), the newest state last.

        Raises:
            InputError: it cannot be read (further); what came before stays.
        """
        ...


def arxiv_id(text: str | None) -> str | None:
    """The id without prefix and version (2101.00001, cs/0112017), or None when it is none."""
    if not text:
        return None
    text = text.strip()
    if new := _NEW_ARXIV.fullmatch(text):
        return f"{new[1]}{new[2]}.{new[3]}"
    if old := _OLD_ARXIV.fullmatch(text):
        return f"{old[1].lower()}/{old[2]}{old[3]}{old[4]}"
    return None


def arxiv_month(identifier: str) -> PublicationDate:
    """The month in which an arXiv id (as `arxiv_id` gives it) was assigned."""
    digits = identifier.rsplit("/", 1)[-1]
    year, month = int(digits[:2]), int(digits[2:4])
    century = 1900 if year > 90 else 2000
    return PublicationDate(dt.date(century + year, month, 1), "month")


def publication_date(text: str | None) -> PublicationDate | None:
    """A date as YYYY-MM-DD (with or without a time), YYYY-MM or YYYY; None when it is none."""
    text = (text or "").strip()
    try:
        if day := _DAY.match(text):
            return PublicationDate(dt.date(int(day[1]), int(day[2]), int(day[3])), "day")
        if month := _MONTH.fullmatch(text):
            return PublicationDate(dt.date(int(month[1]), int(month[2]), 1), "month")
        if year := _YEAR.fullmatch(text):
            return PublicationDate(dt.date(int(year[1]), 1, 1), "year")
    except ValueError:
        return None
    return None
