"""All frameworks over time: as stacked shares, and as counts of papers."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import LEAST_PAPERS, TEMPLATE, colour, name
from dashboards.periods import length, set_time_axis, starts


def frameworks_over_time(shares: pd.DataFrame) -> go.Figure:
    """Stacked shares, a colour a framework, the most used at the bottom.

    `shares`: rows of the view frameworks_by_year of one denominator (year, series, papers, n,
    share). No framework is lumped into others; periods
    with too few papers to judge are left out. A trace's `meta.series` is its series.
    """
    shares = shares[shares["n"] >= LEAST_PAPERS]
    figure = _stacked(shares, "share", "%{y:.1%} (%{customdata[0]} of %{customdata[1]})")
    figure.update_yaxes(tickformat=".0%", range=[0, 1])
    return figure


def papers_over_time(shares: pd.DataFrame) -> go.Figure:
    """Papers by framework, stacked. `shares` as in frameworks_over_time."""
    figure = _stacked(shares, "papers", "%{y} of %{customdata[1]}")
    figure.update_yaxes(title="papers")
    return figure


def _stacked(shares: pd.DataFrame, column: str, told: str) -> go.Figure:
    figure = go.Figure()
    for series in _most_used_first(shares):
        rows = shares[shares["series"] == series]
        rows = rows.sort_values(rows.columns[0])
        figure.add_trace(
            go.Bar(
                x=starts(rows),
                y=rows[column],
                name=name(series),
                marker={"color": colour(series), "line": {"width": 0}},
                customdata=rows[["papers", "n"]],
                hovertemplate=told,
                meta={"role": column, "series": series},
                **length(rows),
            )
        )
    figure.update_layout(template=TEMPLATE, barmode="stack", height=460, bargap=0.12)
    set_time_axis(figure, shares)
    return figure


def _most_used_first(shares: pd.DataFrame) -> list[str]:
    """Series with papers; TensorFlow's variants stay beside one another."""
    papers = shares.groupby("series")["papers"].sum()
    papers = papers[papers > 0]
    families = papers.groupby(papers.index.str.split(" ").str[0]).sum()
    order = {str(family): -int(count) for family, count in families.items()}
    return sorted(
        (str(key) for key in papers.index), key=lambda key: (order[key.split(" ")[0]], key)
    )
