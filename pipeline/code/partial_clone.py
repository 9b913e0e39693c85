"""A repository's code by git: the trees of one commit, then only the files that are read.

A partial clone (`--filter=blob:none`, depth 1) moves a few kilobytes. Its tree names the files in
languages that are read, and one more fetch brings only those. Data, figures and weights, which are
most of an archive, never move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.code.remote_git import RemoteGit, temporary_repository, url_of
from pipeline.code.units import Unit
from pipeline.scan.git import git_members, resolve_commit
from pipeline.scan.languages import file_reader
from pipeline.scan.records import ScanResult, UnreadableTargetError
from pipeline.scan.target import scan_members
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class PartialClones:
    """Scans units by git from `<base>/<owner>/<name>`, with nothing kept on disk."""

    settings: Settings

    def scan(self, unit: Unit) -> ScanResult:
        """The facts of a unit, or a status and a message with the reason for the failure."""
        with temporary_repository(self.settings.scratch) as repository:
            git = RemoteGit(repository, self.settings, url_of(unit, self.settings))
            try:
                result = self._scan(git, unit)
            except UnreadableTargetError as error:
                result = ScanResult(unit.unit_id, status=error.status, message=error.message)
            return replace(result, transfer="partial", bytes_moved=git.bytes_moved)

    def resolve_ref(self, unit: Unit) -> Unit:
        """The unit at the commit that its ref names now.

        A slash in the link may belong to the branch or to the path: the longest branch that exists
        counts. If none exists (master became main), the default branch does.
        """
        if unit.ref is None:
            return unit
        tail = [unit.ref, *filter(None, unit.subdir.split("/"))] if unit.subdir else [unit.ref]
        with temporary_repository(self.settings.scratch) as repository:
            refs = RemoteGit(repository, self.settings, url_of(unit, self.settings)).refs()
        longest = len(tail) if unit.ref_may_have_slash else 1
        for count in range(longest, 0, -1):
            if commit := refs.get("/".join(tail[:count])):
                subdir = "/".join(tail[count:])
                return replace(unit, commit=commit, subdir=subdir, committed_at=None)
        return replace(unit, ref=None, commit=refs.get("HEAD"), committed_at=None)

    def _scan(self, git: RemoteGit, unit: Unit) -> ScanResult:
        git.start()
        git.fetch("--depth=1", "--filter=blob:none", f"{_wanted(unit)}:refs/head")
        git.fetch_objects(blobs_to_read(git, "refs/head", unit.subdir))
        commit = resolve_commit(git.repository, "refs/head")
        limits = self.settings.scan_limits
        members = git_members(git.repository, commit, limits)
        result = scan_members(unit.unit_id, members, limits, unit.subdir)
        return replace(result, commit_id=commit.commit_id, committed_at=commit.committed_at)


def _wanted(unit: Unit) -> str:
    return unit.commit or unit.ref or "HEAD"


def blobs_to_read(git: RemoteGit, revision: str, subdir: str) -> Iterator[str]:
    """The object ids of the regular files below `subdir` that a scan reads."""
    prefix = f"{subdir}/" if subdir else ""
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", revision).split(b"\0"):
        if not entry.startswith((b"100644", b"100755", b"100664")):
            continue
        facts, name = entry.split(b"\t", 1)
        path = name.decode("utf-8", "backslashreplace")
        if path.startswith(prefix) and file_reader(path) is not None:
            yield facts.split()[2].decode()
