"""Hugging Face's daily papers: about 25 on each working day since May 2023.

People choose them, so they are not a fair sample of arXiv.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.days import first_day, utc_today
from pipeline.papers.identity import arxiv_id, publication_date
from pipeline.papers.records import Page, PaperLink
from pipeline.settings import Settings

FIRST_DAY = dt.date(2023, 5, 4)
_MOST_PAGES = 50
_PAPERS_A_PAGE = 100  # the most that is allowed


@dataclass(frozen=True, slots=True)
class HuggingFacePapers:
    """Every daily paper with a repository; the cursor is the last day read."""

    settings: Settings
    client: PaperClient
    today: Callable[[], dt.date] = utc_today
    name: str = "huggingface"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """One page a day, from a week before the cursor to today."""
        day = first_day(max(self.settings.since, FIRST_DAY), cursor)
        while day <= self.today():
            items = self._day(day)
            links = [link for item in items if (link := _paper_link(item)) is not None]
            yield Page(links, len(items), day.isoformat())
            day += dt.timedelta(days=1)

    def _day(self, day: dt.date) -> list[Any]:
        items: list[Any] = []
        for page in range(_MOST_PAGES):
            url = f"{self.settings.huggingface_url}/api/daily_papers"
            params = {"date": day.isoformat(), "p": page, "limit": _PAPERS_A_PAGE}
            answer = self.client.get_json(url, params)
            if not isinstance(answer, list):
                raise InputError(f"{url} returned no list of papers for {day}.")
            if not answer:
                break
            items += answer
        return items


def _paper_link(item: Any) -> PaperLink | None:
    """The link of a daily paper; None if it has no link, or is no paper."""
    paper = item.get("paper") if isinstance(item, dict) else None
    if not isinstance(paper, dict):
        return None
    identifier = arxiv_id(_text(paper.get("id")))
    page = _text(paper.get("projectPage"))
    link = _text(paper.get("githubRepo")) or (page if page and "github.com/" in page else None)
    if identifier is None or link is None:
        return None
    stars = paper.get("githubStars")
    published = _text(item.get("publishedAt")) or _text(paper.get("publishedAt"))
    return PaperLink(
        paper_id=f"arxiv:{identifier}",
        source="huggingface",
        raw_link=link,
        title=_text(paper.get("title")),
        published=publication_date(published),
        arxiv_id=identifier,
        # "user" means that somebody with an account gave the link, "auto" that a program found it
        is_official=None,
        source_stars=stars if type(stars) is int and 0 <= stars < 10**9 else None,
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
