"""The flow `metadata`: requests the linked repositories' metadata from GitHub."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from queue import SimpleQueue
from typing import Any

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.errors import (
    CollectionError,
    GithubError,
    LimitReachedError,
    Status,
    TokenRefusedError,
)
from pipeline.flows.artifacts import show_progress
from pipeline.flows.handover import Found, Results, as_is, keep, store_as_known
from pipeline.flows.hooks import COLLECTING_HOOKS
from pipeline.flows.runs import Run, recorded_run
from pipeline.github.client import Github
from pipeline.github.metadata import (
    READ_OTHERWISE,
    WITHOUT_TOKEN,
    Metadata,
    VerifiedMetadata,
    batch_size,
    names_of,
    open_metadata,
    other_readings,
    read_otherwise,
)
from pipeline.github.repository import Lookup, Name
from pipeline.links import Problem, short_link
from pipeline.papers.client import PaperClient
from pipeline.papers.short_links import follow
from pipeline.settings import Settings
from pipeline.store.database import checkpoint, due_rows, now, write
from pipeline.store.paper_rows import reparsed, short_link_batch
from pipeline.store.repository_rows import lookup_batch
from pipeline.store.run_rows import checkpoint_batch
from pipeline.web import Clock, Pause

# GitHub asks for one request after the other
_ONE_BY_ONE: Any = ThreadPoolTaskRunner(max_workers=1)
_NAMES_A_TASK = 5000
_SHORT_LINKS = "1/second"


@flow(name="metadata", task_runner=_ONE_BY_ONE, **COLLECTING_HOOKS)
def metadata_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Request metadata of the linked repositories that have none or whose metadata are old.

    Raises:
        TokenRefusedError: GitHub refuses the token, so the run ends.
        CollectionError: GitHub cannot be reached.
    """
    settings = Settings.overridden(overrides)
    pause = Pause()
    github = Github(settings, Clock(sleep=pause))
    with recorded_run("metadata", settings) as (store, run):
        _follow_short_links(store, run, settings)
        days = {"refresh_days": settings.refresh_days, "recheck_days": settings.recheck_days}
        names = names_of(due_rows(store, "names", now=now(), **days))
        if names and not github.has_token:
            print(WITHOUT_TOKEN, file=sys.stderr)
        etags = dict(store.execute("select url, etag from http_validator").fetchall())
        metadata = open_metadata(github, etags, checkpoint(store, "graphql_batch"))
        verified = VerifiedMetadata(metadata, github)
        with show_progress("metadata", len(names)) as shown:
            shown.budget = lambda: _budget(github)
            results: Results = SimpleQueue()
            futures = [
                look_up_task.submit(
                    as_is(verified), as_is(names[at : at + _NAMES_A_TASK]), as_is(results)
                )
                for at in range(0, len(names), _NAMES_A_TASK)
            ]
            try:
                store_as_known(store, run, results, len(futures), shown)
                for future in futures:
                    future.result()
                _store_other_readings(store, run, metadata)
            except LimitReachedError as error:
                shown.say(error.message)  # what is left stays due: no failure
            except TokenRefusedError:
                raise
            except GithubError as error:
                raise CollectionError(error.message) from None
            finally:
                pause.end()
                if size := batch_size(metadata):
                    write(store, checkpoint_batch({"graphql_batch": size}))
                if github.warning:
                    shown.say(github.warning)
    return dict(run.counts)


def _follow_short_links(store: duckdb.DuckDBPyConnection, run: Run, settings: Settings) -> None:
    """Replace shortened links with their targets."""
    rows = due_rows(store, "stored_links", problem=Problem.SHORT_LINK)
    urls = {row["raw_link"]: short_link(row["raw_link"]) for row in rows}
    asked = {"now": now(), "recheck_days": settings.recheck_days}
    targets = {row["url"]: row["target"] for row in due_rows(store, "known_short_links", **asked)}
    due = sorted({url for url in urls.values() if url is not None} - targets.keys())
    if due:
        with show_progress("short links", len(due)) as shown:
            for followed in follow(PaperClient(settings.timeout_s, _SHORT_LINKS), due):
                targets[followed.url] = followed.target
                status = Status.OK if followed.target else Status.DEAD_SHORT_LINK
                run.note("metadata", [(followed.url, status, followed.message)])
                write(store, {**short_link_batch([followed]), **run.outcomes()})
                shown.advance(1, int(followed.target is None))
    known = {raw: target for raw, url in urls.items() if (target := targets.get(url or ""))}
    write(store, reparsed([row for row in rows if row["raw_link"] in known], known))


@task(name="look up names", cache_policy=NO_CACHE, persist_result=False)
def look_up_task(metadata: Metadata, names: list[Name], results: Results) -> int:
    """Look names up and hand over the results. Returns their number."""
    done = 0
    try:
        for lookups in metadata.look_up(names):
            results.put(_found("metadata", lookups))
            done += len(lookups)
    finally:
        results.put(None)
    return done


def _found(step: str, lookups: Sequence[Lookup]) -> Found:
    outcomes = [(item.asked.key, item.status, item.message) for item in lookups]
    problems = sum(item.repository is None and not item.is_unchanged for item in lookups)
    return Found(step, lookup_batch(lookups, now()), outcomes, problems)


def _store_other_readings(store: duckdb.DuckDBPyConnection, run: Run, metadata: Metadata) -> None:
    """Look up corrected forms of damaged names that do not exist."""
    rows = due_rows(store, "misread_names", tried=READ_OTHERWISE)
    for asked, readings in other_readings(rows).items():
        lookups = [item for found in metadata.look_up(readings) for item in found]
        if (lookup := read_otherwise(asked, lookups)) is not None:
            keep(store, run, [_found("metadata", [lookup])])


def _budget(github: Github) -> str:
    left = [f"{name} {budget.remaining:,}" for name, budget in sorted(github.budgets.items())]
    return f"GitHub requests left: {', '.join(left)}" if left else ""
