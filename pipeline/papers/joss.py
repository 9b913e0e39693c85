"""The Journal of Open Source Software: every published paper names its repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.identity import publication_date
from pipeline.papers.records import Page, PaperLink
from pipeline.settings import Settings

_MOST_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Joss:
    """Published papers; the cursor is the day of the newest."""

    settings: Settings
    client: PaperClient
    name: str = "joss"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each answer, until one is empty: the size of pages may change."""
        since = cursor or self.settings.since.isoformat()
        newest = since
        for number in range(1, _MOST_PAGES):
            url = f"{self.settings.joss_url}/papers/published.json"
            papers = self.client.get_json(url, {"page": number, "since": since})
            if not isinstance(papers, list):
                raise InputError(f"{url} returned no list of papers.")
            if not papers:
                yield Page([], 0, newest)
                return
            links = [link for paper in papers if (link := _paper_link(paper)) is not None]
            newest = max(
                [newest, *(link.published.day.isoformat() for link in links if link.published)]
            )
            yield Page(links, len(papers))


def _paper_link(paper: Any) -> PaperLink | None:
    if not isinstance(paper, dict):
        return None
    doi, link, title = (paper.get(key) for key in ("doi", "software_repository", "title"))
    if not isinstance(doi, str) or not isinstance(link, str) or not link.strip():
        return None
    published = publication_date(str(paper.get("published_at") or ""))
    return PaperLink(
        paper_id=f"joss:{doi}",
        source="joss",
        raw_link=link.strip(),
        title=title if isinstance(title, str) else None,
        published=published,
        venue="JOSS",
        venue_year=published.day.year if published else None,
        doi=doi,
        is_official=True,
    )
