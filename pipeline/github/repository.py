"""A repository as GitHub describes it: the same record for REST and GraphQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Status
from pipeline.links import is_commit_id


@dataclass(frozen=True, slots=True)
class Name:
    """A linked name and, after its first lookup, the number of the repository that links mean."""

    owner: str
    name: str
    repo_id: int | None = None
    asked_as: tuple[str, ...] = ()
    """The linked names that this lookup answers, owner/name in lower case."""

    @property
    def key(self) -> str:
        return f"{self.owner}/{self.name}".lower()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.asked_as or (self.key,)


@dataclass(frozen=True, slots=True)
class Repository:
    """A row of `repo`: times are UTC without zone, sizes as in the table's comments."""

    repo_id: int
    owner: str
    name: str
    status: Status
    message: str | None = None
    created_at: dt.datetime | None = None
    pushed_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    archived_at: dt.datetime | None = None
    stars: int | None = None
    forks: int | None = None
    size_kb: int | None = None
    is_fork: bool | None = None
    is_archived: bool | None = None
    is_template: bool | None = None
    is_disabled: bool | None = None
    is_mirror: bool | None = None
    is_private: bool | None = None
    parent_id: int | None = None
    parent_name: str | None = None
    primary_language: str | None = None
    languages: tuple[tuple[str, int], ...] | None = None
    licence: str | None = None
    topics: tuple[str, ...] | None = None
    default_branch: str | None = None
    head_commit: str | None = None
    head_committed_at: dt.datetime | None = None
    commits: int | None = None
    api: str = ""

    @property
    def key(self) -> str:
        return f"{self.owner}/{self.name}".lower()


@dataclass(frozen=True, slots=True)
class Lookup:
    """The result of looking a name up: a row of `repo_lookup` for each of `asked.keys`.

    `repository` is the one that the links mean; `newcomer` is another that has taken its name.
    `is_unchanged`: by GitHub, nothing has changed since the repository was stored.
    """

    asked: Name
    status: Status
    message: str | None = None
    block_reason: str | None = None
    repository: Repository | None = None
    newcomer: Repository | None = None
    is_unchanged: bool = False
    etag: tuple[str, str] | None = None
    """(address, ETag) of the answer, if it had one."""


def found(asked: Name, repository: Repository) -> Lookup:
    """The lookup of a name that leads to a repository, which may have another name now."""
    if repository.status is Status.EMPTY:
        return Lookup(asked, Status.EMPTY, repository.message, repository=repository)
    if repository.key != asked.key:
        message = f"{asked.owner}/{asked.name} is now {repository.owner}/{repository.name}."
        return Lookup(asked, Status.RENAMED, message, repository=repository)
    return Lookup(asked, Status.OK, repository=repository)


def utc(text: object) -> dt.datetime | None:
    """An ISO 8601 time of GitHub in UTC, without zone; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):  # a zone can move it out of the years 1 to 9999
        return None


def inner(node: Any, *path: str) -> Any:
    """A value deep in JSON; None if anything on the way is absent or null."""
    for step in path:
        if not isinstance(node, dict):
            return None
        node = node.get(step)
    return node


def text(value: object) -> str | None:
    """A string of JSON; None for anything else."""
    return value if isinstance(value, str) else None


def number(value: object) -> int | None:
    """A whole number of JSON that a column can hold; None for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**63 else None


def identity(repo_id: object, full_name: object) -> tuple[int, str, str] | None:
    """Number, owner and name of a repository, given its number and "owner/name" as JSON values.

    None if one of them is missing: then the answer describes no repository.
    """
    known_id, words = number(repo_id), text(full_name)
    if known_id is None or words is None or "/" not in words:
        return None
    owner, name = words.split("/", 1)
    return known_id, owner, name


def flag(value: object) -> bool | None:
    """A truth value of JSON; None for anything else."""
    return value if isinstance(value, bool) else None


def commit_id(value: object) -> str | None:
    """The id of a commit; None for anything else. It becomes an argument of git."""
    return value if isinstance(value, str) and is_commit_id(value) else None
