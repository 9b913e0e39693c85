"""Lookups of repositories -> Arrow rows for the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from pipeline.errors import Status
from pipeline.github.repository import Lookup, Repository
from pipeline.links import GITHUB_HOST
from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch

_LOST = {
    Status.NOT_FOUND: Status.VANISHED,
    Status.NAME_REUSED: Status.VANISHED,
    Status.BLOCKED: Status.BLOCKED,
}
"""The status of a known repository after a lookup with one of these outcomes."""

_REPOSITORY = [field.name for field in fields(Repository)]


def lookup_batch(lookups: Iterable[Lookup], now: dt.datetime) -> Batch:
    """What lookups tell: rows of the repo tables, and `lost_repo` and `unchanged_repo`, which
    sql/write turns into changes of rows that are there."""
    lookups = list(lookups)
    repositories = {item.repo_id: item for lookup in lookups for item in _told(lookup)}
    day = now.date()
    observed = [_observation(item, day) for item in repositories.values()]
    lost = [row for lookup in lookups for row in _lost(lookup)]
    unchanged = [
        {"repo_id": lookup.asked.repo_id, "observed_on": day}
        for lookup in lookups
        if lookup.is_unchanged
    ]
    validators = [
        {"url": lookup.etag[0], "etag": lookup.etag[1], "seen_at": now}
        for lookup in lookups
        if lookup.etag is not None
    ]
    looked_up = [row for lookup in lookups for row in _lookup_rows(lookup, now)]
    return {
        "repo": arrow_table("repo", [_repo_row(item, now) for item in repositories.values()]),
        "repo_observation": arrow_table("repo_observation", observed),
        "repo_name": arrow_table("repo_name", list(_names(lookups, now))),
        "lost_repo": arrow_table("repo", lost, ("repo_id", "status", "message")),
        "unchanged_repo": arrow_table("repo_observation", unchanged, ("repo_id", "observed_on")),
        "repo_lookup": arrow_table("repo_lookup", looked_up),
        "http_validator": arrow_table("http_validator", validators),
    }


def _told(lookup: Lookup) -> Iterator[Repository]:
    """The repositories that an answer describes."""
    if lookup.repository is not None:
        yield lookup.repository
    if lookup.newcomer is not None:
        yield lookup.newcomer


def _repo_row(repository: Repository, now: dt.datetime) -> dict[str, Any]:
    # asdict would copy every value deeply, which takes half the time of a refresh
    row: dict[str, Any] = {name: getattr(repository, name) for name in _REPOSITORY}
    row |= {"host": GITHUB_HOST, "fetched_at": now}
    if repository.languages is not None:
        row["languages"] = [
            {"name": name, "size_bytes": size} for name, size in repository.languages
        ]
    return row


def _observation(repository: Repository, day: dt.date) -> dict[str, Any]:
    return {
        "repo_id": repository.repo_id,
        "observed_on": day,
        "stars": repository.stars,
        "forks": repository.forks,
        "pushed_at": repository.pushed_at,
        "status": repository.status,
    }


def _names(lookups: list[Lookup], now: dt.datetime) -> Iterator[dict[str, Any]]:
    """Every name of a repository: the requested name and the current name."""
    pairs: set[tuple[str, int]] = set()
    for lookup in lookups:
        pairs |= {(item.key, item.repo_id) for item in _told(lookup)}
        answering = lookup.newcomer or lookup.repository
        if answering is not None:
            pairs.add((lookup.asked.key, answering.repo_id))
    for key, repo_id in sorted(pairs):
        yield {
            "host": GITHUB_HOST,
            "name_key": key,
            "repo_id": repo_id,
            "first_seen_at": now,
            "last_seen_at": now,
        }


def _lost(lookup: Lookup) -> Iterator[dict[str, Any]]:
    """A known repository that no longer exists or is no longer public."""
    repo_id = lookup.asked.repo_id
    if repo_id is None or lookup.repository is not None:
        return
    if lookup.status in _LOST:
        yield {"repo_id": repo_id, "status": _LOST[lookup.status], "message": lookup.message}


def _lookup_rows(lookup: Lookup, now: dt.datetime) -> Iterator[dict[str, Any]]:
    repo_id = lookup.asked.repo_id
    if repo_id is None and lookup.repository is not None:
        repo_id = lookup.repository.repo_id
    now_called = lookup.repository.key if lookup.repository else lookup.asked.key
    for key in lookup.asked.keys:
        # later lookups use the new name, but links still have the old one
        is_renamed = lookup.status is Status.OK and key != now_called
        yield {
            "host": GITHUB_HOST,
            "name_key": key,
            "repo_id": repo_id,
            "status": Status.RENAMED if is_renamed else lookup.status,
            "message": f"{key} is now {now_called}." if is_renamed else lookup.message,
            "block_reason": lookup.block_reason,
            "looked_up_at": now,
        }
