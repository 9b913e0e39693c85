"""Source of a repository from GitHub's archive service, scanned as it arrives.

The archive is never whole in memory or on disk. A public repository needs no token; with one
the request counts on the token's own limit.
"""

from __future__ import annotations

import io
import re
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import requests
from typing_extensions import Buffer

from pipeline import __version__
from pipeline.scan.archive import tar_members
from pipeline.scan.records import FileProblem, Member, ScanResult, UnreadableTargetError
from pipeline.scan.target import scan_members
from pipeline.settings import Settings
from pipeline.units import Unit

_BLOCK = 2**16
_COMMIT = re.compile(r"[0-9a-f]{40}")
_TERMINAL = {
    401: ("refused", "GitHub refused the token (401). Set ADOPTION_GITHUB_TOKEN to a valid token."),
    403: ("blocked", "GitHub blocks access to this repository (403)."),
    404: ("not_found", "GitHub has no such repository or revision, or it is private (404)."),
    429: ("rate_limited", "GitHub asks to slow down (429). Run it again later."),
    451: ("blocked", "GitHub blocks this repository for legal reasons (451)."),
}


@dataclass(frozen=True, slots=True)
class GithubArchives:
    """Scans units by downloading `<base>/<owner>/<name>/tar.gz/<ref>`."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """Facts of a unit, or the status and sentence that say why there are none."""
        if unit.host != "github.com":
            message = f"{unit.unit_id} is not on GitHub; only GitHub's archives can be had."
            return ScanResult(unit.unit_id, status="other_host", message=message)
        try:
            with self._request(unit) as response:
                return self._scan_stream(unit, response)
        except UnreadableTargetError as error:
            return ScanResult(unit.unit_id, status=error.status, message=error.message)
        except requests.Timeout:
            message = f"No answer within {self.settings.timeout_s:g} s."
            return ScanResult(unit.unit_id, status="timed_out", message=message)
        except requests.RequestException as error:
            message = f"The archive could not be had: {type(error).__name__}. Is there a network?"
            return ScanResult(unit.unit_id, status="unreachable", message=message)

    def _request(self, unit: Unit) -> requests.Response:
        path = "/".join(quote(part) for part in (unit.owner, unit.name, "tar.gz"))
        headers = {"User-Agent": f"pytorch-adoption-pipeline/{__version__}"}
        if self.settings.github_token is not None:
            headers["Authorization"] = f"Bearer {self.settings.github_token.get_secret_value()}"
        response = requests.get(
            f"{self.settings.github_archive_url}/{path}/{quote(unit.ref or 'HEAD')}",
            headers=headers,
            timeout=self.settings.timeout_s,
            stream=True,
        )
        if response.ok:
            return response
        response.close()
        default = ("unreachable", f"GitHub answered {response.status_code}. Run it again later.")
        raise UnreadableTargetError(*_TERMINAL.get(response.status_code, default))

    def _scan_stream(self, unit: Unit, response: requests.Response) -> ScanResult:
        stream = _ResponseStream(response, time.monotonic() + self.settings.repository_timeout_s)
        members = tar_members(stream, self.settings.limits)  # type: ignore[arg-type]  # only read()
        result = scan_members(unit.unit_id, _below_top(members), self.settings.limits, unit.subdir)
        result.commit_id = stream.commit_id
        return result


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

    def __init__(self, response: requests.Response, deadline: float) -> None:
        self._blocks = response.iter_content(_BLOCK)
        self._deadline = deadline
        self._rest = b""
        self._head = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        if time.monotonic() > self._deadline:
            raise UnreadableTargetError("timed_out", "The download took longer than allowed.")
        if not self._rest:
            self._rest = self._next_block()
        view = memoryview(buffer)
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count

    def _next_block(self) -> bytes:
        try:
            block = next(self._blocks, b"")
        except requests.RequestException as error:
            raise EOFError(f"the connection broke off ({type(error).__name__})") from None
        if len(self._head) < _BLOCK:
            self._head += block[: _BLOCK - len(self._head)]
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
