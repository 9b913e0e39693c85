"""Papers of each year by the language of their code."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import OTHER_COLOUR, TEMPLATE
from dashboards.periods import length, set_time_axis, starts

_COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#999933", "#6a3d9a", "#7a7000")


def papers_by_language(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Stacked counts of papers a year, a colour a language, the most frequent language first.

    `rows`: rows of the view no_framework_by_language (year, language, papers, n, share, share_low,
    share_high). `names`: the names of languages for readers.
    """
    order = rows.groupby("language")["papers"].sum().sort_values(ascending=False).index
    figure = go.Figure()
    for place, language in enumerate(order):
        part = rows[rows["language"] == language].sort_values("year")
        is_coloured = place < len(_COLOURS) and language != "unknown"
        figure.add_trace(
            go.Bar(
                x=starts(part),
                y=part["papers"],
                name=names.get(str(language), str(language)),
                marker_color=_COLOURS[place] if is_coloured else OTHER_COLOUR,
                customdata=part[["n", "share", "share_low", "share_high"]],
                hovertemplate="%{y} of %{customdata[0]} (%{customdata[1]:.0%}, 95% interval "
                "%{customdata[2]:.0%} to %{customdata[3]:.0%})",
                **length(part),
            )
        )
    figure.update_layout(template=TEMPLATE, barmode="stack", height=380, bargap=0.2)
    figure.update_layout(showlegend=True)
    figure.update_yaxes(title="papers")
    set_time_axis(figure, rows)
    return figure
