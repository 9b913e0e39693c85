"""The answer in one sentence."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.crossings import crossing_of_all

_SHARES = "select * from share_by_year where denominator = 'pytorch_tensorflow'"
_LEAST = "select least_papers()"
_RELEASED = "select coalesce(year(min(happened_on)), 0) from event where framework = 'pytorch'"


def headline_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The sentence that a database gives."""
    (since,) = connection.execute(_RELEASED).fetchall()[0]
    (least,) = connection.execute(_LEAST).fetchall()[0]
    shares = connection.sql(_SHARES).df()
    return headline(shares, since, least, crossing_of_all(connection))


def headline(shares: pd.DataFrame, since: int, least: int, crossing: str = "") -> str:
    """Whether research moved, when, and PyTorch's share in the first, last and highest year.

    Yes: in the last year with enough papers PyTorch's share is above one half, and above that of
    the first year, both by more than chance explains.

    `shares`: rows of share_by_year with the denominator pytorch_tensorflow. `since`: the year of
    PyTorch's release; code for older papers was written later. `least`: papers that a year needs.
    `crossing`: the sentence of crossing_of_all.
    """
    rows = shares[(shares["family"] == "pytorch") & (shares["n"] >= least)]
    rows = rows[rows["year"] >= since].sort_values("year")
    if rows.empty:
        return f"No year has {least} papers with PyTorch or TensorFlow code yet."
    first, last = rows.iloc[0], rows.iloc[-1]
    latest = (
        f"In {last.year}, {last.share:.0%} of the papers here with PyTorch or TensorFlow code use "
        f"PyTorch (95% interval {last.share_low:.0%} to {last.share_high:.0%}, n = {last.n})"
    )
    if len(rows) == 1:
        return f"{latest}. One year cannot show a trend."
    verdict = " ".join(filter(None, [f"{_verdict(first, last)}.", crossing]))
    return f"{verdict} {latest}, after {first.share:.0%} in {first.year}.{_peak(rows)}"


def code_counted(connection: duckdb.DuckDBPyConnection) -> str:
    """Sentences on which code the charts count, and how many papers have no such code."""
    (choice,) = connection.execute("select choice from default_choice").fetchall()[0]
    papers, of_time, young, later, unknown, waiting = connection.execute(_CODE).fetchall()[0]
    if choice == "now":
        return (
            "The charts count the newest commit of each repository, which can be years younger "
            "than the paper. They count code from the time of each paper once the database has it "
            f"for most papers. {waiting:,} of {papers:,} papers with a date still wait for "
            "'adoption collect history', which finds it."
        )
    why = f", {waiting:,} of them because they still wait for 'adoption collect history'"
    because = why if waiting else ""
    reasons = [
        (unknown, f"for {unknown:,} no commit of their time could be judged{because}"),
        (later, f"for {later:,} we know only later code by other people"),
        (young, f"for {young:,} the paper or the commit is older than the framework in the code"),
    ]
    others = "; ".join(words for count, words in reasons if count)
    return (
        "The charts count code from the time of each paper: official code, or code from at most a "
        f"year after the paper. {of_time:,} of {papers:,} papers with a date have such code."
        + (f" Of the others: {others}." if others else "")
    )


_CODE = """
    select
        coalesce(sum(papers), 0)::bigint,
        coalesce(sum(of_time), 0)::bigint,
        coalesce(sum(before_framework), 0)::bigint,
        coalesce(sum(written_later), 0)::bigint,
        coalesce(sum(without_then), 0)::bigint,
        coalesce(sum(waiting), 0)::bigint
    from moment_coverage
"""


def _peak(rows: pd.DataFrame) -> str:
    """The year with the highest share, if the last is below it by more than chance explains."""
    most, last = rows.sort_values("share").iloc[-1], rows.iloc[-1]
    if most.year == rows["year"].iloc[0] or most.share <= last.share_high:
        return ""
    return f" The highest share was {most.share:.0%}, in {most.year}."


def _verdict(first: pd.Series, last: pd.Series) -> str:
    if last.share_low > max(0.5, first.share_high):
        return "Yes"
    if last.share_high < 0.5:
        return "No"
    return "Not clearly"
