"""Moves of repositories from one framework to another, and the share that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import LEAST_PAPERS, OTHER_COLOUR, TEMPLATE, colour, name, translucent
from dashboards.periods import length, set_time_axis, starts

_MOST_KINDS = 8
_MOST_TICKS = 10
_PATTERNS = ("", "/", ".", "x", "-", "\\", "+", "|")
"""Moves to one framework share its colour. Their patterns tell them apart."""


def migration_by_year(rows: pd.DataFrame) -> go.Figure:
    """Stacked counts of repositories a year: the most frequent moves, then all others.

    `rows`: rows of the view migration_by_year (year, from_series, to_series, repositories).
    """
    columns = ["year", "from_series", "to_series", "repositories"]
    moves = [tuple(row) for row in rows[columns].to_numpy().tolist()]
    totals: Counter[tuple[str, str]] = Counter()
    for _, before, after, repositories in moves:
        totals[before, after] += repositories
    frequent = sorted(totals, key=lambda kind: (-totals[kind], kind))[:_MOST_KINDS]
    figure = go.Figure()
    used: Counter[str] = Counter()
    for kind in frequent:
        after = kind[1]
        bars = {year: count for year, *this, count in moves if tuple(this) == kind}
        _add_bars(figure, bars, move(*kind), colour(after), _PATTERNS[used[after]])
        used[after] += 1
    others: Counter[int] = Counter()
    for year, *this, count in moves:
        if tuple(this) not in frequent:
            others[year] += count
    if others:
        _add_bars(figure, others, "other moves", OTHER_COLOUR, "")
    figure.update_layout(
        template=TEMPLATE, barmode="stack", height=420, bargap=0.2, showlegend=True
    )
    most = rows.groupby("year")["repositories"].sum().max()
    figure.update_yaxes(title="repositories", dtick=1 if most < _MOST_TICKS else None)
    set_time_axis(figure, rows)
    return figure


def migration_rate(rows: pd.DataFrame) -> go.Figure:
    """The share of repositories that moved away from each framework, with its 95% interval.

    `rows`: rows of the view migration_rate (from_series, repositories, moved, share_moved,
    share_low, share_high). Frameworks with fewer than five repositories are left out.
    """
    rows = rows[rows["repositories"] >= LEAST_PAPERS].sort_values("repositories")
    tints = [colour(series) for series in rows["from_series"]]
    figure = go.Figure(
        go.Bar(
            x=rows["share_moved"],
            y=[
                f"{name(series)} ({count:,})"
                for series, count in zip(rows["from_series"], rows["repositories"], strict=True)
            ],
            orientation="h",
            marker_color=[translucent(tint, 0.7) for tint in tints],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": rows["share_high"] - rows["share_moved"],
                "arrayminus": rows["share_moved"] - rows["share_low"],
            },
            customdata=rows[["moved", "repositories", "share_low", "share_high"]],
            hovertemplate="%{customdata[0]} of %{customdata[1]} moved: %{x:.0%} "
            "(%{customdata[2]:.0%} to %{customdata[3]:.0%})<extra></extra>",
        )
    )
    figure.update_layout(template=TEMPLATE, hovermode="closest", height=110 + 40 * len(rows))
    figure.update_xaxes(tickformat=".0%", range=[0, 1.02], showgrid=True)
    figure.update_yaxes(automargin=True, showgrid=False)
    return figure


def move(before: str, after: str) -> str:
    """A kind of move in words: TensorFlow 1.x → PyTorch."""
    return f"{name(before)} → {name(after)}"


def _add_bars(
    figure: go.Figure, bars: Mapping[int, int], words: str, tint: str, pattern: str
) -> None:
    """Bars of one kind: repositories by year."""
    rows = pd.DataFrame(sorted(bars.items()), columns=["year", "repositories"])
    figure.add_trace(
        go.Bar(
            x=starts(rows),
            y=rows["repositories"],
            name=words,
            marker={
                "color": tint,
                "pattern": {"shape": pattern, "bgcolor": tint, "fgcolor": "white"},
            },
            hovertemplate="%{y}",
            **length(rows),
        )
    )
