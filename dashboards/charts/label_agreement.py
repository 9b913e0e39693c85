"""Our labels beside those of the source of the links."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, name


def label_agreement(rows: pd.DataFrame) -> go.Figure:
    """Matrix of counts: the source's family down, ours across; the diagonal agrees.

    `rows`: rows of the view label_agreement (source_family, family), one a repository.
    """
    table = pd.crosstab(rows["source_family"], rows["family"])
    order = table.sum(axis=1).sort_values(ascending=False).index.tolist()
    others = [key for key in table.columns if key not in order]
    table = table.reindex(index=order, columns=order + sorted(others), fill_value=0)
    figure = go.Figure(
        go.Heatmap(
            x=[name(str(key)) for key in table.columns],
            y=[name(str(key)) for key in table.index],
            z=table.to_numpy(),
            text=table.to_numpy().astype(str),
            texttemplate="%{text}",
            colorscale=[[0, "rgba(0, 114, 178, 0.05)"], [1, "rgba(0, 114, 178, 0.85)"]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="source says %{y}, we say %{x}: %{z}<extra></extra>",
        )
    )
    figure.update_layout(
        template=TEMPLATE, height=140 + 44 * max(len(order), 3), hovermode="closest"
    )
    figure.update_xaxes(title="our label", side="top", automargin=True)
    figure.update_yaxes(title="the source's label", autorange="reversed", automargin=True)
    return figure
