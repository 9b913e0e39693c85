"""The share of one framework family over time, with its interval, n and events of the field."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.look import (
    LEAST_PAPERS,
    LINE,
    TEMPLATE,
    TEXT,
    add_notice,
    colour,
    for_narrow,
    name,
    translucent,
)
from dashboards.periods import PERIODS, complete, length, period_of, set_time_axis, span, starts


def share_over_time(
    shares: pd.DataFrame, events: pd.DataFrame | None = None, family: str = "pytorch"
) -> go.Figure:
    """The share of a family as a line with its 95% band, above bars of n.

    `shares`: rows of the view share_by_year, share_by_quarter or share_by_month of one denominator
    (year, quarter or month; family, n, share, share_low, share_high). `events`: rows of the table
    event (happened_on, title), or None.
    """
    figure = draw_share(shares[shares["family"] == family], family, events)
    _mark_half(figure)
    return figure


def draw_share(rows: pd.DataFrame, series: str, events: pd.DataFrame | None = None) -> go.Figure:
    """The rows of one series, in its colour. Line and band stop at a period with few papers.

    `rows`: a period, n, share, share_low, share_high; one row a period. A trace's `meta.role` says
    what it shows: band, share, few (periods with few papers) or n.
    """
    rows = rows.sort_values(period_of(rows))
    enough = rows[rows["n"] >= LEAST_PAPERS]
    end = looks_of(series)["end"]
    figure = share_figure(rows, series)
    if events is not None:
        _mark_events(figure, events)
    _label_end(figure, enough, end)
    add_notice(figure)
    figure.update_layout(height=460, margin={"r": 104, "t": 28})
    figure.update_yaxes(
        title={"text": "papers", "font": {"size": 11}}, nticks=3, showgrid=False, row=2, col=1
    )
    set_time_axis(figure, rows)
    if limits := span(enough if len(enough) else rows):
        figure.update_xaxes(range=limits)  # leaves out events before and after
    for_narrow(
        figure,
        {"margin": {"l": 40, "r": 70}, "annotations": _narrow_annotations(figure, end)},
    )
    return figure


def share_figure(rows: pd.DataFrame, series: str) -> go.Figure:
    """Line, band, hollow points and bars of n, without words and without limits of time.

    `rows`, in the order of their periods, and the roles of the traces: as in draw_share.
    """
    enough, few = rows[rows["n"] >= LEAST_PAPERS], rows[rows["n"] < LEAST_PAPERS]
    looks = looks_of(series)
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.82, 0.18], vertical_spacing=0.03
    )
    traces = (_band(enough), _line(enough, series), _points_of_few(few), _counts(rows))
    for trace in traces:
        role = trace.meta["role"]
        trace.update(looks[role], **length(rows))
        if role == "share":
            trace.marker.size = PERIODS[period_of(rows)].marker_size
        figure.add_trace(trace, row=2 if role == "n" else 1, col=1)
    figure.update_layout(template=TEMPLATE, showlegend=False, bargap=0.35)
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], row=1, col=1)
    return figure


def looks_of(series: str) -> dict[str, dict[str, Any]]:
    """How the traces of a series look, by their role, and its name at the line's end (`end`)."""
    tint = colour(series)
    band = translucent(tint, 0.18)
    return {
        # the edge of the band shows a period that stands alone
        "band": {"line": {"width": 1, "color": band}, "fillcolor": band},
        "share": {"line": {"color": tint, "width": 3}, "marker": {"color": tint}},
        "few": {"marker": {"symbol": "circle-open", "color": tint, "size": 7}},
        "n": {"marker": {"color": translucent(tint, 0.4)}},
        "end": _end_of(series),
    }


def _end_of(series: str) -> dict[str, Any]:
    """The name of a series in lines, in sizes that fit the margin (of a narrow screen, too)."""
    words = name(series).split(" ")
    widest = 0.7 * max(map(len, words))
    return {
        "name": "<br>".join(words),
        "size": round(min(15, 96 / widest), 1),
        "narrow_size": round(min(12, 62 / widest), 1),
    }


def _band(rows: pd.DataFrame) -> go.Scatter:
    """A polygon round each stretch of periods: along its lower ends, back along its upper ends."""
    x: list[str | None] = []
    y: list[float | None] = []
    for stretch in _stretches(rows):
        days = starts(stretch)
        gap = [None] if x else []
        x += [*gap, *days, *days[::-1]]
        y += [*gap, *stretch["share_low"], *stretch["share_high"][::-1]]
    return go.Scatter(
        x=x, y=y, mode="lines", fill="toself", hoverinfo="skip", meta={"role": "band"}
    )


def _stretches(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows in parts, where a period lies between them."""
    filled = complete(rows)
    is_known = filled["share"].notna()
    parts = (~is_known).cumsum()
    return [part for _, part in filled[is_known].groupby(parts[is_known])]


def _line(rows: pd.DataFrame, series: str) -> go.Scatter:
    filled = complete(rows).astype(object)
    filled = filled.where(filled.notna(), None)  # plotly lifts its pen there
    return go.Scatter(
        x=starts(filled),
        y=filled["share"],
        mode="lines+markers",
        name=name(series),
        customdata=filled[["share_low", "share_high", "n"]].to_numpy().tolist(),
        hovertemplate="%{y:.0%} (95% interval %{customdata[0]:.0%} to %{customdata[1]:.0%}), "
        "n = %{customdata[2]}<extra></extra>",
        meta={"role": "share"},
    )


def _points_of_few(rows: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=starts(rows),
        y=rows["share"],
        mode="markers",
        customdata=rows["n"],
        hovertemplate="too few papers: n = %{customdata}<extra></extra>",
        meta={"role": "few"},
    )


def _counts(rows: pd.DataFrame) -> go.Bar:
    return go.Bar(x=starts(rows), y=rows["n"], hoverinfo="skip", meta={"role": "n"})


def _label_end(figure: go.Figure, rows: pd.DataFrame, end: dict[str, Any]) -> None:
    """The name and last share of the series, where its line ends."""
    last = None if rows.empty else rows["share"].iloc[-1]
    figure.add_annotation(
        name="end",
        visible=last is not None,
        x=1,
        xref="x domain",
        y=last,
        yref="y",
        text="" if last is None else f"<b>{end['name']}<br>{last:.0%}</b>",
        font={"size": end["size"]},
        align="left",
        xanchor="left",
        xshift=8,
        showarrow=False,
    )


def _mark_half(figure: go.Figure) -> None:
    """Where PyTorch and TensorFlow have as many papers: a line `half` with its words."""
    figure.add_hline(
        y=0.5, name="half", line={"color": TEXT, "width": 1, "dash": "dash"}, row=1, col=1
    )
    figure.add_annotation(
        name="half",
        x=1,
        xref="x domain",
        y=0.5,
        yref="y",
        text="one half: PyTorch = TensorFlow",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"size": 11},
    )


def _mark_events(figure: go.Figure, events: pd.DataFrame) -> None:
    """A dotted line on the day of each event, with its title along it."""
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


def _narrow_annotations(figure: go.Figure, end: dict[str, Any]) -> list[dict[str, Any]]:
    """On a narrow screen: the number of each event on top of its line, and smaller words."""
    changes: list[dict[str, Any]] = []
    for number, note in enumerate(figure.layout.annotations, start=1):
        if note.name == "event":
            above = {"y": 1, "yanchor": "bottom", "xanchor": "center"}
            changes.append({"text": str(number), "textangle": 0, **above})
        else:
            changes.append({"font": {"size": end["narrow_size"] if note.name == "end" else 13}})
    return changes
