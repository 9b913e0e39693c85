"""One framework family's share over time, with its interval, n and the field's turning points."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.look import LEAST_PAPERS, LINE, TEMPLATE, colour, name, translucent
from dashboards.periods import PERIODS, length, period_of, set_time_axis, span, starts


def share_over_time(
    shares: pd.DataFrame, events: pd.DataFrame | None = None, family: str = "pytorch"
) -> go.Figure:
    """Line of the share with its 95 % band above bars of n; periods of few papers as hollow points.

    Line and band stop where a period has too few papers, or none.

    `shares`: rows of the view share_by_year, share_by_quarter or share_by_month of one denominator
    (year, quarter or month; family, n, share, share_low, share_high). `events`: rows of the
    table event (happened_on, title), or None. A trace's `meta.role` says what it shows.
    """
    everything = shares[shares["family"] == family]
    everything = everything.sort_values(everything.columns[0])
    rows = everything[everything["n"] >= LEAST_PAPERS]
    few = everything[everything["n"] < LEAST_PAPERS]
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.82, 0.18], vertical_spacing=0.03
    )
    tint = colour(family)
    for trace in (
        _band(rows, tint),
        _line(rows, family),
        _points_of_few(few, tint),
    ):
        figure.add_trace(trace, row=1, col=1)
    figure.add_trace(_counts(everything, tint), row=2, col=1)
    if not rows.empty:
        _label_end(figure, rows, family)
    if events is not None:
        _mark_events(figure, events)
    figure.update_layout(template=TEMPLATE, showlegend=False, height=520, bargap=0.35)
    figure.update_layout(margin={"r": 104, "t": 28})
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], row=1, col=1)
    figure.update_yaxes(
        title={"text": "papers", "font": {"size": 11}}, nticks=3, showgrid=False, row=2, col=1
    )
    set_time_axis(figure, everything)
    if limits := span(rows if len(rows) else everything):
        figure.update_xaxes(range=limits)  # events before and after it stay out
    return figure


def _runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows parted where a period lies between them."""
    days = pd.DatetimeIndex(starts(rows))
    months = pd.Series(12 * days.year + days.month, index=rows.index)
    parts = (months.diff() > int(PERIODS[period_of(rows)][1:])).cumsum()
    return [run for _, run in rows.groupby(parts)]


def _parted(runs: list[list[Any]]) -> list[Any]:
    """Runs behind one another; None between them, where plotly lifts its pen."""
    return [value for run in runs for value in (None, *run)][1:]


def _band(rows: pd.DataFrame, tint: str) -> go.Scatter:
    """Round each run: its lower ends forth, its upper ends back. The edge shows a lonely period."""
    runs = _runs(rows)
    ends = [[*run["share_low"], *run["share_high"][::-1]] for run in runs]
    return go.Scatter(
        x=_parted([[*starts(run), *starts(run)[::-1]] for run in runs]),
        y=_parted(ends),
        mode="lines",
        line={"width": 1, "color": translucent(tint, 0.18)},
        fill="toself",
        fillcolor=translucent(tint, 0.18),
        hoverinfo="skip",
        meta={"role": "band"},
        **length(rows),
    )


def _line(rows: pd.DataFrame, family: str) -> go.Scatter:
    runs = _runs(rows)
    told = ["share_low", "share_high", "n"]
    return go.Scatter(
        x=_parted([starts(run) for run in runs]),
        y=_parted([run["share"].tolist() for run in runs]),
        mode="lines+markers",
        name=name(family),
        line={"color": colour(family), "width": 3},
        marker={"size": 7},
        customdata=_parted([run[told].to_numpy().tolist() for run in runs]),
        hovertemplate="%{y:.0%} (95% interval %{customdata[0]:.0%} to %{customdata[1]:.0%}), "
        "n = %{customdata[2]}<extra></extra>",
        meta={"role": "share"},
        **length(rows),
    )


def _points_of_few(rows: pd.DataFrame, tint: str) -> go.Scatter:
    return go.Scatter(
        x=starts(rows),
        y=rows["share"],
        mode="markers",
        marker={"size": 7, "symbol": "circle-open", "color": tint},
        customdata=rows["n"],
        hovertemplate="too few to judge: n = %{customdata}<extra></extra>",
        meta={"role": "few"},
        **length(rows),
    )


def _counts(rows: pd.DataFrame, tint: str) -> go.Bar:
    return go.Bar(
        x=starts(rows),
        y=rows["n"],
        marker_color=translucent(tint, 0.4),
        hoverinfo="skip",
        meta={"role": "n"},
        **length(rows),
    )


def _label_end(figure: go.Figure, rows: pd.DataFrame, family: str) -> None:
    last = rows.iloc[-1]
    figure.add_annotation(
        name="end",
        x=1,
        xref="x domain",
        y=last["share"],
        text=f"<b>{name(family)}<br>{last['share']:.0%}</b>",
        font={"color": colour(family), "size": 15},
        align="left",
        xanchor="left",
        xshift=8,
        showarrow=False,
        row=1,
        col=1,
    )


def _mark_events(figure: go.Figure, events: pd.DataFrame) -> None:
    """A dotted line on the day, its words along it."""
    for event in events.sort_values("happened_on").itertuples():
        day = f"{pd.Timestamp(str(event.happened_on)):%Y-%m-%d}"
        figure.add_vline(x=day, line={"color": LINE, "dash": "dot"}, row=1, col=1)
        figure.add_annotation(
            name="event",
            x=day,
            y=0.02,
            yref="y domain",
            text=str(event.title),
            textangle=-90,
            xanchor="left",
            yanchor="bottom",
            xshift=1,
            showarrow=False,
            font={"size": 11},
            row=1,
            col=1,
        )
