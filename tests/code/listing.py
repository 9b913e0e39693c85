"""A provider of histories whose commits GraphQL lists, as in a run with a token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.code.commit_lists import CommitLists, CountedUnit
from pipeline.code.history import RepositoryHistory
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from tests.git_history import git
from tests.stand_ins.fixtures import Sleeper, client
from tests.stand_ins.github import StandIn


def serve(repository: Path, github: StandIn) -> None:
    """Have the stand-in serve the repository as o/r, by git and by GraphQL."""
    head = git(repository, "rev-list", "-n", "1", "--all") and git(repository, "rev-parse", "HEAD")
    github.add("o/r", git=repository / ".git", commit=head or None)


@dataclass(frozen=True)
class Listing:
    """Partial clones whose default branch GraphQL lists, if it has a commit."""

    clones: PartialClones
    github: StandIn

    @contextmanager
    def open_history(self, unit: Unit) -> Iterator[RepositoryHistory]:
        lists = CommitLists(client(self.github, Sleeper()))
        listed = lists.of([CountedUnit(unit, 100)])
        known = self.github.find(unit.owner, unit.name)
        assert bool(listed) == (unit.ref is None and known is not None and known.commit is not None)
        with self.clones.open_history(unit) as history:
            history.know(listed.get(unit.repository, ()))
            yield history
