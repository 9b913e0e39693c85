"""One target's members in, its facts out: the pure middle of a scan."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.scan.languages import file_facts, is_source
from pipeline.scan.local_modules import local_modules
from pipeline.scan.manifests import LONGEST_BYTES, PACKAGE, is_manifest
from pipeline.scan.records import (
    ApiUseFact,
    FileProblem,
    ImportFact,
    Limits,
    Member,
    ScanResult,
    UnreadableMemberError,
    UnreadableTargetError,
)

Members = Iterable[Member | FileProblem]


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
                continue
            result.files_seen += 1
            if result.files_seen > limits.files:
                raise UnreadableTargetError(
                    "too_large", f"{target} has more than {limits.files:,} files."
                )
            is_code = is_source(member.path)
            if is_code:
                sources.append(member.path)
            if is_code or is_manifest(member.path):
                _scan_member(member, limits, result)
    except UnreadableTargetError as error:
        result.status, result.message = error.status, error.message
    result.local_modules = local_modules(sources, result.imports)
    if result.status == "ok":
        _judge_readability(result, sources)
    return result


def _scan_member(member: Member, limits: Limits, result: ScanResult) -> None:
    if member.size > limits.file_bytes:
        message = f"{member.size:,} bytes are more than the limit of {limits.file_bytes:,}."
        result.problems.append(FileProblem(member.path, "too_large", message))
        return
    if result.bytes_scanned + member.size > limits.total_bytes:
        raise UnreadableTargetError(
            "too_large", f"{result.target} has more than {limits.total_bytes:,} bytes of source."
        )
    try:
        source = member.read()
    except UnreadableMemberError as error:
        result.problems.append(FileProblem(member.path, error.problem, error.message))
        return
    result.bytes_scanned += len(source)
    if is_manifest(member.path) and len(source) > LONGEST_BYTES:
        message = f"It is longer than {LONGEST_BYTES:,} bytes: not read as a list of packages."
        result.problems.append(FileProblem(member.path, "long_manifest", message))
    found = file_facts(member.path, source)
    if found.broken is None:
        result.files_scanned += is_source(member.path)
    else:
        message = f"The notebook is no whole JSON document: {found.broken}"
        result.problems.append(FileProblem(member.path, "broken_notebook", message))
    for language, imports in ((found.language, found.imports), (PACKAGE, found.declared)):
        result.imports += [
            ImportFact(member.path, item.line, item.module, language, item.kind) for item in imports
        ]
    result.api_uses += [ApiUseFact(member.path, use.line, use.name) for use in found.api_uses]


def _judge_readability(result: ScanResult, sources: list[str]) -> None:
    """A target that could be opened but gave nothing to judge is not a target without framework."""
    if result.files_seen == 0 and not result.problems:
        result.status, result.message = "empty", f"{result.target} holds no files."
    elif not sources:
        message = f"{result.target} holds no source in a language that is read."
        result.status, result.message = "no_source", message
    elif result.files_scanned == 0 and not result.imports:
        message = f"None of the {len(sources)} source files of {result.target} could be read whole."
        result.status, result.message = "unreadable", message
