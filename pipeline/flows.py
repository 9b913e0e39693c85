"""The Prefect flows: links, source, publish, and refresh, which is all of them in order.

A flow takes overrides of the settings as plain text and reads the rest (tokens among it) from
the environment, so that nothing secret becomes a flow parameter. Work travels as batches:
tasks hold no database and give Arrow tables; the flow is the one that writes.

Parameters of flows are annotated with builtin names alone: Prefect validates the parameters of a
served flow by their annotations, and looks up no other name.
"""

from __future__ import annotations

import platform
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Any

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from dashboards.build import build_site
from pipeline import __version__
from pipeline.code_sources import open_code_source
from pipeline.facts import link_batch, now, outcome_batch, scan_batch
from pipeline.progress import Progress, show_progress
from pipeline.settings import Settings
from pipeline.sources import paper_lists
from pipeline.sources.records import PaperLink
from pipeline.store import (
    Batch,
    as_json,
    export_tables,
    open_published,
    open_store,
    publish,
    units_due,
    write,
)
from pipeline.units import CodeSource, Unit, scan_unit

_RUNNER: Any = ThreadPoolTaskRunner(max_workers=2)
_LINKS_A_BATCH = 2000
_PACKAGES = ("prefect", "duckdb", "pandas", "plotly", "requests")


@dataclass(slots=True)
class _Run:
    """A run as it is written to the table `run`."""

    run_id: str
    counts: Counter[str] = field(default_factory=Counter)


@flow(name="links")
def links_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Read the list of paper links, parse every link and store papers and links."""
    settings = Settings.overridden(overrides)
    with _recorded_run("links", settings) as (store, run), show_progress("links", None) as shown:
        for links in _batches(paper_lists.fetch(settings)):
            batch = parse_links_task(links)
            write(store, batch)
            problems = batch["paper_link"]["problem"].to_pylist()
            run.counts.update("ok" if problem is None else problem for problem in problems)
            shown.advance(len(links), sum(problem is not None for problem in problems))
    return dict(run.counts)


@task(name="parse links", cache_policy=NO_CACHE, persist_result=False)
def parse_links_task(links: list[PaperLink]) -> Batch:
    """Rows of paper and paper_link of a batch of links."""
    return link_batch(links)


@flow(name="source", task_runner=_RUNNER)
def source_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Scan the source of every unit that no scan by these rules has answered yet."""
    settings = Settings.overridden(overrides)
    source = open_code_source(settings)
    with _recorded_run("source", settings) as (store, run):
        due = [Unit(*row) for row in units_due(store)]
        batches = [due[at : at + settings.batch] for at in range(0, len(due), settings.batch)]
        with show_progress("source", len(due)) as shown:
            futures = [scan_units_task.submit(source, units) for units in batches]
            for future in as_completed(futures):
                _store_scans(store, run, future.result(), shown)
    return dict(run.counts)


@task(name="scan units", cache_policy=NO_CACHE, persist_result=False)
def scan_units_task(source: CodeSource, units: list[Unit]) -> Batch:
    """Rows of scan, import_fact, local_module and file_problem of a batch of units."""
    return scan_batch((unit, scan_unit(source, unit)) for unit in units)


def _store_scans(
    store: duckdb.DuckDBPyConnection, run: _Run, batch: Batch, shown: Progress
) -> None:
    scans = batch["scan"].select(["unit_id", "status", "message"]).to_pylist()
    outcomes = [(scan["unit_id"], scan["status"], scan["message"]) for scan in scans]
    write(store, {**batch, **outcome_batch(run.run_id, "source", outcomes)})
    statuses = Counter(scan["status"] for scan in scans)
    run.counts.update(statuses)
    shown.advance(len(scans), len(scans) - statuses["ok"])


@flow(name="publish")
def publish_flow(overrides: dict[str, str] | None = None) -> str:
    """Publish a snapshot for readers, its Parquet copies and the pages. Gives the page's path."""
    settings = Settings.overridden(overrides)
    with open_store(settings.working) as store, show_progress("publish", 3) as shown:
        publish(store, settings.published)
        shown.advance(1)
        export_tables(store, settings.exports)
        shown.advance(1)
        with open_published(settings.published) as published:
            page = build_site(published, settings.site)
        shown.advance(1)
    return str(page)


@flow(name="refresh")
def refresh_flow(overrides: dict[str, str] | None = None) -> str:
    """Everything: links, source, publish. Gives the path of the page."""
    links_flow(overrides)
    source_flow(overrides)
    return publish_flow(overrides)


@contextmanager
def _recorded_run(
    name: str, settings: Settings
) -> Iterator[tuple[duckdb.DuckDBPyConnection, _Run]]:
    """The working database and a row of `run` that says how the run went, whatever happens."""
    run = _Run(str(uuid.uuid4()))
    versions = {"adoption": __version__, "python": platform.python_version()}
    versions |= {package: version(package) for package in _PACKAGES}
    with open_store(settings.working) as store:
        store.execute(
            "insert into run (run_id, flow, settings, versions, status, started_at) "
            "values (?, ?, ?, ?, 'running', ?)",
            [run.run_id, name, as_json(settings.without_secrets()), as_json(versions), now()],
        )
        status = "failed"
        try:
            yield store, run
            status = "done"
        finally:
            store.execute(
                "update run set status = ?, counts = ?, ended_at = ? where run_id = ?",
                [status, as_json(run.counts), now(), run.run_id],
            )


def _batches(links: Iterator[PaperLink]) -> Iterator[list[PaperLink]]:
    while batch := list(islice(links, _LINKS_A_BATCH)):
        yield batch
