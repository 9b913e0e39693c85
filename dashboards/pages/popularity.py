"""Stars and forks of the repositories of each framework."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS, name
from dashboards.page import Page, Section

_SQL = """select *
from popularity
where measure = '{measure}'
order by median desc, family;"""


def popularity(connection: duckdb.DuckDBPyConnection) -> Page:
    """One section for stars, one for forks."""
    return Page(
        "popularity",
        "Stars and forks",
        "Are repositories of one framework more popular than those of another?",
        [_section(connection, measure) for measure in ("stars", "forks")],
    )


def _section(connection: duckdb.DuckDBPyConnection, measure: str) -> Section:
    sql = _SQL.format(measure=measure)
    rows = connection.sql(sql).df()
    drawn = rows[rows["repositories"] >= LEAST_PAPERS]
    text = (
        "A bar covers the middle half of a framework's repositories, from the 25th to the 75th "
        "percentile. The point is the median. The number of repositories is in brackets. The scale "
        "is logarithmic. Older repositories had more time to collect stars and forks. Frameworks "
        f"with fewer than {LEAST_PAPERS} repositories are only in the table."
    )
    return Section(
        measure,
        f"{measure.capitalize()} by framework",
        text,
        sql,
        rows,
        {measure: charts.popularity(rows)} if len(drawn) else {},
        summary=_in_words(drawn),
        to_collect=f"The {measure} of repositories: 'adoption collect metadata' asks GitHub.",
    )


def _in_words(rows: pd.DataFrame) -> str:
    medians = ", ".join(f"{name(str(row.family))} {row.median:,.0f}" for row in rows.itertuples())
    return f"Medians: {medians}." if medians else ""
