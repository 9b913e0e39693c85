"""GitHub's REST and GraphQL interfaces: its token, its rate limits, and what its refusals mean.

Requests go out one after the other. The client waits as long as GitHub asks: for Retry-After, for
the reset of a rate limit, and while only the reserve for the token's other users is left. Without
a token GitHub grants 60 requests an hour, and the client waits for nothing.
"""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from pipeline.errors import (
    GithubError,
    LimitReachedError,
    QueryTooExpensiveError,
    Status,
    TokenRefusedError,
    WrongAddressError,
)
from pipeline.github.refusals import Refusal, refusal_of, refusal_of_query
from pipeline.settings import Settings
from pipeline.web import (
    Clock,
    HttpSession,
    Reply,
    Request,
    RetryableError,
    same_origin,
    with_retries,
)

REST_VERSION = "2022-11-28"

_AFTER_RESET_S = 2.0  # clocks differ
_SECONDARY_S = 60.0
_SHORTEST_INTERVAL_S, _LONGEST_INTERVAL_S = 1.0, 10.0
_LONGEST_WINDOW_S = 3600.0
_EXPIRES_SOON = dt.timedelta(days=14)

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a GET: status 200 with a body, or 304 (unchanged) without."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(slots=True)
class Budget:
    """What is left of one of the token's rate limits, by the last answer."""

    limit: int
    remaining: int
    reset_at: float


class Github:
    """A session with GitHub's interfaces."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.budgets: dict[str, Budget] = {}
        self.token_expires: str | None = None
        self._http = HttpSession(settings.timeout_s, GithubError)
        self._interval_s = 0.0

    @property
    def has_token(self) -> bool:
        return self.settings.github_token is not None

    @property
    def warning(self) -> str | None:
        """What the token's owner should know: that it expires soon."""
        try:
            day = dt.date.fromisoformat((self.token_expires or "")[:10])
        except ValueError:
            return None
        if day - dt.datetime.fromtimestamp(self.clock.now(), dt.UTC).date() > _EXPIRES_SOON:
            return None
        return f"The GitHub token expires on {day}. Set ADOPTION_GITHUB_TOKEN to a new one by then."

    def get(self, path: str, etag: str | None = None) -> Answer:
        """The answer to a GET of a path of the REST interface; renames are followed.

        Raises:
            GithubError: with the status that repo_lookup stores.
        """
        headers = {
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": REST_VERSION,
        }
        if etag is not None:
            headers["If-None-Match"] = etag
        return self._with_retries("core", lambda: self._get(path, headers))

    def confirm_address(self) -> None:
        """Returns if GitHub's REST interface answers at the address.

        Raises:
            WrongAddressError: something else answers, to which every repository is missing.
            GithubError: no answer came.
        """
        url = f"{self.settings.github_api_url}/rate_limit"
        reply = self._with_retries("core", lambda: self._send("GET", url, {}))
        body = _object(reply.content)
        # an Enterprise server may have no rate limits, and says so
        if "resources" not in body and "rate limit" not in str(body.get("message")).lower():
            message = (
                f"{url} answered {reply.status}, but not as GitHub does. "
                "Is ADOPTION_GITHUB_API_URL right?"
            )
            raise WrongAddressError(Status.NO_ANSWER, message)

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a GraphQL query: `data`, perhaps in part, and `errors`, if any.

        Raises:
            QueryTooExpensiveError: GitHub gave up on the query; ask for less.
            GithubError: no answer came.
        """
        body = orjson.dumps({"query": document, "variables": variables})
        return self._with_retries("graphql", lambda: self._query(body))

    def _with_retries(self, resource: str, attempt: Callable[[], _Result]) -> _Result:
        def wait_and_attempt() -> _Result:
            self._wait_for_budget(resource)
            return attempt()

        return with_retries(wait_and_attempt, self.clock.sleep)

    def _wait_for_budget(self, resource: str) -> None:
        """Wait until the rate limit leaves more than the reserve for the token's other users."""
        if self._interval_s:
            self.clock.sleep(self._interval_s)
        budget = self.budgets.get(resource)
        if budget is None or budget.reset_at <= self.clock.now():
            return
        reserve = budget.limit * self.settings.github_reserve if self.has_token else 0
        if budget.remaining > reserve:
            return
        if not self.has_token:
            raise _used_up_without_token()
        del self.budgets[resource]
        self.clock.sleep(budget.reset_at - self.clock.now() + _AFTER_RESET_S)

    def _get(self, path: str, headers: dict[str, str]) -> Answer:
        reply = self._send("GET", f"{self.settings.github_api_url}{path}", headers)
        if reply.status in (301, 302, 307, 308) and (url := _object(reply.content).get("url")):
            # a redirect without a Location: its body names the address
            reply = self._send("GET", str(url), headers)
        if reply.status == 304:
            return Answer(304, None, reply.headers)
        self._raise_for_status(reply)
        return Answer(reply.status, _json(reply.content), reply.headers)

    def _query(self, body: bytes) -> dict[str, Any]:
        url = f"{self.settings.github_api_url}/graphql"
        try:
            reply = self._send("POST", url, {"Content-Type": "application/json"}, body)
        except RetryableError as failed:
            error = failed.error
            if isinstance(error, GithubError) and error.status is Status.TIMED_OUT:
                raise QueryTooExpensiveError(error.status, error.message) from None
            raise
        if reply.status >= 500:
            message = f"GitHub gave up on the query ({reply.status})."
            raise QueryTooExpensiveError(Status.NO_ANSWER, message)
        try:
            self._raise_for_status(reply)
        except (TokenRefusedError, LimitReachedError):
            raise
        except GithubError as error:
            if error.status.is_transient:
                raise
            # the status is about the query, not about the repositories in it
            raise QueryTooExpensiveError(Status.NO_ANSWER, error.message) from None
        answer = _json(reply.content)
        if not isinstance(answer, dict):
            message = "GitHub's GraphQL answered no object. Run it again later."
            raise RetryableError(GithubError(Status.NO_ANSWER, message))
        self._raise_for_errors(answer, reply.headers)
        return answer

    def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> Reply:
        """The reply to one request. The token goes to the interface's own host only."""
        token = self.settings.github_token
        if token is not None and same_origin(url, self.settings.github_api_url):
            headers = headers | {"Authorization": f"Bearer {token.get_secret_value()}"}
        reply = self._http.fetch(Request(method, url, headers=headers, body=body))
        self._note_budget(reply.headers)
        return reply

    def _note_budget(self, headers: Mapping[str, str]) -> None:
        self.token_expires = headers.get(
            "github-authentication-token-expiration", self.token_expires
        )
        try:
            limit, remaining, reset_at = (
                int(headers[f"x-ratelimit-{name}"]) for name in ("limit", "remaining", "reset")
            )
        except (KeyError, ValueError):
            return  # proxies and Enterprise servers send none
        left_s = min(reset_at - self._server_time(headers), _LONGEST_WINDOW_S)
        budget = Budget(limit, remaining, self.clock.now() + left_s)
        self.budgets[headers.get("x-ratelimit-resource", "core")] = budget

    def _server_time(self, headers: Mapping[str, str]) -> float:
        """The time by GitHub's clock, for ours may be wrong."""
        try:
            return email.utils.parsedate_to_datetime(headers["Date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return self.clock.now()

    def _raise_for_status(self, reply: Reply) -> None:
        """Nothing for a success; otherwise the error that the answer means."""
        if reply.status < 300:
            return
        body = _object(reply.content)
        words = str(body.get("message") or "")
        refusal = refusal_of(reply.status, reply.headers, words)
        if refusal.status is Status.RATE_LIMITED:
            raise self._limited(refusal, reply.headers)
        error = GithubError(refusal.status, refusal.message)
        if refusal.status is Status.REFUSED:
            raise TokenRefusedError(error.status, error.message)
        if refusal.status is Status.BLOCKED and (reply.status == 451 or _is_block(body, words)):
            raise GithubError(error.status, error.message, _block_reason(body, reply.status))
        if reply.status >= 500:
            raise RetryableError(error)
        if refusal.status in (Status.NOT_FOUND, Status.EMPTY):
            raise error
        # GitHub explains what it does not do for this token, or at all
        message = f"GitHub refused the request ({reply.status}): {words[:200]}"
        raise GithubError(Status.REFUSED, message)

    def _raise_for_errors(self, answer: dict[str, Any], headers: Mapping[str, str]) -> None:
        """Nothing for a GraphQL answer with a result; otherwise the error that it means."""
        if _has_results(answer):
            return
        errors = errors_of(answer)
        refusal = refusal_of_query(errors, headers)
        if refusal is not None:
            raise self._limited(refusal, headers)
        if answer.get("data") is None:
            # whatever it is: one repository of the batch may be the cause
            words = " ".join(str(error.get("message")) for error in errors)
            message = f"GitHub gave up on the query: {words[:200]}"
            raise QueryTooExpensiveError(Status.NO_ANSWER, message)

    def _limited(self, refusal: Refusal, headers: Mapping[str, str]) -> Exception:
        """The error for a rate limit, with the wait until it ends."""
        error = GithubError(refusal.status, refusal.message)
        if not refusal.until_reset:
            # a secondary limit, which the same pace would meet again
            self._interval_s = min(
                max(_SHORTEST_INTERVAL_S, 2 * self._interval_s), _LONGEST_INTERVAL_S
            )
            return RetryableError(error, refusal.wait_s, backoff_s=_SECONDARY_S)
        if not self.has_token:
            return _used_up_without_token()
        budget = self.budgets.pop(headers.get("x-ratelimit-resource", "core"), None)
        left_s = _SECONDARY_S if budget is None else budget.reset_at - self.clock.now()
        return RetryableError(error, max(left_s, 0) + _AFTER_RESET_S)


def errors_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The errors of a GraphQL answer."""
    errors = answer.get("errors")
    return [item for item in errors if isinstance(item, dict)] if isinstance(errors, list) else []


def _has_results(answer: Mapping[str, Any]) -> bool:
    """Whether a GraphQL answer holds anything but what is left of the rate limit."""
    data = answer.get("data")
    named = data.items() if isinstance(data, dict) else ()
    return any(value is not None for name, value in named if name != "rateLimit")


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        message = "GitHub's answer is no JSON. Run it again later."
        raise RetryableError(GithubError(Status.NO_ANSWER, message)) from None


def _object(content: bytes) -> dict[str, Any]:
    """The JSON object of a body; empty where it holds none, as a proxy's page."""
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _is_block(body: Mapping[str, Any], words: str) -> bool:
    return "block" in body or "blocked" in words.lower()


def _block_reason(body: Mapping[str, Any], http_status: int) -> str | None:
    reason = "dmca" if http_status == 451 else None
    block = body.get("block")
    if isinstance(block, dict):
        reason = str(block.get("reason") or reason or "") or None
    return reason


def _used_up_without_token() -> LimitReachedError:
    message = (
        "GitHub's 60 requests an hour without a token are used up. Set ADOPTION_GITHUB_TOKEN "
        "(a token without any scope will do), or run it again in an hour."
    )
    return LimitReachedError(Status.RATE_LIMITED, message)
