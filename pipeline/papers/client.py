"""A client for a paper service: requests JSON, pages and files, with rate limit and retries."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import orjson
import requests

from pipeline.errors import InputError, RefusedError, Status
from pipeline.web import (
    HttpSession,
    RateLimiter,
    Reply,
    Request,
    RetryableError,
    blocks,
    retry_after_s,
    shown,
    with_retries,
)

_AS_IT_IS = {"Accept-Encoding": "identity"}
_SLOWEST_BYTES_PER_S = 1000
_RESET = re.compile(r"[;,]\s*t=(\d+)")

_Parsed = TypeVar("_Parsed")


class PaperClient:
    """A session with one service. `rate` is its rate limit, for example "1/3 second"."""

    def __init__(
        self,
        timeout_s: float,
        rate: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._http = HttpSession(timeout_s, _failure, sleep, RateLimiter(rate) if rate else None)

    def get_json(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON at an address.

        Raises:
            InputError: the request failed; the message states the cause and the next step.
        """
        return self._with_retries(lambda: _json(self._get(url, params, headers)))

    def get_parsed(
        self, url: str, params: Mapping[str, Any] | None, parse: Callable[[bytes], _Parsed]
    ) -> _Parsed:
        """The result of `parse` for the content at an address.

        Where `parse` raises InputError the client retries, because a proxy's page or half an
        answer may come with status 200. Raises as `get_json`.
        """

        def attempt() -> _Parsed:
            content = self._get(url, params).content
            try:
                return parse(content)
            except InputError as error:
                raise _may_pass(str(error)) from None

        return self._with_retries(attempt)

    def get_changed(self, url: str, etag: str | None) -> tuple[Any, str | None]:
        """The JSON and its ETag, or (None, etag) if it has not changed. Raises as `get_json`."""
        headers = {"If-None-Match": etag} if etag else {}

        def attempt() -> tuple[Any, str | None]:
            reply = self._get(url, None, headers)
            if reply.status == 304:
                return None, etag
            return _json(reply), reply.headers.get("ETag")

        return self._with_retries(attempt)

    def read_changed(
        self, url: str, etag: str | None, read: Callable[[Iterator[bytes]], _Parsed]
    ) -> tuple[_Parsed | None, str | None]:
        """The result of `read` for the body as it arrives, and its ETag; (None, etag) if unchanged.

        `read` may stop before the body ends. Where it raises InputError the client retries, as in
        `get_parsed`. Raises as `get_json`.
        """
        headers = _AS_IT_IS | ({"If-None-Match": etag} if etag else {})

        def attempt() -> tuple[_Parsed | None, str | None]:
            with self._http.stream(Request("GET", url, headers=headers)) as response:
                _raise_for_status(url, response.status_code, response.headers)
                found = response.headers.get("ETag")
                if etag is not None and (response.status_code == 304 or found == etag):
                    return None, etag
                try:
                    return read(self._blocks(response)), found
                except InputError as error:
                    raise _may_pass(str(error)) from None

        return self._with_retries(attempt)

    def head(self, url: str) -> Mapping[str, str]:
        """The headers at an address, which may redirect to another host. Raises as `get_json`."""

        def attempt() -> Mapping[str, str]:
            # the file lies on the other host, and what describes it on this one
            reply = self._http.fetch(Request("HEAD", url, headers=_AS_IT_IS, stay=True))
            _raise_for_status(reply.url, reply.status, reply.headers)
            return reply.headers

        return self._with_retries(attempt)

    def post_json(self, url: str, body: Mapping[str, str]) -> Any:
        """The JSON answer to a JSON body. Raises as `get_json`."""

        def attempt() -> Any:
            headers = {"Content-Type": "application/json"}
            reply = self._http.fetch(Request("POST", url, None, headers, orjson.dumps(body)))
            # without its content, which may repeat the password that was sent
            _raise_for_status(reply.url, reply.status, reply.headers)
            return _json(reply)

        return self._with_retries(attempt)

    def download(self, url: str, target: Path, size: int | None, sha256: str | None) -> None:
        """Fetch a file, continue where an earlier attempt stopped, and check it.

        Raises:
            InputError: it cannot be fetched, or has another hash.
        """
        if target.exists() and (sha256 is None or _sha256(target) == sha256):
            return
        part = target.with_name(f"{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for is_last in (False, True):
                self._with_retries(lambda: self._download(url, part, size))
                if sha256 is None or _sha256(part) == sha256:
                    part.replace(target)
                    return
                part.unlink()  # an earlier part may have been of another version
                if is_last:
                    raise InputError(f"{shown(url)} is damaged: its SHA-256 is not {sha256}.")
        except OSError as error:
            raise InputError(f"{target} cannot be written: {error.strerror}.") from None

    def _download(self, url: str, part: Path, size: int | None) -> None:
        present = part.stat().st_size if part.exists() else 0
        if size is not None and present == size:
            return
        headers = _AS_IT_IS | ({"Range": f"bytes={present}-"} if present else {})
        with self._http.stream(Request("GET", url, headers=headers)) as response:
            if response.status_code == 416:
                part.unlink(missing_ok=True)
                raise _may_pass(f"{shown(url)} changed during the download.")
            if response.history and response.status_code in (401, 403):
                raise _may_pass(f"{shown(url)} redirected to an address that has expired.")
            _raise_for_status(url, response.status_code, response.headers)
            self._append(response, part, size)
        if size is not None and part.stat().st_size != size:
            if part.stat().st_size > size:
                part.unlink()
            raise _may_pass(f"The download of {shown(url)} is incomplete.")

    def _append(self, response: requests.Response, part: Path, size: int | None) -> None:
        """Write the body behind what is there, until it ends, is too long or too slow."""
        with part.open("ab" if response.status_code == 206 else "wb") as file:
            for block in self._blocks(response):
                file.write(block)
                if size is not None and file.tell() > size:
                    break

    def _blocks(self, response: requests.Response) -> Iterator[bytes]:
        """The body as it arrives. Raises requests.Timeout if it is too slow."""
        give_up = time.monotonic() + self._timeout_s
        for block in blocks(response):
            yield block
            give_up += len(block) / _SLOWEST_BYTES_PER_S
            if time.monotonic() > give_up:
                raise requests.Timeout

    def _get(
        self,
        url: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        reply = self._http.fetch(Request("GET", url, params, headers or {}))
        _raise_for_status(url, reply.status, reply.headers, reply.content)
        return reply

    def _with_retries(self, attempt: Callable[[], _Parsed]) -> _Parsed:
        return with_retries(attempt, self._sleep)


def _failure(status: Status, message: str) -> InputError:
    return RefusedError(message) if status is Status.NO_ANSWER else _temporary(message)


def _temporary(message: str) -> InputError:
    return InputError(f"{message} Run the command again; it keeps the collected data.")


def _may_pass(message: str, wait_s: float | None = None) -> RetryableError:
    return RetryableError(_temporary(message), wait_s)


def _raise_for_status(
    url: str, status: int, headers: Mapping[str, str], content: bytes = b""
) -> None:
    """Raise the error that a status means, unless the status is a success."""
    if status < 400:
        return
    if status == 429 or status >= 500:
        raise _may_pass(f"{shown(url)} answered {status}.", _requested_wait_s(headers))
    words = " ".join(content[:200].decode("utf-8", "replace").split())
    raise RefusedError(f"{shown(url)} answered {status}{': ' + words if words else '.'}")


def _json(reply: Reply) -> Any:
    try:
        return orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        raise _may_pass(f"{shown(reply.url)} returned no JSON.") from None


def _requested_wait_s(headers: Mapping[str, str]) -> float | None:
    """Retry-After, or Hugging Face's `RateLimit: "api";r=0;t=123`: seconds to the reset."""
    if (wait_s := retry_after_s(headers.get("Retry-After"))) is not None:
        return wait_s
    reset = _RESET.search(headers.get("RateLimit", ""))
    return float(reset[1]) if reset else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
