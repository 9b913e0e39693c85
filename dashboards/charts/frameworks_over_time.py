"""All frameworks over time: as stacked shares, and as counts of papers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import (
    LEAST_PAPERS,
    OTHER_COLOUR,
    RARE,
    TEMPLATE,
    add_notice,
    colour,
    series_name,
    text_on,
)
from dashboards.periods import PERIODS, length, period_of, set_time_axis, starts


def frameworks_over_time(shares: pd.DataFrame, order: Sequence[str] | None = None) -> go.Figure:
    """Stacked shares, a colour a series. Periods with few papers are left out.

    Series that stay rare (RARE) lie above the others, in one colour. Each other series has its name
    in its highest bar, if that has room. `shares`: rows of the view frameworks_by_year of one
    denominator (year, series, papers, n, share). `order`: the series from the bottom up; by default
    the most used first. A trace's `meta.series` is its series, and `meta.label` its name in a bar;
    a series without rows is a hidden trace.
    """
    enough = shares[shares["n"] >= LEAST_PAPERS]
    order = order or most_used_first(shares)
    figure = _stacked(enough, order, "share", "%{y:.1%} (%{customdata[0]} of %{customdata[1]})")
    figure.update_yaxes(tickformat=".0%", range=[0, 1])
    return figure


def papers_over_time(shares: pd.DataFrame, order: Sequence[str] | None = None) -> go.Figure:
    """Papers by series, stacked. `shares`, `order`: as in frameworks_over_time."""
    order = order or most_used_first(shares)
    figure = _stacked(shares, order, "papers", "%{y} of %{customdata[1]}")
    figure.update_yaxes(title="papers")
    return figure


def _stacked(shares: pd.DataFrame, order: Sequence[str], column: str, hover: str) -> go.Figure:
    figure = go.Figure()
    # a seam between neighbours: some colours look alike to people with colour blindness
    seam = PERIODS[period_of(shares)].seam
    rare = rare_series(shares)
    for series in sorted(order, key=lambda key: key in rare):
        rows = shares[shares["series"] == series].sort_values(period_of(shares))
        is_rare = series in rare
        figure.add_trace(
            go.Bar(
                x=starts(rows),
                y=rows[column],
                visible=len(rows) > 0,
                name=series_name(series),
                marker={
                    "color": OTHER_COLOUR if is_rare else colour(series),
                    "line": {"width": 0 if is_rare else seam, "color": "white"},
                },
                text=["" if is_rare else words for words in _name_in_highest(rows[column], series)],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                insidetextfont={"color": text_on(colour(series))},
                customdata=rows[["papers", "n"]],
                hovertemplate=hover,
                meta={"role": column, "series": series, "label": _label(series)},
                **length(rows),
            )
        )
    add_notice(figure)
    figure.update_layout(
        template=TEMPLATE,
        barmode="stack",
        height=420,
        bargap=0.12,
        showlegend=False,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    set_time_axis(figure, shares)
    return figure


def rare_series(shares: pd.DataFrame) -> set[str]:
    """The series whose share is below RARE in each period with enough papers."""
    enough = shares[shares["n"] >= LEAST_PAPERS]
    common = enough.loc[enough["share"] >= RARE, "series"]
    return {str(series) for series in shares["series"]} - {str(series) for series in common}


def _name_in_highest(values: pd.Series, series: str) -> list[str]:
    """The name of a series beside its highest value, and "" beside the others."""
    values = values.reset_index(drop=True)
    return [_label(series) if at == values.idxmax() else "" for at in values.index]


def _label(series: str) -> str:
    """The name of a series in a bar, which is narrow: a word a line."""
    return series_name(series).replace(" ", "<br>")


def most_used_first(shares: pd.DataFrame) -> list[str]:
    """Series with papers. Series of one family (tensorflow 1.x, tensorflow 2.x) stay together."""
    papers = shares.groupby("series")["papers"].sum()
    papers = papers[papers > 0]
    families = papers.groupby(papers.index.str.split(" ").str[0]).sum()
    order = {str(family): -int(count) for family, count in families.items()}
    return sorted(
        (str(key) for key in papers.index), key=lambda key: (order[key.split(" ")[0]], key)
    )
