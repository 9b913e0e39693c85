"""What a scan has found so far, and what of it comes from files that are not the target's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.scan.foreign import INSTALLED_PACKAGES, ForeignFiles
from pipeline.scan.records import ApiUseFact, FileProblem, ImportFact
from pipeline.scan.unread_code import UnreadCounts


@dataclass(slots=True)
class Findings:
    """Facts and problems of the files of a target, or of an archive in it."""

    files_seen: int = 0
    bytes_scanned: int = 0
    code_paths: list[str] = field(default_factory=list)
    read_paths: set[str] = field(default_factory=set)
    """Files of code, and lists of packages, that the scanner read completely."""

    imports: list[ImportFact] = field(default_factory=list)
    api_uses: list[ApiUseFact] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    unread: UnreadCounts = field(default_factory=UnreadCounts)
    foreign: ForeignFiles = field(default_factory=ForeignFiles)

    @property
    def files_scanned(self) -> int:
        """The number of code files that the scanner read completely."""
        return sum(path in self.read_paths for path in self.code_paths)

    @property
    def facts(self) -> int:
        """The number of imports and names."""
        return len(self.imports) + len(self.api_uses)

    @property
    def longest_list(self) -> int:
        """The length of the longest list of paths."""
        return max(len(self.code_paths), len(self.problems), len(self.foreign.problems))

    def all_problems(self) -> list[FileProblem]:
        """The problems of files, and those of foreign folders."""
        return [*self.problems, *self.foreign.problems.values()]

    def add(self, other: Findings) -> None:
        """Add what was found in an archive inside the target."""
        self.files_seen += other.files_seen
        self.bytes_scanned += other.bytes_scanned
        self.code_paths += other.code_paths
        self.read_paths |= other.read_paths
        self.imports += other.imports
        self.api_uses += other.api_uses
        self.problems += other.problems
        self.unread.add_all(other.unread)
        self.foreign.add(other.foreign)

    def drop_foreign(self) -> None:
        """Drop the facts of committed environments, and of Jupyter's copies of files we read.

        The scan must be at its end: only then are all paths known, so the order of the files makes
        no difference.
        """
        folders = {item.path for item in self.problems if item.problem == INSTALLED_PACKAGES}
        self.foreign.note_installed(folders)
        read = self.read_paths | self.unread.paths
        paths = {*self.code_paths, *(fact.path for fact in self.imports), *self.unread.paths}
        paths |= {use.path for use in self.api_uses}
        paths |= {problem.path for problem in self.problems}
        paths -= folders
        dropped = {path for path in paths if self.foreign.is_foreign(path, read)}
        if not dropped:
            return
        self.code_paths = [path for path in self.code_paths if path not in dropped]
        self.read_paths -= dropped
        self.imports = [fact for fact in self.imports if fact.path not in dropped]
        self.api_uses = [use for use in self.api_uses if use.path not in dropped]
        self.problems = [problem for problem in self.problems if problem.path not in dropped]
        self.unread.drop(dropped)
