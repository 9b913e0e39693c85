"""A repository's code from GitHub's archive service, scanned as it arrives.

The archive is never whole in memory or on disk. A request names a commit, and the first header of
the archive says which commit it holds. A public repository needs no token; with a token the
request counts towards the token's own limit.
"""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

import requests

from pipeline.code.refused import RefusedTargetError, failed_scan, scan_status
from pipeline.code.units import Unit
from pipeline.errors import Status
from pipeline.github.refusals import refusal_of
from pipeline.links import is_commit_id
from pipeline.scan.archive import tar_members
from pipeline.scan.records import FileProblem, Member, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.scan.target import scan_members
from pipeline.settings import Settings
from pipeline.web import HttpSession, Request, RetryableError, blocks

_HEAD = 2**17


@dataclass(frozen=True, slots=True)
class GithubArchives:
    """Scans units by downloading `<base>/<owner>/<name>/tar.gz/<commit or ref>`."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """The facts of a unit, or a status and a message with the reason for the failure."""
        download = _Download(self.settings)
        try:
            with _http(self.settings.timeout_s).stream(self._request(unit)) as response:
                _raise_for_status(response)
                result = self._scan_stream(unit, response, download)
        except RetryableError as failed:  # the workers try again
            assert isinstance(failed.error, UnreadableTargetError)  # as `_failure` makes it
            result = failed_scan(unit.unit_id, failed.error)
        except UnreadableTargetError as error:
            result = failed_scan(unit.unit_id, error)
        return replace(result, transfer="archive", bytes_moved=download.size)

    def _request(self, unit: Unit) -> Request:
        path = "/".join(quote(part, safe="") for part in (unit.owner, unit.name))
        revision = quote(unit.commit or unit.ref or "HEAD")
        # a server that compresses the archive once more would confuse its reader
        headers = {"Accept-Encoding": "identity"}
        if self.settings.github_token is not None:
            headers["Authorization"] = f"Bearer {self.settings.github_token.get_secret_value()}"
        url = f"{self.settings.github_archive_url}/{path}/tar.gz/{revision}"
        return Request("GET", url, headers=headers)

    def _scan_stream(
        self, unit: Unit, response: requests.Response, download: _Download
    ) -> ScanResult:
        limits = self.settings.scan_limits
        members = _below_top(tar_members(download.blocks_of(response), limits))
        result = scan_members(unit.unit_id, members, limits, unit.subdir)
        held = download.commit_id
        if unit.commit is not None and held not in (None, unit.commit):
            message = f"The archive has commit {held}, not {unit.commit}. Run it again later."
            return ScanResult(unit.unit_id, status=ScanStatus.WRONG_COMMIT, message=message)
        return replace(result, commit_id=unit.commit or held, committed_at=unit.committed_at)


@cache
def _http(timeout_s: float) -> HttpSession:
    """The session of this process, which keeps its connections open."""
    return HttpSession(timeout_s, _failure)


def _failure(status: Status, message: str) -> UnreadableTargetError:
    return UnreadableTargetError(scan_status(status), message)


@dataclass(slots=True)
class _Download:
    """The blocks of a response, as they arrive, within limits of time and size."""

    settings: Settings
    size: int = 0
    """Bytes that have arrived."""
    _head: bytes = b""

    def blocks_of(self, response: requests.Response) -> Iterator[bytes]:
        """Blocks of the body.

        Raises:
            UnreadableTargetError: too_large or timed_out.
            EOFError: the connection broke off.
        """
        deadline = time.monotonic() + self.settings.repository_timeout_s
        most = self.settings.max_download_bytes
        try:
            for block in blocks(response):
                self.size += len(block)
                if self.size > most:
                    message = f"The archive is larger than the limit of {most:,} bytes."
                    raise UnreadableTargetError(ScanStatus.TOO_LARGE, message)
                if time.monotonic() > deadline:
                    message = "The download took longer than the time limit."
                    raise UnreadableTargetError(ScanStatus.TIMED_OUT, message)
                if len(self._head) < _HEAD:
                    self._head += block[: _HEAD - len(self._head)]
                yield block
        except requests.RequestException as error:
            raise EOFError(f"the connection broke off ({type(error).__name__})") from None

    @property
    def commit_id(self) -> str | None:
        """The commit that `git archive` writes into the first header, once bytes have come."""
        try:
            with tarfile.open(fileobj=io.BytesIO(self._head), mode="r|*") as archive:
                archive.next()
                comment = archive.pax_headers.get("comment", "")
        except (tarfile.TarError, EOFError, OSError):
            return None
        return comment if is_commit_id(comment) else None


def _raise_for_status(response: requests.Response) -> None:
    if response.status_code != 200:
        words = _words(response)
        raise RefusedTargetError(refusal_of(response.status_code, response.headers, words))


def _words(response: requests.Response) -> str:
    """The beginning of a refusal's body; empty if it does not arrive."""
    with suppress(requests.RequestException):
        return next(blocks(response), b"").decode("utf-8", "replace")
    return ""


def _below_top(members: Iterator[Member | FileProblem]) -> Iterator[Member | FileProblem]:
    """Members with paths below the one folder that GitHub puts all files into."""
    for member in members:
        path = member.path.partition("/")[2] or member.path
        if isinstance(member, Member):
            yield Member(path, member.size, member.read)
        else:
            yield FileProblem(path, member.problem, member.message)
