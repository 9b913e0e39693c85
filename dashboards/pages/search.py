"""The search: finds papers and shows their entries, which dashboards.search writes."""

from __future__ import annotations

from dashboards.page import Page


def search() -> Page:
    """A box, and what its scripts find."""
    return Page(
        "search",
        "Find a paper",
        "Look up a paper or a repository, and read the lines that decide its label.",
        kind="search",
    )
