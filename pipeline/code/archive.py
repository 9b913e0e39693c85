"""Source of a repository from GitHub's archive service, scanned as it arrives.

The archive is never whole in memory or on disk. What is asked for is a commit, and the archive
says in its first header which commit it holds. A public repository needs no token; with one the
request counts on the token's own limit.
"""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

import requests

from pipeline.code.units import Unit
from pipeline.links import is_commit_id
from pipeline.scan.archive import tar_members
from pipeline.scan.records import FileProblem, Member, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.scan.target import scan_members
from pipeline.settings import Settings
from pipeline.web import blocks, new_session, retry_after_s

_HEAD = 2**17
_HOPS = 5
_CONNECT_S = 10.0
_TERMINAL = {
    401: (
        ScanStatus.REFUSED,
        "GitHub refused the token (401). Set ADOPTION_GITHUB_TOKEN to a valid token.",
    ),
    404: (
        ScanStatus.NOT_FOUND,
        "GitHub has no such repository or revision, or it is private (404).",
    ),
    409: (ScanStatus.EMPTY, "The repository has no commit (409)."),
    451: (ScanStatus.BLOCKED, "GitHub blocks this repository for legal reasons (451)."),
}


@dataclass(frozen=True, slots=True)
class GithubArchives:
    """Scans units by downloading `<base>/<owner>/<name>/tar.gz/<commit or ref>`."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """Facts of a unit, or the status and sentence that say why there are none."""
        result = ScanResult(unit.unit_id)
        download = _Download(self.settings)
        try:
            with self._request(unit) as response:
                result = self._scan_stream(unit, response, download)
        except _LimitedError as error:
            result.status, result.message = ScanStatus.RATE_LIMITED, error.message
            result.retry_after_s = error.retry_after_s
        except UnreadableTargetError as error:
            result.status, result.message = error.status, error.message
        except requests.Timeout:
            result.status = ScanStatus.TIMED_OUT
            result.message = f"No answer within {self.settings.timeout_s:g} s."
        except ValueError:
            result.status = ScanStatus.UNREACHABLE
            result.message = "The archive service leads to an address that is none."
        except requests.RequestException as error:
            result.status = ScanStatus.UNREACHABLE
            result.message = (
                f"The archive could not be had: {type(error).__name__}. Is there a network?"
            )
        result.transfer, result.bytes_moved = "archive", download.size
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
        headers = {"Accept-Encoding": "identity"}
        own = urlsplit(url)[:2] == urlsplit(self.settings.github_archive_url)[:2]
        if self.settings.github_token is not None and own:
            headers["Authorization"] = f"Bearer {self.settings.github_token.get_secret_value()}"
        return headers

    def _scan_stream(
        self, unit: Unit, response: requests.Response, download: _Download
    ) -> ScanResult:
        limits = self.settings.scan_limits
        members = _below_top(tar_members(download.blocks_of(response), limits))
        result = scan_members(unit.unit_id, members, limits, unit.subdir)
        held = download.commit_id
        if unit.commit is not None and held not in (None, unit.commit):
            message = f"The archive holds commit {held}, not {unit.commit}. Run it again later."
            return ScanResult(unit.unit_id, status=ScanStatus.WRONG_COMMIT, message=message)
        result.commit_id = unit.commit or held
        result.committed_at = unit.committed_at
        return result


@cache
def _session() -> requests.Session:
    """One a process, whose connections are used again."""
    return new_session()


@dataclass(slots=True)
class _Download:
    """A response's blocks, as they come, within limits of time and size."""

    settings: Settings
    size: int = 0
    """Bytes that came."""
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
                    message = "The download took longer than allowed."
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
        raise UnreadableTargetError(
            ScanStatus.BLOCKED, "GitHub blocks access to this repository (403)."
        )
    default = (ScanStatus.UNREACHABLE, f"GitHub answered {status}. Run it again later.")
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
