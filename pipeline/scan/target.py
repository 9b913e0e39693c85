"""One target's members in, its facts out: the pure middle of a scan."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.scan.languages import file_facts, is_source
from pipeline.scan.local_modules import local_modules
from pipeline.scan.manifests import LONGEST_BYTES, PACKAGE, is_manifest
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

Members = Iterable[Member | FileProblem]

_MOST_PATHS = 100_000
"""Source files, or files with a problem, whose paths are kept of one target."""


def scan_members(target: str, members: Members, limits: Limits, subdir: str = "") -> ScanResult:
    """Facts of every source file below `subdir`.

    A file that cannot be read becomes a FileProblem; a target that breaks off keeps what was
    found and takes the status of the UnreadableTargetError. Never raises for any content.
    """
    result = ScanResult(target)
    sources: list[str] = []
    prefix = f"{subdir}/" if subdir else ""
    try:
        for member in members:
            if not member.path.startswith(prefix):
                continue
            if isinstance(member, FileProblem):
                result.problems.append(member)
            else:
                result.files_seen += 1
                is_code = is_source(member.path)
                if is_code:
                    sources.append(member.path)
                if is_code or is_manifest(member.path):
                    _scan_member(member, limits, result)
            _stay_within(limits, result, sources)
    except UnreadableTargetError as error:
        result.status, result.message = error.status, error.message
    result.local_modules = local_modules(sources, result.imports)
    if result.status is ScanStatus.OK:
        _judge_readability(result, sources)
    return result


def _stay_within(limits: Limits, result: ScanResult, sources: list[str]) -> None:
    """End a scan that keeps more than it may, by what one more file can add."""
    too_many = None
    if result.files_seen + len(result.problems) > limits.files:
        too_many = f"{limits.files:,} files"
    elif len(result.imports) + len(result.api_uses) > limits.facts:
        too_many = f"{limits.facts:,} imports"
    elif max(len(sources), len(result.problems)) > _MOST_PATHS:
        too_many = f"{_MOST_PATHS:,} source files"
    if too_many is not None:
        raise UnreadableTargetError(
            ScanStatus.TOO_LARGE,
            f"{result.target} has more than {too_many}; what comes after is not read.",
        )


def _scan_member(member: Member, limits: Limits, result: ScanResult) -> None:
    path = member.path
    if member.size > limits.file_bytes:
        message = f"{member.size:,} bytes are more than the limit of {limits.file_bytes:,}."
        result.problems.append(FileProblem(path, "too_large", message))
        return
    if result.bytes_scanned + member.size > limits.total_bytes:
        raise UnreadableTargetError(
            ScanStatus.TOO_LARGE,
            f"{result.target} has more than {limits.total_bytes:,} bytes of source.",
        )
    try:
        source = member.read()
    except UnreadableMemberError as error:
        result.problems.append(FileProblem(path, error.problem, error.message))
        return
    result.bytes_scanned += len(source)
    if is_manifest(path) and len(source) > LONGEST_BYTES:
        message = f"It is longer than {LONGEST_BYTES:,} bytes: not read as a list of packages."
        result.problems.append(FileProblem(path, "long_manifest", message))
    found = file_facts(path, source)
    if found.broken is None:
        result.files_scanned += is_source(path)
    else:
        message = f"The notebook is no whole JSON document: {found.broken}"
        result.problems.append(FileProblem(path, "broken_notebook", message))
    for language, imports in ((found.language, found.imports), (PACKAGE, found.declared)):
        result.imports += [
            ImportFact(path, item.line, item.module[:LONGEST_NAME], language, item.kind)
            for item in imports
        ]
    result.api_uses += [
        ApiUseFact(path, use.line, use.name[:LONGEST_NAME]) for use in found.api_uses
    ]
    if len(found.imports) >= MOST_IN_FILE:
        message = f"Its imports are read up to the {MOST_IN_FILE:,}th."
        result.problems.append(FileProblem(path, "too_many_imports", message))


def _judge_readability(result: ScanResult, sources: list[str]) -> None:
    """A target that could be opened but gave nothing to judge is not a target without framework."""
    if result.files_seen == 0 and not result.problems:
        result.status = ScanStatus.EMPTY
        result.message = f"{result.target} holds no files."
    elif not sources:
        message = f"{result.target} holds no source in a language that is read."
        result.status, result.message = ScanStatus.NO_CODE, message
    elif result.files_scanned == 0 and not result.imports:
        message = f"None of the {len(sources)} source files of {result.target} could be read whole."
        result.status, result.message = ScanStatus.UNREADABLE, message
