"""Repositories that changed their framework between their first and last scanned commit."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, colour, name


def migration(rows: pd.DataFrame) -> go.Figure:
    """One bar for each change, the most frequent on top, in the colour of the new framework.

    `rows`: rows of the view migration (from_family, to_family), one row a repository.
    """
    moves = rows.groupby(["from_family", "to_family"], as_index=False).size()
    moves = moves.sort_values("size")
    figure = go.Figure(
        go.Bar(
            x=moves["size"],
            y=[
                f"{name(str(row.from_family))} → {name(str(row.to_family))}"
                for row in moves.itertuples()
            ],
            orientation="h",
            marker_color=[colour(str(key)) for key in moves["to_family"]],
            hovertemplate="%{x} repositories<extra></extra>",
        )
    )
    figure.update_layout(template=TEMPLATE, hovermode="closest", height=100 + 36 * len(moves))
    figure.update_xaxes(title="repositories", showgrid=True)
    figure.update_yaxes(automargin=True)
    return figure
