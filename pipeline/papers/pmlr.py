"""Proceedings of Machine Learning Research: ICML, AISTATS, COLT, UAI, CoRL and many more.

Each volume is a repository of the organisation mlresearch on GitHub: `_config.yml` describes the
conference, and `_posts/` has a file for each paper with YAML before its (empty) text. The link that
the authors gave is in `software`, others stand in `extras` and in abstracts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import yaml

from pipeline.errors import InputError, RefusedError
from pipeline.links import link_snippets
from pipeline.papers.client import PaperClient
from pipeline.papers.identity import doi, meaningful, publication_date
from pipeline.papers.records import Misread, Page, PaperLink, PublicationDate
from pipeline.papers.repository_files import Archive, ArchivedFile, changed_files
from pipeline.settings import Settings

_CONFIG = "_config.yml"
_POSTS = "_posts/"
_VOLUME = re.compile(r"[vr]?\d+")
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATED_NAME = re.compile(r"\d{4}-\d\d-\d\d-(.+)\.\w+")
_MARKUP = re.compile(r"</?[a-z]+>|[{}]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pmlr:
    """Every paper with a link of the volumes in ADOPTION_PMLR_VOLUMES.

    The cursor is JSON: volume -> ETag of its archive.
    """

    settings: Settings
    client: PaperClient
    name: str = "pmlr"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each volume that has changed."""
        etags: dict[str, str | None] = json.loads(cursor) if cursor else {}
        refused = []
        for volume in list(map(_volume, self.settings.pmlr_volumes)):
            try:
                yield from self._volume(volume, etags)
            except RefusedError as error:
                refused.append(str(error))  # a missing volume does not stop the others
        if refused:
            raise RefusedError(" ".join(refused))

    def _volume(self, volume: str, etags: dict[str, str | None]) -> Iterator[Page]:
        repository = f"mlresearch/{volume}"
        with changed_files(
            self.client, self.settings, repository, (_CONFIG, _POSTS), etags.get(volume)
        ) as archive:
            if archive is not None:
                etags[volume] = archive.etag
                yield replace(_page(volume, archive), cursor=json.dumps(etags))


def _volume(word: str) -> str:
    """The name of a volume's repository: v97, or r1 of a volume that was issued again."""
    if _VOLUME.fullmatch(word) is None:
        raise InputError(
            f"ADOPTION_PMLR_VOLUMES contains {word!r}. Write volumes as numbers, such as 97."
        )
    return f"v{word}" if word.isdecimal() else word


@dataclass(frozen=True, slots=True)
class _Conference:
    """What `_config.yml` says: name, year, and first day if it is in that year."""

    name: str | None = None
    year: int | None = None
    start: PublicationDate | None = None


def _page(volume: str, archive: Archive) -> Page:
    posts = [file for file in archive.files if file.path.startswith(_POSTS)]
    misread = list(archive.misread)
    conference = _conference(volume, archive, misread)
    links = [link for post in posts for link in _post(volume, post, conference, misread)]
    return Page(links, len(posts), misread=tuple(misread))


def _conference(volume: str, archive: Archive, misread: list[Misread]) -> _Conference:
    place = f"{volume}/{_CONFIG}"
    config: dict[str, Any] = {}
    for file in archive.files:
        if file.path == _CONFIG:
            config = _mapping(_text(file), place, misread)
    name = _word(config, "shortname") or _word(config, "booktitle")
    year = publication_date(_word(config, "year"))
    start = publication_date(_word(config, "start"))
    if name is None:
        misread.append(Misread(place, f"{place} names no conference."))
    if year is None:
        misread.append(Misread(place, f"{place} has no year."))
    elif start is not None and start.day.year != year.day.year:
        message = f"In {place} the first day, {start.day}, is not in the year {year.day.year}."
        misread.append(Misread(place, message))
        start = None
    return _Conference(name, year.day.year if year else None, start if year else None)


def _post(
    volume: str, file: ArchivedFile, conference: _Conference, misread: list[Misread]
) -> list[PaperLink]:
    """The links of a paper; none if its file has none or cannot be understood."""
    place = f"{volume}/{file.path}"
    front_matter = _FRONT_MATTER.match(_text(file))
    if front_matter is None:
        misread.append(Misread(place, f"{place} does not begin with YAML between two lines ---."))
        return []
    paper = _mapping(front_matter[1], place, misread)
    raw_links = _raw_links(paper)
    if not raw_links:
        return []
    title = _plain(_word(paper, "title") or "")
    if not title:
        misread.append(Misread(place, f"{place} has no title."))
    posted = publication_date(_word(paper, "date"))
    if posted is None:
        misread.append(
            Misread(place, f"{_word(paper, 'date')!r}, the date of {place}, is invalid.")
        )
    template = PaperLink(
        paper_id=f"pmlr:{volume}/{_id(paper, file)}",
        source="pmlr",
        raw_link="",
        title=title or None,
        published=_first_day(posted, conference),
        venue=conference.name,
        venue_year=conference.year,
        doi=doi(_word(paper, "doi")),
    )
    return [
        replace(template, raw_link=raw_link, is_official=is_official)
        for raw_link, is_official in raw_links.items()
    ]


def _first_day(posted: PublicationDate | None, conference: _Conference) -> PublicationDate | None:
    """The day of the proceedings or the first of the conference, which may be months before."""
    days = [date for date in (posted, conference.start) if date is not None]
    if days:
        return min(days, key=lambda date: date.day)
    return publication_date(str(conference.year)) if conference.year else None


def _raw_links(paper: dict[str, Any]) -> dict[str, bool | None]:
    """The links of a paper, and whether its authors gave them as their code."""
    links: dict[str, bool | None] = dict.fromkeys(_words(paper.get("software")), True)
    extras = paper.get("extras")
    addresses = (
        word
        for extra in (extras if isinstance(extras, list) else [])
        if isinstance(extra, dict)
        for word in _words(extra.get("link"))
    )
    for snippet in chain.from_iterable(map(link_snippets, addresses)):
        links.setdefault(snippet, None)
    for snippet in link_snippets(_word(paper, "abstract") or ""):
        links.setdefault(snippet, None)
    return links


def _id(paper: dict[str, Any], file: ArchivedFile) -> str:
    name = file.path.rpartition("/")[2]
    dated = _DATED_NAME.fullmatch(name)
    return _word(paper, "id") or (dated[1] if dated else name)


def _text(file: ArchivedFile) -> str:
    return _CONTROL.sub(" ", file.copy.read_text(encoding="utf-8", errors="replace"))


def _mapping(text: str, place: str, misread: list[Misread]) -> dict[str, Any]:
    """YAML as dicts and lists of text; empty, and a note, if it is invalid.

    The base loader creates no objects, numbers or dates, so no value can be invalid. The C loader
    is ten times as fast (0.2 ms a paper), but 30,000 nested brackets crash the process.
    """
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        cause = getattr(error, "problem", None) or type(error).__name__
        misread.append(Misread(place, f"{place} has invalid YAML: {cause}."))
        return {}
    if not isinstance(value, dict):
        misread.append(Misread(place, f"{place} has no fields."))
        return {}
    return value


def _words(value: Any) -> list[str]:
    """The texts of a field, which may be one text, a list or nothing."""
    values = value if isinstance(value, list) else [value]
    return [word for each in values if isinstance(each, str) and (word := meaningful(each))]


def _word(fields: dict[str, Any], name: str) -> str | None:
    return next(iter(_words(fields.get(name))), None)


def _plain(title: str) -> str:
    """A title without HTML, and without the braces of LaTeX ({N}et{GAN})."""
    return " ".join(_MARKUP.sub("", html.unescape(title)).split())
