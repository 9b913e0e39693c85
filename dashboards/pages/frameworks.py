"""Frameworks: the share of each one, as small charts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS, name, percent
from dashboards.page import Page, Section

_SQL = """select year, family, papers, n, share, share_low, share_high
from share_by_year
where denominator = 'any_framework'
order by year, family;"""


def frameworks(connection: duckdb.DuckDBPyConnection) -> Page:
    """A small chart for each framework that a paper uses, the most used first."""
    rows = connection.sql(_SQL).df()
    enough = rows[rows["n"] >= LEAST_PAPERS]
    papers = enough.groupby("family")["papers"].sum()
    families = [str(family) for family in papers[papers > 0].sort_values(ascending=False).index]
    years = (int(enough["year"].min()), int(enough["year"].max())) if len(enough) else (2015, 2024)
    section = Section(
        "each-framework",
        "The share of each framework",
        "Papers whose code uses the framework, among papers with code in any framework, with the "
        "95% interval as a band. Each chart has its own scale, which begins at zero. The band of a "
        "year with few papers may extend beyond the scale. TensorFlow includes Keras. Years "
        "with fewer than five papers are left out.",
        _SQL,
        rows,
        {
            name(family): charts.small_share(own, years, family, _highest(own))
            for family in families
            for own in [rows[rows["family"] == family]]
        },
        summary=_in_words(enough, families),
    )
    question = "Which frameworks gained share, and which lost it?"
    return Page("frameworks", "Frameworks", question, [section])


def _highest(rows: pd.DataFrame) -> float:
    """The top of a scale that shows the line, and the band of the last year."""
    shares = rows.loc[rows["n"] >= LEAST_PAPERS, ["share", "share_high"]]
    return float(min(1, max(1.15 * shares["share"].max(), shares["share_high"].iloc[-1], 0.02)))


def _in_words(rows: pd.DataFrame, families: list[str]) -> str:
    """The year with the highest share of each family."""
    said = []
    for family in families:
        own = rows[rows["family"] == family]
        most = own.sort_values("share").iloc[-1]
        said.append(f"{name(family)} {percent(most['share'])} in {most['year']:.0f}")
    return f"The highest share of each: {', '.join(said)}." if said else ""
