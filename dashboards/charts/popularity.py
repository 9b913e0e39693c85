"""Stars or forks of the repositories of each framework family."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import LEAST_PAPERS, TEMPLATE, colour, name


def popularity(rows: pd.DataFrame) -> go.Figure:
    """One bar for each family, from the lower to the upper quartile, with the median as a point.

    `rows`: rows of the view popularity of one measure (family, measure, repositories,
    lower_quartile, median, upper_quartile). Families with fewer than five repositories are
    left out. The axis is logarithmic in count + 1, because many repositories have none.
    """
    rows = rows[rows["repositories"] >= LEAST_PAPERS].sort_values("median")
    figure = go.Figure()
    columns = ["family", "repositories", "lower_quartile", "median", "upper_quartile"]
    for family, repositories, lower, middle, upper in rows[columns].to_numpy().tolist():
        tint = colour(family)
        label = f"{name(family)} ({repositories})"
        figure.add_trace(
            go.Scatter(
                x=[lower + 1, upper + 1],
                y=[label, label],
                mode="lines",
                line={"color": tint, "width": 8},
                opacity=0.35,
                hoverinfo="skip",
            )
        )
        figure.add_trace(
            go.Scatter(
                x=[middle + 1],
                y=[label],
                mode="markers+text",
                marker={"color": tint, "size": 13},
                text=[f"{middle:,.0f}"],
                textposition="top center",
                customdata=[[lower, upper, middle]],
                hovertemplate="median %{customdata[2]:,.0f}, half of them between "
                "%{customdata[0]:,.0f} and %{customdata[1]:,.0f}<extra></extra>",
            )
        )
    figure.update_layout(
        template=TEMPLATE, showlegend=False, hovermode="closest", height=90 + 46 * max(len(rows), 2)
    )
    counts = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000]
    figure.update_xaxes(
        type="log",
        tickvals=[count + 1 for count in counts],
        ticktext=[f"{count:,}" for count in counts],
        showgrid=True,
    )
    figure.update_yaxes(automargin=True, showgrid=False)
    return figure
