"""Data: files of every chart's rows, listed by its template."""

from __future__ import annotations

from dashboards.page import Page


def data() -> Page:
    """Every number of the site, to download."""
    return Page("data", "Data", "Download every number of this site.", kind="data")
