"""Ids and dates of papers, parsed from text in any usual format."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote, urlsplit

from dateutil.parser import parse

from pipeline.papers.records import PublicationDate

_PLACEHOLDERS = frozenset(
    "n/a na n.a. none null nil nan nat - -- – — . ? unknown tbd tba todo untitled "
    "#n/a undefined no n/d".split()
)
_ARXIV_BEFORE = re.compile(
    r"(?i)^(?:https?://)?(?:dx\.)?(?:www\.|export\.|ar5iv\.labs\.)?"
    r"(?:doi\.org/)?(?:10\.48550/)?"
    r"(?:ar[x5]iv(?:\.org)?|alphaxiv\.org|huggingface\.co)?[/.:\s]*"
    r"(?:(?:abs|pdf|html|format|src|papers|e-print)/)?"
)
_ARXIV_AFTER = re.compile(r"(?i)(?:\.pdf)?(?:[?#].*)?(?:\s*\[[\w.-]+\])?\s*$")
_NEW_ARXIV = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v\d+)?")
_OLD_ARXIV = re.compile(r"([a-z-]+)(?:\.[A-Z]{2})?/(\d{2})(0[1-9]|1[0-2])(\d{3})(?:v\d+)?", re.I)
_FIVE_DIGITS_FROM = "1501"
_DOI = re.compile(r"(?i)^(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$")
_DAY = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?:[T\s].*)?")
_COMPACT_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_LONG_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEFAULTS = (dt.datetime(1904, 1, 1), dt.datetime(1908, 2, 2))


def meaningful(text: str | None) -> str | None:
    """The text without blanks around it; None where it only says that there is nothing."""
    text = (text or "").strip()
    return None if not text or text.lower() in _PLACEHOLDERS else text


def arxiv_id(text: str | None) -> str | None:
    """The id without prefix and version (2101.00001, cs/0112017), or None where there is none.

    Reads an id, an address of arXiv or one of its mirrors, and arXiv's own DOI.
    """
    bare = _ARXIV_AFTER.sub("", _ARXIV_BEFORE.sub("", (text or "").strip()))
    if new := _NEW_ARXIV.fullmatch(bare):
        digits = new[3]
        if len(digits) == 4 and new[1] + new[2] >= _FIVE_DIGITS_FROM:
            digits += "0"  # a spreadsheet took the id for a number and dropped its last zero
        return f"{new[1]}{new[2]}.{digits}"
    if old := _OLD_ARXIV.fullmatch(bare):
        return f"{old[1].lower()}/{old[2]}{old[3]}{old[4]}"
    return None


def doi(text: str | None) -> str | None:
    """A DOI without the address before it, or None where there is none."""
    found = _DOI.match((text or "").strip())
    return found[1].rstrip(".,;") if found else None


def address_id(text: str) -> str:
    """An id from a paper's own id or from the address of its page.

    Two pages of one site may end alike (v80/chen18a.html, v84/chen18a.html), so host and path
    count, and the query where it names the paper. Papers with Code is known by its slug.
    """
    parts = urlsplit(text if "://" in text else f"//{text}" if "." in text.split("/")[0] else text)
    if not parts.netloc:
        return text.strip("/")
    host = parts.netloc.lower().removeprefix("www.")
    path = unquote(parts.path).strip("/")
    if host == "paperswithcode.com":
        return path.rsplit("/", 1)[-1]
    query = f"?{parts.query}" if "id=" in parts.query else ""
    return f"{host}/{path}{query}".rstrip("/")


def arxiv_month(identifier: str) -> PublicationDate:
    """The month in which an arXiv id (as `arxiv_id` gives it) was assigned."""
    digits = identifier.rsplit("/", 1)[-1]
    year, month = int(digits[:2]), int(digits[2:4])
    century = 1900 if year > 90 else 2000
    return PublicationDate(dt.date(century + year, month, 1), "month")


def publication_date(text: str | None) -> PublicationDate | None:
    """A date in any form that has one reading only; None for every other text.

    03/06/2019 is June to some and March to others, so it is no date. 13/06/2019 has one reading.
    """
    text = (text or "").strip()
    try:
        if day := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
            return PublicationDate(dt.date(*map(int, day.group("y", "m", "d"))), "day")
        if year := _YEAR.fullmatch(text):
            return PublicationDate(dt.date(int(year[1]), 1, 1), "year")
        if month := _MONTH.fullmatch(text):
            return PublicationDate(dt.date(int(month[1]), int(month[2]), 1), "month")
        return _written_out(text) if _LONG_YEAR.search(text) else None
    except (ValueError, OverflowError):
        return None


def _written_out(text: str) -> PublicationDate | None:
    """A date as people write it (3 Jun 2019), read with day and with month first.

    What the text leaves out comes from the default, so two defaults tell how exact it is.

    Raises:
        ValueError: the text is no date.
    """
    first, second = (parse(text, default=default) for default in _DEFAULTS)
    if parse(text, default=_DEFAULTS[0], dayfirst=True) != first or first.year != second.year:
        return None
    if first.month != second.month:
        return PublicationDate(dt.date(first.year, 1, 1), "year")
    if first.day != second.day:
        return PublicationDate(dt.date(first.year, first.month, 1), "month")
    return PublicationDate(first.date(), "day")
