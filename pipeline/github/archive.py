"""Source of a repository from GitHub's archive service, scanned as it arrives.

The archive is never whole in memory or on disk. What is asked for is a commit, and the archive
says in its first header which commit it holds. A public repository needs no token; with one the
request counts on the token's own limit.
"""

from __future__ import annotations

import io
import re
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

import requests
from typing_extensions import Buffer

from pipeline.scan.archive import tar_members
from pipeline.scan.records import FileProblem, Member, ScanResult, UnreadableTargetError
from pipeline.scan.target import scan_members
from pipeline.settings import Settings
from pipeline.sources.web import USER_AGENT, blocks, retry_after_s
from pipeline.units import Unit

_HEAD = 2**17
_HOPS = 5
_CONNECT_S = 10.0
_COMMIT = re.compile(r"[0-9a-f]{40}")
_TERMINAL = {
    401: ("refused", "GitHub refused the token (401). Set ADOPTION_GITHUB_TOKEN to a valid token."),
    404: ("not_found", "GitHub has no such repository or revision, or it is private (404)."),
    409: ("empty", "The repository has no commit (409)."),
    451: ("blocked", "GitHub blocks this repository for legal reasons (451)."),
}


@dataclass(frozen=True, slots=True)
class GithubArchives:
    """Scans units by downloading `<base>/<owner>/<name>/tar.gz/<commit or ref>`."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """Facts of a unit, or the status and sentence that say why there are none."""
        result = ScanResult(unit.unit_id)
        moved = _Moved()
        try:
            with self._request(unit) as response:
                result = self._scan_stream(unit, response, moved)
        except _LimitedError as error:
            result.status, result.message = "rate_limited", error.message
            result.retry_after_s = error.retry_after_s
        except UnreadableTargetError as error:
            result.status, result.message = error.status, error.message
        except requests.Timeout:
            result.status = "timed_out"
            result.message = f"No answer within {self.settings.timeout_s:g} s."
        except ValueError:
            result.status = "unreachable"
            result.message = "The archive service leads to an address that is none."
        except requests.RequestException as error:
            result.status = "unreachable"
            result.message = (
                f"The archive could not be had: {type(error).__name__}. Is there a network?"
            )
        result.transfer, result.bytes_moved = "archive", moved.size
        return result

    def _request(self, unit: Unit) -> requests.Response:
        path = "/".join(quote(part, safe="") for part in (unit.owner, unit.name))
        revision = quote(unit.commit or unit.ref or "HEAD")
        url = f"{self.settings.github_archive_url}/{path}/tar.gz/{revision}"
        for _ in range(_HOPS):
            response = _session().get(
                url,
                headers=self._headers(url),
                timeout=(_CONNECT_S, self.settings.timeout_s),
                stream=True,
                allow_redirects=False,
            )
            location = response.headers.get("Location")
            if response.status_code not in (301, 302, 303, 307, 308) or not location:
                break
            url = urljoin(url, location)
            response.close()
        if response.ok and response.status_code == 200:
            return response
        with response:
            _refuse(response)
        raise AssertionError("unreachable")

    def _headers(self, url: str) -> dict[str, str]:
        """The token goes to the archive service itself, not to where it may send us."""
        # the archive as it is: a server that compresses once more would confuse its reader
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        own = urlsplit(url)[:2] == urlsplit(self.settings.github_archive_url)[:2]
        if self.settings.github_token is not None and own:
            headers["Authorization"] = f"Bearer {self.settings.github_token.get_secret_value()}"
        return headers

    def _scan_stream(self, unit: Unit, response: requests.Response, moved: _Moved) -> ScanResult:
        deadline = time.monotonic() + self.settings.repository_timeout_s
        stream = _ResponseStream(response, deadline, moved, self.settings.max_download_bytes)
        members = tar_members(stream, self.settings.scan_limits)  # type: ignore[arg-type]  # only read()
        result = scan_members(
            unit.unit_id, _below_top(members), self.settings.scan_limits, unit.subdir
        )
        held = stream.commit_id
        if unit.commit is not None and held not in (None, unit.commit):
            message = f"The archive holds commit {held}, not {unit.commit}. Run it again later."
            return ScanResult(unit.unit_id, status="wrong_commit", message=message)
        result.commit_id = unit.commit or held
        result.committed_at = unit.committed_at
        return result


@cache
def _session() -> requests.Session:
    """One a process, whose connections are used again."""
    return requests.Session()


@dataclass(slots=True)
class _Moved:
    """Bytes that came over the network."""

    size: int = 0


class _LimitedError(Exception):
    def __init__(self, retry_after_s: float | None) -> None:
        self.message = "GitHub asks to slow down (429). Run it again later."
        self.retry_after_s = retry_after_s


def _refuse(response: requests.Response) -> None:
    status, headers = response.status_code, response.headers
    wait_s = retry_after_s(headers.get("Retry-After"))
    words = _words(response)
    is_limit = wait_s is not None or headers.get("x-ratelimit-remaining") == "0"
    if status == 429 or (status == 403 and (is_limit or "rate limit" in words or "abuse" in words)):
        raise _LimitedError(wait_s)
    if status == 403:
        raise UnreadableTargetError("blocked", "GitHub blocks access to this repository (403).")
    default = ("unreachable", f"GitHub answered {status}. Run it again later.")
    raise UnreadableTargetError(*_TERMINAL.get(status, default))


def _words(response: requests.Response) -> str:
    """What a refusal says, in lower case. Its status counts, whatever becomes of its body."""
    with suppress(requests.RequestException):
        return next(blocks(response), b"").decode("utf-8", "replace").lower()
    return ""


def _below_top(members: Iterator[Member | FileProblem]) -> Iterator[Member | FileProblem]:
    """Members without the folder that GitHub puts around every archive, whatever its name."""
    for member in members:
        path = member.path.partition("/")[2] or member.path
        if isinstance(member, Member):
            yield Member(path, member.size, member.read)
        else:
            yield FileProblem(path, member.problem, member.message)


class _ResponseStream(io.RawIOBase):
    """The bytes of a response as a file, with a deadline; notes the commit in the tar header."""

    def __init__(
        self, response: requests.Response, deadline: float, moved: _Moved, most: int
    ) -> None:
        self._blocks = blocks(response)
        self._deadline = deadline
        self._moved = moved
        self._most = most
        self._rest = memoryview(b"")
        self._head = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        if time.monotonic() > self._deadline:
            raise UnreadableTargetError("timed_out", "The download took longer than allowed.")
        if not self._rest:
            self._rest = memoryview(self._next_block())
        view = memoryview(buffer)
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count

    def _next_block(self) -> bytes:
        try:
            block = next(self._blocks, b"")
        except requests.RequestException as error:
            raise EOFError(f"the connection broke off ({type(error).__name__})") from None
        self._moved.size += len(block)
        if self._moved.size > self._most:
            message = f"The archive is larger than the limit of {self._most:,} bytes."
            raise UnreadableTargetError("too_large", message)
        if len(self._head) < _HEAD:
            self._head += block[: _HEAD - len(self._head)]
        return block

    @property
    def commit_id(self) -> str | None:
        """The commit that `git archive` writes into the first header, once bytes have come."""
        try:
            with tarfile.open(fileobj=io.BytesIO(self._head), mode="r|*") as archive:
                archive.next()
                comment = archive.pax_headers.get("comment", "")
        except (tarfile.TarError, EOFError, OSError):
            return None
        return comment if _COMMIT.fullmatch(comment) else None
