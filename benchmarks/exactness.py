"""`python -m benchmarks.exactness FOLDER`: our facts beside the oracle's on git repositories.

FOLDER holds the repositories, at any depth. Python is compared with `ast`, or with tree-sitter
where that fails, by line and module; other languages with their tree-sitter grammars, by module.
Each file with a difference is printed, to be looked at: the oracle can be wrong, too.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.grammars import LANGUAGES, modules_by_grammar
from pipeline.scan.git import git_members, is_git_directory, resolve_commit
from pipeline.scan.languages import file_reader
from pipeline.scan.records import Member, UnreadableMemberError, UnreadableTargetError
from tests.scan.oracle import imports_by_ast, imports_by_tree_sitter

_LARGEST_BYTES = 2**20
_DEEPEST = 3
_OF_NO_GRAMMAR = (".scala", ".sc", ".kt", ".kts", ".groovy", ".ipynb", ".qmd", ".rmd", ".jmd", ".m")


@dataclass
class Tally:
    """What was compared of a language."""

    repositories: set[Path] = field(default_factory=set)
    files: int = 0
    facts: int = 0
    lacking: int = 0
    added: int = 0


def repositories(folder: Path, depth: int = 0) -> Iterator[Path]:
    for path in sorted(path for path in folder.iterdir() if path.is_dir()):
        if is_git_directory(path):
            yield path
        elif depth < _DEEPEST:
            yield from repositories(path, depth + 1)


def sources(repository: Path) -> Iterator[tuple[str, bytes]]:
    for member in git_members(repository, resolve_commit(repository, "HEAD").commit_id):
        if isinstance(member, Member) and (member.size or 0) <= _LARGEST_BYTES:
            try:
                yield member.path, member.read()
            except UnreadableMemberError:
                continue


def compare(path: str, source: bytes) -> tuple[str, set[object], set[object]] | None:
    """Language, the oracle's facts and ours; None of a file that no oracle reads."""
    reader = file_reader(path)
    if reader is None:
        return None
    facts = reader.facts(source)
    if path.endswith(".py"):
        expected = imports_by_ast(source)
        if expected is None:
            expected = imports_by_tree_sitter(source)
        return "python", set(expected), {(item.line, item.module) for item in facts.imports}
    language = next((name for name in LANGUAGES if name in facts.by_language), None)
    if language is None or path.endswith(_OF_NO_GRAMMAR):
        return None
    found = {item.module for item in facts.by_language[language]}
    return language, set(modules_by_grammar(language, source)), found


def main() -> None:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for repository in repositories(Path(sys.argv[1])):
        try:
            for path, source in sources(repository):
                if (compared := compare(path, source)) is None:
                    continue
                language, expected, found = compared
                tally = tallies[language]
                tally.repositories.add(repository)
                tally.files += 1
                tally.facts += len(expected)
                tally.lacking += len(expected - found)
                tally.added += len(found - expected)
                if expected != found:
                    lacking, added = list(expected - found)[:3], list(found - expected)[:3]
                    print(f"{repository} {path}: lacks {lacking}, adds {added}")
        except UnreadableTargetError as error:
            print(f"{repository}: {error.message}")
    for language, tally in sorted(tallies.items()):
        print(
            f"{language}: {len(tally.repositories)} repositories, {tally.files:,} files, "
            f"{tally.facts:,} facts, {tally.lacking} lacking, {tally.added} added"
        )


if __name__ == "__main__":
    main()
