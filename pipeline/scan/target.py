"""One target's members in, its facts out: the pure middle of a scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.scan.foreign import ForeignFiles, original_of
from pipeline.scan.inner_archives import (
    UNREAD_ARCHIVE,
    counted_size,
    inner_members,
    is_archive,
    reason_not_to_open,
)
from pipeline.scan.languages import (
    FileFacts,
    FileReader,
    file_reader,
    may_be_script,
    script_reader,
)
from pipeline.scan.local_modules import local_modules
from pipeline.scan.manifests import LONGEST_BYTES
from pipeline.scan.records import (
    LONGEST_NAME,
    MOST_IN_FILE,
    ApiUseFact,
    FileProblem,
    ImportFact,
    Limits,
    Member,
    ScanResult,
    ScanStatus,
    UnreadableMemberError,
    UnreadableTargetError,
)
from pipeline.scan.unread_code import UnreadCounts, unread_language

Members = Iterable[Member | FileProblem]

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_MOST_ARCHIVE_BYTES = 2**28
"""Limit in bytes for all archives inside a target."""

_MOST_PATHS = 100_000
"""Code files, or files with a problem, whose paths are kept of one target."""


def scan_members(target: str, members: Members, limits: Limits, subdir: str = "") -> ScanResult:
    """Facts of every code file and list of packages below `subdir`.

    A file that cannot be read becomes a FileProblem; a target that breaks off keeps what was
    found and takes the status of the UnreadableTargetError. Never raises for any content.
    """
    scan = _Scan(target, limits)
    prefix = f"{subdir}/" if subdir else ""
    try:
        for member in members:
            if member.path.startswith(prefix):
                scan.take(member)
    except UnreadableTargetError as error:
        return scan.result(error.status, error.message)
    return scan.result(*scan.verdict())


@dataclass(slots=True)
class _Scan:
    """What the members so far hold."""

    target: str
    limits: Limits
    files_seen: int = 0
    files_scanned: int = 0
    bytes_scanned: int = 0
    code_paths: list[str] = field(default_factory=list)
    imports: list[ImportFact] = field(default_factory=list)
    api_uses: list[ApiUseFact] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    foreign: ForeignFiles = field(default_factory=ForeignFiles)
    unread: UnreadCounts = field(default_factory=UnreadCounts)
    archive_bytes: int = 0
    is_in_archive: bool = False

    def take(self, member: Member | FileProblem) -> None:
        """Read a member, if it is a file that the scanner reads.

        Raises:
            UnreadableTargetError: the target breaks off, or holds more than the limits allow.
        """
        if isinstance(member, FileProblem):
            self.problems.append(member)
        else:
            self.files_seen += 1
            if not self.foreign.hold(member.path):
                self._take_own(member)
        self._stay_within_limits()

    def result(self, status: ScanStatus, message: str | None) -> ScanResult:
        """The finished record."""
        self._drop_copies()
        return ScanResult(
            self.target,
            status=status,
            message=message,
            files_seen=self.files_seen,
            files_scanned=self.files_scanned,
            bytes_scanned=self.bytes_scanned,
            imports=self.imports,
            api_uses=self.api_uses,
            local_modules=local_modules(self.code_paths, self.imports),
            problems=[*self.problems, *self.foreign.problems.values()],
            unread=self.unread.counts(),
        )

    def _drop_copies(self) -> None:
        """Drop the facts of Jupyter's copies, if the original file exists."""
        paths = set(self.code_paths)
        copies = {path for path in paths if original_of(path) in paths}
        if copies:
            self.files_scanned -= len(copies - {problem.path for problem in self.problems})
            self.code_paths = [path for path in self.code_paths if path not in copies]
            self.imports = [fact for fact in self.imports if fact.path not in copies]
            self.api_uses = [use for use in self.api_uses if use.path not in copies]
            self.problems = [problem for problem in self.problems if problem.path not in copies]

    def verdict(self) -> tuple[ScanStatus, str | None]:
        """Status and message of a target that was read to its end.

        One that gave nothing to judge is no target without a framework.
        """
        if self.files_seen == 0 and not self.problems and not self.foreign.problems:
            return ScanStatus.EMPTY, f"{self.target} holds no files."
        if not self.code_paths:
            message = f"{self.target} has no code in a language that the scanner reads."
            return ScanStatus.NO_CODE, message
        if self.files_scanned == 0 and not self.imports:
            files = len(self.code_paths)
            message = f"None of the {files} code files of {self.target} could be read whole."
            return ScanStatus.UNREADABLE, message
        return ScanStatus.OK, None

    def _take_own(self, member: Member) -> None:
        reader = file_reader(member.path)
        if reader is not None:
            if reader.code is not None:
                self.code_paths.append(member.path)
            content = self._content(member)
            if content is not None:
                self._scan(member, reader, content)
        elif (language := unread_language(member.path)) is not None:
            self.unread.add(language, member.size)
        elif is_archive(member.path):
            self._take_archive(member)
        elif member.size is not None and may_be_script(member.path, member.size):
            self._take_script(member)

    def _take_script(self, member: Member) -> None:
        """Read a file without an extension in the language that its first line names."""
        content = self._content(member)
        if content is None:
            return
        reader = script_reader(content)
        if isinstance(reader, FileReader):
            if reader.code is not None:
                self.code_paths.append(member.path)
            self._scan(member, reader, content)
        elif reader:
            self.unread.add(reader, len(content))

    def _take_archive(self, member: Member) -> None:
        """Read the files of an archive inside the target."""
        reason = reason_not_to_open(member.path, member.size)
        if self.is_in_archive:
            reason = "The scanner does not read archives inside archives."
        elif self.archive_bytes + (member.size or 0) > _MOST_ARCHIVE_BYTES:
            reason = f"The scanner reads at most {_MOST_ARCHIVE_BYTES:,} bytes of archives."
        if reason is not None:
            self._note(member, UNREAD_ARCHIVE, reason)
            return
        content = self._content(member)
        if content is None:
            return
        self.archive_bytes += counted_size(content)
        self.is_in_archive = True
        for inner in inner_members(member.path, content, self.limits):
            self.take(inner)
        self.is_in_archive = False

    def _content(self, member: Member) -> bytes | None:
        """The content of a file; None, and a problem, if it cannot be read."""
        size = member.size or 0
        if size > self.limits.file_bytes:
            most = self.limits.file_bytes
            message = f"The file has {size:,} bytes, more than the limit of {most:,}."
            self._note(member, "too_large", message)
            return None
        if self.bytes_scanned + size > self.limits.total_bytes:
            raise self._too_large(f"{self.limits.total_bytes:,} bytes of code.")
        try:
            content = member.read()
        except UnreadableMemberError as error:
            self._note(member, error.problem, error.message)
            return None
        if content.startswith(_LFS_POINTER):
            message = "The repository contains only a pointer to this file in Git LFS."
            self._note(member, "lfs_pointer", message)
            return None
        return content

    def _scan(self, member: Member, reader: FileReader, content: bytes) -> None:
        self.bytes_scanned += len(content)
        if reader.packages is not None and len(content) > LONGEST_BYTES:
            message = f"It is longer than {LONGEST_BYTES:,} bytes: not read as a list of packages."
            self._note(member, "long_manifest", message)
        found = reader.facts(content)
        if found.broken is None:
            self.files_scanned += reader.code is not None
        self._keep(member, found)

    def _keep(self, member: Member, found: FileFacts) -> None:
        path = member.path
        if found.broken is not None:
            message = f"The notebook is no whole JSON document: {found.broken}"
            self._note(member, "broken_notebook", message)
        for language, imports in found.by_language.items():
            self.imports += [
                ImportFact(path, item.line, item.module[:LONGEST_NAME], language, item.kind)
                for item in imports
            ]
        for language, size in found.unread.items():
            self.unread.add(language, size)
        self.api_uses += [
            ApiUseFact(path, use.line, use.name[:LONGEST_NAME]) for use in found.api_uses
        ]
        if len(found.imports) >= MOST_IN_FILE:
            message = f"The scanner reads only the first {MOST_IN_FILE:,} imports of a file."
            self._note(member, "too_many_imports", message)

    def _note(self, member: Member, problem: str, message: str) -> None:
        self.problems.append(FileProblem(member.path, problem, message))

    def _stay_within_limits(self) -> None:
        """End a scan that keeps more than it may, by what one more file can add."""
        too_many = None
        if self.files_seen + len(self.problems) > self.limits.files:
            too_many = f"{self.limits.files:,} files"
        elif len(self.imports) + len(self.api_uses) > self.limits.facts:
            too_many = f"{self.limits.facts:,} imports"
        elif self._longest_list() > _MOST_PATHS:
            too_many = f"{_MOST_PATHS:,} code files"
        if too_many is not None:
            raise self._too_large(f"{too_many}; what comes after is not read.")

    def _longest_list(self) -> int:
        return max(len(self.code_paths), len(self.problems), len(self.foreign.problems))

    def _too_large(self, what: str) -> UnreadableTargetError:
        return UnreadableTargetError(ScanStatus.TOO_LARGE, f"{self.target} has more than {what}")
