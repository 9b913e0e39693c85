"""How many papers of each year could be judged, and why the others could not."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE

_COLOURS = {"judged": "#009e73"}
_REASONS = ["#b5b5b5", "#e69f00", "#cc79a7", "#56b4e9", "#8a8a8a", "#d55e00"]
_NO_DATE = "no date"


def coverage(rows: pd.DataFrame) -> go.Figure:
    """Papers of each year, stacked by what became of them.

    `rows`: rows of the view coverage (year, outcome, words, papers). Papers without a known year
    are at the right, under "no date".
    """
    rows = rows.assign(
        period=rows["year"].map(lambda year: _NO_DATE if pd.isna(year) else str(int(year)))
    )
    known = rows["year"].dropna()
    # a year without papers keeps its place, empty
    years = range(0) if known.empty else range(int(known.min()), int(known.max()) + 1)
    undated = [_NO_DATE] if rows["year"].isna().any() else []
    periods = [*map(str, years), *undated]
    totals = rows.groupby(["outcome", "words"])["papers"].sum().sort_values(ascending=False)
    outcomes = sorted(totals.index, key=lambda outcome: outcome[0] != "judged")
    figure = go.Figure()
    for place, (outcome, words) in enumerate(outcomes):
        part = rows[rows["outcome"] == outcome]
        figure.add_trace(
            go.Bar(
                x=part["period"],
                y=part["papers"],
                name=words,
                marker_color=_COLOURS.get(outcome, _REASONS[place % len(_REASONS)]),
            )
        )
    figure.update_layout(template=TEMPLATE, barmode="stack", height=380, bargap=0.25)
    figure.update_xaxes(
        type="category",
        categoryarray=periods,
        range=[-0.6, len(periods) - 0.4],
        # few enough for a phone; "no date" is always among them, and needs its neighbour's room
        tickvals=[
            *[str(year) for year in years[: -1 if undated else None] if year % 2 == 0],
            *undated,
        ],
    )
    figure.update_yaxes(title="papers")
    return figure
