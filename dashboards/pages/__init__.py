"""The pages of the site, one module a page: its query, its words, its charts."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from dashboards.page import Page
from dashboards.pages.agreement import agreement
from dashboards.pages.claims import claims
from dashboards.pages.coverage import coverage
from dashboards.pages.data import data
from dashboards.pages.frameworks import frameworks
from dashboards.pages.method import method
from dashboards.pages.migration import migration
from dashboards.pages.no_framework import no_framework
from dashboards.pages.overview import overview
from dashboards.pages.popularity import popularity
from dashboards.pages.search import search
from dashboards.pages.tensorflow import tensorflow
from dashboards.pages.then_and_now import then_and_now
from dashboards.pages.venues import venues


def pages(connection: duckdb.DuckDBPyConnection) -> list[Page]:
    """Every page that has something to show, in the order of the navigation.

    The first is the site's home. The page on data says what is missing, and how to collect it.
    """
    all_pages = [
        overview(connection),
        search(),
        frameworks(connection),
        claims(connection),
        venues(connection),
        tensorflow(connection),
        popularity(connection),
        then_and_now(connection),
        migration(connection),
        no_framework(connection),
        coverage(connection),
        agreement(connection),
        method(),
    ]
    missing = dict.fromkeys(
        words
        for page in all_pages
        for words in (*page.missing, *(s.to_collect for s in page.sections if s.is_missing))
    )
    shown = [
        replace(page, sections=[s for s in page.sections if not s.is_missing]) for page in all_pages
    ]
    return [*(page for page in shown if page.sections or page.kind != "charts"), data([*missing])]
