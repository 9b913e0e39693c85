"""Venues: PyTorch's share at each venue, beside Horace He's counts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS
from dashboards.page import Page, Section

_SQL = "select * from he2019_comparison order by venue, year;"
_MOST_VENUES = 24
_ABOUT_OURS = (
    f"A solid line is drawn for the {_MOST_VENUES} venues with most papers; "
    "the table has all venues."
)
_WITHOUT_VENUES = (
    "Our sources name no venue for the papers here, so the charts show mentions only. Conference "
    "lists, OpenReview and the Papers with Code archive of papers name venues."
)
_HE_2019 = (
    "Horace He, “The State of Machine Learning Frameworks in 2019”, The Gradient, 2019",
    "https://thegradient.pub/state-of-ml-frameworks-2019-pytorch-dominates-research-"
    "tensorflow-dominates-industry/",
)


def venues(connection: duckdb.DuckDBPyConnection) -> Page:
    """A small chart for each venue."""
    rows = connection.sql(_SQL).df()
    years = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (2015, 2024)
    ours = rows[rows["n"] >= LEAST_PAPERS].groupby("venue")["n"].sum().nlargest(_MOST_VENUES)
    # a venue with neither a mention nor enough papers of ours would be an empty chart
    shown = sorted(set(rows.loc[rows["he_share"].notna(), "venue"]) | set(ours.index))
    section = Section(
        "venues",
        "PyTorch's share by venue",
        "Solid line: papers whose code imports PyTorch, among papers with PyTorch or TensorFlow "
        "code, with 95% intervals. Dotted line: papers that mention PyTorch in their text, among "
        "mentions of PyTorch or TensorFlow, as Horace He counted them up to 2022. A paper's text "
        f"and its code can differ. {_ABOUT_OURS if len(ours) else _WITHOUT_VENUES}",
        _SQL,
        rows,
        {str(venue): charts.venue_share(rows[rows["venue"] == venue], years) for venue in shown},
        summary=_in_words(rows),
        cites=_HE_2019,
    )
    return Page("venues", "Venues", "Did every venue move to PyTorch, and when?", [section])


def _in_words(rows: pd.DataFrame) -> str:
    """The last count of mentions at each venue."""
    mentions = rows[rows["he_share"].notna()].sort_values("year").groupby("venue").last()
    said = ", ".join(
        f"{venue} {row.he_share:.0%} in {row.year}" for venue, row in mentions.iterrows()
    )
    return f"Mentions of PyTorch, in the last year counted for each venue: {said}." if said else ""
