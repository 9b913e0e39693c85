"""Paper lists in files: the Papers with Code archive, or your own list.

Papers with Code closed in July 2025; its archive of links (CC-BY-SA 4.0) is a table with the
columns paper_url, paper_title, paper_arxiv_id, repo_url, is_official, framework and more, of
which older dumps lack some. Your own list needs a column with the link and may have
any of the other columns under the names below.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import InputError
from pipeline.links import CodeLink, parse_links
from pipeline.papers.arxiv_records import record_links, version_date
from pipeline.papers.files import Row, file_records
from pipeline.papers.identity import (
    address_id,
    arxiv_id,
    arxiv_month,
    doi,
    meaningful,
    publication_date,
)
from pipeline.papers.records import Misread, Page, PaperLink
from pipeline.settings import Settings

_COLUMNS = {
    "link": ("repo_url", "link", "raw_link", "url", "code", "code_url", "github", "repository"),
    "title": ("paper_title", "title"),
    "arxiv": ("paper_arxiv_id", "arxiv_id", "arxiv"),
    "page": ("paper_url", "paper_id", "id", "page"),
    "address": ("url",),
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
_ONE_LINK = re.compile(r"https?://[\w.~%/-]+")
_PAGE = 2000
_TRUE = {"true", "1", "yes", "t"}
_FALSE = {"false", "0", "no", "f"}


@dataclass(frozen=True, slots=True)
class PaperLists:
    """Every row of the files that ADOPTION_LINKS names; the cursor is JSON, file -> its SHA-256."""

    settings: Settings
    name: str = "list"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """Pages of at most 2,000 records of the files that have changed."""
        known: dict[str, str] = json.loads(cursor) if cursor else {}
        for path in _files(Path(self.settings.links or "")):
            content = _sha256(path)
            if known.get(str(path)) == content:
                continue
            records = list_records(path)
            while read := list(islice(records, _PAGE)):
                links = [link for record in read for link in record.links]
                yield Page(links, len(read), misread=tuple(m for r in read for m in r.misread))
            known[str(path)] = content
            yield Page([], 0, json.dumps(known))


class ListRecord(NamedTuple):
    """The links of a record of a list, and its invalid fields."""

    links: list[PaperLink]
    misread: list[Misread]


def list_links(path: Path) -> Iterator[PaperLink]:
    """Every link of a list, in its order. Raises as `list_records`."""
    return (link for record in list_records(path) for link in record.links)


def list_records(path: Path) -> Iterator[ListRecord]:
    """Every record of a list, in its order.

    A paper is known by its arXiv id, else by its own id, its page, its DOI or its title. Dates: the
    column if there is one, else the month of the arXiv id, else the year of the venue.

    Raises:
        InputError: the file cannot be read, holds no record, or no record has a column with links.
    """
    records = has_links = False
    for number, fields, problem in file_records(path):
        records = True
        place = f"{path.name}, record {number}"
        if fields is None:
            yield ListRecord([], [Misread(place, f"{place}: {problem}")])
            continue
        row = _named(fields)
        if _is_of_snapshot(row):
            has_links = True
            yield ListRecord(row_links(fields), [])
            continue
        has_links |= any(name in row for name in _COLUMNS["link"])
        if not _is_repeated_header(row):
            yield ListRecord(row_links(fields), _misread(row, place))
    if not records:
        raise InputError(f"The list {path} is empty: it has no record.")
    if not has_links:
        wanted = ", ".join(_COLUMNS["link"])
        raise InputError(f"{path} has no column with links. Name that column {wanted}.")


def row_links(fields: Row) -> list[PaperLink]:
    """The links of a record of a list: at least one, unless its form has none or it is a header."""
    row = _named(fields)
    if _is_of_snapshot(row):
        return _snapshot_links(row)
    if _is_repeated_header(row):
        return []
    source = "pwc" if "paperswithcode.com/" in (_text(row, "page") or "") else "list"
    return paper_links(row, source)


def _named(fields: Row) -> Row:
    """The fields of a record by their names in lower case."""
    return {str(key).strip().lower(): value for key, value in fields.items() if key is not None}


def _is_of_snapshot(row: Row) -> bool:
    return row.keys() >= _ARXIV_SNAPSHOT


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
    except FileNotFoundError:
        raise InputError(f"There is no list at {path}. Check the path.") from None
    except OSError as error:
        raise InputError(f"The list {path} cannot be read: {error.strerror}.") from None


def paper_links(row: Row, source: str) -> list[PaperLink]:
    """The links of a row: one for each repository that its link columns name, at least one."""
    link = paper_link(row, source)
    return [replace(link, raw_link=text) for text in _raw_links(row)]


def paper_link(row: Row, source: str) -> PaperLink:
    """The link of a row with columns as in the Papers with Code archive, or under other names."""
    identifier = next(filter(None, (arxiv_id(_text(row, name)) for name in _NAMING)), None)
    date = publication_date(_text(row, "date"))
    if date is None and identifier is not None:
        date = arxiv_month(identifier)
    year, stars = _number(row, "year"), _number(row, "stars")
    return PaperLink(
        paper_id=f"arxiv:{identifier}" if identifier else f"{source}:{_own_id(row)}",
        source=source,
        raw_link=_raw_links(row)[0],
        title=_text(row, "title"),
        published=date or publication_date(_text(row, "year")),
        venue=_text(row, "venue"),
        venue_year=year,
        arxiv_id=identifier,
        doi=doi(_text(row, "doi")),
        is_official=_truth(_text(row, "official")),
        source_label=_text(row, "label"),
        source_stars=stars if stars is not None and stars < 10**9 else None,
    )


_NAMING = ("arxiv", "page", "doi", "address")
"""Fields that may hold an arXiv id or address."""


def _raw_links(row: Row) -> list[str]:
    """The texts of a row that name its repositories, each repository once; [''] where none is.

    A list may have several columns of links, of which one is the paper's page and another blank,
    and a cell may hold several links.
    """
    cells = [text for name in _COLUMNS["link"] if (text := meaningful(_as_text(row.get(name))))]
    if len(cells) == 1 and _ONE_LINK.fullmatch(cells[0]):
        return cells
    found: dict[str, str] = {}
    for cell in cells:
        links = parse_links(cell, bare_is_github=True)
        code = [link for link in links if isinstance(link, CodeLink)]
        for link in code:
            found.setdefault(link.unit_id, cell if len(code) == 1 else link.url)
    return list(found.values()) or cells[:1] or [""]


def _own_id(row: Row) -> str:
    """What identifies a paper that has no arXiv id; of two rows that say nothing, each is one."""
    if own := _text(row, "page"):
        return address_id(own)
    if identifier := doi(_text(row, "doi")):
        return identifier.lower()
    known = _text(row, "title") or _raw_links(row)[0] or json.dumps(row, default=str)
    return hashlib.sha256(known.lower().encode()).hexdigest()[:16]


def _misread(row: Row, place: str) -> list[Misread]:
    """The invalid fields of a row."""
    readers: dict[str, Callable[[str], object]] = {
        "arxiv": arxiv_id,
        "date": publication_date,
        "doi": doi,
        "official": _truth,
        "stars": _whole_number,
        "year": _whole_number,
    }
    return [
        Misread(place, f"{place}: {text[:60]!r} in the column {field} is invalid.")
        for field, read in readers.items()
        if (text := _text(row, field)) is not None and read(text) is None
    ]


def _text(row: Row, field: str) -> str | None:
    """The first column of a field with a value."""
    texts = (meaningful(_as_text(row.get(name))) for name in _COLUMNS[field])
    # 0 is a number of stars, and no id
    return next(
        (text for text in texts if text and (field not in _NAMING or text.strip("0."))), None
    )


def _as_text(value: Any) -> str | None:
    return None if value is None or value != value else str(value)


def _number(row: Row, field: str) -> int | None:
    text = _text(row, field)
    return None if text is None else _whole_number(text)


def _whole_number(text: str) -> int | None:
    """A number that a spreadsheet may have written as 2019.0 or 1,234."""
    plain = text.replace(",", "").removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) < 19 else None


def _truth(text: str | None) -> bool | None:
    text = (text or "").lower().removesuffix(".0")
    return True if text in _TRUE else False if text in _FALSE else None


def _is_repeated_header(row: Row) -> bool:
    """Joined files repeat their header line in the middle."""
    return any(row.get(name) == name for name in _COLUMNS["link"])
