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
_MOST = 3
_MOST_STARRED = f"""with counted as (
    select
        repo_label.family,
        unit_repository.repository,
        min(unit_repository.unit_id) as unit_id,
        max(unit_repository.stars) as stars,
        max(unit_repository.forks) as forks
    from latest_scan
    inner join repo_label using (scan_id)
    inner join unit_repository on latest_scan.unit_id = unit_repository.unit_id
    where unit_repository.stars is not null
    group by all
)

select
    family,
    unit_id,
    stars,
    forks
from counted
qualify row_number() over (partition by family order by stars desc, unit_id) <= {_MOST}
order by family, stars desc, unit_id;"""


def popularity(connection: duckdb.DuckDBPyConnection) -> Page:
    """One section for stars, one for forks, and the repositories with the most stars."""
    sections = [_section(connection, measure) for measure in ("stars", "forks")]
    counted = [section.anchor for section in sections if not section.is_missing] or ["stars"]
    return Page(
        "popularity",
        " and ".join(counted).capitalize(),
        "Are repositories of one framework more popular than those of another?",
        [*sections, *_most_starred(connection)],
    )


def _most_starred(connection: duckdb.DuckDBPyConnection) -> list[Section]:
    """The repositories at the top of each framework, if stars are known."""
    rows = connection.sql(_MOST_STARRED).df().dropna(axis="columns", how="all")
    if rows.empty:
        return []
    section = Section(
        "most-starred",
        "The repositories with the most stars",
        f"The {_MOST} repositories of each framework that have the most stars. Each leads to its "
        "entry, which has its papers and the lines that decide its label.",
        _MOST_STARRED,
        rows,
    )
    return [section]


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
