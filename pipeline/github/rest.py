"""Metadata by REST: one repository a request, which costs nothing if it has not changed.

REST works without a token, and tells missing repositories from blocked ones. The head commit takes
a second request, made only if the repository changed. If that one fails, the rest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import GithubError, LimitReachedError, Status, TokenRefusedError
from pipeline.github.client import REST_VERSION, Answer, Github
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

_MOST_FAILURES = 3
_LAST_PAGE = re.compile(r'[?&]page=(\d+)[^>]*>;\s*rel="last"')


class RestMetadata:
    """Looks names up one by one. `etags` are those of earlier answers, by address."""

    def __init__(self, github: Github, etags: Mapping[str, str] | None = None) -> None:
        self._github = github
        self._etags = etags or {}

    def look_up(self, names: Sequence[Name]) -> Iterator[list[Lookup]]:
        """The lookup of every name, each in a list of its own.

        Raises:
            GithubError: no further request can succeed: the token is refused, or there is none
                and no request is left, or GitHub is out of reach.
        """
        breaker = CircuitBreaker()
        for name in names:
            yield [breaker.watch(self.look_up_one(name))]

    def look_up_one(self, name: Name) -> Lookup:
        """The lookup of one name; a refusal is a status, never an exception.

        Raises:
            LimitReachedError, TokenRefusedError: no further request can succeed.
        """
        path = f"/repos/{name.owner}/{name.name}"
        validator = f"{path.lower()} {REST_VERSION} {'token' if self._github.has_token else ''}"
        # without repo_id nothing is stored yet, so a 304 would tell us nothing
        etag = self._etags.get(validator) if name.repo_id is not None else None
        try:
            answer = self._github.get(path, etag)
        except (LimitReachedError, TokenRefusedError):
            raise
        except GithubError as error:
            return self._without_answer(name, error)
        if answer.status == 304:
            return Lookup(name, Status.OK, is_unchanged=True)
        repository = parse_repository(answer.body)
        if repository is None:
            message = "GitHub's answer holds no repository. Run it again later."
            return Lookup(name, Status.NO_ANSWER, message)
        repository = self._with_head(repository)
        lookup = self.settle(name, repository)
        etag = answer.headers.get("etag")
        if not etag or lookup.status is not Status.OK or repository.head_commit is None:
            return lookup  # a later 304 would hide what is missing here
        return replace(lookup, etag=(validator, etag))

    def settle(self, asked: Name, repository: Repository) -> Lookup:
        """The lookup of a name that `repository` answered to.

        Links mean the repository that had the name at the first lookup. If another repository has
        the name now, the first one is looked up by its number.
        """
        if asked.repo_id is None or asked.repo_id == repository.repo_id:
            return found(asked, repository)
        message = f"The name {asked.owner}/{asked.name} belongs to another repository now."
        try:
            meant = self._by_number(asked.repo_id)
        except (LimitReachedError, TokenRefusedError):
            raise
        except GithubError as error:
            return without_answer(asked, error)
        return Lookup(asked, Status.NAME_REUSED, message, repository=meant, newcomer=repository)

    def _by_number(self, repo_id: int) -> Repository | None:
        """The repository with a number, whatever its name is now; None if it is gone.

        Raises:
            GithubError: no answer came.
        """
        try:
            repository = parse_repository(self._github.get(f"/repositories/{repo_id}").body)
        except GithubError as error:
            if error.status.is_transient or isinstance(error, TokenRefusedError):
                raise
            return None
        return None if repository is None else self._with_head(repository)

    def _with_head(self, repository: Repository) -> Repository:
        path = f"/repos/{repository.owner}/{repository.name}/commits?per_page=1"
        try:
            answer = self._github.get(path)
        except (LimitReachedError, TokenRefusedError):
            return repository
        except GithubError as error:
            if error.status is Status.EMPTY:
                return replace(repository, status=Status.EMPTY, message=NO_COMMIT)
            return repository
        return _with_commit(repository, answer)

    def _without_answer(self, name: Name, error: GithubError) -> Lookup:
        if error.status is Status.NOT_FOUND and name.repo_id is not None:
            try:
                moved = self._by_number(name.repo_id)
            except (LimitReachedError, TokenRefusedError):
                raise
            except GithubError as unknown:
                return without_answer(name, unknown)
            if moved is not None:
                return found(name, moved)
        return without_answer(name, error)


def without_answer(name: Name, error: GithubError) -> Lookup:
    """The lookup of a name for which GitHub gave no repository."""
    return Lookup(name, error.status, error.message, error.block_reason)


class CircuitBreaker:
    """Ends the lookups after three failures in a row: fewer may be single repositories."""

    def __init__(self) -> None:
        self._failures = 0

    def watch(self, lookup: Lookup) -> Lookup:
        """The lookup, recorded as a failure or a success. Raises as `record_failure`."""
        if lookup.status.is_transient:
            self.record_failure(GithubError(lookup.status, lookup.message or ""))
        else:
            self.record_success()
        return lookup

    def record_failure(self, error: GithubError) -> None:
        """Count a failure. Raises it when no further request can succeed."""
        self._failures += 1
        if self._failures >= _MOST_FAILURES or isinstance(
            error, LimitReachedError | TokenRefusedError
        ):
            raise error

    def record_success(self) -> None:
        """Start counting at zero again."""
        self._failures = 0


def parse_repository(body: Any) -> Repository | None:
    """The repository of a REST answer; None if the answer holds none."""
    if not isinstance(body, dict):
        return None
    known = identity(body.get("id"), body.get("full_name"))
    if known is None:
        return None
    repo_id, owner, name = known
    topics = body.get("topics")
    return Repository(
        repo_id=repo_id,
        owner=owner,
        name=name,
        status=Status.OK,
        created_at=utc(body.get("created_at")),
        pushed_at=utc(body.get("pushed_at")),
        updated_at=utc(body.get("updated_at")),
        stars=number(body.get("stargazers_count")),
        forks=number(body.get("forks_count")),
        size_kb=number(body.get("size")),
        is_fork=flag(body.get("fork")),
        is_archived=flag(body.get("archived")),
        is_template=flag(body.get("is_template")),
        is_disabled=flag(body.get("disabled")),
        is_mirror=body.get("mirror_url") is not None,
        is_private=flag(body.get("private")),
        parent_id=number(inner(body, "parent", "id")),
        parent_name=text(inner(body, "parent", "full_name")),
        primary_language=text(body.get("language")),
        licence=text(inner(body, "license", "spdx_id")),
        topics=tuple(str(topic) for topic in topics) if isinstance(topics, list) else None,
        default_branch=text(body.get("default_branch")),
        api=f"rest-{REST_VERSION}",
    )


def _with_commit(repository: Repository, answer: Answer) -> Repository:
    commits = answer.body
    if not isinstance(commits, list) or not commits:
        return repository
    last = _LAST_PAGE.search(answer.headers.get("link", ""))
    return replace(
        repository,
        head_commit=commit_id(inner(commits[0], "sha")),
        head_committed_at=utc(inner(commits[0], "commit", "committer", "date")),
        commits=int(last[1]) if last else len(commits),
    )
