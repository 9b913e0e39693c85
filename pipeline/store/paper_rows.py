"""Papers and their links as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.links import CodeLink, UnusableLink, parse_link
from pipeline.papers.records import PaperLink
from pipeline.papers.short_links import Followed
from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch, now

_BELIEVED = frozenset({"pwc"})
"""Sources that rightly link papers older than GitHub to implementations that others wrote later.

Lists of conferences were filled in by programs that invent links for old papers.
"""


def link_batch(links: Iterable[PaperLink]) -> Batch:
    """Papers and their links, parsed; a paper that comes twice keeps what either row knows."""
    papers: dict[str, dict[str, Any]] = {}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    seen_at = now()
    for link in links:
        paper = _paper_row(link) | {"seen_at": seen_at}
        known = papers.setdefault(link.paper_id, paper)
        known |= {key: value for key, value in paper.items() if value is not None}
        rows[link.paper_id, link.source, link.raw_link] = _link_row(link) | {"seen_at": seen_at}
    return {
        "paper": arrow_table("paper", list(papers.values())),
        "paper_link": arrow_table("paper_link", list(rows.values())),
    }


def _paper_row(link: PaperLink) -> dict[str, Any]:
    return {
        "paper_id": link.paper_id,
        "title": link.title,
        "published_on": link.published.day if link.published else None,
        "date_precision": link.published.precision if link.published else None,
        "venue": link.venue,
        "venue_year": link.venue_year,
        "arxiv_id": link.arxiv_id,
        "doi": link.doi,
    }


def _link_row(link: PaperLink) -> dict[str, Any]:
    year = link.published.day.year if link.published else None
    row: dict[str, Any] = {
        "paper_id": link.paper_id,
        "source": link.source,
        "raw_link": link.raw_link,
        "is_official": link.is_official,
        "source_label": link.source_label,
        "source_stars": link.source_stars,
    }
    return row | _parsed(link.source, link.raw_link, year)


def reparsed(rows: Iterable[dict[str, Any]], targets: Mapping[str, str] | None = None) -> Batch:
    """Stored links read anew: rows of sql/due/stored_links.sql.

    `targets`: where shortened links lead, by the raw link; these are read instead.
    """
    seen_at = now()
    links = []
    for row in rows:
        year = row["published_on"].year if row["published_on"] else None
        target = (targets or {}).get(row["raw_link"])
        parsed = _parsed(row["source"], target or row["raw_link"], year)
        if target and "flags" in parsed:
            parsed["flags"].append("shortened")
        links.append(row | parsed | {"seen_at": seen_at})
    return {"paper_link": arrow_table("paper_link", links)}


def short_link_batch(followed: Iterable[Followed]) -> Batch:
    """Shortened links and where they lead."""
    rows = [
        {"url": item.url, "target": item.target, "message": item.message, "followed_at": now()}
        for item in followed
    ]
    return {"short_link": arrow_table("short_link", rows)}


def _parsed(source: str, raw_link: str, year: int | None) -> dict[str, Any]:
    """The columns of paper_link that a link's text decides."""
    doubted = None if source in _BELIEVED else year
    parsed = parse_link(raw_link, bare_is_github=True, paper_year=doubted)
    match parsed:
        case UnusableLink(reason, message):
            return {"problem": reason, "problem_message": message}
        case CodeLink():
            return {
                "unit_id": parsed.unit_id,
                "host": parsed.host,
                "owner": parsed.owner,
                "name": parsed.name,
                "ref": parsed.ref,
                "subdir": parsed.subdir,
                "flags": list(parsed.flags),
            }
