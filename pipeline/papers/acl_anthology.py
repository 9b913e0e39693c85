"""The ACL Anthology (CC BY 4.0): papers of computational linguistics, in XML files on GitHub.

A file holds the volumes of a collection, such as ACL 2020. Links stand in abstracts, as text or in
the `href` of an `a`. Older commits of the files also have the link of Papers with Code (`pwccode`).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from pipeline.errors import InputError
from pipeline.links import link_snippets
from pipeline.papers.client import PaperClient
from pipeline.papers.identity import doi, publication_date
from pipeline.papers.records import Misread, Page, PaperLink, PublicationDate
from pipeline.papers.repository_files import ArchivedFile, changed_files
from pipeline.papers.xml import parse_xml, text_of
from pipeline.settings import Settings

_REPOSITORY = "acl-org/acl-anthology"
_FOLDER = "data/xml/"
_TEXTS = ("abstract", "software", "attachment")
_WORKSHOPS = "ws"
"""The venue that the Anthology gives to every workshop, beside the workshop's own."""

_FIRST_LETTERS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAME = re.compile(rf"(?i)\b({'|'.join(_FIRST_LETTERS)})[a-z]*")
_MONTH_NUMBER = re.compile(r"0?([1-9]|1[0-2])")
_OLD_COLLECTION = re.compile(r"[A-Z]\d\d")


@dataclass(frozen=True, slots=True)
class AclAnthology:
    """Every paper with a link.

    The cursor is JSON: the ETag of the repository's archive, and while the archive is being read,
    the last file that was read.
    """

    settings: Settings
    client: PaperClient
    name: str = "anthology"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each file, in the order of their names, if the repository has changed."""
        known: dict[str, str] = json.loads(cursor) if cursor else {}
        etag = None if "after" in known else known.get("etag")
        with changed_files(self.client, self.settings, _REPOSITORY, (_FOLDER,), etag) as archive:
            if archive is None:
                return
            same = archive.etag is not None and archive.etag == known.get("etag")
            after = known.get("after", "") if same else ""
            for file in archive.files:
                if file.path.endswith(".xml") and file.path > after:
                    state = {"etag": archive.etag, "after": file.path}
                    yield replace(_page(file), cursor=json.dumps(state))
            state = {"etag": archive.etag}
            yield Page([], 0, json.dumps(state), tuple(archive.misread))


def _page(file: ArchivedFile) -> Page:
    name = file.path.removeprefix(_FOLDER)
    try:
        collection = parse_xml(file.copy.read_bytes(), name, "collection")
    except InputError as error:
        return Page([], 0, misread=(Misread(name, str(error)),))
    misread: list[Misread] = []
    links = [
        link
        for volume in collection.iterfind("volume")
        for link in _volume_links(collection.get("id", ""), volume, misread)
    ]
    return Page(links, len(collection.findall("volume/paper")), misread=tuple(misread))


@dataclass(frozen=True, slots=True)
class _Volume:
    """What all papers of a volume share; `id` is such as 2020.acl-main."""

    collection: str
    number: str
    year: int | None
    published: PublicationDate | None
    venue: str | None

    @property
    def id(self) -> str:
        return f"{self.collection}-{self.number}"


def _volume_links(collection: str, element: Element, misread: list[Misread]) -> list[PaperLink]:
    """The links of a volume. `misread` gets what is invalid in papers with links, and in theirs."""
    papers = [(paper, links) for paper in element.iterfind("paper") if (links := _raw_links(paper))]
    if not papers:
        return []
    volume = _volume(collection, element, misread)
    return [
        link
        for paper, raw_links in papers
        for link in _paper_links(volume, paper, raw_links, misread)
    ]


def _volume(collection: str, element: Element, misread: list[Misread]) -> _Volume:
    number = element.get("id", "")
    place = f"{collection}-{number}"
    text = text_of(element, "meta/year", {})
    date = publication_date(text)
    year = date.day.year if date is not None and date.precision == "year" else None
    if year is None:
        misread.append(Misread(place, f"The year {text!r} of {place} is invalid."))
    venue = _venue(collection, element)
    if venue is None:
        misread.append(Misread(place, f"{place} names no venue."))
    published = _published(year, text_of(element, "meta/month", {}), place, misread)
    return _Volume(collection, number, year, published, venue)


def _venue(collection: str, element: Element) -> str | None:
    """The first venue of a volume: a workshop's own name, the first host of a joint conference.

    Older commits name none, but from 2020 on the id of the collection does (2020.acl).
    """
    texts = ((venue.text or "").strip() for venue in element.iterfind("meta/venue"))
    venues = [text for text in texts if text] or [collection.partition(".")[2]]
    return next((venue for venue in venues if venue != _WORKSHOPS), venues[0]) or None


def _published(
    year: int | None, month_text: str, place: str, misread: list[Misread]
) -> PublicationDate | None:
    """The first month of a text such as June-July or July 5-10."""
    if year is None:
        return None
    month = _month(month_text)
    if month is None and month_text:
        misread.append(Misread(place, f"The month {month_text!r} of {place} is invalid."))
    precision = "month" if month else "year"
    return PublicationDate(dt.date(year, month or 1, 1), precision)


def _paper_links(
    volume: _Volume, paper: Element, raw_links: dict[str, bool | None], misread: list[Misread]
) -> list[PaperLink]:
    number = paper.get("id", "")
    identifier = _anthology_id(volume.collection, volume.number, number)
    if identifier is None:
        misread.append(Misread(volume.id, f"{volume.id} has a paper of invalid id: {number!r}."))
        return []
    title = " ".join(text_of(paper, "title", {}).split())
    if not title:
        misread.append(Misread(identifier, f"{identifier} has no title."))
    doi_text = text_of(paper, "doi", {})
    known_doi = doi(doi_text)
    if doi_text and known_doi is None:
        misread.append(Misread(identifier, f"The DOI {doi_text!r} of {identifier} is invalid."))
    month = text_of(paper, "month", {})
    template = PaperLink(
        paper_id=f"anthology:{identifier}",
        source="anthology",
        raw_link="",
        title=title or None,
        published=_published(volume.year, month, identifier, misread)
        if month
        else volume.published,
        venue=volume.venue,
        venue_year=volume.year,
        doi=known_doi,
    )
    return [
        replace(template, raw_link=raw_link, is_official=is_official)
        for raw_link, is_official in raw_links.items()
    ]


def _raw_links(paper: Element) -> dict[str, bool | None]:
    """The links of a paper, and whether Papers with Code called them the authors' own."""
    links: dict[str, bool | None] = {}
    for code in paper.iterfind("pwccode"):
        if url := code.get("url", "").strip():  # it is empty where others wrote all the code
            links[url] = True
    for name in _TEXTS:
        for element in paper.iterfind(name):
            for snippet in link_snippets(_text_with_addresses(element)):
                links.setdefault(snippet, None)
    return links


def _text_with_addresses(element: Element) -> str:
    """The text of an element, and the addresses that its `a` elements lead to."""
    addresses = (link.get("href", "") for link in element.iter("a"))
    return " ".join(["".join(element.itertext()), *addresses])


def _anthology_id(collection: str, volume: str, paper: str) -> str | None:
    """The id of a paper: 2020.acl-main.3; before 2020 P19-1003 and, of workshops, W19-0103."""
    if not _OLD_COLLECTION.fullmatch(collection):
        return f"{collection}-{volume}.{paper}" if collection and volume and paper else None
    if not (volume.isdecimal() and paper.isdecimal()):
        return None
    many = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5)
    width = 2 if many else 1
    return f"{collection}-{int(volume):0{width}}{int(paper):0{4 - width}}"


def _month(text: str) -> int | None:
    if number := _MONTH_NUMBER.fullmatch(text):
        return int(number[1])
    name = _MONTH_NAME.search(text)
    return _FIRST_LETTERS.index(name[1].lower()) + 1 if name else None
