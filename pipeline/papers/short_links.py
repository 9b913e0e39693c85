"""Shortened links -> the addresses that they stand for, each asked for once.

Only services that shorten links are asked, whatever they lead to: a link in a paper's text is
anybody's, and the address behind it is read, never visited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from pipeline.errors import InputError, RefusedError
from pipeline.links import is_short_link
from pipeline.papers.client import PaperClient

_HOPS = 5


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a shortened link leads; None and a sentence where its service knows it no more."""

    url: str
    target: str | None
    message: str | None = None


def follow(client: PaperClient, urls: Iterable[str]) -> Iterator[Followed]:
    """Each link's target. Of a service that gives no answer, no more is asked, and none told."""
    silent = set()
    for url in urls:
        if (host := urlsplit(url).hostname) in silent:
            continue
        try:
            yield Followed(url, _target(client, url))
        except RefusedError as error:
            yield Followed(url, None, str(error))
        except InputError:
            silent.add(host)


def _target(client: PaperClient, url: str) -> str:
    at = url
    for _ in range(_HOPS):
        location = client.head(at).get("Location")
        if not location:
            raise RefusedError(f"{url} leads nowhere.")
        at = urljoin(at, location)
        if not is_short_link(at):
            return at
    raise RefusedError(f"{url} leads from one shortened link to another ({_HOPS}).")
