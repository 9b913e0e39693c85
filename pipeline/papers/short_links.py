"""The target addresses of shortened links, each requested once.

Requests go only to services that shorten links. Anybody may have put a link into a paper's text, so
the run reads the target from the redirect and never visits it.
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
    """Where a shortened link leads; None and a sentence if its service no longer knows it."""

    url: str
    target: str | None
    message: str | None = None


def follow(client: PaperClient, urls: Iterable[str]) -> Iterator[Followed]:
    """The target of each link. Links of a service that does not answer are left out."""
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
            raise RefusedError(f"{url} redirects nowhere.")
        at = urljoin(at, location)
        if not is_short_link(at):
            return at
    raise RefusedError(f"{url} redirects to {_HOPS} shortened links in a row.")
