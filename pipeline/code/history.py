"""The commits of one repository, on disk or fetched from GitHub.

The first fetch gets commits without trees, unless `know` gave them. Later fetches get the trees of
the commits to examine and the files of the commits to scan. A file in two scanned commits is
fetched once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.code.commits import Commit, commits_of, utc_text
from pipeline.code.refs import Refs, refs_of
from pipeline.code.refused import failed_scan
from pipeline.code.remote_git import RemoteGit
from pipeline.scan import git
from pipeline.scan.known_files import KnownFiles
from pipeline.scan.languages import is_code, may_be_script
from pipeline.scan.records import Limits, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.scan.target import scan_members


@dataclass(slots=True)
class RepositoryHistory:
    """The commits of a repository in the folder `repository`. `remote` fetches missing objects."""

    repository: Path
    limits: Limits
    remote: RemoteGit | None = None
    _branches: dict[str, list[Commit] | UnreadableTargetError] = field(default_factory=dict)
    _trees: set[str] = field(default_factory=set)
    _blobs: set[str] = field(default_factory=set)
    _known: KnownFiles = field(default_factory=KnownFiles)

    def refs(self) -> Refs:
        """The commits of HEAD, of branches and of tags."""
        if self.remote is not None:
            return self.remote.refs()
        return refs_of(git.git_output(self.repository, "show-ref", "--head", "--dereference"))

    def know(self, commits: Sequence[Commit]) -> None:
        """Take the commits of the default branch, the oldest first. Without any, change nothing."""
        if commits:
            self._branches["HEAD"] = list(commits)

    def commits(self, revision: str = "HEAD") -> list[Commit]:
        """The commits of a revision along first parents, the oldest first; none if it is empty.

        Asks once for each revision: a failure stays one.

        Raises:
            UnreadableTargetError: the repository or the revision cannot be read.
        """
        if revision not in self._branches:
            try:
                self._branches[revision] = self._commits(revision)
            except UnreadableTargetError as error:
                self._branches[revision] = [] if error.status is ScanStatus.EMPTY else error
        commits = self._branches[revision]
        if isinstance(commits, UnreadableTargetError):
            raise commits
        return commits

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

        Counts the files that a scan reads. A file without an extension may be code. If a commit has
        no other code, its scan decides.

        Raises:
            UnreadableTargetError: a tree or a file cannot be read.
        """
        self._fetch_trees(commits)
        by_name = [self._reads(commit, subdir, is_code) for commit in commits]
        unsure = [
            commit
            for commit, has_code in zip(commits, by_name, strict=True)
            if not has_code and self._reads(commit, subdir, may_be_script)
        ]
        self._fetch_blobs([commit.tree_id for commit in unsure], subdir)
        return [
            has_code or (commit in unsure and self._is_code(commit, subdir))
            for commit, has_code in zip(commits, by_name, strict=True)
        ]

    def prepare(self, commits: Sequence[Commit], subdir: str) -> None:
        """Fetch at once what the scans of these commits read.

        Raises:
            UnreadableTargetError: it cannot be fetched.
        """
        self._fetch_trees(commits)
        self._fetch_blobs([commit.tree_id for commit in commits], subdir)

    def scan(self, target: str, commit: Commit, subdir: str) -> ScanResult:
        """The facts of a commit, or a status and a message with the reason for the failure."""
        before = self.bytes_moved
        try:
            self._fetch_trees([commit])
            result = self._scan(target, commit.tree_id, subdir)
        except UnreadableTargetError as error:
            result = failed_scan(target, error)
        result = replace(
            result, commit_id=commit.commit_id, committed_at=utc_text(commit.committed_at)
        )
        if before is None or self.bytes_moved is None:
            return result
        return replace(result, transfer="partial", bytes_moved=self.bytes_moved - before)

    def scan_revision(self, target: str, revision: str, subdir: str) -> ScanResult:
        """The facts of a revision whose trees have been fetched.

        Raises:
            UnreadableTargetError: it cannot be read.
        """
        commit = git.resolve_commit(self.repository, revision)
        result = self._scan(target, commit.commit_id, subdir)
        return replace(result, commit_id=commit.commit_id, committed_at=commit.committed_at)

    def _scan(self, target: str, tree: str, subdir: str) -> ScanResult:
        """The facts of a tree, or of the tree of a commit."""
        self._fetch_blobs([tree], subdir)
        members = git.git_members(self.repository, tree)
        return scan_members(target, members, self.limits, subdir, self._known)

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

    def _fetch_blobs(self, trees: Sequence[str], subdir: str) -> None:
        """Fetch the files that the scans of these trees read."""
        if self.remote is None:
            return
        wanted = {
            blob
            for tree in trees
            for blob in git.blobs_to_read(self._listing(tree, subdir), subdir)
        }
        self.remote.fetch_objects(sorted(wanted - self._blobs))
        self._blobs |= wanted

    def _reads(self, commit: Commit, subdir: str, is_meant: Callable[[str], bool]) -> bool:
        """Whether a scan of a commit reads a file whose path is meant."""
        entries = self._listing(commit.tree_id, subdir).split(b"\0")
        meant = b"\0".join(entry for entry in entries if entry and is_meant(_path(entry)))
        return any(True for _ in git.blobs_to_read(meant, subdir))

    def _is_code(self, commit: Commit, subdir: str) -> bool:
        """Whether the scan of a commit finds code."""
        status = self._scan(commit.commit_id, commit.tree_id, subdir).status
        return status not in (ScanStatus.NO_CODE, ScanStatus.EMPTY)

    def _listing(self, tree: str, subdir: str) -> bytes:
        # a tree, because a commit that GraphQL lists is not in the repository
        arguments = ["ls-tree", "-r", "-z", "--full-tree", tree]
        return git.git_output(
            self.repository, *arguments, *(["--", f"{subdir}/"] if subdir else [])
        )


def _path(entry: bytes) -> str:
    """The path in an entry of `git ls-tree`."""
    return entry.split(b"\t", 1)[1].decode("utf-8", "backslashreplace")
