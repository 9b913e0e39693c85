"""All frameworks over time, as stacked shares."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, colour, name


def frameworks_over_time(shares: pd.DataFrame) -> go.Figure:
    """Stacked bars, a period each, a colour a framework, the most used at the bottom.

    `shares`: rows of the view share_by_year of one denominator (year, framework, papers, n,
    share). No framework is lumped into others.
    """
    totals = shares.groupby("framework")["papers"].sum().sort_values(ascending=False)
    figure = go.Figure()
    for framework in [str(key) for key, papers in totals.items() if papers > 0]:
        rows = shares[shares["framework"] == framework].sort_values("year")
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["share"],
                name=name(framework),
                marker_color=colour(framework),
                customdata=rows[["papers", "n"]],
                hovertemplate="%{y:.0%} (%{customdata[0]} of %{customdata[1]})",
            )
        )
    figure.update_layout(template=TEMPLATE, barmode="stack", height=480, bargap=0.25)
    figure.update_yaxes(tickformat=".0%", range=[0, 1])
    figure.update_xaxes(dtick=1, tickformat="d")
    return figure
