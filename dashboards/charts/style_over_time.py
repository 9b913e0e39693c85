"""When research code became imperative: the share of papers whose code runs eagerly."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.share_over_time import draw_share


def style_over_time(rows: pd.DataFrame) -> go.Figure:
    """The share of eager code as a line with its 95% band, above bars of n.

    `rows`: rows of the view style_by_year (year, share_eager, share_low, share_high, n).
    """
    return draw_share(rows.rename(columns={"share_eager": "share"}), "eager")
