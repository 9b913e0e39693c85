"""Builds the static site: pages that open from disk, with one copy of plotly.js for all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pyarrow.csv import write_csv
from pyarrow.parquet import write_table

from dashboards.controls import controls
from dashboards.cube import cube_script
from dashboards.headline import headline_of
from dashboards.pages import Page, pages

_ASSETS = Path(__file__).parent / "assets"
_CUBE_SQL = "select * from share_cube;"
_LONGEST_TABLE = 500


def build_site(connection: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write the site from the views of an open database; gives the path of its first page."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "migration.html").unlink(missing_ok=True)  # there may be none to show this time
    for asset in _ASSETS.iterdir():
        if asset.suffix in (".js", ".css"):
            shutil.copy(asset, folder / asset.name)
    (folder / "cube.js").write_text(cube_script(connection), encoding="utf-8")
    site = _Site(connection, folder)
    for page in site.pages:
        site.write(page.file, "page.html.j2", page=page)
    site.write("method.html", "method.html.j2", page=_METHOD)
    site.write("data.html", "data.html.j2", page=_DATA, downloads=site.downloads())
    return folder / "index.html"


_METHOD = Page("method.html", "Method", "What is counted, and what the words mean.", [])
_DATA = Page("data.html", "Data", "Every number of these pages, to take away.", [])


@dataclass(frozen=True, slots=True)
class Download:
    """The rows of a section as files."""

    title: str
    name: str
    rows: int
    columns: str
    sizes: dict[str, str]


@dataclass
class _Site:
    """The site that is being written."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    @cached_property
    def pages(self) -> list[Page]:
        return list(pages(self.connection))

    @cached_property
    def templates(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("dashboards"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "figure_json": _figure_json,
            "cell": _cell,
            "repository": _repository,
        }
        return environment

    @cached_property
    def common(self) -> Mapping[str, Any]:
        """What every page tells."""
        return {
            "pages": [*self.pages, _METHOD, _DATA],
            "headline": headline_of(self.connection),
            "counts": _counts(self.connection),
            "controls": controls(self.connection),
            "events": self.connection.sql("from event order by happened_on")
            .df()
            .to_dict("records"),
            "longest_table": _LONGEST_TABLE,
        }

    def write(self, file: str, template: str, **content: object) -> None:
        html = self.templates.get_template(template).render(self.common, **content)
        (self.folder / file).write_text(html, encoding="utf-8")

    def downloads(self) -> list[Download]:
        """Write CSV and Parquet of what each chart shows, and of the cube."""
        told = [
            (item.title, item.anchor, item.sql) for page in self.pages for item in page.sections
        ]
        told.append(("Everything that the controls can ask for, counted", "cube", _CUBE_SQL))
        return [self._download(title, name, sql) for title, name, sql in told]

    def _download(self, title: str, name: str, sql: str) -> Download:
        rows = self.connection.sql(sql.rstrip(";")).to_arrow_table()
        files = [self.folder / "data" / f"{name}.{form}" for form in ("csv", "parquet")]
        write_csv(rows, files[0])
        write_table(rows, files[1], compression="zstd")
        sizes = {file.suffix[1:]: _size(file) for file in files}
        return Download(title, name, rows.num_rows, ", ".join(rows.column_names), sizes)


def _size(file: Path) -> str:
    return f"{max(file.stat().st_size / 1000, 0.1):,.1f} kB"


def _figure_json(figure: go.Figure) -> str:
    """A figure as JSON that may stand in a script element."""
    return str(figure.to_json()).replace("<", "\\u003c")


def _cell(value: object) -> str:
    """A value as a table shows it: whole numbers whole, shares with three digits."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value.is_integer() else f"{value:.3f}"


def _repository(unit_id: str) -> str:
    """The address of a unit's repository."""
    return "https://" + unit_id.split("@")[0].split(":")[0]


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the pages rest on: papers and repositories that could be judged, and imports."""
    linked, papers, repositories, facts, undated = connection.execute(
        "select (select count(distinct paper_id) from paper_link), "
        "(select count(*) from paper_framework), "
        "(select count(distinct (host, owner, name)) from scan where status = 'ok'), "
        "(select count(*) from import_fact), "
        "(select count(*) from paper_framework anti join "
        "(from dated_paper where time_axis = 'paper') as dated using (paper_id))"
    ).fetchall()[0]
    counts = {
        "linked": linked,
        "papers": papers,
        "repositories": repositories,
        "facts": facts,
        "undated": undated,
    }
    return {what: f"{count:,}" for what, count in counts.items()}
