"""The flow `links`: stores papers and links from every paper source."""

from __future__ import annotations

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from pipeline.errors import CollectionError, InputError, NothingCollectedError, Status
from pipeline.flows.artifacts import show_progress
from pipeline.flows.hooks import COLLECTING_HOOKS
from pipeline.flows.runs import Run, recorded_run
from pipeline.links import PARSER_VERSION
from pipeline.papers.records import PaperLink, PaperSource
from pipeline.papers.sources import open_paper_sources
from pipeline.settings import Settings
from pipeline.store.database import Batch, checkpoint, due_rows, merge_papers, write
from pipeline.store.paper_rows import link_batch, reparsed
from pipeline.store.run_rows import checkpoint_batch
from pipeline.terminal.progress import Progress

_LINKS_A_BATCH = 10_000


@flow(name="links", **COLLECTING_HOOKS)
def links_flow(overrides: dict[str, str] | None = None) -> dict[str, int]:
    """Read new records from every paper source, parse the links, store papers and links.

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
                except InputError as error:
                    failures.append(str(error))
                    run.note("links", [(source.name, Status.FAILED, str(error))])
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
    """Store a source's pages, each with the cursor of the next page."""
    name = f"cursor:{source.name}"
    for page in source.fetch(checkpoint(store, name)):
        batch = parse_links_task(page.links) if page.links else {}
        cursor = checkpoint_batch({name: page.cursor}) if page.cursor is not None else {}
        misread = [(item.item, Status.NOT_UNDERSTOOD, item.message) for item in page.misread]
        run.note("links", misread)
        write(store, {**batch, **cursor, **run.outcomes()})
        problems = batch["paper_link"]["problem"].to_pylist() if batch else []
        run.counts.update(Status.USABLE if problem is None else problem for problem in problems)
        shown.advance(page.papers_seen, sum(problem is not None for problem in problems))


def _parse_again(store: duckdb.DuckDBPyConnection) -> None:
    """Parse stored links again after a change of the parser."""
    if checkpoint(store, "link_parser") == PARSER_VERSION:
        return
    rows = due_rows(store, "stored_links", problem=None)
    for at in range(0, len(rows), _LINKS_A_BATCH):
        write(store, reparsed(rows[at : at + _LINKS_A_BATCH]))
    write(store, checkpoint_batch({"link_parser": PARSER_VERSION}))


@task(name="parse links", cache_policy=NO_CACHE, persist_result=False)
def parse_links_task(links: list[PaperLink]) -> Batch:
    """Rows of paper and paper_link of a batch of links."""
    return link_batch(links)
