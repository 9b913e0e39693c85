"""One target's members in, its facts out: the pure middle of a scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.scan.findings import Findings
from pipeline.scan.inner_archives import (
    UNREAD_ARCHIVE,
    counted_size,
    inner_members,
    is_archive,
    reason_not_to_open,
)
from pipeline.scan.known_files import KnownFiles, Reading
from pipeline.scan.languages import (
    FileFacts,
    FileReader,
    file_reader,
    may_be_script,
    script_reader,
)
from pipeline.scan.local_modules import local_modules
from pipeline.scan.manifests import LONGEST_BYTES, PACKAGE
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
from pipeline.scan.submodules import with_submodules
from pipeline.scan.unread_code import unread_language

Members = Iterable[Member | FileProblem]

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_MOST_ARCHIVE_BYTES = 2**28
"""Limit in bytes for all archives inside a target."""

_MORE_THAN_IS_LEFT = "The archive holds more than the limits of the scan leave for it."


def scan_members(
    target: str,
    members: Members,
    limits: Limits,
    subdir: str = "",
    known: KnownFiles | None = None,
) -> ScanResult:
    """Facts of every code file and list of packages below `subdir`.

    A file that cannot be read becomes a FileProblem; a target that breaks off keeps what was
    found and takes the status of the UnreadableTargetError. Never raises for any content.
    `known` has the contents that earlier scans have read; this scan adds its own.
    """
    scan = _Scan(target, limits, known or KnownFiles())
    prefix = f"{subdir}/" if subdir else ""
    try:
        for member in members:
            if member.path.startswith(prefix):
                scan.take(member)
    except UnreadableTargetError as error:
        return _result(target, scan.found, error)
    return _result(target, scan.found, None)


def _result(target: str, found: Findings, broken: UnreadableTargetError | None) -> ScanResult:
    """The finished record of what was found, and of why the target broke off."""
    found.drop_foreign()
    status, message = _verdict(target, found) if broken is None else (broken.status, broken.message)
    return ScanResult(
        target,
        status=status,
        message=message,
        files_seen=found.files_seen,
        files_scanned=found.files_scanned,
        bytes_scanned=found.bytes_scanned,
        imports=found.imports,
        api_uses=found.api_uses,
        local_modules=local_modules(found.code_paths, found.imports),
        problems=found.all_problems(),
        unread=found.unread.counts(),
    )


def _verdict(target: str, found: Findings) -> tuple[ScanStatus, str | None]:
    """Status and message of a target that was read to its end.

    One that gave nothing to judge is no target without a framework. A declared package shows
    nothing of the code.
    """
    if found.files_seen == 0 and not found.all_problems():
        return ScanStatus.EMPTY, f"{target} holds no files."
    if not found.code_paths:
        message = f"{target} has no code in a language that the scanner reads."
        return ScanStatus.NO_CODE, message
    if found.files_scanned == 0 and all(fact.language == PACKAGE for fact in found.imports):
        files = len(found.code_paths)
        message = f"None of the {files} code files of {target} could be read whole."
        return ScanStatus.UNREADABLE, message
    return ScanStatus.OK, None


@dataclass(slots=True)
class _Scan:
    """Reads the members of a target, or of an archive inside it, one after the other."""

    target: str
    limits: Limits
    known: KnownFiles
    is_in_archive: bool = False
    archive_bytes: int = 0
    found: Findings = field(default_factory=Findings)

    def take(self, member: Member | FileProblem) -> None:
        """Read a member, if it is a file that the scanner reads.

        Raises:
            UnreadableTargetError: the target breaks off, or holds more than the limits allow.
        """
        if isinstance(member, FileProblem):
            self.found.problems.append(member)
        else:
            self.found.files_seen += 1
            if not self.found.foreign.hold(member.path):
                self._take_own(member)
        self._stay_within_limits()

    def _take_own(self, member: Member) -> None:
        """Read a file. A fault of our own readers costs this file, not those of the target."""
        try:
            self._read(member)
        except UnreadableTargetError:
            raise
        except Exception as error:  # no reader is proved right for every content that people write
            message = f"The scanner failed on this file ({type(error).__name__})."
            self._note(member, "reader_failed", message)

    def _read(self, member: Member) -> None:
        reader = file_reader(member.path)
        if reader is not None:
            if reader.code is not None:
                self.found.code_paths.append(member.path)
            reading = self._reading(member, reader)
            if reading is not None:
                self._take_reading(member, reader, reading)
        elif (language := unread_language(member.path)) is not None:
            self.found.unread.add(member.path, language, member.size)
        elif is_archive(member.path):
            self._take_archive(member)
        elif member.size is not None and may_be_script(member.path, member.size):
            self._take_script(member)

    def _reading(self, member: Member, reader: FileReader) -> Reading | None:
        """What a file holds; None, and a problem, if it cannot be read."""
        known = self.known.get(member.blob, reader)
        if known is not None:
            return known if self._may_read(member) else None
        content = self._content(member)
        if content is None:
            return None
        reading = Reading(len(content), reader.facts(content))
        self.known.keep(member.blob, reader, reading)
        return reading

    def _take_script(self, member: Member) -> None:
        """Read a file without an extension in the language that its first line names."""
        content = self._content(member)
        if content is None:
            return
        reader = script_reader(content)
        if isinstance(reader, FileReader):
            if reader.code is not None:
                self.found.code_paths.append(member.path)
            self._take_reading(member, reader, Reading(len(content), reader.facts(content)))
        elif reader:
            self.found.unread.add(member.path, reader, len(content))

    def _take_archive(self, member: Member) -> None:
        """Read the files of an archive inside the target, within what the limits still allow.

        An archive that holds more gives no facts, because its files cannot be read completely.
        """
        if (reason := self._reason_not_to_open(member)) is not None:
            self._note(member, UNREAD_ARCHIVE, reason)
            return
        content = self._content(member)
        if content is None:
            return
        self.archive_bytes += counted_size(content)
        inner = _Scan(member.path, self._limits_left(), self.known, is_in_archive=True)
        try:
            for each in with_submodules(inner_members(member.path, content, inner.limits)):
                inner.take(each)
        except UnreadableTargetError:
            self._note(member, UNREAD_ARCHIVE, _MORE_THAN_IS_LEFT)
        else:
            self.found.add(inner.found)

    def _reason_not_to_open(self, archive: Member) -> str | None:
        size = archive.size or 0
        if self.is_in_archive:
            return "The scanner does not read archives inside archives."
        if self.archive_bytes + size > _MOST_ARCHIVE_BYTES:
            return f"The scanner reads at most {_MOST_ARCHIVE_BYTES:,} bytes of archives."
        if self.found.bytes_scanned + size > self.limits.total_bytes:
            return _MORE_THAN_IS_LEFT
        return reason_not_to_open(archive.path, archive.size)

    def _limits_left(self) -> Limits:
        found, limits = self.found, self.limits
        return replace(
            limits,
            total_bytes=limits.total_bytes - found.bytes_scanned,
            files=limits.files - found.files_seen - len(found.problems),
            facts=limits.facts - found.facts,
            paths=limits.paths - found.longest_list,
        )

    def _may_read(self, member: Member) -> bool:
        """Whether a file is within the limits. A file that is too large is a problem."""
        size = member.size or 0
        if size > self.limits.file_bytes:
            most = self.limits.file_bytes
            message = f"The file has {size:,} bytes, more than the limit of {most:,}."
            self._note(member, "too_large", message)
            return False
        if self.found.bytes_scanned + size > self.limits.total_bytes:
            raise self._too_large(f"{self.limits.total_bytes:,} bytes of code.")
        return True

    def _content(self, member: Member) -> bytes | None:
        """The content of a file; None, and a problem, if it cannot be read."""
        if not self._may_read(member):
            return None
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

    def _take_reading(self, member: Member, reader: FileReader, reading: Reading) -> None:
        self.found.bytes_scanned += reading.size
        is_long = reader.packages is not None and reading.size > LONGEST_BYTES
        if is_long:
            message = f"It is longer than {LONGEST_BYTES:,} bytes: not read as a list of packages."
            self._note(member, "long_manifest", message)
        found = reading.facts
        if found.broken is not None:
            message = f"The notebook is no whole JSON document: {found.broken}"
            self._note(member, "broken_notebook", message)
        elif reader.code is not None and not found.is_code:
            self.found.code_paths.pop()  # the path of this file
        elif reader.code is not None or not is_long:
            self.found.read_paths.add(member.path)
        self._keep(member, found)

    def _keep(self, member: Member, found: FileFacts) -> None:
        path = member.path
        for language, imports in found.by_language.items():
            self.found.imports += [
                ImportFact(path, item.line, item.module[:LONGEST_NAME], language, item.kind)
                for item in imports
            ]
        for language, size in found.unread.items():
            self.found.unread.add(path, language, size)
        self.found.api_uses += [
            ApiUseFact(path, use.line, use.name[:LONGEST_NAME]) for use in found.api_uses
        ]
        if len(found.imports) >= MOST_IN_FILE:
            message = f"The scanner reads only the first {MOST_IN_FILE:,} imports of a file."
            self._note(member, "too_many_imports", message)

    def _note(self, member: Member, problem: str, message: str) -> None:
        self.found.problems.append(FileProblem(member.path, problem, message))

    def _stay_within_limits(self) -> None:
        """End a scan that keeps more than it may, by what one more file can add."""
        found, limits = self.found, self.limits
        too_many = None
        if found.files_seen + len(found.problems) > limits.files:
            too_many = f"{limits.files:,} files"
        elif found.facts > limits.facts:
            too_many = f"{limits.facts:,} imports"
        elif found.longest_list > limits.paths:
            too_many = f"{limits.paths:,} code files"
        if too_many is not None:
            raise self._too_large(f"{too_many}; what comes after is not read.")

    def _too_large(self, what: str) -> UnreadableTargetError:
        return UnreadableTargetError(ScanStatus.TOO_LARGE, f"{self.target} has more than {what}")
