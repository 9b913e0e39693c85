"""Builds the static site: pages that open from disk, with one copy of plotly.js for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pyarrow.csv import write_csv
from pyarrow.parquet import write_table

from dashboards.controls import controls
from dashboards.cube import cube_script
from dashboards.findings import draw, findings, strata
from dashboards.headline import code_counted, headline_of
from dashboards.look import FRAMEWORK_COLUMNS, heading
from dashboards.page import Page
from dashboards.pages import pages
from dashboards.preview import write_preview
from dashboards.search import write_search

_ASSETS = Path(__file__).parent / "assets"
_LONGEST_TABLE = 500
_SHARES = """
    from share_by_year
    where denominator = 'pytorch_tensorflow' and family = 'pytorch'
"""


def build_site(connection: duckdb.DuckDBPyConnection, folder: Path, address: str = "") -> Path:
    """Write the site from the views of an open database; gives the path of its first page.

    `address`: where readers find the site, for links and citations; empty if it is only on disk.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for asset in _ASSETS.iterdir():
        if asset.suffix in (".js", ".css"):
            shutil.copy(asset, folder)
    (folder / "cube.js").write_text(cube_script(connection), encoding="utf-8")
    write_preview(connection.sql(_SHARES).df(), headline_of(connection), folder / "preview.png")
    write_search(connection, folder)
    site = pages(connection)
    templates = _templates()
    templates.globals |= {
        "pages": site,
        "address": address.rstrip("/") + "/" if address else "",
        "files": {page.name: page.file for page in site},
        "headline": headline_of(connection),
        "code_counted": code_counted(connection),
        "findings": findings(connection),
        "draw": draw(connection),
        "strata": strata(connection),
        "totals": _totals(connection),
        "manifest": _manifest(connection),
        "controls": controls(connection),
        "downloads": list(_write_downloads(connection, site, folder / "data")),
        "longest_table": _LONGEST_TABLE,
    }
    for page in site:
        html = templates.get_template(f"{page.kind}.html.j2").render(page=page)
        (folder / page.file).write_text(html, encoding="utf-8")
    return folder / site[0].file


def _templates() -> Environment:
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
        "heading": heading,
        "repository": _repository,
    }
    return environment


def _figure_json(figure: go.Figure) -> str:
    """A figure as JSON that may stand in a script element."""
    return str(figure.to_json()).replace("<", "\\u003c")


def _cell(value: object, column: str) -> str:
    """A value as a table shows it: whole numbers whole, shares with three digits, days as days.

    Frameworks have their names.
    """
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return f"{value:%Y-%m-%d}"
    if not isinstance(value, float):
        return FRAMEWORK_COLUMNS.get(column, str)(str(value))
    return f"{value:.0f}" if value.is_integer() else f"{value:.3f}"


def _repository(unit_id: str) -> str:
    """The address of a unit's repository."""
    return "https://" + unit_id.split("@")[0].split(":")[0]


def _totals(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """What the site rests on: the one row of the view totals."""
    rows: list[dict[str, int]] = connection.sql("from totals").to_arrow_table().to_pylist()
    return rows[0]


def _manifest(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The values of the manifest by part and name. Empty if the database is not published."""
    parts: dict[str, dict[str, str]] = {}
    for part, name, value in connection.sql("from manifest order by all").fetchall():
        parts.setdefault(part, {})[name] = value
    return parts


@dataclass(frozen=True, slots=True)
class Download:
    """The rows of a section as files; `sizes` by format."""

    title: str
    name: str
    rows: int
    columns: str
    sizes: dict[str, str]


def _write_downloads(
    connection: duckdb.DuckDBPyConnection, site: Iterable[Page], folder: Path
) -> Iterable[Download]:
    """CSV and Parquet of the rows of each section, and of the cube."""
    for page in site:
        for section in page.sections:
            yield _write_rows(connection, section.title, folder / section.anchor, section.sql)
    yield _write_rows(
        connection,
        "Papers by everything that the controls filter",
        folder / "cube",
        "from share_cube",
    )


def _write_rows(
    connection: duckdb.DuckDBPyConnection, title: str, stem: Path, sql: str
) -> Download:
    rows = connection.sql(sql.rstrip(";")).to_arrow_table()
    csv, parquet = stem.with_suffix(".csv"), stem.with_suffix(".parquet")
    write_csv(rows, csv)
    write_table(rows, parquet, compression="zstd")
    sizes = {"csv": _size(csv), "parquet": _size(parquet)}
    return Download(title, stem.name, rows.num_rows, ", ".join(rows.column_names), sizes)


def _size(file: Path) -> str:
    return f"{max(file.stat().st_size / 1000, 0.1):,.1f} kB"
