"""One module a chart: a pure function from a DataFrame (a view's rows) to a plotly Figure."""

from dashboards.charts.coverage import coverage
from dashboards.charts.frameworks_over_time import frameworks_over_time
from dashboards.charts.label_agreement import label_agreement
from dashboards.charts.share_over_time import share_over_time

__all__ = ["coverage", "frameworks_over_time", "label_agreement", "share_over_time"]
