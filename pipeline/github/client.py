"""GitHub's REST and GraphQL interfaces: one token, its limits kept, every refusal named.

Requests go out one after the other. What GitHub asks for (retry-after, the reset of a limit, a
reserve for others who use the token) is waited for, whatever it takes: `Clock` makes that
testable. Without a token there are 60 requests an hour and nothing is waited for.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from pipeline.errors import (
    GithubError,
    LimitReachedError,
    QueryTooExpensiveError,
    Status,
    TokenRefusedError,
    WrongAddressError,
)
from pipeline.settings import Settings
from pipeline.web import LONGEST_WAIT_S, Clock, blocks, new_session, retry_after_s

REST_VERSION = "2022-11-28"

_CONNECT_S = 10.0
_TRIES = 6
_TRIES_WITHOUT_NETWORK = 3
_HOPS = 5
_LONGEST_BODY = 64 * 2**20
_AFTER_RESET_S = 2.0  # clocks differ
_SECONDARY_S = 60.0
_LONGEST_SECONDARY_S = 900.0
_LONGEST_WINDOW_S = 3600.0
_EXPIRES_SOON = dt.timedelta(days=14)


class _AgainError(Exception):
    """Ask again after `wait_s` seconds; after too many tries `error` is the answer."""

    def __init__(self, error: GithubError, wait_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GET gave: 200 with a body, or 304 (unchanged) without."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(slots=True)
class Budget:
    """What is left of one of the token's limits, as the last answer said."""

    limit: int
    remaining: int
    reset_at: float


class Github:
    """A session with GitHub's interfaces."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.budgets: dict[str, Budget] = {}
        self.requests_sent = 0
        self.token_expires: str | None = None
        self._session = new_session()
        self._interval_s = 0.0

    @property
    def has_token(self) -> bool:
        return self.settings.github_token is not None

    @property
    def warning(self) -> str | None:
        """What the token's owner should know: that it ends soon."""
        try:
            day = dt.date.fromisoformat((self.token_expires or "")[:10])
        except ValueError:
            return None
        if day - dt.datetime.fromtimestamp(self.clock.now(), dt.UTC).date() > _EXPIRES_SOON:
            return None
        return f"The GitHub token ends on {day}. Make a new one before: ADOPTION_GITHUB_TOKEN."

    def get(self, path: str, etag: str | None = None) -> Answer:
        """GET of a path of the REST interface.

        Raises:
            GithubError: with the status that repo_lookup knows; renames are followed.
        """
        headers = {
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": REST_VERSION,
        }
        if etag is not None:
            headers["If-None-Match"] = etag
        answer: Answer = self._patiently("core", lambda: self._get(path, headers))
        return answer

    def confirm_address(self) -> None:
        """Returns where GitHub's REST interface answers.

        Raises:
            WrongAddressError: something else does, to which every repository is missing.
            GithubError: it cannot be told.
        """
        url = f"{self.settings.github_api_url}/rate_limit"
        response, content = self._patiently("core", lambda: self._send("GET", url, {}))
        body = _parsed_or_empty(content)
        # an Enterprise server may have no limits, and says so
        if "resources" not in body and "rate limit" not in str(body.get("message")).lower():
            message = (
                f"{url} answers {response.status_code}, and not as GitHub does. "
                "Is ADOPTION_GITHUB_API_URL right?"
            )
            raise WrongAddressError(Status.NO_ANSWER, message)

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a GraphQL query: `data`, perhaps in part, and `errors`, if any.

        Raises:
            QueryTooExpensiveError: GitHub gave up on it; ask for less.
            GithubError: nothing came.
        """
        body = orjson.dumps({"query": document, "variables": variables})
        answer: dict[str, Any] = self._patiently("graphql", lambda: self._query(body))
        return answer

    def _patiently(self, resource: str, attempt: Callable[[], Any]) -> Any:
        """The result of an attempt that is made again as often as sensible."""

        def keep_reserve_and_try() -> Any:
            self._keep_reserve(resource)
            return attempt()

        retrying = Retrying(
            retry=retry_if_exception_type(_AgainError),
            wait=_wait_s,
            stop=_is_enough,
            sleep=self.clock.sleep,
            reraise=True,
        )
        try:
            return retrying(keep_reserve_and_try)
        except _AgainError as again:
            raise again.error from None

    def _keep_reserve(self, resource: str) -> None:
        """Wait while the token's limit is down to what is left for its other users."""
        if self._interval_s:
            self.clock.sleep(self._interval_s)
        budget = self.budgets.get(resource)
        if budget is None or budget.reset_at <= self.clock.now():
            return
        reserve = budget.limit * self.settings.github_reserve if self.has_token else 0
        if budget.remaining > reserve:
            return
        if not self.has_token:
            raise _no_more_without_token()
        del self.budgets[resource]
        self.clock.sleep(budget.reset_at - self.clock.now() + _AFTER_RESET_S)

    def _get(self, path: str, headers: dict[str, str]) -> Answer:
        url = f"{self.settings.github_api_url}{path}"
        for _ in range(_HOPS):
            response, content = self._send("GET", url, headers)
            if response.status_code in (301, 302, 307, 308) and (to := _target(response, content)):
                url = urljoin(url, to)
                continue
            if response.status_code == 304:
                return Answer(304, None, response.headers)
            self._judge(response, content)
            return Answer(response.status_code, _parsed(content), response.headers)
        raise GithubError(
            Status.NO_ANSWER, f"GitHub sends {path} round in circles ({_HOPS} redirects)."
        )

    def _query(self, body: bytes) -> dict[str, Any]:
        url = f"{self.settings.github_api_url}/graphql"
        try:
            response, content = self._send("POST", url, {"Content-Type": "application/json"}, body)
        except _AgainError as again:
            if again.error.status is Status.TIMED_OUT:
                raise QueryTooExpensiveError(Status.TIMED_OUT, again.error.message) from None
            raise
        if response.status_code >= 500:
            message = f"GitHub gave up on the query ({response.status_code})."
            raise QueryTooExpensiveError(Status.NO_ANSWER, message)
        try:
            self._judge(response, content)
        except (TokenRefusedError, LimitReachedError):
            raise
        except GithubError as error:
            if error.is_transient:
                raise
            # a status of the question says nothing of the repositories in it
            raise QueryTooExpensiveError(Status.NO_ANSWER, error.message) from None
        answer = _parsed(content)
        if not isinstance(answer, dict):
            raise _AgainError(GithubError(Status.NO_ANSWER, "GitHub's GraphQL answered no object."))
        self._judge_query(answer, response.headers)
        return answer

    def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[requests.Response, bytes]:
        """One request and its whole body. The token goes to the interface's own host alone."""
        if self.has_token and _same_host(url, self.settings.github_api_url):
            assert self.settings.github_token is not None
            token = self.settings.github_token.get_secret_value()
            headers = headers | {"Authorization": f"Bearer {token}"}
        self.requests_sent += 1
        try:
            with self._session.request(
                method,
                url,
                headers=headers,
                data=body,
                timeout=(_CONNECT_S, self.settings.timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._body(response)
        except requests.Timeout:
            message = f"GitHub gave no answer within {self.settings.timeout_s:g} s."
            raise _AgainError(GithubError(Status.TIMED_OUT, message)) from None
        except ValueError:
            message = f"{_host(url)} leads to an address that is none."
            raise GithubError(Status.NO_ANSWER, message) from None
        except requests.RequestException as error:
            message = (
                f"{_host(url)} cannot be reached ({type(error).__name__}). Is there a network?"
            )
            raise _AgainError(GithubError(Status.UNREACHABLE, message)) from None
        self._note_budget(response.headers)
        return response, content

    def _body(self, response: requests.Response) -> bytes:
        give_up = time.monotonic() + 2 * self.settings.timeout_s
        body = bytearray()
        for block in blocks(response):
            body += block
            if time.monotonic() > give_up or len(body) > _LONGEST_BODY:
                raise requests.Timeout
        return bytes(body)

    def _note_budget(self, headers: Mapping[str, str]) -> None:
        self.token_expires = headers.get(
            "github-authentication-token-expiration", self.token_expires
        )
        try:
            limit, left, reset_at = (
                int(headers[f"x-ratelimit-{name}"]) for name in ("limit", "remaining", "reset")
            )
        except (KeyError, ValueError):
            return  # proxies and Enterprise servers send none
        left_s = min(reset_at - self._server_time(headers), _LONGEST_WINDOW_S)
        budget = Budget(limit, left, self.clock.now() + left_s)
        self.budgets[headers.get("x-ratelimit-resource", "core")] = budget

    def _server_time(self, headers: Mapping[str, str]) -> float:
        """GitHub's own idea of now, for ours may be wrong."""
        try:
            return email.utils.parsedate_to_datetime(headers["Date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return self.clock.now()

    def _judge(self, response: requests.Response, content: bytes) -> None:
        """Nothing for a 200; else the error that the answer means, in GitHub's own order."""
        status = response.status_code
        if status < 300:
            return
        body = _parsed_or_empty(content)
        message = str(body.get("message") or "")
        if status == 401:
            raise TokenRefusedError(Status.REFUSED, _refused(message))
        if status in (403, 429):
            self._judge_refusal(response, body, message)
        if status == 451:
            raise _blocked(body, "GitHub blocks this repository for legal reasons (451).", "dmca")
        if status == 404:
            text = "GitHub has no such repository, or it is private (404)."
            raise GithubError(Status.NOT_FOUND, text)
        if status == 409:
            raise GithubError(Status.EMPTY, "The repository has no commit (409).")
        if status >= 500:
            text = f"GitHub answered {status}. Run it again later."
            raise _AgainError(GithubError(Status.NO_ANSWER, text))
        raise GithubError(Status.REFUSED, f"GitHub refused the request ({status}): {message[:200]}")

    def _judge_refusal(
        self, response: requests.Response, body: dict[str, Any], message: str
    ) -> None:
        """403 and 429 mean four things; only their headers and words tell which."""
        headers, words = response.headers, message.lower()
        limited = GithubError(Status.RATE_LIMITED, "GitHub asks to slow down. Run it again later.")
        if (wait_s := retry_after_s(headers.get("retry-after"))) is not None:
            self._slow_down()
            if wait_s > LONGEST_WAIT_S:
                message = f"GitHub asks to wait for {wait_s / 3600:,.0f} hours. Run it again then."
                raise GithubError(Status.RATE_LIMITED, message)
            raise _AgainError(limited, wait_s)
        if headers.get("x-ratelimit-remaining") == "0":
            raise self._at_reset(limited, headers)
        if response.status_code == 429 or "rate limit" in words or "abuse" in words:
            self._slow_down()
            raise _AgainError(limited, _SECONDARY_S)
        if "block" in body or "blocked" in words:
            raise _blocked(body, "GitHub blocks access to this repository (403).", None)
        raise GithubError(Status.REFUSED, f"GitHub refused the request (403): {message[:200]}")

    def _at_reset(self, error: GithubError, headers: Mapping[str, str]) -> Exception:
        if not self.has_token:
            return _no_more_without_token()
        budget = self.budgets.pop(headers.get("x-ratelimit-resource", "core"), None)
        left = _SECONDARY_S if budget is None else budget.reset_at - self.clock.now()
        return _AgainError(error, max(left, 0) + _AFTER_RESET_S)

    def _judge_query(self, answer: dict[str, Any], headers: Mapping[str, str]) -> None:
        """GraphQL tells of limits in answers that say 200, with no data or with nulls in it."""
        if _has_results(answer):
            return
        # the message of a missing repository holds its name, which may be any word
        errors = [error for error in errors_of(answer) if error.get("type") != "NOT_FOUND"]
        words = " ".join(str(error.get("message")) for error in errors)
        kinds = {str(error.get("type")) for error in errors}
        limited = GithubError(Status.RATE_LIMITED, "GitHub asks to slow down. Run it again later.")
        if "secondary rate limit" in words.lower() or "abuse" in words.lower():
            self._slow_down()
            raise _AgainError(limited, retry_after_s(headers.get("retry-after")) or _SECONDARY_S)
        if kinds & {"RATE_LIMITED", "RATE_LIMIT"} or "rate limit" in words.lower():
            raise self._at_reset(limited, headers)
        if answer.get("data") is None:
            # whatever it is: it may lie in one repository of the batch
            message = f"GitHub gave up on the query: {words[:200]}"
            raise QueryTooExpensiveError(Status.NO_ANSWER, message)

    def _slow_down(self) -> None:
        """After a secondary limit the same pace would meet it again."""
        self._interval_s = min(max(1.0, 2 * self._interval_s), 10.0)


def errors_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a GraphQL answer says went wrong."""
    errors = answer.get("errors")
    return [item for item in errors if isinstance(item, dict)] if isinstance(errors, list) else []


def _has_results(answer: Mapping[str, Any]) -> bool:
    """Whether a GraphQL answer tells anything but how much of the limit is left."""
    data = answer.get("data")
    named = data.items() if isinstance(data, dict) else ()
    return any(value is not None for name, value in named if name != "rateLimit")


def _is_enough(state: RetryCallState) -> bool:
    """A server that answers is given more time than a network that is not there."""
    assert state.outcome is not None
    again = state.outcome.exception()
    is_away = isinstance(again, _AgainError) and again.error.status is Status.UNREACHABLE
    return state.attempt_number >= (_TRIES_WITHOUT_NETWORK if is_away else _TRIES)


def _wait_s(state: RetryCallState) -> float:
    """What was asked for, longer each time; else 1, 2, 4 ... seconds."""
    assert state.outcome is not None
    again = state.outcome.exception()
    doubled = 2.0 ** (state.attempt_number - 1)
    if isinstance(again, _AgainError) and again.wait_s is not None:
        if again.wait_s == _SECONDARY_S:
            return float(min(again.wait_s * doubled, _LONGEST_SECONDARY_S))
        return again.wait_s
    return doubled


def _parsed(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        error = GithubError(Status.NO_ANSWER, "GitHub's answer is no JSON. Run it again later.")
        raise _AgainError(error) from None


def _parsed_or_empty(content: bytes) -> dict[str, Any]:
    """The body of a refusal, which may be HTML."""
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _target(response: requests.Response, content: bytes) -> str | None:
    """Where a redirect leads: GitHub says it in the header and in the body."""
    told = response.headers.get("Location") or _parsed_or_empty(content).get("url")
    return told if isinstance(told, str) else None


def _blocked(body: dict[str, Any], message: str, reason: str | None) -> GithubError:
    block = body.get("block")
    if isinstance(block, dict):
        reason = str(block.get("reason") or reason or "") or None
    return GithubError(Status.BLOCKED, message, reason)


def _refused(message: str) -> str:
    return (
        f"GitHub refused the token (401{': ' + message[:80] if message else ''}). "
        "Set ADOPTION_GITHUB_TOKEN to a valid token, or unset it to work without one."
    )


def _no_more_without_token() -> LimitReachedError:
    message = (
        "GitHub's 60 requests an hour without a token are used up. Set ADOPTION_GITHUB_TOKEN "
        "(a token without any scope will do), or run it again in an hour."
    )
    return LimitReachedError(Status.RATE_LIMITED, message)


def _same_host(url: str, base: str) -> bool:
    return urlsplit(url)[:2] == urlsplit(base)[:2]


def _host(url: str) -> str:
    return urlsplit(url).netloc
