"""The links of an arXiv record: in its comments, and at the end of its abstract."""

from __future__ import annotations

import email.utils

from pipeline.links import link_snippets
from pipeline.papers.identity import arxiv_id, publication_date
from pipeline.papers.records import PaperLink, PublicationDate

NAME = "arxiv"


def record_links(
    identifier: str,
    title: str,
    texts: tuple[str | None, ...],
    first_version: PublicationDate | None,
    doi: str | None = None,
) -> list[PaperLink]:
    """A link for each part of the texts (comments, abstract) that may name code.

    Empty if `identifier` is no arXiv id. `raw_link` is the text itself, so that a better parser can
    read it again.
    """
    known = arxiv_id(identifier)
    if known is None:
        return []
    snippets = dict.fromkeys(snippet for text in texts if text for snippet in link_snippets(text))
    return [
        PaperLink(
            paper_id=f"arxiv:{known}",
            source=NAME,
            raw_link=snippet,
            title=" ".join(title.split()) or None,
            published=first_version,
            arxiv_id=known,
            doi=doi or None,
        )
        for snippet in snippets
    ]


def version_date(text: str | None) -> PublicationDate | None:
    """A version's date as arXiv writes it, RFC 2822 or ISO 8601; None for any other text."""
    if not text:
        return None
    if iso := publication_date(text):
        return iso
    try:
        return PublicationDate(email.utils.parsedate_to_datetime(text).date(), "day")
    except ValueError:
        return None
