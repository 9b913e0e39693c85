"""Coverage: which papers could not be judged, and why."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS
from dashboards.page import Page, Section

_SQL = """select year, outcome, words, papers, papers_of_year, share
from coverage
order by year, papers desc, outcome;"""
_CORRECTIONS = """select kind, item, old, new, reason, author, decided_on
from correction
where is_applied
order by csv_row;"""


def coverage(connection: duckdb.DuckDBPyConnection) -> Page:
    """What became of every paper, by year."""
    rows = connection.sql(_SQL).df()
    section = Section(
        "coverage",
        "Papers that could be judged",
        "How many papers could be judged, and why the others could not. A paper whose code could "
        "not be read never counts as “no framework”: every share leaves it out. If the reasons "
        "differ between years, the missing papers can bias the shares.",
        _SQL,
        rows,
        {"coverage": charts.coverage(rows)},
        summary=_in_words(rows),
    )
    return Page(
        "coverage",
        "Coverage and bias",
        "How far can you trust these numbers? What is missing, and in which years?",
        [section, *_corrected(connection)],
    )


def _corrected(connection: duckdb.DuckDBPyConnection) -> list[Section]:
    """The values that a person corrected, if there are any."""
    rows = connection.sql(_CORRECTIONS).df()
    if rows.empty:
        return []
    section = Section(
        "corrected",
        "Corrected by hand",
        "A person corrected these links, dates, venues and labels. Every number of this site "
        "counts the new value. The database keeps the old one, too.",
        _CORRECTIONS,
        rows,
        summary=f"Values corrected by hand: {len(rows):,}.",
    )
    return [section]


def _in_words(rows: pd.DataFrame) -> str:
    """How many papers could be judged, why the others could not, and in which year fewest."""
    is_judged = rows["outcome"] == "judged"
    judged = rows.loc[is_judged, "papers"].sum()
    said = f"{judged:,} of {rows['papers'].sum():,} papers could be judged."
    lost = rows[~is_judged].groupby("words")["papers"].sum().sort_values(ascending=False)
    if lost.empty:
        return said
    why = ", ".join(f"{words} ({count:,})" for words, count in lost.items())
    return f"{said} The others: {why}.{_worst_year(rows)}"


def _worst_year(rows: pd.DataFrame) -> str:
    years = rows[rows["papers_of_year"] >= LEAST_PAPERS].groupby("year")
    shares = years.apply(lambda year: year.loc[year["outcome"] == "judged", "share"].sum())
    if shares.empty:
        return ""
    year, share = shares.idxmin(), shares.min()
    return f" The year with the smallest judged share is {year:.0f}: {share:.0%}."
