"""Builds the static site: one page that opens from disk, with its one copy of plotly.js."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from plotly.offline import get_plotlyjs

from dashboards import charts
from dashboards.headline import headline

_SHARES = (
    "select year, framework, papers, n, share, share_low, share_high from share_by_year "
    "where denominator = '{denominator}' order by year, framework"
)
_CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False}


@dataclass(frozen=True, slots=True)
class Section:
    """A chart with its words, the SQL that made it and its rows."""

    anchor: str
    title: str
    text: str
    sql: str
    rows: pd.DataFrame
    figure: go.Figure

    @property
    def html(self) -> str:
        return str(
            self.figure.to_html(
                full_html=False,
                include_plotlyjs=False,
                config=_CONFIG,
                div_id=f"chart-{self.anchor}",
            )
        )

    @property
    def table(self) -> str:
        return self.rows.to_html(
            index=False, border=0, na_rep="", float_format="{:.3f}".format, classes="data"
        )


def build_site(connection: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write the site from the views of an open database; gives the path of its first page."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=PackageLoader("dashboards", "."),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
    )
    page = folder / "index.html"
    (folder / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    html = environment.get_template("page.html.j2").render(_content(connection))
    page.write_text(html, encoding="utf-8")
    return page


def _content(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    shares = _shares(connection)
    return {
        "headline": headline(shares.rows),
        "sections": [
            shares,
            _frameworks(connection),
            _coverage(connection),
            _agreement(connection),
        ],
        "counts": _counts(connection),
    }


def _shares(connection: duckdb.DuckDBPyConnection) -> Section:
    sql = _SHARES.format(denominator="pytorch_tensorflow")
    rows = connection.sql(sql).df()
    events = connection.sql("select happened_on, title from event").df()
    return Section(
        "share",
        "PyTorch's share over time",
        "Papers whose code imports PyTorch, among papers whose code imports PyTorch or TensorFlow "
        "(Keras counts with TensorFlow), by the year in which the paper appeared. A paper counts "
        "once. The band is the 95 % Wilson interval: where it is wide, few papers were seen; n "
        "stands below, and a year with fewer than five papers is a hollow point.",
        sql,
        rows,
        charts.share_over_time(rows, events),
    )


def _frameworks(connection: duckdb.DuckDBPyConnection) -> Section:
    sql = _SHARES.format(denominator="any_framework")
    rows = connection.sql(sql).df()
    return Section(
        "frameworks",
        "All frameworks",
        "Share of each framework among the papers whose code imports any, by year of the paper.",
        sql,
        rows,
        charts.frameworks_over_time(rows),
    )


def _coverage(connection: duckdb.DuckDBPyConnection) -> Section:
    sql = "select year, outcome, papers, papers_of_year, share from coverage order by year, outcome"
    rows = connection.sql(sql).df()
    return Section(
        "coverage",
        "What could be judged",
        "Papers by what became of their code link. A paper whose code could not be read is never "
        "counted as “no framework”; it is missing from the shares above, and here is why.",
        sql,
        rows,
        charts.coverage(rows),
    )


def _agreement(connection: duckdb.DuckDBPyConnection) -> Section:
    sql = (
        "select source_family, family, agrees, unit_id, source_label, label, confidence, verdict, "
        "reason from label_agreement order by agrees, unit_id"
    )
    rows = connection.sql(sql).df()
    agreeing = int(rows["agrees"].sum())
    return Section(
        "agreement",
        "Our labels beside Papers with Code's",
        f"Papers with Code named a framework for {len(rows)} of the repositories judged here; "
        f"for {agreeing} of them our label, made from the imports in the source, is the same. "
        f"The others are listed first in the table. {_verdicts(rows)}Papers with Code never said "
        "how its labels were made.",
        sql,
        rows,
        charts.label_agreement(rows),
    )


def _verdicts(rows: pd.DataFrame) -> str:
    """What reading the code of the disagreements showed."""
    judged = rows["verdict"].value_counts()
    if judged.empty:
        return ""
    whose = {
        "ours": "bears out ours",
        "source": "bears out Papers with Code's",
        "both": "has both frameworks",
        "neither": "bears out neither",
    }
    said = ", ".join(
        f"in {judged[key]} it {words}" for key, words in whose.items() if key in judged
    )
    return f"Their code has been read: {said}. "


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the page rests on: papers and repositories that could be judged, and imports."""
    papers, repositories, facts = connection.execute(
        "select (select count(*) from paper_framework), "
        "(select count(distinct (host, owner, name)) from scan where status = 'ok'), "
        "(select count(*) from import_fact)"
    ).fetchall()[0]
    return {"papers": f"{papers:,}", "repositories": f"{repositories:,}", "facts": f"{facts:,}"}
