"""arXiv by OAI-PMH: every record of a set that changed since a day. This reads all of arXiv.

arXiv allows one request in three seconds, one after the other, for all its interfaces together. The
date of a record is that of its last change, so a paper's date is that of its first version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.errors import InputError
from pipeline.papers.arxiv_records import NAME, record_links, version_date
from pipeline.papers.client import PaperClient
from pipeline.papers.identity import publication_date
from pipeline.papers.records import Page, PaperLink
from pipeline.papers.xml import parse_xml, text_of
from pipeline.settings import Settings

_NAMES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "raw": "http://arxiv.org/OAI/arXivRaw/",
}


@dataclass(frozen=True, slots=True)
class ArxivBulk:
    """Links in comments and abstracts of the sets in ADOPTION_ARXIV_SETS.

    The cursor is JSON: for each set the day to start from, and a token while the set is being read.
    """

    settings: Settings
    client: PaperClient
    name: str = NAME

    def fetch(self, cursor: str | None) -> Iterator[Page]:
        """A page for each answer, one set after the other."""
        state: dict[str, dict[str, str]] = json.loads(cursor) if cursor else {}
        for name in self.settings.arxiv_sets:
            state.setdefault(name, {"from": self.settings.since.isoformat()})
            yield from self._set(name, state)

    def _set(self, name: str, state: dict[str, dict[str, str]]) -> Iterator[Page]:
        at = state[name]
        while True:
            root, error = self._request(name, at)
            if error == "badResumptionToken":
                # the token has expired: start again at the last day read
                reached = at.get("reached", at["from"])
                if "token" not in at or reached == at["from"]:
                    raise InputError("arXiv rejects its own resumption token. Run it again later.")
                at = {"from": reached}
                continue
            if error == "noRecordsMatch":
                return
            if error is not None:
                raise InputError(f"arXiv refused the request: {error}.")
            records = root.findall(".//oai:record", _NAMES)
            links = [link for record in records for link in _links(record)]
            stamps = [text_of(record, "oai:header/oai:datestamp", _NAMES) for record in records]
            days = [date.day.isoformat() for stamp in stamps if (date := publication_date(stamp))]
            reached = max([at.get("reached", at["from"]), *days])
            token = text_of(root, ".//oai:resumptionToken", _NAMES)
            at = (
                {"from": at["from"], "token": token, "reached": reached}
                if token
                else {"from": reached}
            )
            state[name] = at
            yield Page(links, len(records), json.dumps(state))
            if not token:
                return

    def _request(self, name: str, at: dict[str, str]) -> tuple[Element, str | None]:
        """The root of an answer, and its error code if it has one."""
        params = {"verb": "ListRecords"}
        if "token" in at:
            params["resumptionToken"] = at["token"]
        else:
            params |= {"metadataPrefix": "arXivRaw", "set": name, "from": at["from"]}
        root = self.client.get_parsed(self.settings.arxiv_oai_url, params, _parsed)
        error = root.find("oai:error", _NAMES)
        return root, None if error is None else error.get("code", "unknown")


def _parsed(content: bytes) -> Element:
    return parse_xml(content, "arXiv", f"{{{_NAMES['oai']}}}OAI-PMH")


def _links(record: Element) -> list[PaperLink]:
    raw = record.find("oai:metadata/raw:arXivRaw", _NAMES)
    if raw is None:
        return []  # the record was deleted
    return record_links(
        text_of(raw, "raw:id", _NAMES),
        text_of(raw, "raw:title", _NAMES),
        (text_of(raw, "raw:comments", _NAMES), text_of(raw, "raw:abstract", _NAMES)),
        version_date(text_of(raw, "raw:version/raw:date", _NAMES)),
        text_of(raw, "raw:doi", _NAMES),
    )
