"""The share of one framework in a small chart, to stand beside others."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.share_over_time import share_figure
from dashboards.look import TEXT
from dashboards.periods import length, set_time_axis, starts


def small_share(
    rows: pd.DataFrame, years: tuple[int, int], series: str = "pytorch", highest: float = 1
) -> go.Figure:
    """A share as a line with its 95% band, above bars of n. He's counts are a dotted line.

    `rows`: rows of the view he2019_comparison of one venue, or of share_by_area of one area (year,
    n, share, share_low, share_high). Only he2019_comparison has he_share and he_mentions. `years`:
    first and last year of the axis, the same for all charts that stand together. `highest`: the
    share at the top of the scale, which begins at zero.
    """
    rows = rows.sort_values("year")
    figure = share_figure(rows[rows["n"].notna()], series)
    if "he_share" in rows:
        figure.add_trace(_mentions(rows[rows["he_share"].notna()]), row=1, col=1)
    figure.update_layout(height=220, margin={"l": 40, "r": 8, "t": 6, "b": 24})
    figure.update_yaxes(range=[-0.05 * highest, 1.05 * highest], nticks=4, row=1, col=1)
    figure.update_yaxes(nticks=2, showgrid=False, tickfont={"size": 10}, row=2, col=1)
    set_time_axis(figure, rows)
    figure.update_xaxes(dtick="M48", range=[f"{years[0]}-01-01", f"{years[1] + 1}-01-01"])
    return figure


def _mentions(rows: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=starts(rows),
        y=rows["he_share"],
        mode="lines+markers",
        line={"color": TEXT, "width": 1.5, "dash": "dot"},
        marker={"size": 5},
        customdata=rows["he_mentions"],
        hovertemplate="He: %{y:.0%} of %{customdata} mentions<extra></extra>",
        meta={"role": "mentions"},
        **length(rows),
    )
