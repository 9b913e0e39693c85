"""Anything on disk that can be scanned: a folder, an archive, a git repository, a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.scan.archive import blocks_of, tar_members, zip_members
from pipeline.scan.folder import file_members, folder_members
from pipeline.scan.git import git_members, is_git_directory, resolve_commit
from pipeline.scan.languages import is_code
from pipeline.scan.records import Limits, ScanResult, ScanStatus, UnreadableTargetError
from pipeline.scan.submodules import with_submodules
from pipeline.scan.target import Members, scan_members

_ZIP_MARK = b"PK"


@dataclass(frozen=True, slots=True)
class PathScan:
    """How a path is to be scanned: git revision, subdirectory and limits."""

    revision: str = "HEAD"
    subdir: str = ""
    limits: Limits = field(default_factory=Limits)

    def scan(self, path: Path, target: str | None = None) -> ScanResult:
        """Facts of a folder, a .tar, .tar.gz or .zip, a git repository (or checkout), a file.

        A git repository is read at `revision`, whatever its work tree holds. What cannot be
        read has its reason in the result's status and message; nothing is raised for it.
        """
        name = str(path) if target is None else target
        try:
            if not path.exists():
                raise UnreadableTargetError(ScanStatus.NOT_FOUND, f"{path} does not exist.")
            if path.is_dir():
                return self._scan_directory(path, name)
            if is_code(path.name):
                return self._scan_members(name, file_members(path))
            return self._scan_archive(path, name)
        except UnreadableTargetError as error:
            return ScanResult(name, status=error.status, message=error.message)
        except OSError as error:
            message = f"{path} could not be read: {error.strerror or error}."
            return ScanResult(name, status=ScanStatus.UNREADABLE, message=message)

    def _scan_directory(self, path: Path, name: str) -> ScanResult:
        if not is_git_directory(path):
            return self._scan_members(name, with_submodules(folder_members(path)))
        commit = resolve_commit(path, self.revision)
        result = self._scan_members(name, git_members(path, commit.commit_id))
        return replace(result, commit_id=commit.commit_id, committed_at=commit.committed_at)

    def _scan_archive(self, path: Path, name: str) -> ScanResult:
        with path.open("rb") as file:
            is_zip = file.read(2) == _ZIP_MARK
            file.seek(0)
            if is_zip:
                return self._scan_members(name, with_submodules(zip_members(file, self.limits)))
            members = tar_members(blocks_of(file), self.limits)
            return self._scan_members(name, with_submodules(members))

    def _scan_members(self, name: str, members: Members) -> ScanResult:
        return scan_members(name, members, self.limits, self.subdir)
