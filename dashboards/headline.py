"""The answer in one sentence."""

from __future__ import annotations

import duckdb
import pandas as pd

LEAST_PAPERS = 10
"""Fewer papers than this in a year are too few for a headline."""


_SHARES = "select * from share_by_year where denominator = 'pytorch_tensorflow'"
_RELEASED = "select coalesce(year(min(happened_on)), 0) from event where framework = 'pytorch'"


def headline_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The sentence that a database gives."""
    (since,) = connection.execute(_RELEASED).fetchall()[0]
    return headline(connection.sql(_SHARES).df(), since)


def headline(shares: pd.DataFrame, since: int) -> str:
    """What became of PyTorch's share, from the first to the last year with enough papers.

    `shares`: rows of share_by_year with the denominator pytorch_tensorflow. `since`: the year of
    PyTorch's release; code for older papers was written later.
    """
    rows = shares[(shares["framework"] == "pytorch") & (shares["n"] >= LEAST_PAPERS)]
    rows = rows[rows["year"] >= since].sort_values("year")
    if rows.empty:
        return f"No year has {LEAST_PAPERS} papers with PyTorch or TensorFlow code yet."
    last, first = rows.iloc[-1], rows.iloc[0]
    sentence = (
        f"In {last.year}, {last.share:.0%} of the papers here whose code uses PyTorch or "
        f"TensorFlow use PyTorch (95% interval {last.share_low:.0%} to "
        f"{last.share_high:.0%}, n = {last.n})"
    )
    return sentence + ("." if len(rows) == 1 else f"; in {first.year} it was {first.share:.0%}.")
