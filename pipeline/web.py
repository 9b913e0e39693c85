"""HTTP for every part of the pipeline: paced, retried, and limited in time and size.

`HttpSession` sends requests and turns what goes wrong on the network into errors. The client of a
service judges what an answer means: a failure that may pass is a `RetryableError`, which
`with_retries` turns into another attempt.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from pipeline import __version__
from pipeline.errors import Status, StoppedError

LONGEST_WAIT_S = 2 * 3600.0
"""The longest wait that a server may ask of a run; a longer one is left to the next run."""

_USER_AGENT = f"pytorch-adoption-pipeline/{__version__}"
_CONNECT_S = 10.0
_TRIES = 6
_TRIES_WITHOUT_NETWORK = 3
_LONGEST_BACKOFF_S = 900.0
_MOST_REDIRECTS = 5
_BLOCK = 2**18
_LONGEST_BODY = 256 * 2**20
_ANNOUNCED_S = 20.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 60.0, 1800.0
_SHORTEST_PAUSE_S = 0.05

_Result = TypeVar("_Result")


class RetryableError(Exception):
    """An attempt failed in a way that may pass.

    The next attempt comes after `wait_s` seconds, as the server requests, or if it requests nothing
    after `backoff_s` seconds, doubled each time. After `tries` attempts `error` is raised instead.
    """

    def __init__(
        self,
        error: Exception,
        wait_s: float | None = None,
        backoff_s: float = 1.0,
        tries: int = _TRIES,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s
        self.backoff_s = backoff_s
        self.tries = tries


def with_retries(attempt: Callable[[], _Result], sleep: Callable[[float], None]) -> _Result:
    """The result of the first attempt that raises no RetryableError.

    Raises:
        Exception: the last RetryableError's `error`, after its tries are used up, or at once if the
            server asks for a wait above LONGEST_WAIT_S.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(RetryableError),
        wait=_wait_s,
        stop=_is_last,
        sleep=sleep,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except RetryableError as failed:
        raise failed.error from None


def _wait_s(state: RetryCallState) -> float:
    failed = _failure_of(state)
    if failed.wait_s is not None:
        return failed.wait_s
    return float(min(failed.backoff_s * 2 ** (state.attempt_number - 1), _LONGEST_BACKOFF_S))


def _is_last(state: RetryCallState) -> bool:
    failed = _failure_of(state)
    return state.attempt_number >= failed.tries or (failed.wait_s or 0.0) > LONGEST_WAIT_S


def _failure_of(state: RetryCallState) -> RetryableError:
    assert state.outcome is not None
    failed = state.outcome.exception()
    assert isinstance(failed, RetryableError)
    return failed


class Pause:
    """Sleeps that all end with the run, so that after Ctrl-C nobody waits for a rate limit."""

    def __init__(self) -> None:
        self._is_over = threading.Event()

    def __call__(self, seconds: float) -> None:
        """Sleep; a long sleep is announced. Raises StoppedError once `end` was called."""
        if seconds >= _ANNOUNCED_S:
            until = dt.datetime.now() + dt.timedelta(seconds=seconds)
            message = f"Waiting until {until:%H:%M:%S} because of a rate limit."
            print(message, file=sys.stderr, flush=True)
        if self._is_over.wait(seconds):
            raise StoppedError

    def end(self) -> None:
        """End every sleep, including later ones."""
        self._is_over.set()


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and a way to wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = field(default_factory=Pause)


class RateLimiter:
    """When the next request may start: within a rate, and not while a server asks to wait.

    `rate` is the most requests, written like "5000/hour" or "1/3 second". None is no limit.
    """

    def __init__(self, rate: str | None, now: Callable[[], float] = time.time) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = None if rate is None else parse(rate)
        self._now = now
        self._lock = threading.Lock()
        self._paused_until = 0.0
        self._pause_s = _FIRST_PAUSE_S

    def acquire(self, requests: int = 1) -> float:
        """0 if requests may start now; otherwise the seconds after which to call again."""
        with self._lock:
            if (pause_s := self._paused_until - self._now()) > 0:
                return pause_s
            if self._rate is None:
                return 0.0
            if self._limiter.hit(self._rate, cost=min(requests, self._rate.amount)):
                return 0.0
            free_at = self._limiter.get_window_stats(self._rate).reset_time
            return max(free_at - time.time(), _SHORTEST_PAUSE_S)

    def back_off(self, retry_after_s: float | None) -> None:
        """Pause requests, as a server asked: for this long, or if None, longer each time."""
        pause_s = self._pause_s if retry_after_s is None else retry_after_s
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
        self._paused_until = max(self._paused_until, self._now() + pause_s)

    def reset(self) -> None:
        """A server gave an answer: the next pause is a short one again."""
        self._pause_s = _FIRST_PAUSE_S


@dataclass(frozen=True, slots=True)
class Request:
    """A request. With `stay`, a redirect that names a host is not followed: it is the answer."""

    method: str
    url: str
    params: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    stay: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's whole answer, of whatever status; `url` is where redirects ended."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


class _Session(requests.Session):
    """Ignores ~/.netrc, and leaves redirects to us: requests would read their bodies whole."""

    def __init__(self) -> None:
        super().__init__()
        self.headers["User-Agent"] = _USER_AGENT
        # without one, requests would send a password of ~/.netrc in place of the token
        self.auth = lambda request: request

    def resolve_redirects(self, *_: object, **__: object) -> Iterator[requests.Response]:
        return iter(())


class HttpSession:
    """Requests to a service, over connections that are used again.

    The credentials of a request go to the host that it names, not to where that host redirects.
    `failure` makes the error that the service's client raises, from a status (TIMED_OUT,
    UNREACHABLE or NO_ANSWER) and a sentence.
    """

    def __init__(
        self,
        timeout_s: float,
        failure: Callable[[Status, str], Exception],
        sleep: Callable[[float], None] = time.sleep,
        rate_limiter: RateLimiter | None = None,
        longest_body: int = _LONGEST_BODY,
    ) -> None:
        self._timeout_s = timeout_s
        self._failure = failure
        self._sleep = sleep
        self._rate_limiter = rate_limiter
        self._longest_body = longest_body
        self._session = _Session()

    def fetch(self, request: Request) -> Reply:
        """The answer to a request, its whole body read within twice the time-out.

        Redirects are followed, but not those of a POST: a password goes nowhere else.

        Raises:
            RetryableError: the network failed, or the answer took too long.
            Exception: a `failure`: the redirects lead nowhere, or the body is too long.
        """
        give_up = time.monotonic() + 2 * self._timeout_s
        with self.stream(request) as response:
            content = self._body(response, give_up)
            return Reply(response.url, response.status_code, response.headers, content)

    @contextmanager
    def stream(self, request: Request) -> Iterator[requests.Response]:
        """As `fetch`, but the caller reads the body, with `blocks`."""
        history: list[requests.Response] = []
        for _ in range(_MOST_REDIRECTS):
            response = self._send(request)
            with self._network_errors(request.url), response:
                redirected = self._redirected(request, response)
                if redirected is None:
                    response.history = history
                    yield response
                    return
                next(blocks(response), None)  # a connection is used again once its answer is read
            history.append(response)
            request = redirected
        raise self._failure(Status.NO_ANSWER, f"{shown(request.url)} redirects in circles.")

    def _send(self, request: Request) -> requests.Response:
        while self._rate_limiter is not None and (wait_s := self._rate_limiter.acquire()):
            self._sleep(wait_s)
        try:
            with self._network_errors(request.url):
                return self._session.request(
                    request.method,
                    request.url,
                    params=request.params,
                    headers=request.headers,
                    data=request.body,
                    timeout=(_CONNECT_S, self._timeout_s),
                    allow_redirects=False,
                    stream=True,
                )
        except ValueError as error:
            raise self._invalid_address(request, error) from None

    def _redirected(self, request: Request, response: requests.Response) -> Request | None:
        """The request that a redirect leads to; None if the response is the answer."""
        if not response.is_redirect:
            return None
        location = response.headers["Location"]
        try:
            url = urljoin(request.url, location)
        except ValueError as error:
            raise self._invalid_address(request, error) from None
        if request.method == "POST" or (request.stay and "//" in location):
            return None
        headers = dict(request.headers)
        if not same_origin(url, request.url):
            headers.pop("Authorization", None)
        return replace(request, url=url, params=None, headers=headers)

    def _invalid_address(self, request: Request, error: Exception) -> Exception:
        message = f"{host(request.url)} leads to an invalid address ({type(error).__name__})."
        return self._failure(Status.NO_ANSWER, message)

    def _body(self, response: requests.Response, give_up: float) -> bytes:
        content = bytearray()
        for block in blocks(response):
            content += block
            if time.monotonic() > give_up:
                raise requests.Timeout
            if len(content) > self._longest_body:
                message = f"{host(response.url)} sent more than {self._longest_body:,} bytes."
                raise self._failure(Status.NO_ANSWER, message)
        return bytes(content)

    @contextmanager
    def _network_errors(self, url: str) -> Iterator[None]:
        """Turns what can happen to a connection into a RetryableError."""
        try:
            yield
        except ValueError:
            raise  # requests' errors about the address itself
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            message = f"{host(url)} gave no answer within {self._timeout_s:g} s."
            raise RetryableError(self._failure(Status.TIMED_OUT, message)) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            cause = type(error).__name__
            message = f"{host(url)} cannot be reached ({cause}). Is there a network?"
            failure = self._failure(Status.UNREACHABLE, message)
            raise RetryableError(failure, tries=_TRIES_WITHOUT_NETWORK) from None


def blocks(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives. `iter_content` waits for whole blocks, so no deadline could be kept.

    Raises:
        requests.RequestException: the connection broke off, or gave nothing for too long.
    """
    try:
        while block := response.raw.read1(_BLOCK, decode_content=True):
            yield block
    except urllib3.exceptions.TimeoutError as error:
        raise requests.ReadTimeout(error) from error
    except urllib3.exceptions.HTTPError as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error


def retry_after_s(text: str | None) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date; None for any other text."""
    if not text:
        return None
    try:
        seconds = float(text)
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        until = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(until - time.time(), 0.0)


def same_origin(url: str, other: str) -> bool:
    """Whether two addresses have the same scheme, host and port."""
    return urlsplit(url)[:2] == urlsplit(other)[:2]


def shown(url: str) -> str:
    """Host and path, for messages: a query may hold a secret."""
    return f"{host(url)}{urlsplit(url).path}"


def host(url: str) -> str:
    """Host and port, without the name and password that may stand before them."""
    return urlsplit(url).netloc.rpartition("@")[2]
