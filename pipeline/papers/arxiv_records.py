"""An arXiv record -> links: they stand in the comments and at the end of the abstract."""

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
    """A link for each place in the texts (comments, abstract) that may be code.

    None if `identifier` is no arXiv id. `raw_link` is as it stands there, so that a better parser
    can read it again.
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
    """Of a version's date as arXiv writes it, RFC 2822 or ISO 8601; None when it is none."""
    if not text:
        return None
    if iso := publication_date(text):
        return iso
    try:
        return PublicationDate(email.utils.parsedate_to_datetime(text).date(), "day")
    except ValueError:
        return None
