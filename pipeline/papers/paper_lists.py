"""Paper lists in files: the Papers with Code archive, or a list of one's own.

Papers with Code closed in July 2025; its archive of links (CC-BY-SA 4.0) is a table with the
columns paper_url, paper_title, paper_arxiv_id, repo_url, is_official, framework and more, of
which older dumps lack some. A list of one's own needs a column with the link and may have any
of the others under the names below.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.papers.arxiv_records import record_links, version_date
from pipeline.papers.files import Row, file_rows
from pipeline.papers.records import Page, PaperLink, arxiv_id, arxiv_month, publication_date
from pipeline.settings import Settings

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
    "stars": ("stars", "stargazers_count", "github_stars"),
}
_ARXIV_SNAPSHOT = {"id", "title", "abstract", "comments", "versions"}
_SNAPSHOT_TEXTS = ("id", "title", "comments", "abstract", "doi")
_PAGE = 2000
_TRUE = {"true", "1", "yes", "t"}
_FALSE = {"false", "0", "no", "f"}
_NO_CLAIM = {"", "none", "null", "nan"}


@dataclass(frozen=True, slots=True)
class PaperLists:
    """Every row of the files that ADOPTION_LINKS names; the cursor is JSON, file -> its SHA-256."""

    settings: Settings
    name: str = "list"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """Pages of at most 2,000 links of the files that have changed."""
        known: dict[str, str] = json.loads(cursor) if cursor else {}
        for path in _files(Path(self.settings.links or "")):
            content = _sha256(path)
            if known.get(str(path)) == content:
                continue
            links = list_links(path)
            while page := list(islice(links, _PAGE)):
                yield Page(page, len(page))
            known[str(path)] = content
            yield Page([], 0, json.dumps(known))


def list_links(path: Path) -> Iterator[PaperLink]:
    """Every row of a file, in its order.

    A paper without an arXiv id is known by its Papers with Code slug, its own id or, failing
    both, its title. Dates: the column if there is one, else the month of the arXiv id, else the
    year of the venue.

    Raises:
        InputError: the file cannot be read or has no column with links.
    """
    for row in file_rows(path):
        row = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
        if row.keys() >= _ARXIV_SNAPSHOT:
            yield from _snapshot_links(row)
            continue
        if not any(name in row for name in _COLUMNS["link"]):
            wanted = ", ".join(_COLUMNS["link"])
            raise InputError(f"{path} has no column with links. Name one of its columns {wanted}.")
        if not _is_repeated_header(row):
            source = "pwc" if "paperswithcode.com/" in (_text(row, "page") or "") else "list"
            yield paper_link(row, source)


def _snapshot_links(row: Row) -> list[PaperLink]:
    """Links of a record of arXiv's snapshot (Kaggle, CC0): they stand in its texts."""
    versions = row["versions"]
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    identifier, title, comments, abstract, doi, created = (
        value if isinstance(value, str) else ""
        for value in (*(row.get(name) for name in _SNAPSHOT_TEXTS), created)
    )
    return record_links(identifier, title, (comments, abstract), version_date(created), doi)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")
    return [path]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"The list {path} cannot be read: {error}") from None


def paper_link(row: Row, source: str) -> PaperLink:
    """The link of a row with columns as in the Papers with Code archive, or under other names."""
    identifier = arxiv_id(_text(row, "arxiv"))
    date = publication_date(_text(row, "date"))
    if date is None and identifier is not None:
        date = arxiv_month(identifier)
    year, stars = _text(row, "year"), _text(row, "stars")
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
        source_stars=int(stars) if stars and stars.isdecimal() and len(stars) < 10 else None,
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
