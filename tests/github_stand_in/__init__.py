"""GitHub's archive service on loopback: real HTTP, real archives, and its faults on demand."""

from __future__ import annotations

import io
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def archive(files: dict[str, str]) -> bytes:
    """A .tar.gz as `git archive` makes it: the commit in a global header, one folder around all."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers={"comment": COMMIT}
    ) as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(f"repository-HEAD/{name}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


class StandIn:
    """Repositories by owner/name; faults are `name -> status` or 'cut' for a broken-off stream."""

    def __init__(self) -> None:
        self.repositories: dict[str, bytes] = {}
        self.faults: dict[str, int | str] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def add(self, name: str, files: dict[str, str]) -> None:
        self.repositories[name] = archive(files)


@contextmanager
def github_stand_in() -> Iterator[StandIn]:
    """A running stand-in; `url` is its base URL."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            stand_in.requests.append((self.path, dict(self.headers)))
            name = "/".join(self.path.split("/")[1:3])
            fault = stand_in.faults.get(name)
            content = stand_in.repositories.get(name)
            if isinstance(fault, int) or content is None:
                self._answer(fault if isinstance(fault, int) else 404, b"<html>no</html>")
            elif fault == "cut":
                self._answer(200, content[: len(content) // 2], length=len(content))
                self.close_connection = True
            else:
                self._answer(200, content)

        def _answer(self, status: int, content: bytes, length: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(length or len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
