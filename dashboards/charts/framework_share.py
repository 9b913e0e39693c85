"""One framework's share of the papers, as a small chart."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import LEAST_PAPERS, TEMPLATE, colour, translucent
from dashboards.periods import complete


def framework_share(rows: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """A line with its 95% band, broken where a year has few papers.

    The scale is the line's own. The band of a year with few papers may leave it.

    `rows`: rows of the view share_by_year of one family and denominator (year, family, papers, n,
    share, share_low, share_high). `years`: first and last year of the axis, the same for all
    frameworks.
    """
    enough = complete(rows[rows["n"] >= LEAST_PAPERS].sort_values("year"))
    tint = colour(str(rows["family"].iloc[0]))
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure = go.Figure()
    figure.add_trace(go.Scatter(x=enough["year"], y=enough["share_low"], **edge))
    figure.add_trace(
        go.Scatter(
            x=enough["year"],
            y=enough["share_high"],
            fill="tonexty",
            fillcolor=translucent(tint, 0.18),
            **edge,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=enough["year"],
            y=enough["share"],
            mode="lines+markers",
            line={"color": tint, "width": 2.5},
            marker={"size": 6},
            customdata=enough[["share_low", "share_high", "papers", "n"]],
            hovertemplate="%{y:.1%} (95% interval %{customdata[0]:.1%} to %{customdata[1]:.1%}), "
            "%{customdata[2]} of %{customdata[3]} papers<extra></extra>",
        )
    )
    figure.update_layout(
        template=TEMPLATE, height=180, showlegend=False, margin={"l": 44, "r": 8, "t": 6, "b": 24}
    )
    figure.update_xaxes(range=[years[0] - 0.5, years[1] + 0.5], tickformat="d", dtick=4)
    highest = max(1.15 * enough["share"].max(), 1.15 * enough["share_high"].iloc[-1], 0.05)
    figure.update_yaxes(tickformat=".0%", range=[0, highest], nticks=4)
    return figure
