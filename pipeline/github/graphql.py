"""Metadata by GraphQL: many repositories a request, as many as GitHub works out in time.

A batch that is too much (502, time-out, RESOURCE_LIMITS_EXCEEDED) is halved; a single
repository that still is, is asked for without its history, then without its languages, then by
REST. The size that works grows slowly and is remembered by the caller (`size`). An error in an
answer concerns the alias in its path: the other repositories of the batch are results.
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
"""From everything to what GitHub can always work out."""


class GraphqlMetadata:
    """Looks up names in batches of `size`, which adapts itself."""

    def __init__(self, github: Github, rest: RestMetadata, size: int = FIRST_SIZE) -> None:
        self.size = min(max(size, 1), LARGEST_SIZE)
        self._github = github
        self._rest = rest
        self._too_much = 2 * LARGEST_SIZE + 1
        self._successes = 0
        self._breaker = CircuitBreaker()

    def look_up(self, names: Sequence[Name]) -> Iterator[list[Lookup]]:
        """Every name's lookup, in the lists in which they became known.

        Raises:
            GithubError: GitHub cannot be reached at all, or refuses the token.
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
            told, doubtful, unanswered = _read(batch, answer)
            if told:
                self._breaker.record_success()
                yield told  # before more is asked, which may take an hour or be refused
            is_too_much = bool(unanswered) and _is_too_much(answer)
            if is_too_much and len(batch) > 1:
                self._shrink(len(batch))
                waiting.extendleft(reversed(unanswered))
                unanswered = []
            elif not is_too_much:
                self._grow()
            for name, repository in doubtful:
                yield [self._breaker.watch(self._settled(name, repository))]
            for name in unanswered:
                yield [self._breaker.watch(self._single(name, level=int(is_too_much)))]

    def _ask(self, batch: Sequence[Name], level: int) -> dict[str, Any]:
        variables: dict[str, str] = {}
        for index, name in enumerate(batch):
            variables |= {f"o{index}": name.owner, f"n{index}": name.name}
        return self._github.query(document(len(batch), level), variables)

    def _single(self, name: Name, level: int) -> Lookup:
        """One repository, with less and less asked for; at last by REST."""
        for fewer in range(level, len(_LEVELS)):
            try:
                answer = self._ask([name], fewer)
            except QueryTooExpensiveError:
                continue
            except (LimitReachedError, TokenRefusedError):
                raise
            except GithubError:
                break  # this one's misfortune: the other names are still asked for
            told, doubtful, _ = _read([name], answer)
            if told:
                return told[0]
            if doubtful:
                return self._settled(*doubtful[0])
            if not _is_too_much(answer):
                break
        return self._rest.look_up_one(name)

    def _settled(self, name: Name, repository: Repository | None) -> Lookup:
        """What REST says where GraphQL leaves a doubt: it does not tell gone from blocked."""
        if repository is None:
            return self._rest.look_up_one(name)
        return self._rest.settle(name, repository)

    def _shrink(self, asked: int) -> None:
        self._too_much = asked
        self.size, self._successes = max(asked // 2, 1), 0

    def _grow(self) -> None:
        self._successes += 1
        if self._successes % _GROW_AFTER == 0:
            # half way to what was too much, so that it settles just below
            half_way = (self.size + self._too_much) // 2
            self.size = min(self.size + _GROWTH, half_way, LARGEST_SIZE)


def _read(
    batch: Sequence[Name], answer: dict[str, Any]
) -> tuple[list[Lookup], list[tuple[Name, Repository | None]], list[Name]]:
    """What an answer tells: lookups; names that are missing, or another's now; names unanswered."""
    missing, broken = _missing(answer), _without_branch(answer)
    told, doubtful, unanswered = [], [], []
    for index, name in enumerate(batch):
        node = inner(answer.get("data"), f"r{index}")
        if isinstance(node, dict) and f"r{index}" in broken:
            node = node | {"defaultBranchRef": {}}  # unknown, not: without a commit
        repository = parse_repository(node)
        if repository is None and f"r{index}" not in missing:
            unanswered.append(name)
        elif repository is None or name.repo_id not in (None, repository.repo_id):
            doubtful.append((name, repository))
        else:
            told.append(found(name, repository))
    return told, doubtful, unanswered


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
    """A repository of an answer; None where the answer has none, or not what identifies it."""
    if not isinstance(node, dict):
        return None
    repo_id, full_name = number(node.get("databaseId")), text(node.get("nameWithOwner"))
    if repo_id is None or full_name is None or "/" not in full_name:
        return None
    owner, name = full_name.split("/", 1)
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
    """Aliases that GitHub says it has not, or does not show."""
    return {
        str(error["path"][0])
        for error in errors_of(answer)
        if error.get("type") in ("NOT_FOUND", "FORBIDDEN")
        and isinstance(error.get("path"), list)
        and len(error["path"]) == 1
    }


def _without_branch(answer: dict[str, Any]) -> set[str]:
    """Aliases whose default branch an error took away."""
    return {
        str(error["path"][0])
        for error in errors_of(answer)
        if isinstance(error.get("path"), list) and error["path"][1:2] == ["defaultBranchRef"]
    }


def _is_too_much(answer: dict[str, Any]) -> bool:
    return any(
        error.get("type") == "RESOURCE_LIMITS_EXCEEDED"
        or "timeout" in str(error.get("message")).lower()
        for error in errors_of(answer)
    )
