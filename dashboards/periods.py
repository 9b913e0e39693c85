"""Periods of time on an axis: year, quarter or month."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards.look import for_narrow


@dataclass(frozen=True, slots=True)
class Period:
    """A period and how charts show it.

    `hover`: format of its name. `marker_size`, `seam`: size of a point and width of the line
    between stacked bars, in pixels. A chart has many months, so both are smaller there.
    """

    months: int
    hover: str
    marker_size: int
    seam: float

    @property
    def length(self) -> str:
        """The period's length as plotly writes it."""
        return f"M{self.months}"


PERIODS = {
    "year": Period(12, "%Y", 7, 0.7),
    "quarter": Period(3, "%b %Y", 7, 0),
    "month": Period(1, "%b %Y", 4, 0),
}


def period_of(rows: pd.DataFrame) -> str:
    """year, quarter or month: the one that the rows have a column of.

    Raises:
        ValueError: they have none.
    """
    for period in PERIODS:
        if period in rows.columns:
            return period
    raise ValueError(f"The rows have no column {', '.join(PERIODS)}; they have {list(rows)}.")


def starts(rows: pd.DataFrame) -> list[str]:
    """First day of each row's period, as YYYY-MM-DD."""
    return [f"{day:%Y-%m-%d}" for day in _days(rows)]


def _days(rows: pd.DataFrame) -> pd.DatetimeIndex:
    period = period_of(rows)
    if period == "year":
        return pd.DatetimeIndex([pd.Timestamp(int(year), 1, 1) for year in rows["year"]])
    return pd.DatetimeIndex(rows[period])


def complete(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in order, with a row of missing values for each period between that has none."""
    if rows.empty:
        return rows
    period = period_of(rows)
    days = _days(rows)
    every = pd.date_range(days.min(), days.max(), freq=f"{PERIODS[period].months}MS")
    filled = rows.set_index(days).reindex(every)
    filled[period] = every.year if period == "year" else every
    return filled.reset_index(drop=True)


def span(rows: pd.DataFrame) -> list[str]:
    """First day of the first period and of the period after the last; empty without rows."""
    if rows.empty:
        return []
    after = _days(rows).max() + pd.DateOffset(months=PERIODS[period_of(rows)].months)
    return [min(starts(rows)), f"{after:%Y-%m-%d}"]


def length(rows: pd.DataFrame) -> dict[str, str]:
    """What makes a trace draw each point in the middle of its period."""
    return {"xperiod": PERIODS[period_of(rows)].length, "xperiodalignment": "middle"}


def set_time_axis(figure: go.Figure, rows: pd.DataFrame) -> None:
    """Show each year's name below its middle, and the name of the period on hover."""
    figure.update_xaxes(
        type="date",
        tickformat="%Y",
        ticklabelmode="period",
        dtick="M12",
        tickangle=0,
        hoverformat=PERIODS[period_of(rows)].hover,
    )
    axes = [axis.plotly_name for axis in figure.select_xaxes()]
    for_narrow(figure, layout={axis: {"dtick": "M48"} for axis in axes})
