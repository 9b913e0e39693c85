"""Our labels compared with those of the source of the links."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, for_narrow, name


def label_agreement(rows: pd.DataFrame) -> go.Figure:
    """A matrix of counts: the source's family down, ours across. On the diagonal both agree.

    `rows`: rows of the view label_agreement (source_family, family), one row a repository.
    """
    counts = rows.groupby(["source_family", "family"], as_index=False).size()
    order = rows["source_family"].value_counts().index.tolist()
    across = order + sorted(set(rows["family"]) - set(order))
    agrees = counts["source_family"] == counts["family"]
    figure = go.Figure(
        go.Scatter(
            x=[name(str(key)) for key in counts["family"]],
            y=[name(str(key)) for key in counts["source_family"]],
            mode="markers+text",
            text=counts["size"],
            textfont={"size": 12},
            marker={
                "symbol": "square",
                "size": 34,
                "color": [
                    "rgba(0, 158, 115, 0.35)" if same else "rgba(213, 94, 0, 0.35)"
                    for same in agrees
                ],
                "line": {"width": 0},
            },
            hovertemplate="source: %{y}, ours: %{x}, repositories: %{text}<extra></extra>",
        )
    )
    figure.update_layout(
        template=TEMPLATE, height=150 + 46 * max(len(order), 3), hovermode="closest"
    )
    figure.update_xaxes(
        title="our label",
        side="top",
        automargin=True,
        type="category",
        categoryorder="array",
        categoryarray=[name(key) for key in across],
        range=[-0.6, len(across) - 0.4],
    )
    figure.update_yaxes(
        title="the source's label",
        automargin=True,
        type="category",
        categoryorder="array",
        categoryarray=[name(key) for key in order],
        range=[len(order) - 0.4, -0.6],
    )
    for_narrow(
        figure,
        # every column named, and squares that do not overlap
        {"xaxis": {"dtick": 1, "tickangle": -90}, "yaxis": {"title": {"text": ""}}},
        {"marker": {"size": min(34, 200 / max(len(across), 1))}, "textfont": {"size": 9}},
    )
    return figure
