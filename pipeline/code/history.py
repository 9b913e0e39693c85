"""The commits of one repository, on disk or fetched from GitHub.

The first fetch gets commits without trees. Later fetches get the trees of the commits to examine
and the files of the commits to scan. A file in two scanned commits is fetched once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.code.commits import Commit, commits_of
from pipeline.code.refs import Refs, refs_of
from pipeline.code.remote_git import RemoteGit
from pipeline.scan import git
from pipeline.scan.languages import is_code
from pipeline.scan.records import Limits, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.scan.target import scan_members


@dataclass(slots=True)
class RepositoryHistory:
    """The commits of a repository in the folder `repository`. `remote` fetches missing objects."""

    repository: Path
    limits: Limits
    remote: RemoteGit | None = None
    _branches: dict[str, list[Commit]] = field(default_factory=dict)
    _trees: set[str] = field(default_factory=set)
    _blobs: set[str] = field(default_factory=set)

    def refs(self) -> Refs:
        """The commits of HEAD, of branches and of tags."""
        if self.remote is not None:
            return self.remote.refs()
        return refs_of(git.git_output(self.repository, "show-ref", "--head", "--dereference"))

    def commits(self, revision: str = "HEAD") -> list[Commit]:
        """The commits of a revision along first parents, the oldest first; none if it is empty.

        Raises:
            UnreadableTargetError: the repository or the revision cannot be read.
        """
        if revision not in self._branches:
            try:
                self._branches[revision] = self._commits(revision)
            except UnreadableTargetError as error:
                if error.status is not ScanStatus.EMPTY:
                    raise
                self._branches[revision] = []
        return self._branches[revision]

    @property
    def is_shallow(self) -> bool:
        """Whether the repository itself lacks older commits."""
        answer = git.git_output(self.repository, "rev-parse", "--is-shallow-repository")
        return answer.strip() == b"true"

    @property
    def bytes_moved(self) -> int | None:
        """Bytes received from the network so far. None for a repository on disk."""
        return None if self.remote is None else self.remote.bytes_moved

    def has_code(self, commits: Sequence[Commit], subdir: str) -> list[bool]:
        """Whether each commit has code in a directory, in a language that the scanner reads.

        Raises:
            UnreadableTargetError: a tree cannot be read.
        """
        self._fetch_trees(commits)
        return [any(map(is_code, self._paths(commit, subdir))) for commit in commits]

    def scan(self, target: str, commit: Commit, subdir: str) -> ScanResult:
        """The facts of a commit, or a status and a message with the reason for the failure."""
        before = self.bytes_moved
        try:
            self._fetch_trees([commit])
            self._fetch_blobs(commit, subdir)
            known = git.resolve_commit(self.repository, commit.commit_id)
            members = git.git_members(self.repository, known, self.limits)
            result = scan_members(target, members, self.limits, subdir)
        except UnreadableTargetError as error:
            result = ScanResult(target, status=error.status, message=error.message)
        result = replace(
            result,
            commit_id=commit.commit_id,
            committed_at=f"{commit.committed_at.isoformat()}+00:00",
        )
        if before is None or self.bytes_moved is None:
            return result
        return replace(result, transfer="partial", bytes_moved=self.bytes_moved - before)

    def _commits(self, revision: str) -> list[Commit]:
        if self.remote is None:
            known = git.resolve_commit(self.repository, revision)
            return commits_of(self.repository, known.commit_id)
        ref = f"refs/wanted/{len(self._branches)}"
        self.remote.fetch("--filter=tree:0", f"{revision}:{ref}")
        return commits_of(self.repository, ref)

    def _fetch_trees(self, commits: Sequence[Commit]) -> None:
        missing = {commit.tree_id for commit in commits} - self._trees
        if self.remote is not None and missing:
            self.remote.fetch_objects(sorted(missing))
        self._trees |= missing

    def _fetch_blobs(self, commit: Commit, subdir: str) -> None:
        if self.remote is None:
            return
        wanted = set(git.blobs_to_read(self._listing(commit, subdir), subdir))
        self.remote.fetch_objects(sorted(wanted - self._blobs))
        self._blobs |= wanted

    def _paths(self, commit: Commit, subdir: str) -> Iterator[str]:
        """The paths of the regular files of a commit below a directory."""
        for entry in self._listing(commit, subdir).split(b"\0"):
            if entry.startswith((b"100644", b"100755", b"100664")):
                yield entry.split(b"\t", 1)[1].decode("utf-8", "backslashreplace")

    def _listing(self, commit: Commit, subdir: str) -> bytes:
        arguments = ["ls-tree", "-r", "-z", "--full-tree", commit.commit_id]
        return git.git_output(
            self.repository, *arguments, *(["--", f"{subdir}/"] if subdir else [])
        )
