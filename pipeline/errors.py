"""All errors with a message for users, and the statuses of single items.

An error message states the failure and the next step. data/outcomes.csv defines the statuses.
"""

from __future__ import annotations

import csv
import traceback
from enum import StrEnum
from functools import cache

from pipeline.resources import DATA

RIGHTS_NEEDED = "Give this user the right to write there, or set ADOPTION_DATA to another folder."
"""What to do about a folder that the program may not use."""


class Means(StrEnum):
    """The effect of a status on the next run."""

    ANSWER = "answer"
    """The result is valid until the item changes."""
    GONE = "gone"
    """A run looks the item up again after ADOPTION_RECHECK_DAYS."""
    AGAIN = "again"
    """The next run retries."""
    ENDS_RUN = "ends_run"
    """The run ends, because no other item can succeed."""


@cache
def statuses(step: str, *means: Means) -> frozenset[str]:
    """The statuses of a step (links, metadata or code) that mean one of these."""
    return frozenset(row["status"] for row in _outcomes(step) if row["means"] in means)


def words_of(step: str) -> dict[str, str]:
    """What a reader sees for each status of a step."""
    return {row["status"]: row["words"] for row in _outcomes(step)}


def _outcomes(step: str) -> list[dict[str, str]]:
    with (DATA / "outcomes.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["step"] == step]


class Status(StrEnum):
    """The outcome of a paper source, a link, or the lookup of a repository name.

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
        """Whether the failure is temporary, so that the next run retries."""
        return self in statuses("metadata", Means.AGAIN)


class AdoptionError(Exception):
    """The work failed for a reason that the user can fix; the message is one sentence."""


class InputError(AdoptionError):
    """The run cannot use a service, a file or a list."""


class RefusedError(InputError):
    """A service answered and refused the request."""


class StoreError(AdoptionError):
    """The program cannot use the database."""


class NoStoreError(StoreError):
    """There is no database yet."""


class DamagedError(StoreError):
    """The file is damaged, or it is no database."""


class StoreHeldError(StoreError):
    """Another process has the database open for writing."""


class UnknownRepositoryError(AdoptionError):
    """The database has no facts about the repository."""


class ServerError(AdoptionError):
    """Prefect's server did not start."""


class CollectionError(AdoptionError):
    """The run could not collect a part; the rest is stored."""


class DiskFullError(CollectionError):
    """The disk is full."""


class NothingCollectedError(CollectionError):
    """The run could not read any paper source."""


class GithubError(AdoptionError):
    """A request to GitHub failed, with a status for repo_lookup and a message."""

    def __init__(self, status: Status, message: str, block_reason: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.block_reason = block_reason


class TokenRefusedError(GithubError):
    """GitHub refuses the token. The run stops and does not continue without a token."""


class LimitReachedError(GithubError):
    """The run has no token and has reached the rate limit for requests without one."""


class WrongAddressError(GithubError):
    """The base URL of GitHub's interface belongs to another server."""


class QueryTooExpensiveError(GithubError):
    """GitHub stopped a GraphQL query after the time limit of ten seconds."""


class StoppedError(Exception):
    """A wait ends early, because the run has ended."""


def clear_frames(error: BaseException | None) -> None:
    """Let go of what the frames of an error hold, such as a connection to a database.

    Also clears the errors that came before it. `raise ... from None` hides them, but keeps them.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
