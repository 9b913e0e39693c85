"""When PyTorch passed TensorFlow, at each field and venue: a dot with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import OTHER_COLOUR, TEMPLATE, TEXT, area_name, colour, for_narrow, translucent

_LONGEST_NAME = 24
_KINDS = ["all", "area", "venue"]
_BEYOND = 0.45
"""How far a line that the data cannot end goes beyond their first or last year, in years."""


def crossing(rows: pd.DataFrame) -> go.Figure:
    """One row for each place: the year of the crossing as a dot, its interval as a line.

    All papers come first, then fields, then venues, each kind by year. A dot is hollow where
    PyTorch led from the first year with enough papers on. A thin grey line covers the years with
    enough papers. A triangle marks an end of an interval that lies beyond the data. A place without
    a crossing or with too few papers has words in place of a dot.

    `rows`: rows of the view crossing (kind, place, year, earliest, latest, first_year, last_year,
    n, papers, words).
    """
    rows = _in_order(rows)
    judged, few = rows[rows["first_year"].notna()], rows[rows["first_year"].isna()]
    span = _span(judged)
    middle = (span[0] + span[1]) / 2 if span else 0
    tint = colour("pytorch")
    figure = go.Figure()
    for trace in (
        _data(judged),
        _lines(judged, translucent(tint, 0.5)),
        _open_ends(judged, tint),
        _dots(judged[judged["year"].notna()], tint),
        _not_yet(judged[judged["year"].isna()], middle),
        _words(few, "too few papers", [middle] * len(few)),
    ):
        figure.add_trace(trace)
    figure.update_layout(
        template=TEMPLATE, showlegend=False, hovermode="closest", height=70 + 24 * max(len(rows), 2)
    )
    figure.update_xaxes(tickformat="d", dtick=1, showgrid=True, side="top", range=span)
    figure.update_yaxes(
        type="category",
        categoryarray=rows["name"],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        dtick=1,
    )
    for_narrow(figure, {"xaxis": {"dtick": 2}})
    return figure


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows from top to bottom, with the name of each: `name`."""
    rows = rows.assign(
        rank=rows["kind"].map(_KINDS.index), name=[_name(row) for row in _records(rows)]
    )
    return rows.sort_values(["rank", "year", "papers"], ascending=[True, True, False])


def _records(rows: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """The rows with None for what is unknown."""
    known = rows.astype(object).where(rows.notna(), None)
    return ({str(key): value for key, value in row.items()} for row in known.to_dict("records"))


def _name(row: dict[str, Any]) -> str:
    place = {"all": "all papers", "area": area_name(row["place"])}.get(row["kind"], row["place"])
    short = place if len(place) <= _LONGEST_NAME else f"{place[: _LONGEST_NAME - 1]}…"
    return f"{short} ({row['papers']:,})"


def _data(rows: pd.DataFrame) -> go.Scatter:
    """The years with enough papers, with a gap after each place."""
    x: list[float | None] = []
    y: list[str | None] = []
    for row in _records(rows):
        x += [row["first_year"] - _BEYOND, row["last_year"] + _BEYOND, None]
        y += [row["name"], row["name"], None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": translucent(OTHER_COLOUR, 0.6), "width": 1},
        hoverinfo="skip",
        meta={"role": "data"},
    )


def _lines(rows: pd.DataFrame, tint: str) -> go.Scatter:
    """The intervals, with a gap after each."""
    x: list[float | None] = []
    y: list[str | None] = []
    for row in _records(rows):
        x += [row["earliest"] or row["first_year"] - _BEYOND]
        x += [row["latest"] or row["last_year"] + _BEYOND, None]
        y += [row["name"], row["name"], None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": tint, "width": 4},
        hoverinfo="skip",
        meta={"role": "interval"},
    )


def _open_ends(rows: pd.DataFrame, tint: str) -> go.Scatter:
    """A triangle at each end of a line that the data cannot end."""
    ends = [
        (year + beyond, row["name"], f"triangle-{side}", f"{year} or {words}")
        for row in _records(rows)
        for end, year, beyond, side, words in (
            ("earliest", row["first_year"], -_BEYOND, "left", "before"),
            ("latest", row["last_year"], _BEYOND, "right", "later"),
        )
        if row[end] is None
    ]
    return go.Scatter(
        x=[year for year, *_ in ends],
        y=[place for _, place, *_ in ends],
        mode="markers",
        marker={"symbol": [symbol for *_, symbol, _ in ends], "size": 9, "color": tint},
        text=[words for *_, words in ends],
        hovertemplate="%{text}<extra></extra>",
        meta={"role": "open"},
    )


def _dots(rows: pd.DataFrame, tint: str) -> go.Scatter:
    """Filled where the data show the crossing, hollow where PyTorch led from their first year."""
    is_seen = rows["year"] > rows["first_year"]
    return go.Scatter(
        x=rows["year"],
        y=rows["name"],
        mode="markers",
        marker={
            "size": 12,
            "color": tint,
            "symbol": ["circle" if seen else "circle-open" for seen in is_seen],
            "line": {"width": 2},
        },
        customdata=rows[["words", "n"]],
        hovertemplate="%{y}: %{customdata[0]}, n = %{customdata[1]} papers<extra></extra>",
        meta={"role": "year"},
    )


def _not_yet(rows: pd.DataFrame, middle: float) -> go.Scatter:
    """The words of places without a crossing, beside their intervals where there is more room."""
    is_right = rows["last_year"] < middle
    beside = rows["last_year"].where(is_right, rows["first_year"])
    trace = _words(rows, "not yet", list(beside + is_right.map({True: 0.7, False: -0.7})))
    trace.textposition = ["middle right" if right else "middle left" for right in is_right]
    return trace


def _words(rows: pd.DataFrame, role: str, years: Sequence[float]) -> go.Scatter:
    """Words in place of a dot: crossing.words says why there is none."""
    return go.Scatter(
        x=years,
        y=rows["name"],
        mode="text",
        text=rows["words"],
        textfont={"color": TEXT, "size": 12},
        hoverinfo="skip",
        meta={"role": role},
    )


def _span(rows: pd.DataFrame) -> list[float] | None:
    """From the first to the last year with enough papers of any place. None without rows."""
    if rows.empty:
        return None
    return [float(rows["first_year"].min()) - 0.6, float(rows["last_year"].max()) + 0.6]
