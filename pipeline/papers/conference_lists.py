"""Papers of conferences from papercopilot/paperlists: one JSON file for each venue and year.

The files hold names, addresses and profiles of persons, so only the columns named here are read.
They state no licence, so they are not passed on. Programs read some of the links out of PDF files,
and some links are invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.identity import arxiv_id, publication_date
from pipeline.papers.records import Page, PaperLink
from pipeline.settings import Settings

_CONFERENCE = re.compile(r"([a-z]+)((?:19|20)\d\d)")
_REJECTED = re.compile(r"(?i)reject|withdraw|desk")


@dataclass(frozen=True, slots=True)
class ConferenceLists:
    """Links of the conferences in ADOPTION_CONFERENCES; the cursor is JSON, list -> ETag."""

    settings: Settings
    client: PaperClient
    name: str = "conferences"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each list that has changed."""
        etags: dict[str, str] = json.loads(cursor) if cursor else {}
        for conference in map(str.lower, self.settings.conferences):
            parts = _CONFERENCE.fullmatch(conference)
            if parts is None:
                raise InputError(
                    f"ADOPTION_CONFERENCES names {conference!r}; write conferences like iclr2018."
                )
            url = f"{self.settings.conferences_url}/{parts[1]}/{conference}.json"
            papers, etag = self.client.get_changed(url, etags.get(conference))
            if etag is not None and etag == etags.get(conference):
                continue
            if not isinstance(papers, list):
                raise InputError(f"{url} is not a list of papers.")
            found = (_paper_link(paper, parts[1], int(parts[2])) for paper in papers)
            if etag:
                etags[conference] = etag
            links = [link for link in found if link is not None]
            yield Page(links, len(papers), json.dumps(etags))


def _paper_link(paper: Any, venue: str, year: int) -> PaperLink | None:
    if not isinstance(paper, dict) or _REJECTED.search(_text(paper, "status")):
        return None
    page = _text(paper, "project")
    link = _text(paper, "github") or (page if "github.com/" in page else "")
    if not link:
        return None
    identifier = arxiv_id(_text(paper, "arxiv").rpartition("/")[2] or None)
    own = _text(paper, "id") or _text(paper, "title") or link
    return PaperLink(
        paper_id=f"arxiv:{identifier}" if identifier else f"conferences:{venue}{year}/{own}",
        source="conferences",
        raw_link=link,
        title=_text(paper, "title") or None,
        published=publication_date(str(year)),
        venue=venue.upper(),
        venue_year=year,
        arxiv_id=identifier,
        doi=_text(paper, "doi") or None,
        is_official=None,
    )


def _text(paper: dict[str, Any], column: str) -> str:
    value = paper.get(column)
    return value.strip() if isinstance(value, str) else ""
