"""What GitHub's refusals mean: one table for REST, GraphQL, archives and git."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Status
from pipeline.web import LONGEST_WAIT_S, retry_after_s

NO_COMMIT = "The repository has no commit."

_BY_HTTP_STATUS = {
    401: (
        Status.REFUSED,
        "GitHub refused the token (401). "
        "Set ADOPTION_GITHUB_TOKEN to a valid token, or unset it to work without one.",
    ),
    403: (Status.BLOCKED, "GitHub blocks access to this repository (403)."),
    404: (Status.NOT_FOUND, "GitHub has no such repository, or it is private (404)."),
    409: (Status.EMPTY, NO_COMMIT),
    451: (Status.BLOCKED, "GitHub blocks this repository for legal reasons (451)."),
}
_LIMIT_TYPES = frozenset({"RATE_LIMITED", "RATE_LIMIT"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an answer means that gives nothing.

    Of a rate limit, `wait_s` is the wait that GitHub asks for, None if it names none, and
    `until_reset` says that the limit ends at the reset which the last headers named.
    """

    status: Status
    message: str
    wait_s: float | None = None
    until_reset: bool = False


def refusal_of(
    http_status: int, headers: Mapping[str, str] | None = None, words: str = ""
) -> Refusal:
    """What an HTTP status above 299 means. `words` are those of the body.

    403 stands for a rate limit too; only headers and words tell.
    """
    headers = headers or {}
    wait_s = retry_after_s(headers.get("Retry-After"))
    is_used_up = headers.get("x-ratelimit-remaining") == "0"
    if http_status == 429 or (
        http_status == 403 and (wait_s is not None or is_used_up or _names_a_limit(words))
    ):
        return _rate_limit(wait_s, until_reset=is_used_up)
    if http_status in _BY_HTTP_STATUS:
        return Refusal(*_BY_HTTP_STATUS[http_status])
    return Refusal(Status.NO_ANSWER, f"GitHub answered {http_status}. Run it again later.")


def refusal_of_query(
    errors: Iterable[Mapping[str, Any]], headers: Mapping[str, str]
) -> Refusal | None:
    """The rate limit that the errors of a GraphQL answer name; None if they name none.

    GraphQL reports a rate limit in an answer with status 200.
    """
    # the message of a missing repository holds its name, which may be any word
    errors = [error for error in errors if error.get("type") != "NOT_FOUND"]
    words = " ".join(str(error.get("message")) for error in errors)
    if _names_a_secondary_limit(words):
        return _rate_limit(retry_after_s(headers.get("Retry-After")) or None, until_reset=False)
    if _names_a_limit(words) or any(str(error.get("type")) in _LIMIT_TYPES for error in errors):
        return _rate_limit(None, until_reset=True)
    return None


def _rate_limit(wait_s: float | None, *, until_reset: bool) -> Refusal:
    message = "GitHub asks to slow down. Run it again later."
    if wait_s is not None and wait_s > LONGEST_WAIT_S:
        message = f"GitHub asks to wait for {wait_s / 3600:,.0f} hours. Run it again then."
    return Refusal(Status.RATE_LIMITED, message, wait_s, until_reset and wait_s is None)


def _names_a_limit(words: str) -> bool:
    return "rate limit" in words.lower() or "abuse" in words.lower()


def _names_a_secondary_limit(words: str) -> bool:
    return "secondary rate limit" in words.lower() or "abuse" in words.lower()
