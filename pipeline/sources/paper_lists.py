"""Paper lists in files: the Papers with Code archive, or a list of one's own.

Papers with Code closed in July 2025; its archive of links (CC-BY-SA 4.0) is a table with the
columns paper_url, paper_title, paper_arxiv_id, repo_url, is_official, framework and more, of
which older dumps lack some. A list of one's own needs a column with the link and may have any
of the others under the names below.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.settings import Settings
from pipeline.sources.files import Row, file_rows
from pipeline.sources.records import (
    PaperLink,
    SourceError,
    arxiv_id,
    arxiv_month,
    publication_date,
)

_COLUMNS = {
    "link": ("repo_url", "link", "raw_link", "url", "code", "code_url", "github", "repository"),
    "title": ("paper_title", "title"),
    "arxiv": ("paper_arxiv_id", "arxiv_id", "arxiv"),
    "page": ("paper_url", "paper_id", "id"),
    "date": ("date", "published_on", "published"),
    "venue": ("proceeding", "venue", "conference"),
    "year": ("venue_year", "year"),
    "doi": ("doi",),
    "official": ("is_official", "official"),
    "label": ("framework", "label"),
}
_TRUE = {"true", "1", "yes", "t"}
_FALSE = {"false", "0", "no", "f"}
_NO_CLAIM = {"", "none", "null", "nan"}


def fetch(settings: Settings) -> Iterator[PaperLink]:
    """Every row of the file that ADOPTION_LINKS names, in its order.

    A paper without an arXiv id is known by its Papers with Code slug, its own id or, failing
    both, its title. Dates: the column if there is one, else the month of the arXiv id, else the
    year of the venue.

    Raises:
        SourceError: the file cannot be read or has no column with links.
    """
    path = Path(settings.links)
    for row in file_rows(path):
        row = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
        if not any(name in row for name in _COLUMNS["link"]):
            wanted = ", ".join(_COLUMNS["link"])
            raise SourceError(f"{path} has no column with links. Name one of its columns {wanted}.")
        if not _is_repeated_header(row):
            yield _paper_link(row)


def _paper_link(row: Row) -> PaperLink:
    identifier = arxiv_id(_text(row, "arxiv"))
    date = publication_date(_text(row, "date"))
    if date is None and identifier is not None:
        date = arxiv_month(identifier)
    year = _text(row, "year")
    source = "pwc" if "paperswithcode.com/" in (_text(row, "page") or "") else "list"
    return PaperLink(
        paper_id=f"arxiv:{identifier}" if identifier else _own_id(row, source),
        source=source,
        raw_link=_text(row, "link") or "",
        title=_text(row, "title"),
        published=date or publication_date(year),
        venue=_text(row, "venue"),
        venue_year=int(year) if year and year.isdigit() else None,
        arxiv_id=identifier,
        doi=_text(row, "doi"),
        is_official=_truth(_text(row, "official")),
        source_label=_claim(_text(row, "label")),
    )


def _own_id(row: Row, source: str) -> str:
    own = _text(row, "page")
    if own:
        return f"{source}:{own.rstrip('/').rsplit('/', 1)[-1]}"
    known = _text(row, "title") or _text(row, "link") or ""
    return f"{source}:{hashlib.sha256(known.lower().encode()).hexdigest()[:16]}"


def _text(row: Row, field: str) -> str | None:
    value: Any = next((row[name] for name in _COLUMNS[field] if row.get(name) is not None), None)
    if value is None or value != value:
        return None
    return str(value).strip() or None


def _truth(text: str | None) -> bool | None:
    text = (text or "").lower()
    return True if text in _TRUE else False if text in _FALSE else None


def _claim(label: str | None) -> str | None:
    return None if (label or "").lower() in _NO_CLAIM else label


def _is_repeated_header(row: Row) -> bool:
    """Joined files repeat their header line in the middle."""
    return any(row.get(name) == name for name in _COLUMNS["link"])
