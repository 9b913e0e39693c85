"""The same papers at two moments: the code of their time, and the newest code."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS, name, percent
from dashboards.page import Page, Section

_CHANGED = """select
    family_then as from_series,
    n as repositories,
    papers as moved,
    to_pytorch,
    share as share_moved,
    share_low,
    share_high
from then_and_now;"""
_BY_YEAR = "from then_and_now_by_year;"
_MOMENTS = {"then": "code of the time", "now": "newest code"}
_TO_COLLECT = (
    "The commits from the time of the papers: 'adoption collect history' finds them, and the page "
    "“Then and now” compares them with the newest code."
)


def then_and_now(connection: duckdb.DuckDBPyConnection) -> Page:
    """How many papers changed their framework, and PyTorch's share at both moments."""
    return Page(
        "then-and-now",
        "Then and now",
        "Does the code of a paper still use the framework that it used when the paper came out?",
        [_changed(connection), _by_year(connection)],
    )


def _changed(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_CHANGED).df()
    is_drawn = (rows["repositories"] >= LEAST_PAPERS).any()
    return Section(
        "then-and-now",
        "Papers whose newest code has another framework",
        "Papers are grouped by the framework of their code of the time: official code, or code "
        "from at most a year after the paper. Lines show the 95% interval. The number of papers is "
        "in brackets. TensorFlow 1.x and 2.x are one framework here. Frameworks with "
        f"fewer than {LEAST_PAPERS} papers are only in the table. Many repositories do not change "
        "after their paper, and their newest code is the code of the time.",
        _CHANGED,
        rows,
        {"changed": charts.migration_rate(rows)} if is_drawn else {},
        summary=_changed_in_words(rows),
        to_collect=_TO_COLLECT,
    )


def _changed_in_words(rows: pd.DataFrame) -> str:
    known = rows[rows["repositories"] >= LEAST_PAPERS]
    found = ", ".join(
        f"{name(str(row['from_series']))} {row['moved']:,} of {row['repositories']:,} "
        f"({percent(row['share_low'])} to {percent(row['share_high'])})"
        for row in known.to_dict("records")
    )
    return f"Papers with another framework now, with the 95% interval: {found}." if found else ""


def _by_year(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_BY_YEAR).df()
    years = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (2015, 2025)
    return Section(
        "then-and-now-by-year",
        "PyTorch's share of the same papers, then and now",
        "PyTorch's share among papers with code of the time and newest code. Each chart counts the "
        "papers with PyTorch or TensorFlow code at its moment. The band is the 95% interval, the "
        "bars below count the papers, and a hollow point marks a year with fewer than "
        f"{LEAST_PAPERS} papers.",
        _BY_YEAR,
        rows,
        {
            f"{words} (n = {own['n'].sum():,})": charts.small_share(own, years)
            for moment, words in _MOMENTS.items()
            if len(own := rows[rows["moment"] == moment])
        },
        to_collect=_TO_COLLECT,
    )
