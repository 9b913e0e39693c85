"""arXiv's query interface: a part of arXiv, by ADOPTION_ARXIV_QUERY and day of submission.

A query gives at most 30,000 results, and now and then an empty page before the end. So the number
of results is compared with the total in the answer, and an empty page is requested again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.errors import InputError
from pipeline.papers.arxiv_records import record_links, version_date
from pipeline.papers.client import PaperClient
from pipeline.papers.days import first_day, utc_today
from pipeline.papers.records import Page, PaperLink
from pipeline.papers.xml import parse_xml, text_of
from pipeline.settings import Settings

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_PAGE_SIZES = (100, 50, 25)  # a page that fails at one size may work at another
_EMPTY_TRIES = 3
_MOST_RESULTS = 30_000
_WINDOW = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ArxivSlice:
    """Links in comments and abstracts of the query's papers; the cursor is the last day read."""

    settings: Settings
    client: PaperClient
    today: Callable[[], dt.date] = utc_today
    name: str = "arxiv_query"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each answer; the cursor moves at the end of each window of days."""
        day = first_day(self.settings.since, cursor)
        while day <= self.today():
            last = min(day + _WINDOW, self.today())
            yield from self._window(day, last)
            yield Page([], 0, last.isoformat())
            day = last + dt.timedelta(days=1)

    def _window(self, first: dt.date, last: dt.date) -> Iterator[Page]:
        total, entries = self._page(first, last, 0)
        if total > _MOST_RESULTS and first < last:
            middle = first + (last - first) // 2
            yield from self._window(first, middle)
            yield from self._window(middle + dt.timedelta(days=1), last)
            return
        start = 0
        while entries:
            yield Page([link for entry in entries for link in _links(entry)], len(entries))
            start += len(entries)
            if start >= min(total, _MOST_RESULTS):
                return
            _, entries = self._page(first, last, start, total)

    def _page(
        self, first: dt.date, last: dt.date, start: int, total: int | None = None
    ) -> tuple[int, list[Element]]:
        """The total, and the entries from a place on; none if every attempt gives an empty page."""
        stated = 0
        for size in _PAGE_SIZES:
            for _ in range(_EMPTY_TRIES):
                stated, entries = self._request(first, last, start, size)
                if entries:
                    return stated, entries
        if total is not None or stated:
            raise InputError(
                f"arXiv returned {start} of {total or stated} papers of {first} to {last}, then "
                "only empty pages. Run it again later."
            )
        return 0, []

    def _request(
        self, first: dt.date, last: dt.date, start: int, size: int
    ) -> tuple[int, list[Element]]:
        days = f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
        params = {
            "search_query": f"({self.settings.arxiv_query}) AND {days}",
            "start": str(start),
            "max_results": str(size),
            "sortBy": "submittedDate",
            "sortOrder": "ascending",
        }
        root = self.client.get_parsed(self.settings.arxiv_api_url, params, _parsed)
        entries = root.findall("atom:entry", _NAMES)
        if entries and text_of(entries[0], "atom:title", _NAMES) == "Error":
            reason = text_of(entries[0], "atom:summary", _NAMES)
            raise InputError(f"arXiv refused the query: {reason}. Check ADOPTION_ARXIV_QUERY.")
        return int(text_of(root, "search:totalResults", _NAMES)), entries


def _parsed(content: bytes) -> Element:
    """A feed that states its total; without one its end cannot be known."""
    root = parse_xml(content, "arXiv", f"{{{_NAMES['atom']}}}feed")
    total = text_of(root, "search:totalResults", _NAMES)
    if not (total.isascii() and total.isdigit() and len(total) < 10):
        raise InputError("arXiv returned a feed without a total.")
    return root


def _links(entry: Element) -> list[PaperLink]:
    return record_links(
        text_of(entry, "atom:id", _NAMES).rpartition("/abs/")[2],
        text_of(entry, "atom:title", _NAMES),
        (text_of(entry, "arxiv:comment", _NAMES), text_of(entry, "atom:summary", _NAMES)),
        version_date(text_of(entry, "atom:published", _NAMES)),
        text_of(entry, "arxiv:doi", _NAMES),
    )
