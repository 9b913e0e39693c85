"""The flow `publish`: the snapshot for readers, its Parquet files and the pages."""

from __future__ import annotations

from prefect import flow

from dashboards.build import build_site
from pipeline.flows.artifacts import show_answers, show_progress
from pipeline.flows.hooks import HOOKS
from pipeline.settings import Settings
from pipeline.store.database import open_published, open_store
from pipeline.store.export import export_answers
from pipeline.store.overrides import unknown_items
from pipeline.store.publish import answers, is_published, mark_published, publish


@flow(name="publish", **HOOKS)
def publish_flow(overrides: dict[str, str] | None = None) -> str:
    """Publish a snapshot for readers, its Parquet copies and the pages. Returns the page's path.

    Where nothing that they rest on has changed since, they stay as they are.
    """
    settings = Settings.overridden(overrides)
    page = settings.site / "index.html"
    with (
        open_store(settings.working, settings.overrides, "the flow publish") as store,
        show_progress("publish", 3) as shown,
    ):
        if is_published(store) and page.exists() and answers(settings.published):
            shown.advance(3)
            with open_published(settings.published) as published:
                show_answers(published, settings)
            return str(page)
        publish(store, settings.published, settings.without_secrets())
        shown.advance(1)
        export_answers(settings.published, settings.exports)
        shown.advance(1)
        with open_published(settings.published) as published:
            # the published file has the labels ready
            for sentence in unknown_items(published):
                shown.say(sentence)
            page = build_site(published, settings.site, settings.site_url or "")
            show_answers(published, settings)
        mark_published(store)
        shown.advance(1)
    return str(page)
