"""Every error that a person reads, and the statuses of items that failed on their own.

An error says what happened and what to do about it. data/outcomes.csv says what a status means.
"""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache

from pipeline.resources import DATA


class Means(StrEnum):
    """What follows from a status."""

    ANSWER = "answer"
    """Nothing, until the item changes."""
    GONE = "gone"
    """The item is looked for again after ADOPTION_RECHECK_DAYS."""
    AGAIN = "again"
    """The next run tries again."""
    ENDS_RUN = "ends_run"
    """No other item can succeed either."""


@cache
def statuses(step: str, *means: Means) -> frozenset[str]:
    """The statuses of a step (links, metadata or code) that mean one of these."""
    with (DATA / "outcomes.csv").open(encoding="utf-8") as file:
        return frozenset(
            row["status"]
            for row in csv.DictReader(file)
            if row["step"] == step and row["means"] in means
        )


class Status(StrEnum):
    """What became of a paper source, a link, or a name that GitHub was asked about.

    Links that cannot be used and scans have their own: `links.Problem`, `scan.records.ScanStatus`.
    """

    USABLE = "usable"
    FAILED = "failed"
    NOT_UNDERSTOOD = "not_understood"

    OK = "ok"
    RENAMED = "renamed"
    REPAIRED = "repaired"
    EMPTY = "empty"
    NAME_REUSED = "name_reused"
    NOT_FOUND = "not_found"
    VANISHED = "vanished"
    BLOCKED = "blocked"
    REFUSED = "refused"
    DEAD_SHORT_LINK = "dead_short_link"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    NO_ANSWER = "no_answer"
    RATE_LIMITED = "rate_limited"

    @property
    def is_transient(self) -> bool:
        """Whether GitHub may answer later: the next run asks again."""
        return self in statuses("metadata", Means.AGAIN)


class AdoptionError(Exception):
    """The work failed for a reason that a person can act on; the message is one sentence."""


class InputError(AdoptionError):
    """A service, a file or a list that the run reads cannot be used."""


class RefusedError(InputError):
    """A service answered and refused the request."""


class StoreError(AdoptionError):
    """The database cannot be used."""


class StoreHeldError(StoreError):
    """Another process has the database open for writing."""


class UnknownRepositoryError(AdoptionError):
    """The database holds nothing about the repository."""


class ServerError(AdoptionError):
    """Prefect's server did not start."""


class CollectionError(AdoptionError):
    """A part could not be collected; everything else is stored."""


class DiskFullError(CollectionError):
    """A file could not be written, because the disk is full."""


class NothingCollectedError(CollectionError):
    """No paper source could be read."""


class GithubError(AdoptionError):
    """A request to GitHub failed: a status, which repo_lookup stores, and a sentence."""

    def __init__(self, status: Status, message: str, block_reason: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.block_reason = block_reason


class TokenRefusedError(GithubError):
    """GitHub refuses the token: the run stops, and does not go on without a token."""


class LimitReachedError(GithubError):
    """There is no token, and the requests that GitHub allows without one are used up."""


class WrongAddressError(GithubError):
    """Something other than GitHub answers at the address of its interface."""


class QueryTooExpensiveError(GithubError):
    """GitHub gave up on a GraphQL query: it took more than the ten seconds that GitHub allows."""


class StoppedError(Exception):
    """The run is over, so a wait ends early."""
