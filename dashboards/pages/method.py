"""Method: the words are in its template."""

from __future__ import annotations

from dashboards.page import Page


def method() -> Page:
    """How papers are labelled and counted, and what the terms mean."""
    return Page(
        "method", "Method", "How we label and count papers, and what the terms mean.", kind="method"
    )
