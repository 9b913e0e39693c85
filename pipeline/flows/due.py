"""Whether a run would find anything to do: an answer before Prefect starts."""

from __future__ import annotations

import duckdb

from pipeline.code.providers import recorded_sample
from pipeline.errors import InputError
from pipeline.github.metadata import READ_OTHERWISE, other_readings
from pipeline.links import PARSER_VERSION, Problem, short_link
from pipeline.papers.paper_lists import PaperLists
from pipeline.scan.records import SCANNER_VERSION
from pipeline.settings import Settings
from pipeline.store.database import checkpoint, due_rows, now, open_store
from pipeline.store.history_rows import due_papers, is_history_kept
from pipeline.store.publish import answers, is_published
from pipeline.store.replay import is_replayed
from pipeline.store.year_rows import are_years_kept, due_units


def is_anything_due(settings: Settings) -> bool:
    """Whether a run would collect or publish anything.

    True if papers come from services, because only they know what is new.

    Raises:
        InputError: a list of links cannot be read.
    """
    if settings.links is None:
        return True
    if not settings.working.exists():
        next(PaperLists(settings).fetch(None), None)  # complains about a list that cannot be read
        return True
    with open_store(settings.working, settings.overrides, "adoption run") as store:
        return (
            _are_links_due(store, settings)
            or (settings.code == "github" and _are_metadata_due(store, settings))
            or _is_code_due(store, settings)
            or not is_published(store)
            or not (settings.site / "index.html").exists()
            or not answers(settings.published)
        )


def refuse_empty(settings: Settings) -> None:
    """Complain about a working database without facts: publishing it would replace a good copy.

    Raises:
        InputError: the database has neither papers nor scans, or there is none.
    """
    if not _has_facts(settings):
        command = "adoption restore" if settings.published.exists() else "adoption run"
        raise InputError(f"The working database has no papers. Run '{command}' first.")


def _has_facts(settings: Settings) -> bool:
    if not settings.working.exists():
        return False
    with open_store(settings.working, settings.overrides, "adoption publish") as store:
        return any(store.sql(f"from {table} limit 1").fetchall() for table in ("paper", "scan"))


def _are_links_due(store: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    lists = PaperLists(settings)
    page = next(lists.fetch(checkpoint(store, f"cursor:{lists.name}")), None)
    return page is not None or checkpoint(store, "link_parser") != PARSER_VERSION


def _are_metadata_due(store: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    days = {"recheck_days": settings.recheck_days}
    known = {row["url"] for row in due_rows(store, "known_short_links", now=now(), **days)}
    shortened = due_rows(store, "stored_links", problem=Problem.SHORT_LINK)
    return bool(
        due_rows(store, "names", now=now(), refresh_days=settings.refresh_days, **days)
        or {short_link(row["raw_link"]) for row in shortened} - known - {None}
        or other_readings(due_rows(store, "misread_names", tried=READ_OTHERWISE))
    )


def _is_code_due(store: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    days = settings.recheck_days
    asked = {"scanner_version": SCANNER_VERSION, "recheck_days": days}
    if due_rows(store, "units", now=now(), **asked):
        return True
    if (sample := recorded_sample(settings)) is not None:
        return not is_replayed(store, sample)
    return bool(
        (is_history_kept(store) and due_papers(store, days))
        or (are_years_kept(store) and due_units(store, days))
    )
