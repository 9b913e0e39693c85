"""Metadata by GraphQL: many repositories in one request, as many as GitHub answers in time.

A batch that is too expensive (502, time-out, RESOURCE_LIMITS_EXCEEDED) is halved. If a single
repository is still too expensive, the next query leaves out its history, the one after that its
languages too, and REST is the last resort. Sizes that work grow slowly; the caller keeps `size` for
the next run. An error in an answer concerns only the repository that its path names.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.errors import (
    GithubError,
    LimitReachedError,
    QueryTooExpensiveError,
    Status,
    TokenRefusedError,
)
from pipeline.github.client import Github, errors_of
from pipeline.github.refusals import NO_COMMIT
from pipeline.github.repository import (
    Lookup,
    Name,
    Repository,
    commit_id,
    flag,
    found,
    identity,
    inner,
    number,
    text,
    utc,
)
from pipeline.github.rest import CircuitBreaker, RestMetadata, without_answer

FIRST_SIZE = 50
LARGEST_SIZE = 100
_GROW_AFTER = 3
_GROWTH = 25

_HISTORY = "history { totalCount }"
_LANGUAGES = (
    "languages(first: 30, orderBy: {field: SIZE, direction: DESC}) { edges { size node { name } } }"
)
_FIELDS = """
fragment R on Repository {
  databaseId nameWithOwner createdAt pushedAt updatedAt archivedAt
  stargazerCount forkCount diskUsage
  isFork isArchived isTemplate isDisabled isEmpty isMirror isPrivate
  parent { nameWithOwner databaseId }
  primaryLanguage { name }
  %s
  licenseInfo { spdxId }
  repositoryTopics(first: 30) { nodes { topic { name } } }
  defaultBranchRef { name target { oid ... on Commit { committedDate %s } } }
}
"""
_LEVELS = (
    _FIELDS % (_LANGUAGES, _HISTORY),
    _FIELDS % (_LANGUAGES, ""),
    _FIELDS % ("", ""),
)
"""Queries from the most expensive to the cheapest, which GitHub can always answer."""


class GraphqlMetadata:
    """Looks names up in batches. `size` adapts to what GitHub answers in time."""

    def __init__(self, github: Github, rest: RestMetadata, size: int = FIRST_SIZE) -> None:
        self.size = min(max(size, 1), LARGEST_SIZE)
        self._github = github
        self._rest = rest
        self._too_expensive = 2 * LARGEST_SIZE + 1
        self._successes = 0
        self._breaker = CircuitBreaker()

    def look_up(self, names: Sequence[Name]) -> Iterator[list[Lookup]]:
        """The lookup of every name, in lists, as answers arrive.

        Raises:
            GithubError: GitHub cannot be reached, or refuses the token.
        """
        waiting = deque(names)
        while waiting:
            batch = [waiting.popleft() for _ in range(min(self.size, len(waiting)))]
            try:
                answer = self._ask(batch, level=0)
            except QueryTooExpensiveError:
                if len(batch) == 1:
                    yield [self._breaker.watch(self._single(batch[0], level=1))]
                else:
                    self._shrink(len(batch))
                    waiting.extendleft(reversed(batch))
                continue
            except GithubError as error:
                self._breaker.record_failure(error)
                if len(batch) == 1 or error.status is Status.RATE_LIMITED:
                    yield [without_answer(name, error) for name in batch]
                else:
                    # a network that breaks off large answers lets small ones through
                    self._shrink(len(batch))
                    self.size = 1
                    waiting.extendleft(reversed(batch))
                continue
            known, doubtful, unanswered = _read(batch, answer)
            if known:
                self._breaker.record_success()
                yield known  # before further requests, which may wait an hour or be refused
            is_too_expensive = bool(unanswered) and _is_too_expensive(answer)
            if is_too_expensive and len(batch) > 1:
                self._shrink(len(batch))
                waiting.extendleft(reversed(unanswered))
                unanswered = []
            elif not is_too_expensive:
                self._grow()
            for name, repository in doubtful:
                yield [self._breaker.watch(self._settled(name, repository))]
            for name in unanswered:
                yield [self._breaker.watch(self._single(name, level=int(is_too_expensive)))]

    def _ask(self, batch: Sequence[Name], level: int) -> dict[str, Any]:
        variables: dict[str, str] = {}
        for index, name in enumerate(batch):
            variables |= {f"o{index}": name.owner, f"n{index}": name.name}
        return self._github.query(document(len(batch), level), variables)

    def _single(self, name: Name, level: int) -> Lookup:
        """The lookup of one name: by cheaper and cheaper queries, then by REST."""
        for fewer in range(level, len(_LEVELS)):
            try:
                answer = self._ask([name], fewer)
            except QueryTooExpensiveError:
                continue
            except (LimitReachedError, TokenRefusedError):
                raise
            except GithubError:
                break  # only this name fails; the others are still looked up
            known, doubtful, _ = _read([name], answer)
            if known:
                return known[0]
            if doubtful:
                return self._settled(*doubtful[0])
            if not _is_too_expensive(answer):
                break
        return self._rest.look_up_one(name)

    def _settled(self, name: Name, repository: Repository | None) -> Lookup:
        """The lookup by REST of a doubtful name: GraphQL hides blocked repositories as missing."""
        if repository is None:
            return self._rest.look_up_one(name)
        return self._rest.settle(name, repository)

    def _shrink(self, size: int) -> None:
        self._too_expensive = size
        self.size, self._successes = max(size // 2, 1), 0

    def _grow(self) -> None:
        self._successes += 1
        if self._successes % _GROW_AFTER == 0:
            # half way to the size that was too expensive, to settle just below it
            half_way = (self.size + self._too_expensive) // 2
            self.size = min(self.size + _GROWTH, half_way, LARGEST_SIZE)


def _read(
    batch: Sequence[Name], answer: dict[str, Any]
) -> tuple[list[Lookup], list[tuple[Name, Repository | None]], list[Name]]:
    """An answer in three parts: lookups, doubtful names, and names without an answer.

    A doubtful name comes with None, if GitHub shows no repository, or with the repository that has
    the name now but is not the one that the links mean.
    """
    missing, broken = _missing(answer), _without_branch(answer)
    known, doubtful, unanswered = [], [], []
    for index, name in enumerate(batch):
        node = inner(answer.get("data"), f"r{index}")
        if isinstance(node, dict) and f"r{index}" in broken:
            # the branch is unknown, which does not mean that there is no commit
            node = node | {"defaultBranchRef": {}}
        repository = parse_repository(node)
        if repository is None and f"r{index}" not in missing:
            unanswered.append(name)
        elif repository is None or name.repo_id not in (None, repository.repo_id):
            doubtful.append((name, repository))
        else:
            known.append(found(name, repository))
    return known, doubtful, unanswered


def document(count: int, level: int = 0) -> str:
    """A query for `count` repositories, r0 to r<count-1>, names as variables $o0, $n0 ..."""
    parameters = ", ".join(f"$o{index}: String!, $n{index}: String!" for index in range(count))
    aliases = "\n".join(
        f"  r{index}: repository(owner: $o{index}, name: $n{index}) {{ ...R }}"
        for index in range(count)
    )
    return (
        f"query({parameters}) {{\n{aliases}\n  rateLimit {{ cost remaining resetAt limit }}\n}}\n"
        f"{_LEVELS[level]}"
    )


def parse_repository(node: Any) -> Repository | None:
    """A repository of an answer; None if the answer has no repository with number and name."""
    if not isinstance(node, dict):
        return None
    known = identity(node.get("databaseId"), node.get("nameWithOwner"))
    if known is None:
        return None
    repo_id, owner, name = known
    branch = node.get("defaultBranchRef")
    is_empty = bool(node.get("isEmpty")) or not isinstance(branch, dict)
    return Repository(
        repo_id=repo_id,
        owner=owner,
        name=name,
        status=Status.EMPTY if is_empty else Status.OK,
        message=NO_COMMIT if is_empty else None,
        created_at=utc(node.get("createdAt")),
        pushed_at=utc(node.get("pushedAt")),
        updated_at=utc(node.get("updatedAt")),
        archived_at=utc(node.get("archivedAt")),
        stars=number(node.get("stargazerCount")),
        forks=number(node.get("forkCount")),
        size_kb=number(node.get("diskUsage")),
        is_fork=flag(node.get("isFork")),
        is_archived=flag(node.get("isArchived")),
        is_template=flag(node.get("isTemplate")),
        is_disabled=flag(node.get("isDisabled")),
        is_mirror=flag(node.get("isMirror")),
        is_private=flag(node.get("isPrivate")),
        parent_id=number(inner(node, "parent", "databaseId")),
        parent_name=text(inner(node, "parent", "nameWithOwner")),
        primary_language=text(inner(node, "primaryLanguage", "name")),
        languages=_languages(node),
        licence=text(inner(node, "licenseInfo", "spdxId")),
        topics=_topics(node),
        default_branch=text(inner(branch, "name")),
        head_commit=commit_id(inner(branch, "target", "oid")),
        head_committed_at=utc(inner(branch, "target", "committedDate")),
        commits=number(inner(branch, "target", "history", "totalCount")),
        api="graphql",
    )


def _languages(node: dict[str, Any]) -> tuple[tuple[str, int], ...] | None:
    edges = inner(node, "languages", "edges")
    if not isinstance(edges, list):
        return None
    pairs = ((text(inner(edge, "node", "name")), number(inner(edge, "size"))) for edge in edges)
    return tuple((name, size) for name, size in pairs if name is not None and size is not None)


def _topics(node: dict[str, Any]) -> tuple[str, ...] | None:
    nodes = inner(node, "repositoryTopics", "nodes")
    if not isinstance(nodes, list):
        return None
    return tuple(name for name in (text(inner(item, "topic", "name")) for item in nodes) if name)


def _missing(answer: dict[str, Any]) -> set[str]:
    """Aliases of repositories that GitHub does not have, or does not show."""
    return {
        str(error["path"][0])
        for error in errors_of(answer)
        if error.get("type") in ("NOT_FOUND", "FORBIDDEN")
        and isinstance(error.get("path"), list)
        and len(error["path"]) == 1
    }


def _without_branch(answer: dict[str, Any]) -> set[str]:
    """Aliases of repositories whose default branch is missing because of an error."""
    return {
        str(error["path"][0])
        for error in errors_of(answer)
        if isinstance(error.get("path"), list) and error["path"][1:2] == ["defaultBranchRef"]
    }


def _is_too_expensive(answer: dict[str, Any]) -> bool:
    return any(
        error.get("type") == "RESOURCE_LIMITS_EXCEEDED"
        or "timeout" in str(error.get("message")).lower()
        for error in errors_of(answer)
    )
