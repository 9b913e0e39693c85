"""Fetches from one repository over the network with git. The repository may be hostile."""

from __future__ import annotations

import base64
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from pipeline.code.refs import Refs, refs_of
from pipeline.code.refused import RefusedTargetError
from pipeline.code.units import Unit
from pipeline.github.refusals import NO_COMMIT, refusal_of
from pipeline.scan.records import ScanStatus, UnreadableTargetError
from pipeline.settings import Settings

# A repository from the network may be hostile: no hooks, no other protocols, no configuration.
_GIT = (
    "git",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
    "-c",
    "protocol.https.allow=always",
    "-c",
    "protocol.http.allow=always",
    "-c",
    "fetch.unpackLimit=1",
    "-c",
    "gc.auto=0",
    "-c",
    "http.lowSpeedLimit=1",
)
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no")
_NO_HAVES = ("-c", "fetch.negotiationAlgorithm=noop")
_PLAIN_CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
_REDIRECTED = re.compile(rb"error: 30[1278]\b")
_NO_NETWORK = "GitHub cannot be reached. Check the network connection."

# Git's messages, each with a status and a message for users. The first match in both tables counts.
_FAILURES = (
    ("not our ref", ScanStatus.NO_COMMIT, "GitHub no longer has this commit."),
    ("couldn't find remote ref HEAD", ScanStatus.EMPTY, NO_COMMIT),
    ("couldn't find remote ref", ScanStatus.NO_COMMIT, "GitHub has no such branch or tag."),
    ("Operation too slow", ScanStatus.UNREACHABLE, "The server sent no data for too long."),
    ("Could not resolve host", ScanStatus.UNREACHABLE, _NO_NETWORK),
    ("Failed to connect", ScanStatus.UNREACHABLE, _NO_NETWORK),
    (
        "No space left",
        ScanStatus.DISK_FULL,
        "The disk is full. Free some space and run the command again; it keeps stored data.",
    ),
)
# Git's messages, each with the HTTP status that GitHub's API sends in the same case.
_REFUSALS = (
    ("could not read Username", 404),
    ("Authentication failed", 404),
    ("not found", 404),
    ("error: 404", 404),
    ("limiting", 429),
    ("error: 429", 429),
    ("error: 403", 403),
    ("error: 451", 451),
    ("error: 401", 401),
)


_WHOLE_REPOSITORY = frozenset(
    {
        ScanStatus.NOT_FOUND,
        ScanStatus.BLOCKED,
        ScanStatus.UNREACHABLE,
        ScanStatus.RATE_LIMITED,
        ScanStatus.REFUSED,
        ScanStatus.DISK_FULL,
        ScanStatus.NO_GIT,
    }
)
"""After a request with one of these outcomes, no other request for the repository can succeed."""


class RemoteGit:
    """git in one temporary repository, with one address to fetch from.

    After a failure that concerns the whole repository, it sends no other request.
    """

    def __init__(self, repository: Path, settings: Settings, url: str) -> None:
        self.repository, self.url = repository, url
        self._settings = settings
        self._token = settings.github_token
        self._config = _PLAIN_CONFIG
        self._refs: Refs | UnreadableTargetError | None = None
        self._ended_by: UnreadableTargetError | None = None

    def start(self) -> None:
        """Make an empty repository, without the templates of this machine."""
        (self.repository / "objects").mkdir()
        (self.repository / "refs").mkdir()
        (self.repository / "HEAD").write_text("ref: refs/heads/none\n")
        self._config_file.write_text(_PLAIN_CONFIG)

    def fetch(self, *wanted: str) -> None:
        """Fetch with these options and references.

        Raises:
            UnreadableTargetError: git failed; with the status of the scan and a sentence.
        """
        with self._as_partial_clone():
            self._request(*_FETCH, *_around_url(self.url, wanted))

    def fetch_objects(self, objects: Iterable[str]) -> None:
        """Fetch objects by their ids: blobs, or trees with all that is below but blobs.

        Raises:
            UnreadableTargetError: git failed; with the status of the scan and a sentence.
        """
        ids = "\n".join(dict.fromkeys(objects))
        if ids:
            options = (*_NO_HAVES, *_FETCH, "--filter=blob:none", "--stdin", self.url)
            with self._as_partial_clone():
                self._request(*options, input_=ids)

    @property
    def _config_file(self) -> Path:
        return self.repository / "config"

    @contextmanager
    def _as_partial_clone(self) -> Iterator[None]:
        """Allow missing objects only during a fetch.

        At other times git would fetch each missing object from the network.
        """
        self._config_file.write_text(self._config)
        try:
            yield
        finally:
            self._config = self._config_file.read_text()
            self._config_file.write_text(_PLAIN_CONFIG)

    @property
    def bytes_moved(self) -> int:
        """The size of the received packs, which is nearly all of the traffic.

        A fetch that failed leaves a part of a pack, which counts too.
        """
        folder = self.repository / "objects" / "pack"
        packs = [*folder.glob("*.pack"), *folder.glob("tmp_pack_*")]
        return sum(pack.stat().st_size for pack in packs)

    def refs(self) -> Refs:
        """The commits of HEAD, of branches and of tags. Asks the server once.

        Raises:
            UnreadableTargetError: git failed; with the status of the scan and a sentence.
        """
        if self._refs is None:
            try:
                self._refs = refs_of(self._request("ls-remote", self.url))
            except UnreadableTargetError as error:
                self._refs = error
        if isinstance(self._refs, UnreadableTargetError):
            raise self._refs
        return self._refs

    def _request(self, *arguments: str, input_: str | None = None) -> bytes:
        """The output of a git command that talks to the server.

        Raises:
            UnreadableTargetError: git failed; with the status of the scan and a sentence.
        """
        if self._ended_by is not None:
            raise self._ended_by
        try:
            return self._output(arguments, input_)
        except UnreadableTargetError as error:
            if error.status in _WHOLE_REPOSITORY:
                self._ended_by = error
            raise

    def _output(self, arguments: tuple[str, ...], input_: str | None) -> bytes:
        done = self._run(arguments, input_)
        if self._token is not None and _REDIRECTED.search(done.stderr):
            # git would send the token to the host that a redirect names
            self._token = None
            done = self._run(arguments, input_)
        if done.returncode != 0:
            raise self._failure(done)
        return done.stdout

    def _run(
        self, arguments: tuple[str, ...], input_: str | None
    ) -> subprocess.CompletedProcess[bytes]:
        follows = "false" if self._token is not None else "initial"
        command = [*_GIT, "-c", f"http.followRedirects={follows}"]
        command += ["-c", f"http.lowSpeedTime={self._settings.timeout_s:.0f}"]
        # the limit holds for all fetches together
        most = max(self._settings.max_download_bytes - self.bytes_moved, 0)
        try:
            return subprocess.run(
                [*command, "--git-dir", str(self.repository), *arguments],
                input=None if input_ is None else input_.encode(),
                stdin=subprocess.DEVNULL if input_ is None else None,
                capture_output=True,
                env=self._environment(),
                timeout=self._settings.repository_timeout_s,
                preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)),
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = "The download took longer than the time limit."
            raise UnreadableTargetError(ScanStatus.TIMED_OUT, message) from None
        except FileNotFoundError:
            message = "git is not installed, and partial clones need it."
            raise UnreadableTargetError(ScanStatus.NO_GIT, message) from None

    def _environment(self) -> dict[str, str]:
        """git's environment. It holds the token, because every user can read arguments."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        }
        environment |= {
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ASKPASS": "true",
            "HOME": os.devnull,  # whose .netrc would be sent
            "LC_ALL": "C",
        }
        if self._token is not None:
            pair = f"x-access-token:{self._token.get_secret_value()}"
            header = f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"
            environment |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"http.{self._settings.github_git_url}/.extraHeader",
                "GIT_CONFIG_VALUE_0": header,
            }
        return environment

    def _failure(self, done: subprocess.CompletedProcess[bytes]) -> UnreadableTargetError:
        # without the address, for a repository may be called rate-limiting
        words = done.stderr.decode("utf-8", "replace").replace(self.url, "")
        if "Authentication failed" in words and self._token is not None:
            # without a token, GitHub asks for a password if the repository does not exist
            return RefusedTargetError(refusal_of(401))
        is_full = self.bytes_moved >= self._settings.max_download_bytes
        if is_full or done.returncode == -signal.SIGXFSZ or "File too large" in words:
            message = (
                "The repository's code is larger than the limit of "
                f"{self._settings.max_download_bytes:,} bytes."
            )
            return UnreadableTargetError(ScanStatus.TOO_LARGE, message)
        for part, status, message in _FAILURES:
            if part in words:
                return UnreadableTargetError(status, message)
        for part, http_status in _REFUSALS:
            if part in words:
                return RefusedTargetError(refusal_of(http_status))
        lines = [line for line in words.splitlines() if line.strip()]
        reason = lines[-1][:200] if lines else "git failed"
        return UnreadableTargetError(
            ScanStatus.TRUNCATED, f"git could not fetch the code: {reason}"
        )


def _around_url(url: str, arguments: Sequence[str]) -> list[str]:
    """Options, the address, and then the references."""
    options = [item for item in arguments if item.startswith("-")]
    return [*options, url, *(item for item in arguments if not item.startswith("-"))]


def url_of(unit: Unit, settings: Settings) -> str:
    """The address of a unit's repository for git."""
    path = "/".join(quote(part, safe="") for part in (unit.owner, unit.name))
    return f"{settings.github_git_url}/{path}"


@contextmanager
def temporary_repository(folder: Path) -> Iterator[Path]:
    """An empty folder for a repository, deleted at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Path(tempfile.mkdtemp(prefix="clone-", dir=folder))
    try:
        yield repository
    finally:
        shutil.rmtree(repository, ignore_errors=True)
