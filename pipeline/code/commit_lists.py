"""The commits of many repositories in one request, by GitHub's GraphQL.

A git fetch of commits costs a request for each repository. GraphQL lists all commits of a small
repository, each with its first parent, date and tree: what `git log --first-parent` reads. So both
ways give the same commits. (`history(until:)` would not do: it follows all parents, and one commit
cannot show whether the dates before and after it are possible.)
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.code.commits import Commit, with_possible_dates
from pipeline.code.units import Unit
from pipeline.errors import GithubError, QueryTooExpensiveError, TokenRefusedError
from pipeline.github.client import Github
from pipeline.github.repository import commit_id, inner, utc
from pipeline.links import GITHUB_HOST
from pipeline.settings import Settings

MOST_COMMITS = 100
"""Most commits of a repository in a list: one page of GraphQL."""

REPOSITORIES_AT_ONCE = 50
"""Most repositories in a request. GitHub's price for their commits is at most 51 of 5000 points."""

_HISTORY = """fragment H on CommitHistoryConnection {
  nodes { oid committedDate tree { oid } parents(first: 1) { nodes { oid } } }
}
"""


@dataclass(frozen=True, slots=True)
class CountedUnit:
    """A unit and the number of commits of its default branch, None if that is unknown."""

    unit: Unit
    commits: int | None

    @property
    def is_listed(self) -> bool:
        """Whether one page of GraphQL has all its commits, and its link means their branch."""
        return (
            self.unit.host == GITHUB_HOST
            and self.unit.ref is None
            and self.commits is not None
            and 1 <= self.commits <= MOST_COMMITS
        )


def can_list_commits(settings: Settings) -> bool:
    """Whether a run asks GraphQL for lists of commits. It takes a token."""
    return (
        settings.code == "github"
        and settings.github_api == "graphql"
        and settings.github_token is not None
    )


class CommitLists:
    """Lists the commits of small repositories; safe to use from several threads.

    After a failure that concerns the interface, it asks no more, and git alone gives the commits.
    """

    def __init__(self, github: Github) -> None:
        self._github = github
        self._lock = threading.Lock()  # GitHub asks for one request after the other
        self._is_over = False

    def of(self, units: Sequence[CountedUnit]) -> dict[str, tuple[Commit, ...]]:
        """The commits of default branches, the oldest first, by `Unit.repository`.

        Repositories that are too large or whose list is incomplete are missing.

        Raises:
            TokenRefusedError: GitHub refuses the token.
        """
        wanted = {item.unit.repository: item for item in units if item.is_listed}
        with self._lock:
            try:
                return self._listed(list(wanted.values()))
            except TokenRefusedError:
                raise
            except GithubError:
                self._is_over = True
                return {}

    def _listed(self, asked: Sequence[CountedUnit]) -> dict[str, tuple[Commit, ...]]:
        if not asked or self._is_over:
            return {}
        variables: dict[str, object] = {}
        for index, item in enumerate(asked):
            variables |= {f"o{index}": item.unit.owner, f"n{index}": item.unit.name}
            variables |= {f"c{index}": item.commits}
        try:
            data = self._github.query(document(len(asked)), variables).get("data")
        except QueryTooExpensiveError:
            if len(asked) == 1:
                return {}
            middle = len(asked) // 2
            return self._listed(asked[:middle]) | self._listed(asked[middle:])
        found = ((item, _branch(inner(data, f"r{at}"))) for at, item in enumerate(asked))
        return {item.unit.repository: commits for item, commits in found if commits}


def document(count: int) -> str:
    """A query for `count` repositories r0, r1 ...: names $o0, $n0, and how many commits, $c0."""
    indices = range(count)
    parameters = ", ".join(f"$o{at}: String!, $n{at}: String!, $c{at}: Int!" for at in indices)
    aliases = "\n".join(
        f"  r{at}: repository(owner: $o{at}, name: $n{at}) {{ defaultBranchRef {{ target {{ "
        f"... on Commit {{ oid history(first: $c{at}) {{ ...H }} }} }} }} }}"
        for at in indices
    )
    return f"query({parameters}) {{\n{aliases}\n}}\n{_HISTORY}"


@dataclass(frozen=True, slots=True)
class _Listed:
    """A commit of an answer; `committed_at` in seconds since 1970."""

    commit_id: str
    tree_id: str
    committed_at: int
    first_parent: str | None


def _branch(repository: Any) -> tuple[Commit, ...]:
    """The commits of the default branch along first parents; none if one of them is missing."""
    target = inner(repository, "defaultBranchRef", "target")
    listed = {item.commit_id: item for item in _listed(inner(target, "history", "nodes"))}
    rows: list[tuple[str, str, int]] = []
    at = commit_id(inner(target, "oid"))
    while at is not None:
        if (item := listed.pop(at, None)) is None:
            return ()
        rows.append((item.commit_id, item.tree_id, item.committed_at))
        at = item.first_parent
    return tuple(with_possible_dates(rows[::-1]))


def _listed(nodes: Any) -> Iterator[_Listed]:
    """The commits of an answer that are complete."""
    for node in nodes if isinstance(nodes, list) else ():
        commit, tree = commit_id(inner(node, "oid")), commit_id(inner(node, "tree", "oid"))
        date, parents = utc(inner(node, "committedDate")), inner(node, "parents", "nodes")
        if commit is None or tree is None or date is None or not isinstance(parents, list):
            continue
        parent = commit_id(inner(parents[0], "oid")) if parents else None
        if parents and parent is None:
            continue
        seconds = int(date.replace(tzinfo=dt.UTC).timestamp())
        yield _Listed(commit, tree, seconds, parent)
