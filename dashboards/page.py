"""What a page of the site holds: sections, each with a view's rows, a chart, words and SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

_MAIN = ("index", "search", "claims", "venues", "frameworks", "method")


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that a chart marks; `reference` is the address that documents it."""

    day: dt.date
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a section says of one thing, at its top: the thing, a verdict, and words.

    `asked`: what finds its papers in the search. `anchor`: the section that has more.
    """

    name: str
    verdict: str
    words: str
    asked: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A chart, or several small ones by their titles, with its words, its SQL and its rows.

    `summary`: the chart in a sentence, for readers who cannot see it. `is_live`: the controls
    change the chart. `has_legend`: buttons below the chart show and hide its series. `events`:
    what the chart marks. `cites`: words and address of a reference. `quote`: their words. `lines`:
    what it says of each thing, with a verdict. `notes`: what a reader must know, by its term.
    `definition`: the SQL that defines what `sql` reads. `searched`: columns of the table whose
    words find papers in the search.
    `to_collect`: how to get rows; without rows the section then stands on no page, and the page on
    data says this sentence.
    """

    anchor: str
    title: str
    text: str
    sql: str
    rows: pd.DataFrame
    figures: dict[str, go.Figure] = field(default_factory=dict)
    summary: str = ""
    is_live: bool = False
    has_legend: bool = False
    events: list[Event] = field(default_factory=list)
    cites: tuple[str, str] | None = None
    quote: str = ""
    lines: list[Line] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    definition: str = ""
    searched: tuple[str, ...] = ()
    to_collect: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it has nothing to show until somebody collects it."""
        return bool(self.to_collect) and self.rows.empty


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `kind` names its template: templates/<kind>.html.j2.

    `missing`: what has not been collected, and how to. The page on data says it for all pages.
    """

    name: str
    title: str
    intro: str
    sections: list[Section] = field(default_factory=list)
    kind: Literal["overview", "charts", "search", "method", "data"] = "charts"
    missing: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.html"

    @property
    def is_main(self) -> bool:
        """Whether its link is always in sight. The links to the others open together."""
        return self.name in _MAIN
