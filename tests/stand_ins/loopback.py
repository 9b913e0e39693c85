"""The server under every stand-in: HTTP on a free port of loopback, which notes every request."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.stand_ins.faults import Fault

_STOP_SEEN_S = 0.01


@dataclass(frozen=True)
class Request:
    """A request as it came; the names of headers may be in any case. `at`: seconds of a clock."""

    method: str
    path: str
    headers: Message
    body: bytes
    at: float = field(default_factory=time.monotonic)


@dataclass
class Service:
    """What stand-ins share: an address, the requests that came, and faults to answer with."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, path: str, fault: Fault, times: int = 1) -> None:
        """The next `times` requests whose path contains this text end in a fault."""
        self.faults.append([path, fault, times])

    def asked(self, part: str) -> int:
        """Number of requests whose path contains this text."""
        return sum(part in request.path for request in self.requests)

    def note(self, request: Request) -> Fault | None:
        """Keep a request, and give the fault that answers it, if any."""
        with self.lock:
            self.requests.append(request)
            for waiting in self.faults:
                part, fault, times = waiting
                if part in request.path and times > 0:
                    waiting[2] -= 1
                    return fault
        return None


class Handler(BaseHTTPRequestHandler, ABC):
    """One connection. A stand-in's own handler says in `respond` what it answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # Nagle's algorithm delays each body by 40 ms
    stand_in: Service

    @abstractmethod
    def respond(self, body: bytes, fault: Fault | None) -> None:
        """Answer the request, or let the fault do so."""

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self._body()
        request = Request(self.command, self.path, self.headers, body)
        try:
            self.respond(body, self.stand_in.note(request))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        pass  # a client that goes away is nothing to report


@contextmanager
def serving(stand_in: Service, handler: type[Handler]) -> Iterator[None]:
    """A stand-in's server, as long as the block lasts; sets `stand_in.url`."""
    bound = type("Handler", (handler,), {"stand_in": stand_in})
    server = _Server(("127.0.0.1", 0), bound)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(_STOP_SEEN_S,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
