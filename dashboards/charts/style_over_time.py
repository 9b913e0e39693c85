"""When research code became imperative: the share of papers whose code runs eagerly."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.share_over_time import share_over_time


def style_over_time(rows: pd.DataFrame) -> go.Figure:
    """Line of the share of eager code with its 95 % band above bars of n.

    `rows`: rows of the view style_by_year (year, share_eager, share_low, share_high, n).
    """
    shares = rows.rename(columns={"share_eager": "share"}).assign(family="eager")
    return share_over_time(shares, family="eager")
