"""The look of all charts: one plotly template, and one colour and name for each framework.

Names and colours come from data/frameworks.csv. Frequent frameworks have colours of Okabe and Ito's
palette, which people with any common kind of colour blindness can tell apart. There are more
frameworks than such colours, so some rare ones look alike: names, tables and hovering help there.
Backgrounds are transparent and text is mid-grey, so that a page can be light or dark.
"""

from __future__ import annotations

import csv
from typing import Any

import plotly.graph_objects as go

from pipeline.resources import DATA

LEAST_PAPERS = 5
"""Periods with fewer papers are hollow points, outside the line."""


def _frameworks() -> list[dict[str, str]]:
    """The rows of data/frameworks.csv."""
    with (DATA / "frameworks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_FRAMEWORKS = _frameworks()
NAMES = {row["framework"]: row["name"] for row in _FRAMEWORKS} | {
    "tensorflow 1.x": "TensorFlow 1.x",
    "tensorflow 2.x": "TensorFlow 2.x",
    "eager": "eager",
}
"""How readers see a framework, a variant of TensorFlow, or a style of code."""
COLOURS = {row["framework"]: row["colour"] for row in _FRAMEWORKS} | {
    "tensorflow 1.x": "#1764a8",
    "tensorflow 2.x": "#56b4e9",
    "eager": "#117733",
}
OTHER_COLOUR = "#8a8a8a"
"""Of a series without a colour, and of rare ones that a chart draws as one."""

RARE = 0.02
"""A stacked chart draws as "other" the series that stay below this share in every period."""

HEADINGS = {
    "from_series": "from",
    "to_series": "to",
    "from_line": "last line before",
    "to_line": "first line after",
    "unit_id": "repository",
    "paper_id": "paper",
    "family": "framework",
    "source_label": "their label",
    "source_family": "their framework",
    "he_share": "He's share",
    "he_mentions": "He's mentions",
    "part": "number",
    "value": "ours",
    "low": "95% from",
    "high": "95% to",
    "share_low": "95% from",
    "share_high": "95% to",
    "words": "in words",
}
"""Columns whose name with spaces would tell a reader too little."""

TEXT = "#6b7280"
LINE = "rgba(128, 128, 128, 0.25)"

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', sans-serif", "size": 13},
        "font_color": TEXT,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 48, "r": 16, "t": 16, "b": 36},
        "xaxis": {
            "gridcolor": LINE,
            "linecolor": LINE,
            "zeroline": False,
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {"gridcolor": LINE, "linecolor": LINE, "zeroline": False, "fixedrange": True},
        "hovermode": "x unified",
        # from the foot of the picture: from the axis, names and bars overlap once it was narrow
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "maxheight": 1,
            "traceorder": "normal",
        },
        "colorway": list(COLOURS.values()),
    }
)


def colour(series: str) -> str:
    """The colour of a framework or variant on every chart."""
    return COLOURS.get(series, OTHER_COLOUR)


def name(series: str) -> str:
    """The name of a framework or variant for readers."""
    return NAMES.get(series, series)


def series_name(series: str) -> str:
    """The name of a series of a chart that splits TensorFlow: `tensorflow` is the rest."""
    return "TensorFlow, unknown version" if series == "tensorflow" else name(series)


FRAMEWORK_COLUMNS = dict.fromkeys(("family", "label", "source_family"), name) | dict.fromkeys(
    ("series", "from_series", "to_series"), series_name
)
"""What a table shows of the values of a column that holds frameworks."""


def text_on(hex_colour: str) -> str:
    """Black or white, whichever is easier to read on a #rrggbb colour (WCAG's contrast)."""
    parts = (int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    red, green, blue = linear
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def heading(column: str) -> str:
    """The heading of a column of SQL in a table for readers."""
    return HEADINGS.get(column, column.replace("_", " "))


def percent(share: float) -> str:
    """A share in words: below 1%, with a digit after the point."""
    return f"{share:.1%}" if 0 < share < 0.01 else f"{share:.0%}"


def area_name(area: str) -> str:
    """The name of a field of venues for readers."""
    return "NLP" if area == "nlp" else area


def translucent(hex_colour: str, alpha: float) -> str:
    """A #rrggbb colour with an alpha, as plotly takes it."""
    red, green, blue = (int(hex_colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha})"


def for_narrow(
    figure: go.Figure, layout: dict[str, Any] | None = None, trace: dict[str, Any] | None = None
) -> None:
    """Say what a narrow screen needs: changes of the layout, and of every trace.

    They lie in the layout's `meta`. Only a page applies them; a notebook does not.
    """
    known = figure.layout.meta or {"narrow": {"layout": {}, "trace": {}}}
    narrow = known["narrow"]
    figure.layout.meta = {
        "narrow": {
            "layout": narrow["layout"] | (layout or {}),
            "trace": narrow["trace"] | (trace or {}),
        }
    }


def add_notice(figure: go.Figure) -> None:
    """Room for words in place of what cannot be drawn: a hidden annotation, `notice`."""
    figure.add_annotation(
        name="notice",
        visible=False,
        text="",
        x=0.5,
        xref="paper",
        y=0.6,
        yref="paper",
        showarrow=False,
        font={"size": 16},
    )
