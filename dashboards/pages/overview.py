"""The overview: PyTorch's share, and all frameworks. The controls change its charts."""

from __future__ import annotations

import duckdb

from dashboards import charts
from dashboards.controls import has_creation_dates
from dashboards.cube import all_series
from dashboards.page import Event, Page, Section

_SHARES = """select year, family, papers, n, share, share_low, share_high
from share_by_year
where denominator = 'pytorch_tensorflow' and family = 'pytorch'
order by year;"""
_EVENTS = "select happened_on, title, reference from event order by happened_on, title"
_FRAMEWORKS = """select year, series, papers, n, share
from frameworks_by_year
where denominator = 'any_framework'
order by year, series;"""


_CREATION_DATES = (
    "The days on which repositories were created, by which papers can be dated: 'adoption collect "
    "metadata' asks GitHub."
)


def overview(connection: duckdb.DuckDBPyConnection) -> Page:
    """The charts with every control at its default."""
    sections = [_share(connection), *_frameworks(connection)]
    return Page(
        "index",
        "PyTorch's share",
        "",
        sections,
        kind="overview",
        missing=[] if has_creation_dates(connection) else [_CREATION_DATES],
    )


def _share(connection: duckdb.DuckDBPyConnection) -> Section:
    shares = connection.sql(_SHARES).df()
    events = connection.sql(_EVENTS)
    return Section(
        "share",
        "PyTorch's share over time",
        "The line is the share of papers whose code uses the framework. The band is the 95% "
        "interval: with fewer papers it is wider. The bars below count the papers. A hollow point "
        "marks a period with fewer than five papers.",
        _SHARES,
        shares,
        {"share": charts.share_over_time(shares, events.df())},
        is_live=True,
        events=[Event(*event) for event in events.fetchall()],
    )


def _frameworks(connection: duckdb.DuckDBPyConnection) -> list[Section]:
    rows, order = connection.sql(_FRAMEWORKS).df(), all_series(connection)
    return [
        Section(
            "frameworks",
            "All frameworks, as shares",
            "TensorFlow is split into 1.x, 2.x and code of unknown version. "
            "Frameworks that stay below 2% in every period are drawn as “other”. The button "
            "“Other” shows each of them. Periods with fewer than five papers are left out.",
            _FRAMEWORKS,
            rows,
            {"frameworks": charts.frameworks_over_time(rows, order)},
            is_live=True,
            has_legend=True,
        ),
        Section(
            "papers",
            "All frameworks, as counts of papers",
            "The same papers, as counts. The counts depend on the number of papers of each year in "
            "the lists of links. They do not show the amount of research.",
            _FRAMEWORKS,
            rows,
            {"papers": charts.papers_over_time(rows, order)},
            is_live=True,
            has_legend=True,
        ),
    ]
