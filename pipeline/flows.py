"""The Prefect flows: links, metadata, source, publish, and refresh, which is all of them in order.

A flow takes overrides of the settings as plain text and reads the rest (tokens among it) from
the environment, so that nothing secret becomes a flow parameter. Work travels as batches: tasks
hold no database and hand over Arrow tables as soon as they have them; the flow is the one that
writes, every half second what there is, so that a stop at any moment loses next to nothing.

Parameters of flows are annotated with builtin names alone: Prefect validates the parameters of a
served flow by their annotations, and looks up no other name.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from dashboards.build import build_site
from pipeline.facts import Found, link_batch, mark_batch, now, reparsed, short_link_batch, together
from pipeline.github.client import (
    Clock,
    Github,
    GithubError,
    LimitReachedError,
    Pause,
    TokenRefusedError,
)
from pipeline.github.repository import Lookup, Name
from pipeline.github.source import source_bytes
from pipeline.links import PARSER_VERSION, short_link
from pipeline.metadata import (
    READ_OTHERWISE,
    WITHOUT_TOKEN,
    Doubted,
    Metadata,
    batch_size,
    names_of,
    open_metadata,
    other_readings,
    read_otherwise,
)
from pipeline.paper_sources import open_paper_sources
from pipeline.progress import Progress, show_progress
from pipeline.repository_facts import lookup_batch
from pipeline.runs import Run, recorded_run
from pipeline.scan.records import SCANNER_VERSION
from pipeline.settings import Settings
from pipeline.short_links import follow
from pipeline.sources.records import PaperLink, PaperSource, SourceError
from pipeline.sources.web import Web
from pipeline.store import (
    Batch,
    export_published,
    is_published,
    mark_published,
    merge_papers,
    open_published,
    open_store,
    progress_mark,
    publish,
    rows_due,
    write,
)
from pipeline.units import Unit
from pipeline.workers import TRANSIENT, Replay, Workers, open_workers

# two tasks, so that the workers have units to go on with while one task ends
_TWO_AT_ONCE: Any = ThreadPoolTaskRunner(max_workers=2)
# GitHub asks for one request after the other
_ONE_BY_ONE: Any = ThreadPoolTaskRunner(max_workers=1)
_NAMES_A_TASK = 5000
_WRITE_EVERY_S = 0.5
_LINKS_A_BATCH = 10_000
_SHORT_LINKS = "1/second"

_Value = TypeVar("_Value")

Results = SimpleQueue[Found | None]
"""What tasks hand over; None where one has ended."""


class CollectionError(RuntimeError):
    """Something could not be collected; what could be is stored."""


class NothingCollectedError(CollectionError):
    """Not one paper source could be read."""


@flow(name="links")
def links_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Ask every paper source for what is new, parse the links, store papers and links.

    A source that fails does not keep the others from being read.

    Raises:
        CollectionError: a source failed; the message says which and why.
    """
    settings = Settings.overridden(overrides)
    failures = []
    with recorded_run("links", settings) as (store, run):
        _parse_again(store)
        sources = open_paper_sources(settings)
        for source in sources:
            with show_progress(source.name, None) as shown:
                try:
                    _store_papers(store, run, source, shown)
                except SourceError as error:
                    failures.append(str(error))
                    run.note("links", [(source.name, "failed", str(error))])
                    write(store, run.outcomes())
        if run.counts:
            merge_papers(store)
        if failures:
            kind = CollectionError if len(failures) < len(sources) else NothingCollectedError
            raise kind(" ".join(failures))
    return dict(run.counts)


def _store_papers(
    store: duckdb.DuckDBPyConnection, run: Run, source: PaperSource, shown: Progress
) -> None:
    """Store a source's pages, each with the cursor that comes after it."""
    mark = f"cursor:{source.name}"
    for page in source.fetch(progress_mark(store, mark)):
        batch = parse_links_task(page.links) if page.links else {}
        marks = mark_batch({mark: page.cursor}) if page.cursor is not None else {}
        write(store, {**batch, **marks})
        problems = batch["paper_link"]["problem"].to_pylist() if batch else []
        run.counts.update("ok" if problem is None else problem for problem in problems)
        shown.advance(page.papers_seen, sum(problem is not None for problem in problems))


def _parse_again(store: duckdb.DuckDBPyConnection) -> None:
    """Read stored links anew when the rules for reading them have improved since."""
    if progress_mark(store, "link_parser") == PARSER_VERSION:
        return
    rows = rows_due(store, "stored_links", problem=None)
    for at in range(0, len(rows), _LINKS_A_BATCH):
        write(store, reparsed(rows[at : at + _LINKS_A_BATCH]))
    write(store, mark_batch({"link_parser": PARSER_VERSION}))


@task(name="parse links", cache_policy=NO_CACHE, persist_result=False)
def parse_links_task(links: list[PaperLink]) -> Batch:
    """Rows of paper and paper_link of a batch of links."""
    return link_batch(links)


@flow(name="metadata", task_runner=_ONE_BY_ONE)
def metadata_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Ask GitHub about the linked repositories that were never asked for, or too long ago.

    Raises:
        TokenRefusedError: GitHub refuses the token; nothing goes on without it.
        CollectionError: GitHub cannot be reached.
    """
    settings = Settings.overridden(overrides)
    pause = Pause()
    github = Github(settings, Clock(sleep=pause))
    with recorded_run("metadata", settings) as (store, run):
        _follow_short_links(store, run, settings)
        days = {"refresh_days": settings.refresh_days, "recheck_days": settings.recheck_days}
        names = names_of(rows_due(store, "names_due", now=now(), **days))
        if names and not github.has_token:
            print(WITHOUT_TOKEN, file=sys.stderr)
        etags = dict(store.execute("select url, etag from http_validator").fetchall())
        metadata = open_metadata(github, etags, progress_mark(store, "graphql_batch"))
        doubted = Doubted(metadata, github)
        with show_progress("metadata", len(names)) as shown:
            shown.budget = lambda: _budget(github)
            results: Results = SimpleQueue()
            futures = [
                look_up_task.submit(
                    _as_is(doubted), _as_is(names[at : at + _NAMES_A_TASK]), _as_is(results)
                )
                for at in range(0, len(names), _NAMES_A_TASK)
            ]
            try:
                _store_as_known(store, run, results, len(futures), shown)
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
                    write(store, mark_batch({"graphql_batch": size}))
                if github.warning:
                    shown.say(github.warning)
    return dict(run.counts)


def _follow_short_links(store: duckdb.DuckDBPyConnection, run: Run, settings: Settings) -> None:
    """Read shortened links as what they lead to."""
    rows = rows_due(store, "stored_links", problem="short_link")
    urls = {row["raw_link"]: short_link(row["raw_link"]) for row in rows}
    asked = {"now": now(), "recheck_days": settings.recheck_days}
    targets = {row["url"]: row["target"] for row in rows_due(store, "known_short_links", **asked)}
    due = sorted({url for url in urls.values() if url is not None} - targets.keys())
    if due:
        with show_progress("short links", len(due)) as shown:
            for followed in follow(Web(settings.timeout_s, _SHORT_LINKS), due):
                targets[followed.url] = followed.target
                status = "ok" if followed.target else "dead_short_link"
                run.note("metadata", [(followed.url, status, followed.message)])
                write(store, {**short_link_batch([followed]), **run.outcomes()})
                shown.advance(1, int(followed.target is None))
    known = {raw: target for raw, url in urls.items() if (target := targets.get(url or ""))}
    write(store, reparsed([row for row in rows if row["raw_link"] in known], known))


@task(name="look up names", cache_policy=NO_CACHE, persist_result=False)
def look_up_task(metadata: Metadata, names: list[Name], results: Results) -> int:
    """Look names up and hand over what is found. Gives how many."""
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
    """Try the other readings of damaged names that do not exist as they are written."""
    rows = rows_due(store, "misread_names", tried=READ_OTHERWISE)
    for asked, readings in other_readings(rows).items():
        lookups = [item for found in metadata.look_up(readings) for item in found]
        if (lookup := read_otherwise(asked, lookups)) is not None:
            _keep(store, run, [_found("metadata", [lookup])])


@flow(name="source", task_runner=_TWO_AT_ONCE)
def source_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Scan the source of every unit that no scan by these rules has answered yet.

    Raises:
        CollectionError: most of it, or all from some point on, could not be had, for reasons
            that may pass.
        TokenRefusedError: GitHub refuses the token.
    """
    settings = Settings.overridden(overrides)
    workers = open_workers(settings)
    with workers, recorded_run("source", settings) as (store, run):
        # of a run that was killed: one that goes on would hold the store
        shutil.rmtree(settings.scratch, ignore_errors=True)
        rows = rows_due(
            store,
            "units_due",
            scanner_version=SCANNER_VERSION,
            now=now(),
            recheck_days=settings.recheck_days,
        )
        due = [_unit(row) for row in rows]
        batches = [due[at : at + settings.batch] for at in range(0, len(due), settings.batch)]
        results: Results = SimpleQueue()
        with show_progress("source", len(due)) as shown:
            futures = [
                scan_units_task.submit(_as_is(workers), _as_is(units), _as_is(results))
                for units in batches
            ]
            _store_as_known(store, run, results, len(futures), shown)
            try:
                for future in futures:
                    future.result()
            except SourceError as error:
                raise CollectionError(str(error)) from None
        _complain_if_most_failed(run, len(due))
    return dict(run.counts)


@task(name="scan units", cache_policy=NO_CACHE, persist_result=False)
def scan_units_task(workers: Workers | Replay, units: list[Unit], results: Results) -> int:
    """Scan units and hand over what is found. Gives how many."""
    done = 0
    try:
        for scanned in workers.scan(units):
            outcome = (scanned.unit_id, scanned.status, scanned.message)
            results.put(Found("source", scanned.batch, [outcome], int(scanned.status != "ok")))
            done += 1
    finally:
        results.put(None)
    return done


def _unit(row: dict[str, Any]) -> Unit:
    languages = row["languages"]
    size_kb = row["size_kb"]
    committed_at = row["head_committed_at"]
    return Unit(
        row["unit_id"],
        row["host"],
        row["owner"],
        row["name"],
        row["subdir"],
        row["ref"],
        row["ref_may_have_slash"],
        commit=None if row["ref"] else row["head_commit"],
        committed_at=f"{committed_at.isoformat()}+00:00" if committed_at else None,
        size_bytes=1024 * size_kb if size_kb else None,
        source_bytes=None
        if languages is None
        else source_bytes({item["name"]: item["size_bytes"] for item in languages}),
    )


def _complain_if_most_failed(run: Run, items: int) -> None:
    failed = {status: count for status, count in run.counts.items() if status in TRANSIENT}
    if 2 * sum(failed.values()) > items > 0:
        most = max(failed, key=lambda status: failed[status])
        raise CollectionError(
            f"{sum(failed.values()):,} of {items:,} repositories could not be had: "
            f"{run.examples.get(most, most)} Run it again: what was scanned stays."
        )


def _store_as_known(
    store: duckdb.DuckDBPyConnection, run: Run, results: Results, tasks: int, shown: Progress
) -> None:
    """Write what tasks hand over until the last of them has ended."""
    while tasks:
        given = [results.get()]
        until = time.monotonic() + _WRITE_EVERY_S
        while (rest_s := until - time.monotonic()) > 0:
            try:
                given.append(results.get(timeout=rest_s))
            except Empty:
                break
            if given.count(None) == tasks:
                break
        found = [item for item in given if item is not None]
        tasks -= len(given) - len(found)
        _keep(store, run, found)
        shown.advance(
            sum(len(item.outcomes) for item in found), sum(item.problems for item in found)
        )


def _keep(store: duckdb.DuckDBPyConnection, run: Run, found: Sequence[Found]) -> None:
    """One transaction: facts, and what became of each item."""
    for item in found:
        run.note(item.step, item.outcomes)
        run.counts.update(status for _, status, _ in item.outcomes)
    write(store, {**together([item.batch for item in found]), **run.outcomes()})


def _as_is(value: _Value) -> _Value:
    """A value for a task that Prefect does not search for futures, item by item.

    Of the value's own type, for Prefect gives the task what it wraps.
    """
    return cast("_Value", quote(value))


def _budget(github: Github) -> str:
    told = [f"{name} {left.remaining:,}" for name, left in sorted(github.budgets.items())]
    return f"GitHub grants {', '.join(told)}" if told else ""


@flow(name="publish")
def publish_flow(overrides: dict[str, str] | None = None) -> str:
    """Publish a snapshot for readers, its Parquet copies and the pages. Gives the page's path.

    Where nothing that they rest on has changed since, they stay as they are.
    """
    settings = Settings.overridden(overrides)
    page = settings.site / "index.html"
    with open_store(settings.working) as store, show_progress("publish", 3) as shown:
        if is_published(store) and settings.published.exists() and page.exists():
            shown.advance(3)
            return str(page)
        publish(store, settings.published)
        shown.advance(1)
        export_published(settings.published, settings.exports)
        shown.advance(1)
        with open_published(settings.published) as published:
            page = build_site(published, settings.site)
        mark_published(store)
        shown.advance(1)
    return str(page)


@flow(name="refresh")
def refresh_flow(overrides: dict[str, str] | None = None) -> str:
    """Everything: links, metadata, source, publish. Gives the path of the page.

    What fails in one of them does not keep the others from working on what there is.

    Raises:
        CollectionError: something could not be collected; the rest is published.
    """
    failures = []
    settings = Settings.overridden(overrides)
    steps: Iterable[Callable[[dict[str, str] | None], object]] = (
        (links_flow, metadata_flow, source_flow)
        if settings.source == "github"
        else (links_flow, source_flow)
    )
    for step in steps:
        try:
            step(overrides)
        except NothingCollectedError:
            raise
        except CollectionError as error:
            failures.append(str(error))
        except TokenRefusedError as error:
            failures.append(error.message)  # nothing more is asked; what was had is published
            break
    page = publish_flow(overrides)
    if failures:
        raise CollectionError(" ".join(failures))
    return page
