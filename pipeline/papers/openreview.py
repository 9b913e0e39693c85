"""OpenReview: accepted papers of venues, with the links that their authors gave.

Since 2026 OpenReview shows nothing without an account (ADOPTION_OPENREVIEW_USER and _PASSWORD).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import InputError
from pipeline.links import link_snippets
from pipeline.papers.client import PaperClient
from pipeline.papers.records import Page, PaperLink, PublicationDate
from pipeline.settings import Settings

_NOTES = 1000
_MOST_PAGES = 200
_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_FIRST_YEAR_OF_V2 = 2023


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Links in any text of a note; the cursor is JSON, venue -> last note seen."""

    settings: Settings
    client: PaperClient
    name: str = "openreview"

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each answer, one venue after the other."""
        last: dict[str, str] = json.loads(cursor) if cursor else {}
        tokens: dict[str, str] = {}
        for venue in self.settings.openreview_venues:
            year = _YEAR.search(venue)
            is_old = year is not None and int(year[1]) < _FIRST_YEAR_OF_V2
            url = self.settings.openreview_old_url if is_old else self.settings.openreview_url
            token = tokens[url] if url in tokens else tokens.setdefault(url, self._log_in(url))
            for _ in range(_MOST_PAGES):
                notes = self._notes(url, token, venue, last.get(venue))
                if not notes:
                    break
                newest = str(notes[-1].get("id") or "")
                if newest in ("", last.get(venue)):
                    raise InputError(
                        f"OpenReview repeats its pages for {venue}. Run it again later."
                    )
                last[venue] = newest
                links = [link for note in notes for link in _links(note, venue)]
                yield Page(links, len(notes), json.dumps(last))

    def _log_in(self, url: str) -> str:
        user, password = self.settings.openreview_user, self.settings.openreview_password
        if not user or password is None:
            raise InputError(
                "OpenReview requires an account. Set ADOPTION_OPENREVIEW_USER and "
                "ADOPTION_OPENREVIEW_PASSWORD, or leave openreview out of ADOPTION_PAPERS."
            )
        body = {"id": user, "password": password.get_secret_value()}
        try:
            answer = self.client.post_json(f"{url}/login", body)
        except InputError as error:
            raise InputError(f"Log-in failed: {error} Check the password.") from None
        token = answer.get("token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise InputError("OpenReview returned no token. Check the user name and the password.")
        return token

    def _notes(self, url: str, token: str, venue: str, after: str | None) -> list[dict[str, Any]]:
        params = {"content.venueid": venue, "limit": _NOTES, "sort": "tcdate:asc"}
        if after is not None:
            params["after"] = after
        try:
            answer = self.client.get_json(
                f"{url}/notes", params, {"Authorization": f"Bearer {token}"}
            )
        except InputError as error:
            if "ChallengeRequired" in str(error):
                raise InputError(
                    "OpenReview requires a challenge that only people can solve. Log in there once "
                    "with the account of ADOPTION_OPENREVIEW_USER, then run the command again."
                ) from None
            raise
        notes = answer.get("notes") if isinstance(answer, dict) else None
        if not isinstance(notes, list):
            raise InputError(f"OpenReview returned no notes for {venue}.")
        return [note for note in notes if isinstance(note, dict)]


def _links(note: dict[str, Any], venue: str) -> Iterator[PaperLink]:
    content = note.get("content")
    if not isinstance(content, dict):
        return
    # version 2 wraps every value in an object
    values = {
        key: value.get("value") if isinstance(value, dict) else value
        for key, value in content.items()
    }
    texts = [value for key, value in values.items() if isinstance(value, str) and key != "_bibtex"]
    title = values.get("title")
    year = _YEAR.search(venue)
    for snippet in dict.fromkeys(snippet for text in texts for snippet in link_snippets(text)):
        yield PaperLink(
            paper_id=f"openreview:{note.get('forum') or note.get('id')}",
            source="openreview",
            raw_link=snippet,
            title=title if isinstance(title, str) else None,
            published=_day(note.get("pdate") or note.get("tcdate") or note.get("cdate")),
            venue=venue.partition(".")[0],
            venue_year=int(year[1]) if year else None,
        )


def _day(milliseconds: Any) -> PublicationDate | None:
    """The day of a time in milliseconds since 1970."""
    if not isinstance(milliseconds, int | float):
        return None
    try:
        return PublicationDate(dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date(), "day")
    except (ValueError, OverflowError, OSError):
        return None
