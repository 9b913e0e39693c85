"""Papers with TensorFlow code of each year, by the variant that the code is written for."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, colour
from dashboards.periods import length, set_time_axis, starts

_VARIANTS = {
    "1.x": ("TensorFlow 1.x", colour("tensorflow 1.x")),
    "2.x": ("TensorFlow 2.x", colour("tensorflow 2.x")),
    "unclear": ("unclear", colour("none")),
}


def tensorflow_by_variant(rows: pd.DataFrame) -> go.Figure:
    """Stacked counts of papers a year.

    `rows`: rows of the view tensorflow_by_year (year, variant, papers, n, share).
    """
    figure = go.Figure()
    for variant, (words, tint) in _VARIANTS.items():
        part = rows[rows["variant"] == variant].sort_values("year")
        figure.add_trace(
            go.Bar(
                x=starts(part),
                y=part["papers"],
                name=words,
                marker_color=tint,
                customdata=part[["share", "n"]],
                hovertemplate="%{y} of %{customdata[1]} (%{customdata[0]:.0%})",
                **length(part),
            )
        )
    figure.update_layout(template=TEMPLATE, barmode="stack", height=380, bargap=0.2)
    figure.update_yaxes(title="papers")
    set_time_axis(figure, rows)
    return figure
