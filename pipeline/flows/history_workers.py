"""Workers for jobs on the history of repositories.

Before the workers start, GitHub's GraphQL lists the commits of small repositories, many in one
request, so that these jobs need no git fetch for commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, Self

from pipeline.code.commit_lists import CommitLists, CountedUnit, can_list_commits
from pipeline.code.commits import Commit
from pipeline.code.paper_commits import HistoryProvider
from pipeline.code.providers import open_code_provider
from pipeline.flows.jobs import Done, Job
from pipeline.flows.workers import Workers
from pipeline.github.client import Github
from pipeline.settings import Settings
from pipeline.web import Clock, Pause


class CommitsJob(Job[HistoryProvider], Protocol):
    """A job on the history of one repository."""

    @property
    def counted(self) -> CountedUnit:
        """The unit whose commits the job needs, and their number."""
        ...

    def with_commits(self, commits: tuple[Commit, ...]) -> Self:
        """The job with the commits of the default branch; it need not fetch them."""
        ...


@dataclass(frozen=True, slots=True)
class HistoryWorkers:
    """Runs jobs in separate processes; safe to use from several threads."""

    workers: Workers[HistoryProvider]
    lists: CommitLists | None

    def run(self, jobs: Iterable[CommitsJob]) -> Iterator[Done]:
        """The result of every job, in the order in which jobs end.

        Raises:
            TokenRefusedError: GitHub refuses the token.
            CollectionError: no further download can succeed.
        """
        return self.workers.run(self._with_commits(list(jobs)))

    def _with_commits(self, jobs: Sequence[CommitsJob]) -> Sequence[CommitsJob]:
        if self.lists is None:
            return jobs
        listed = self.lists.of([job.counted for job in jobs])
        return [job.with_commits(listed.get(job.repository, ())) for job in jobs]


@contextmanager
def open_history_workers(settings: Settings) -> Iterator[HistoryWorkers]:
    """The workers that read the older commits of repositories.

    Raises:
        InputError: the settings name no provider.
    """
    provider = open_code_provider(settings)
    pause = Pause()
    github = Github(settings, Clock(sleep=pause))
    lists = CommitLists(github) if can_list_commits(settings) else None
    workers: Workers[HistoryProvider] = Workers(provider, settings)
    try:
        with workers:
            yield HistoryWorkers(workers, lists)
    finally:
        pause.end()
