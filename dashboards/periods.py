"""Periods of time on an axis: the first column of a view of shares says which."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

PERIODS = {"year": "M12", "quarter": "M3", "month": "M1"}
"""Periods and their length as plotly writes it."""


def period_of(rows: pd.DataFrame) -> str:
    """year, quarter or month: whichever the rows have a column of.

    Raises:
        ValueError: they have none.
    """
    for period in PERIODS:
        if period in rows.columns:
            return period
    raise ValueError(f"The rows have no column {', '.join(PERIODS)}; they have {list(rows)}.")


def starts(rows: pd.DataFrame) -> list[str]:
    """First day of each row's period, as YYYY-MM-DD."""
    period = period_of(rows)
    if period == "year":
        return [f"{int(year)}-01-01" for year in rows["year"]]
    return [f"{day:%Y-%m-%d}" for day in pd.to_datetime(rows[period])]


def span(rows: pd.DataFrame) -> list[str]:
    """First day of the first period and of the one after the last; empty without rows."""
    if rows.empty:
        return []
    months = int(PERIODS[period_of(rows)][1:])
    after = pd.Timestamp(max(starts(rows))) + pd.DateOffset(months=months)
    return [min(starts(rows)), f"{after:%Y-%m-%d}"]


def length(rows: pd.DataFrame) -> dict[str, str]:
    """How a trace says that a point stands for a whole period, and is drawn in its middle."""
    return {"xperiod": PERIODS[period_of(rows)], "xperiodalignment": "middle"}


def set_time_axis(figure: go.Figure, rows: pd.DataFrame) -> None:
    """Years below their middle; the name of the period when pointed at."""
    named = "%Y" if period_of(rows) == "year" else "%b %Y"
    figure.update_xaxes(
        type="date",
        tickformat="%Y",
        ticklabelmode="period",
        dtick="M12",
        tickangle=0,
        hoverformat=named,
    )
