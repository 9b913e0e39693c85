"""Paper services on loopback: Hugging Face, arXiv, JOSS, OpenReview, lists, and archives of code.

Each answers as its real one does, oddities included; a test sets what it holds.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from tests.stand_ins.faults import Fault, answer
from tests.stand_ins.github.repositories import archive
from tests.stand_ins.loopback import Handler, Service, serving

COMMIT = "c" * 40

Page = Callable[[dict[str, str]], tuple[int, Any, dict[str, str]]]
"""Answers a query: status, body (bytes, or what becomes JSON) and headers."""


def parquet(rows: list[dict[str, Any]]) -> bytes:
    """Rows as a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


@dataclass
class PaperStandIn(Service):
    """What is answered at each path."""

    pages: dict[str, Page] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """Files of Hugging Face: the path after /resolve/<commit>/, data set first."""
    ignores_range: bool = False
    signatures: int = 0
    """Signed addresses given out; only the newest one works."""

    def add_dataset(self, dataset: str, rows: list[dict[str, Any]]) -> None:
        """A data set of one Parquet file."""
        file = "data/train-00000-of-00001.parquet"
        self.files[f"{dataset}/{file}"] = parquet(rows)
        body = {"sha": COMMIT, "siblings": [{"rfilename": "README.md"}, {"rfilename": file}]}
        self.pages[f"/api/datasets/{dataset}"] = lambda _: (200, body, {})

    def add_archive(
        self, repository: str, files: dict[str, str | bytes], etag: str = '"v1"'
    ) -> None:
        """The archive of a repository's newest commit, with files in the order that git packs."""
        content = archive(dict(sorted(files.items())))

        def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
            if query["_if_none_match"] == etag:
                return 304, b"", {}
            return 200, content, {"ETag": etag}

        self.pages[f"/archives/{repository}/tar.gz/HEAD"] = page


class _Handler(Handler):
    stand_in: PaperStandIn

    def respond(self, body: bytes, fault: Fault | None) -> None:
        stand_in = self.stand_in
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if fault is not None:
            fault(self, self._content(parts.path, query | {"_if_none_match": ""}))
        elif parts.path.startswith("/datasets/"):
            self._resolve(parts.path)
        elif parts.path.startswith("/cdn/"):
            self._cdn(parts.path.removeprefix("/cdn/"), query)
        elif parts.path in stand_in.pages:
            query["_authorization"] = self.headers.get("Authorization", "")
            query["_if_none_match"] = self.headers.get("If-None-Match", "")
            status, page, headers = stand_in.pages[parts.path](query)
            content = page if isinstance(page, bytes) else json.dumps(page).encode()
            answer(self, status, content, headers)
        else:
            answer(self, 404, b'{"error": "not found"}')

    def _content(self, path: str, query: dict[str, str]) -> bytes | None:
        if path.startswith("/cdn/"):
            return self.stand_in.files[path.removeprefix("/cdn/")]
        if path in self.stand_in.pages:
            body = self.stand_in.pages[path](query)[1]
            return body if isinstance(body, bytes) else json.dumps(body).encode()
        return None

    def _resolve(self, path: str) -> None:
        """Headers of the file, and a signed address of it on another host."""
        dataset, _, rest = path.removeprefix("/datasets/").partition("/resolve/")
        file = rest.partition("/")[2]
        content = self.stand_in.files[f"{dataset}/{file}"]
        self.stand_in.signatures += 1
        elsewhere = self.stand_in.url.replace("127.0.0.1", "localhost")
        headers = {
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(content)),
            "X-Linked-Etag": f'"{hashlib.sha256(content).hexdigest()}"',
            "Location": f"{elsewhere}/cdn/{dataset}/{file}?signature={self.stand_in.signatures}",
        }
        self.send_response(302)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _cdn(self, name: str, query: dict[str, str]) -> None:
        content = self.stand_in.files[name]
        if query["signature"] != str(self.stand_in.signatures):
            answer(self, 403, b"Request has expired")
            return
        asked = self.headers.get("Range")
        if asked is None or self.stand_in.ignores_range:
            answer(self, 200, content)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        told = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        answer(self, 206, content[start:], told)


@contextmanager
def paper_stand_in() -> Iterator[PaperStandIn]:
    """A running stand-in; `url` is the base URL of all its services."""
    stand_in = PaperStandIn()
    with serving(stand_in, _Handler):
        yield stand_in
