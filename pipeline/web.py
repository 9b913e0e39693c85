"""A polite HTTP client for paper sources: paced, patient, and plain about what went wrong."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import math
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import orjson
import requests
import urllib3
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from pipeline import __version__
from pipeline.errors import InputError, RefusedError, StoppedError

_USER_AGENT = f"pytorch-adoption-pipeline/{__version__}"

_CONNECT_S = 10.0
_TRIES = 6
_TRIES_WITHOUT_NETWORK = 3
_HOPS = 5
_BLOCK = 2**18
_LONGEST_WAIT_S = 600.0
_SLOWEST_BYTES_PER_S = 1000
_LONGEST_BODY = 256 * 2**20
_ANNOUNCED_S = 20.0
_RESET = re.compile(r"[;,]\s*t=(\d+)")

LONGEST_WAIT_S = 2 * 3600.0
"""What a server may ask a run to wait; more is for another run."""

_Read = TypeVar("_Read")


class _AgainError(Exception):
    """Ask again after `wait_s` seconds (None: longer each time), or give up with the message."""

    def __init__(self, message: str, wait_s: float | None = None, tries: int = _TRIES) -> None:
        super().__init__(message)
        self.wait_s = wait_s
        self.tries = tries


class Pause:
    """Sleeps that all end when the run does: after Ctrl-C nobody waits for a limit's reset."""

    def __init__(self) -> None:
        self._is_over = threading.Event()

    def __call__(self, seconds: float) -> None:
        """Sleep; a long sleep is announced. Raises StoppedError once `end` was called."""
        if seconds >= _ANNOUNCED_S:
            until = dt.datetime.now() + dt.timedelta(seconds=seconds)
            told = f"Waiting until {until:%H:%M:%S}, as the server asks."
            print(told, file=sys.stderr, flush=True)
        if self._is_over.wait(seconds):
            raise StoppedError

    def end(self) -> None:
        """End every sleep, those to come too."""
        self._is_over.set()


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and how to let it pass."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = field(default_factory=Pause)


class Web:
    """One session with one service. `rate` is the most requests, as in "1/3 second"."""

    def __init__(
        self,
        timeout_s: float,
        rate: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout_s = timeout_s
        self._rate = parse(rate) if rate else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._sleep = sleep
        self._session = new_session()

    def get_json(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON that an address answers with.

        Raises:
            InputError: it could not be had; the message says why and what to do.
        """
        return self._patiently(lambda: _json(url, self._get(url, params, headers)[1]))

    def get_read(
        self, url: str, params: Mapping[str, Any] | None, read: Callable[[bytes], _Read]
    ) -> _Read:
        """What `read` makes of an answer; asked for again where it raises InputError, for a
        proxy's page or half an answer may come with 200. Raises as `get_json`.
        """

        def attempt() -> _Read:
            content = self._get(url, params, None)[1]
            try:
                return read(content)
            except InputError as error:
                raise _AgainError(str(error)) from None

        return self._patiently(attempt)

    def get_changed(self, url: str, etag: str | None) -> tuple[Any, str | None]:
        """The JSON and its ETag, or (None, etag) where it has not changed. Raises as `get_json`."""
        headers = {"If-None-Match": etag} if etag else {}

        def attempt() -> tuple[Any, str | None]:
            response, content = self._get(url, None, headers)
            if response.status_code == 304:
                return None, etag
            return _json(url, content), response.headers.get("ETag")

        return self._patiently(attempt)

    def head(self, url: str) -> Mapping[str, str]:
        """The headers of the file at an address, before it is redirected to another host."""

        def attempt() -> Mapping[str, str]:
            at = url
            for _ in range(_HOPS):
                response, _ = self._request("HEAD", at, None, {"Accept-Encoding": "identity"})
                _judge(at, response, b"")
                location = response.headers.get("Location", "")
                # a location that names a host: the file lies there, and only this one knows it
                if not response.is_redirect or "//" in location:
                    return response.headers
                at = urljoin(at, location)  # renamed
            raise InputError(f"{_shown(url)} is redirected in circles.")

        return self._patiently(attempt)

    def post_json(self, url: str, body: Mapping[str, str]) -> Any:
        """The JSON answer to a JSON body. Raises as `get_json`."""

        def attempt() -> Any:
            response, content = self._request("POST", url, None, {}, orjson.dumps(body))
            # what it says may repeat what it was sent
            _judge(url, response, b"")
            return _json(url, content)

        return self._patiently(attempt)

    def download(self, url: str, target: Path, size: int | None, sha256: str | None) -> None:
        """Fetch a file, going on where an earlier attempt stopped, and check it.

        Raises:
            InputError: it could not be had, or is not what was promised.
        """
        if target.exists() and (sha256 is None or _sha256(target) == sha256):
            return
        part = target.with_name(f"{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for last_try in (False, True):
                self._patiently(lambda: self._download(url, part, size))
                if sha256 is None or _sha256(part) == sha256:
                    part.replace(target)
                    return
                part.unlink()  # what was there before may have been of another version
                if last_try:
                    raise InputError(f"{_shown(url)} is damaged: its SHA-256 is not {sha256}.")
        except OSError as error:
            raise InputError(f"{target} cannot be written: {error.strerror}.") from None

    def _download(self, url: str, part: Path, size: int | None) -> None:
        had = part.stat().st_size if part.exists() else 0
        if size is not None and had == size:
            return
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={had}-"} if had else {})
        self._wait_turn()
        with (
            _network(url, self._timeout_s),
            self._session.get(
                url, headers=headers, stream=True, timeout=(_CONNECT_S, self._timeout_s)
            ) as response,
        ):
            if response.status_code == 416:
                part.unlink(missing_ok=True)
                raise _AgainError(f"{_shown(url)} has changed while it was fetched.")
            if response.history and response.status_code in (401, 403):
                raise _AgainError(f"{_shown(url)} led to an address that has expired.")
            _judge(url, response, b"")
            give_up = time.monotonic() + self._timeout_s
            with part.open("ab" if response.status_code == 206 else "wb") as file:
                for block in blocks(response):
                    file.write(block)
                    give_up += len(block) / _SLOWEST_BYTES_PER_S
                    if time.monotonic() > give_up:
                        raise requests.Timeout
                    if size is not None and file.tell() > size:
                        break
        if size is not None and part.stat().st_size != size:
            if part.stat().st_size > size:
                part.unlink()
            raise _AgainError(f"{_shown(url)} broke off.")

    def _get(
        self, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str] | None
    ) -> tuple[requests.Response, bytes]:
        response, content = self._request("GET", url, params, headers or {})
        _judge(url, response, content)
        return response, content

    def _request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> tuple[requests.Response, bytes]:
        """One request and its whole body, within twice the time-out."""
        self._wait_turn()
        give_up = time.monotonic() + 2 * self._timeout_s
        if body is not None:
            headers = {**headers, "Content-Type": "application/json"}
        with (
            _network(url, self._timeout_s),
            self._session.request(
                method,
                url,
                params=params,
                headers=headers,
                data=body,
                timeout=(_CONNECT_S, self._timeout_s),
                # what is posted, a password say, goes nowhere else
                allow_redirects=method == "GET",
                stream=True,
            ) as response,
        ):
            content = bytearray()
            for block in blocks(response):
                content += block
                if time.monotonic() > give_up or len(content) > _LONGEST_BODY:
                    raise requests.Timeout
        return response, bytes(content)

    def _wait_turn(self) -> None:
        while self._rate is not None and not self._limiter.hit(self._rate):
            reset = self._limiter.get_window_stats(self._rate).reset_time
            self._sleep(max(reset - time.time(), 0.05))

    def _patiently(self, attempt: Callable[[], _Read]) -> _Read:
        retrying = Retrying(
            retry=retry_if_exception_type(_AgainError),
            wait=_wait_s,
            stop=_is_enough,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except _AgainError as again:
            raise InputError(f"{again} Run it again: what was collected stays.") from None


def new_session() -> requests.Session:
    """A session that sends the credentials it is given: none of ~/.netrc takes their place."""
    session = requests.Session()
    session.headers["User-Agent"] = _USER_AGENT
    session.auth = _as_it_is
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@contextmanager
def _network(url: str, timeout_s: float) -> Iterator[None]:
    """What a connection can do, as _AgainError."""
    where = _host(url)
    try:
        yield
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise _AgainError(f"{where} gave no answer within {timeout_s:g} s.") from None
    except (ValueError, urllib3.exceptions.LocationValueError) as error:
        # requests' own, and what slips through it, of a redirect to nonsense
        cause = type(error).__name__
        raise RefusedError(f"{where} leads to an address that is none ({cause}).") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        cause = type(error).__name__
        message = f"{where} cannot be reached ({cause}). Is there a network?"
        raise _AgainError(message, tries=_TRIES_WITHOUT_NETWORK) from None


def blocks(response: requests.Response) -> Iterator[bytes]:
    """The body as it comes. `iter_content` waits for whole blocks: no deadline could be kept.

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


def _judge(url: str, response: requests.Response, content: bytes) -> None:
    status = response.status_code
    if status < 400:
        return
    if status == 429 or status >= 500:
        raise _AgainError(f"{_shown(url)} answered {status}.", _asked_wait_s(response.headers))
    said = " ".join(content[:200].decode("utf-8", "replace").split())
    raise RefusedError(f"{_shown(url)} answered {status}{': ' + said if said else '.'}")


def _json(url: str, content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        raise _AgainError(f"{_shown(url)} answered no JSON.") from None


def _asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """Retry-After, or Hugging Face's `RateLimit: "api";r=0;t=123`: seconds to the reset."""
    if (asked := retry_after_s(headers.get("Retry-After"))) is not None:
        return asked
    reset = _RESET.search(headers.get("RateLimit", ""))
    return float(reset[1]) if reset else None


def retry_after_s(text: str | None) -> float | None:
    """Seconds of a Retry-After header, be it seconds or a date; None when it is neither."""
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


def _is_enough(state: RetryCallState) -> bool:
    assert state.outcome is not None
    again = state.outcome.exception()
    return isinstance(again, _AgainError) and state.attempt_number >= again.tries


def _wait_s(state: RetryCallState) -> float:
    assert state.outcome is not None
    again = state.outcome.exception()
    asked = again.wait_s if isinstance(again, _AgainError) else None
    if asked is None:
        # not all callers at the same moment again
        asked = 2.0**state.attempt_number * random.uniform(0.75, 1.25)
    return min(asked, _LONGEST_WAIT_S)


def _shown(url: str) -> str:
    """Host and path: a query may hold what is secret."""
    return f"{_host(url)}{urlsplit(url).path}"


def _host(url: str) -> str:
    """Host and port, without the name and password that may stand before them."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
