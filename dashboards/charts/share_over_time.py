"""One framework's share over time, with its interval, n and the field's turning points."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.look import LINE, TEMPLATE, colour, name, translucent

LEAST_PAPERS = 5
"""A year with fewer papers is a hollow point, not part of the line."""


def share_over_time(
    shares: pd.DataFrame, events: pd.DataFrame | None = None, framework: str = "pytorch"
) -> go.Figure:
    """Line of the share with its 95 % band above bars of n; years of few papers as hollow points.

    `shares`: rows of the view share_by_year of one denominator (year, framework, n, share,
    share_low, share_high). `events`: rows of the table event (happened_on, title), or None.
    """
    everything = shares[shares["framework"] == framework].sort_values("year")
    rows = everything[everything["n"] >= LEAST_PAPERS]
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.8, 0.2], vertical_spacing=0.04
    )
    tint = colour(framework)
    figure.add_trace(_edge(rows["year"], rows["share_low"]), row=1, col=1)
    band = _edge(rows["year"], rows["share_high"])
    band.update(fill="tonexty", fillcolor=translucent(tint, 0.18), name="95 % interval")
    figure.add_trace(band, row=1, col=1)
    figure.add_trace(
        go.Scatter(
            x=rows["year"],
            y=rows["share"],
            mode="lines+markers",
            name=name(framework),
            line={"color": tint, "width": 3},
            marker={"size": 8},
            customdata=rows[["share_low", "share_high", "n"]],
            hovertemplate="%{y:.0%} (%{customdata[0]:.0%} to %{customdata[1]:.0%}), "
            "n = %{customdata[2]}<extra></extra>",
        ),
        row=1,
        col=1,
    )
    few = everything[everything["n"] < LEAST_PAPERS]
    figure.add_trace(
        go.Scatter(
            x=few["year"],
            y=few["share"],
            mode="markers",
            marker={"size": 8, "symbol": "circle-open", "color": tint},
            customdata=few["n"],
            hovertemplate="%{y:.0%}, too few to judge: n = %{customdata}<extra></extra>",
        ),
        row=1,
        col=1,
    )
    figure.add_trace(
        go.Bar(
            x=everything["year"],
            y=everything["n"],
            name="papers (n)",
            text=everything["n"],
            textposition="outside",
            cliponaxis=False,
            marker_color=translucent(tint, 0.35),
            hoverinfo="skip",
        ),
        row=2,
        col=1,
    )
    _mark_events(figure, events, everything["year"])
    figure.update_layout(template=TEMPLATE, showlegend=False, height=520, bargap=0.45)
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], row=1, col=1)
    figure.update_yaxes(title="n", showticklabels=False, showgrid=False, row=2, col=1)
    figure.update_xaxes(dtick=1, tickformat="d")
    return figure


def _edge(years: pd.Series, values: pd.Series) -> go.Scatter:
    return go.Scatter(
        x=years, y=values, mode="lines", line={"width": 0}, showlegend=False, hoverinfo="skip"
    )


def _mark_events(figure: go.Figure, events: pd.DataFrame | None, years: pd.Series) -> None:
    if events is None or years.empty:
        return
    placed = 0
    for event in events.sort_values("happened_on").itertuples():
        day = pd.Timestamp(str(event.happened_on))
        # a year's point stands for its whole: centred on the tick, the year runs from -0.5 to 0.5
        at = day.year - 0.5 + day.day_of_year / 366
        if not years.min() - 0.5 <= at <= years.max() + 0.5:
            continue
        figure.add_vline(x=at, line={"color": LINE, "dash": "dot"}, row=1, col=1)
        figure.add_annotation(
            x=at,
            y=1.02 - 0.06 * (placed % 3),
            text=str(event.title),
            showarrow=False,
            xanchor="left",
            font={"size": 11},
            row=1,
            col=1,
        )
        placed += 1
