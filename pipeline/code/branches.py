"""The branch that a unit's link means, and which of its commits are the repository's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.code.commits import Commit
from pipeline.code.history import RepositoryHistory
from pipeline.code.moments import Note
from pipeline.code.refs import meant_by
from pipeline.code.units import Unit
from pipeline.links import is_commit_id


@dataclass(frozen=True, slots=True)
class Branch:
    """The commits that a unit's link means, the oldest first, and how they were found.

    `is_named`: the link names the last commit. `forked_at`: when the repository was forked from
    another one, if it was. Older commits are the other repository's.
    """

    commits: Sequence[Commit]
    subdir: str
    notes: tuple[Note, ...] = ()
    is_named: bool = False
    forked_at: dt.datetime | None = None

    @property
    def own_commits(self) -> Sequence[Commit]:
        """The commits after the fork; all commits if there are none after it."""
        forked_at = self.forked_at
        if forked_at is None:
            return self.commits
        return [item for item in self.commits if item.committed_at >= forked_at] or self.commits

    def is_head(self, commit: Commit) -> bool:
        """Whether a commit is the newest of a branch that still exists."""
        return commit == self.commits[-1] and Note.BRANCH_GONE not in self.notes


def branch_of(history: RepositoryHistory, unit: Unit, forked_at: dt.datetime | None) -> Branch:
    """The branch that a unit's link means.

    Raises:
        UnreadableTargetError: the repository or the revision cannot be read.
    """
    subdir, revision, is_named = unit.subdir, "HEAD", False
    notes: list[Note] = []
    if unit.ref is not None and is_commit_id(unit.ref):
        revision, is_named = unit.ref, True
    elif unit.ref is not None:
        meant = meant_by(unit, history.refs())
        subdir, is_named = meant.subdir, meant.is_tag
        if meant.ref is None:
            notes.append(Note.BRANCH_GONE)
        elif meant.commit is not None:
            revision = meant.commit
    commits = history.commits(revision)
    notes += [
        note
        for note, holds in (
            (Note.ONE_COMMIT, len(commits) == 1),
            (Note.SHALLOW, history.is_shallow),
            (Note.FORK, forked_at is not None),
        )
        if holds
    ]
    return Branch(commits, subdir, tuple(notes), is_named, forked_at)
