"""Faults that a server, a proxy or a network makes: each answers one request in its own way."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

Fault = Callable[[BaseHTTPRequestHandler, bytes | None], None]
"""Answers a request; is given the content that a healthy server would have sent, if any."""


def answer(
    handler: BaseHTTPRequestHandler,
    status: int,
    content: bytes,
    headers: dict[str, str] | None = None,
) -> None:
    """A whole answer."""
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def json_fault(status: int, message: str, headers: dict[str, str] | None = None, **body: object):
    """A refusal as GitHub words it."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        text = json.dumps({"message": message, "documentation_url": "https://docs"} | body)
        answer(
            handler, status, text.encode(), {"Content-Type": "application/json"} | (headers or {})
        )

    return fault


def secondary_limit(status: int = 403, retry_after: int | None = None) -> Fault:
    message = "You have exceeded a secondary rate limit. Please wait a few minutes."
    headers = {"x-ratelimit-remaining": "4000"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return json_fault(status, message, headers)


def abuse() -> Fault:
    return json_fault(403, "You have triggered an abuse detection mechanism. Please retry later.")


def html(status: int) -> Fault:
    """An error page of a proxy."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        answer(handler, status, b"<html><h1>Sorry</h1></html>", {"Content-Type": "text/html"})

    return fault


def malformed() -> Fault:
    """JSON that breaks off, in an answer that says it is whole."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        answer(handler, 200, b'{"id": 1, "full_na', {"Content-Type": "application/json"})

    return fault


def cut(share: float = 0.5) -> Fault:
    """A connection that ends in the middle of a body whose length was told."""

    def fault(handler: BaseHTTPRequestHandler, content: bytes | None) -> None:
        content = content or b"x" * 1000
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: int(len(content) * share)])
        handler.close_connection = True

    return fault


def broken_off(status: int) -> Fault:
    """A refusal whose body never comes whole."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"no")
        handler.close_connection = True

    return fault


def wrong_length(share: float = 0.5) -> Fault:
    """A body that is shorter than it should be, under a length that says it is whole."""

    def fault(handler: BaseHTTPRequestHandler, content: bytes | None) -> None:
        content = content or b"x" * 1000
        answer(handler, 200, content[: int(len(content) * share)])

    return fault


def slow(bytes_per_s: int) -> Fault:
    """A healthy body, drop by drop."""

    def fault(handler: BaseHTTPRequestHandler, content: bytes | None) -> None:
        content = content or b"x" * 1000
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        step = max(bytes_per_s // 10, 1)
        for at in range(0, len(content), step):
            handler.wfile.write(content[at : at + step])
            handler.wfile.flush()
            time.sleep(0.1)

    return fault


def hang(seconds: float = 30.0) -> Fault:
    """No answer at all, then the end of the connection."""

    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        handler.connection.settimeout(seconds)
        with contextlib.suppress(OSError):
            handler.connection.recv(1)  # returns when the client gives up
            handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    return fault


def redirect(location: str, status: int = 302) -> Fault:
    def fault(handler: BaseHTTPRequestHandler, _: bytes | None) -> None:
        answer(handler, status, b"", {"Location": location})

    return fault
