"""The numbers of a published claim beside ours."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import TEMPLATE, TEXT, for_narrow, translucent

_LOOKS = {
    "borne out": ("circle", "#009e73"),
    "not borne out": ("x", "#d55e00"),
    "cannot be told": ("circle-open", "#8a8a8a"),
    "": ("circle-dot", "#8a8a8a"),
}
"""Symbol and colour of our number by its verdict; "" for a number that only gives context."""
_LIMITS = {"above": "triangle-right", "below": "triangle-left", "by": "triangle-left"}
"""Symbol of a number by the rule that makes it a limit."""


def claim(rows: pd.DataFrame) -> go.Figure:
    """One row for each number of a claim: ours as a point on its interval, theirs as a bar across.

    A triangle is a limit that the claim states or implies. It points to the numbers that support
    the claim. The symbol and the colour of our point show the verdict. If the data show no end of
    an interval, its line has no end there.

    `rows`: rows of the view claim_check of one claim (part, rule, claimed, value, low, high, n,
    verdict).
    """
    rows = rows.assign(
        verdict=rows["verdict"].fillna(""),
        name=[f"{part} ({n:,})" for part, n in zip(rows["part"], rows["n"], strict=True)],
    )
    is_year = bool((rows["rule"] == "by").any())
    form = "%{x:d}" if is_year else "%{x:.0%}"
    figure = go.Figure()
    for verdict, (symbol, tint) in _LOOKS.items():
        own = rows[(rows["verdict"] == verdict) & rows["value"].notna()]
        if len(own):
            figure.add_trace(_ours(own, verdict, symbol, tint, form))
    for words, is_own in (
        ("theirs", rows["rule"] == "equals"),
        ("limit of their claim", rows["rule"].isin(list(_LIMITS))),
    ):
        if is_own.any():
            figure.add_trace(_theirs(rows[is_own], words, form))
    figure.update_layout(template=TEMPLATE, hovermode="closest", height=150 + 28 * len(rows))
    figure.update_layout(showlegend=True, legend={"itemclick": False, "itemdoubleclick": False})
    figure.update_xaxes(showgrid=True, tickformat="d" if is_year else ".0%", **_span(rows, is_year))
    figure.update_yaxes(
        type="category",
        categoryarray=rows["name"],
        range=[len(rows) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        dtick=1,
    )
    for_narrow(figure, {"yaxis": {"tickfont": {"size": 10}}, "xaxis": {"nticks": 4}})
    return figure


def _ours(rows: pd.DataFrame, verdict: str, symbol: str, tint: str, form: str) -> go.Scatter:
    return go.Scatter(
        x=rows["value"],
        y=rows["name"],
        mode="markers",
        name=f"ours: {verdict}" if verdict else "ours, for context",
        marker={"symbol": symbol, "size": 11, "color": tint},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows["high"] - rows["value"],
            "arrayminus": rows["value"] - rows["low"],
            "thickness": 4,
            "width": 0,
            "color": translucent(tint, 0.5),
        },
        customdata=rows["n"],
        hovertemplate=f"%{{y}}: {form}<extra></extra>",
        meta={"role": verdict or "context"},
    )


def _theirs(rows: pd.DataFrame, words: str, form: str) -> go.Scatter:
    return go.Scatter(
        x=rows["claimed"],
        y=rows["name"],
        mode="markers",
        name=words,
        marker={
            "symbol": [_LIMITS.get(str(rule), "line-ns-open") for rule in rows["rule"]],
            "size": 13,
            "color": TEXT,
            "line": {"width": 3, "color": TEXT},
        },
        hovertemplate=f"%{{y}}, {words}: {form}<extra></extra>",
        meta={"role": words},
    )


def _span(rows: pd.DataFrame, is_year: bool) -> dict[str, object]:
    """The limits of the axis: shares have all of 0 to 1, years and changes what they need."""
    if is_year:
        return {"dtick": 1}
    lowest = min([0.0, *rows["low"].dropna(), *rows["claimed"].dropna()])
    return {"range": [lowest - 0.04, 1.04]}
