"""Venues: the year of each crossing, and PyTorch's share beside Horace He's counts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS, area_name
from dashboards.page import Page, Section

_CROSSINGS = "from crossing;"
_AREAS = "from share_by_area;"
_VENUES = "from he2019_comparison order by venue, year;"
_MOST_VENUES = 40
_NO_YEARS = (2015, 2024)
"""The years of an axis without rows."""
_BANDS = (
    "The line is PyTorch's share among papers with PyTorch or TensorFlow code. The band is its 95% "
    "interval, the bars below count the papers, and a hollow point marks a year with fewer than "
    f"{LEAST_PAPERS} papers. A paper counts in the year of its first public date."
)
_HE_2019 = (
    "Horace He, “The State of Machine Learning Frameworks in 2019”, The Gradient, 2019",
    "https://thegradient.pub/state-of-ml-frameworks-2019-pytorch-dominates-research-"
    "tensorflow-dominates-industry/",
)


def venues(connection: duckdb.DuckDBPyConnection) -> Page:
    """The year of each crossing, then a small chart for each field and each venue."""
    return Page(
        "venues",
        "Venues",
        "Did every venue move to PyTorch, and when?",
        [_crossings(connection), _areas(connection), _venues(connection)],
    )


def _crossings(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_CROSSINGS).df()
    (least,) = connection.sql("select least_papers()").fetchall()[0]
    return Section(
        "crossings",
        "When PyTorch passed TensorFlow",
        "A dot marks the first year from which PyTorch's share stays above one half, among "
        "papers with PyTorch or TensorFlow code. It is hollow if that is the first year with "
        "enough papers: PyTorch may have been ahead before. The number of papers is in brackets. "
        "The line is the 95% interval. A triangle marks an interval that continues beyond the "
        f"data: the move may be older than the first year with {least} papers, or may not be "
        f"over. Venues and fields without a year of at least {least} papers have no dot. A grey "
        "line covers the years with enough papers: what happened after it ends, the data cannot "
        "show.",
        _CROSSINGS,
        rows,
        {"crossings": charts.crossing(rows)} if len(rows) else {},
        summary=_crossings_in_words(rows),
        searched=("place",),
    )


def _crossings_in_words(rows: pd.DataFrame) -> str:
    """How many venues have passed, which have not by when, and how many have too few papers."""
    rows = rows[rows["kind"] == "venue"]
    if rows.empty:
        return "The sources name no venue for the papers here."
    judged = rows[rows["first_year"].notna()]
    passed = judged["year"].notna()
    is_certain = judged["latest"].notna()
    return (
        f"PyTorch is ahead at {passed.sum()} of {len(judged)} venues in the last year that has "
        f"enough papers, at {(passed & is_certain).sum()} of them by more than chance explains."
        + "".join(f" {row.place}: {row.words}." for row in judged[~passed].itertuples())
        + _ending_early(judged)
        + f" Venues with too few papers: {len(rows) - len(judged)}."
    )


def _ending_early(rows: pd.DataFrame) -> str:
    """Which venues passed while there are no data of their later years."""
    passed = rows[rows["year"].notna() & rows["ends_early"].astype(bool)]
    ends = ", ".join(
        f"{row.place} {row.last_year}"
        for row in passed.sort_values(["last_year", "place"]).itertuples()
    )
    return f" Venues whose data end before those of others: {ends}." if ends else ""


def _areas(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_AREAS).df()
    return Section(
        "fields",
        "PyTorch's share by field",
        f"Venues are grouped by field. {_BANDS}",
        _AREAS,
        rows,
        {
            _title(area_name(area), own): charts.small_share(own, _years(rows))
            for area, own in _parts(rows, "area")
        },
    )


def _venues(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_VENUES).df()
    most = set(rows.groupby("venue")["n"].sum().nlargest(_MOST_VENUES).index)
    shown = most | set(rows.loc[rows["he_share"].notna(), "venue"])
    left_out = rows["venue"].nunique() - len(shown)
    return Section(
        "venues",
        "PyTorch's share by venue",
        f"{_BANDS} The dotted line is Horace He's count up to 2022: mentions of PyTorch in the "
        "text of papers, among mentions of PyTorch or TensorFlow. Text and code can differ."
        + (f" {left_out} venues with fewer papers are only in the table." if left_out else ""),
        _VENUES,
        rows,
        {
            _title(venue, own): charts.small_share(own, _years(rows))
            for venue, own in _parts(rows, "venue")
            if venue in shown
        },
        summary=_latest_in_words(rows),
        searched=("venue",),
        cites=_HE_2019,
    )


def _parts(rows: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    """The rows of each value of a column, in alphabetical order."""
    return [(str(value), own) for value, own in rows.groupby(column)]


def _title(place: str, rows: pd.DataFrame) -> str:
    return f"{place} (n = {rows['n'].sum():,.0f})"


def _years(rows: pd.DataFrame) -> tuple[int, int]:
    return (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else _NO_YEARS


def _latest_in_words(rows: pd.DataFrame) -> str:
    """The lowest and the highest share of a venue in its last year with enough papers."""
    known = rows[rows["n"] >= LEAST_PAPERS].sort_values(["year", "venue"])
    last = known.groupby("venue", as_index=False).last().sort_values(["share", "venue"])
    if last.empty:
        return ""
    ends = [
        f"{row.share:.0%} ({row.venue} {row.year}, n = {row.n:.0f})"
        for row in last.iloc[[0, -1]].itertuples()
    ]
    return (
        f"PyTorch's share in each venue's last year with at least {LEAST_PAPERS} papers is between "
        f"{ends[0]} and {ends[1]}."
    )
