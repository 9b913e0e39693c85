"""Lookups of repositories: which interface to use, and names whose links were damaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from pipeline.errors import GithubError, Status, WrongAddressError
from pipeline.github.client import Github
from pipeline.github.graphql import FIRST_SIZE, GraphqlMetadata
from pipeline.github.repository import Lookup, Name
from pipeline.github.rest import RestMetadata
from pipeline.links import CodeLink, parse_link

WITHOUT_TOKEN = (
    "Without ADOPTION_GITHUB_TOKEN, GitHub answers 60 requests an hour: dates, stars and renames "
    "of a few repositories. The others stay due. Code is collected in any case. A token without "
    "any scope will do: set it in the environment or in .env."
)

READ_OTHERWISE = (
    "GitHub has no such repository, nor exactly one that the damaged name may have meant."
)


_MOST_MISSING = 20


class Metadata(Protocol):
    """An interface that looks names up."""

    def look_up(self, names: Sequence[Name]) -> Iterator[list[Lookup]]:
        """The lookup of every name, in lists, as answers arrive."""
        ...


class VerifiedMetadata:
    """Metadata whose 404s are held back until GitHub itself is known to answer.

    A wrong ADOPTION_GITHUB_API_URL would answer 404 for every repository.
    """

    def __init__(self, metadata: Metadata, github: Github) -> None:
        self._metadata = metadata
        self._github = github
        self._is_verified = False

    def look_up(self, names: Sequence[Name]) -> Iterator[list[Lookup]]:
        """The lookup of every name, in lists, as answers arrive.

        Raises:
            WrongAddressError: the address is not GitHub's; no lookup is given.
            GithubError: no further request can succeed.
        """
        held_back: list[list[Lookup]] = []
        try:
            for lookups in self._metadata.look_up(names):
                held_back.append(lookups)
                if self._verifies(held_back):
                    yield from held_back
                    held_back = []
        except WrongAddressError:
            raise
        except GithubError:
            yield from held_back
            raise
        yield from held_back

    def _verifies(self, held_back: list[list[Lookup]]) -> bool:
        if self._is_verified:
            return True
        if all(lookup.status is Status.NOT_FOUND for lookup in held_back[-1]):
            if sum(map(len, held_back)) < _MOST_MISSING:
                return False
            self._github.confirm_address()
        self._is_verified = True
        return True


def open_metadata(github: Github, etags: dict[str, str], batch_size: str | None) -> Metadata:
    """GraphQL, or REST without a token; `batch_size` is the one that worked in the last run."""
    rest = RestMetadata(github, etags)
    if github.settings.github_api == "rest" or not github.has_token:
        return rest
    return GraphqlMetadata(github, rest, int(batch_size or FIRST_SIZE))


def batch_size(metadata: Metadata) -> str | None:
    """The batch size with which the next run should begin; None for REST."""
    return str(metadata.size) if isinstance(metadata, GraphqlMetadata) else None


def names_of(rows: Sequence[dict[str, Any]]) -> list[Name]:
    """The names to look up, from rows of sql/due/names.sql."""
    return [Name(row["owner"], row["name"], row["repo_id"], tuple(row["asked_as"])) for row in rows]


def other_readings(rows: Sequence[dict[str, Any]]) -> dict[Name, list[Name]]:
    """Names that do not exist, each with other names that its damaged link may have meant.

    Rows are those of sql/due/misread_names.sql. A lost underscore may have been a hyphen, and
    digits at the end may be a page number.
    """
    readings: dict[Name, list[Name]] = {}
    for row in rows:
        link = parse_link(row["raw_link"], bare_is_github=True)
        if isinstance(link, CodeLink) and link.candidates:
            asked = Name(link.owner, link.name, asked_as=(row["name_key"],))
            readings[asked] = [Name(link.owner, candidate) for candidate in link.candidates]
    return readings


def read_otherwise(asked: Name, lookups: Sequence[Lookup]) -> Lookup | None:
    """The lookup of a damaged name, from the lookups of the names that it may have meant.

    The name is repaired if exactly one of them exists. None if a lookup failed for now.
    """
    if any(lookup.status.is_transient for lookup in lookups):
        return None
    existing = [lookup for lookup in lookups if lookup.repository is not None]
    if len({lookup.repository.repo_id for lookup in existing if lookup.repository}) != 1:
        return Lookup(asked, Status.NOT_FOUND, READ_OTHERWISE)
    read = existing[0]
    message = f"The link's {asked.owner}/{asked.name} was read as {read.asked.name}."
    return replace(read, asked=asked, status=Status.REPAIRED, message=message, etag=None)
