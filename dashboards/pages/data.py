"""Data: files of every chart's rows, listed by its template."""

from __future__ import annotations

from dashboards.page import Page


def data(missing: list[str]) -> Page:
    """Every number of the site, to download. `missing`: sentences on what was not collected."""
    return Page("data", "Data", "Download every number of this site.", kind="data", missing=missing)
