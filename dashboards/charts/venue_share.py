"""PyTorch's share at one venue: by papers' code, and by their text as Horace He counted it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import LEAST_PAPERS, TEMPLATE, TEXT, colour


def venue_share(rows: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """A small chart: our share as a line with intervals, He's share of mentions as a dotted line.

    `rows`: rows of the view he2019_comparison of one venue; `years`: first and last year of the
    axis, the same for all venues.
    """
    rows = rows.sort_values("year")
    mentions = rows[rows["he_share"].notna()]
    ours = rows[rows["n"].notna()]
    ours = ours.assign(share=ours["share"].where(ours["n"] >= LEAST_PAPERS))  # a gap in the line
    tint = colour("pytorch")
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=mentions["year"],
            y=mentions["he_share"],
            mode="lines+markers",
            name="mentions (He)",
            line={"color": TEXT, "width": 1.5, "dash": "dot"},
            marker={"size": 5},
            customdata=mentions["he_mentions"],
            hovertemplate="He: %{y:.0%} of %{customdata} mentions<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=ours["year"],
            y=ours["share"],
            mode="lines+markers",
            name="imports (ours)",
            line={"color": tint, "width": 2.5},
            marker={"size": 6},
            error_y={
                "array": ours["share_high"] - ours["share"],
                "arrayminus": ours["share"] - ours["share_low"],
                "thickness": 1,
                "width": 0,
            },
            customdata=ours["n"],
            hovertemplate="ours: %{y:.0%}, n = %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        template=TEMPLATE, height=190, showlegend=False, margin={"l": 40, "r": 8, "t": 6, "b": 24}
    )
    figure.update_xaxes(range=[years[0] - 0.5, years[1] + 0.5], tickformat="d", dtick=2)
    figure.update_yaxes(tickformat=".0%", range=[-0.03, 1.03], tickvals=[0, 0.5, 1])
    return figure
