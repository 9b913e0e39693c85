"""The charts, one module each: a pure function from a view's rows to a plotly figure."""

from dashboards.charts.claim import claim
from dashboards.charts.coverage import coverage
from dashboards.charts.crossing import crossing
from dashboards.charts.frameworks_over_time import frameworks_over_time, papers_over_time
from dashboards.charts.label_agreement import label_agreement
from dashboards.charts.migrations import migration_by_year, migration_rate
from dashboards.charts.papers_by_language import papers_by_language
from dashboards.charts.popularity import popularity
from dashboards.charts.share_over_time import share_over_time
from dashboards.charts.small_share import small_share
from dashboards.charts.style_over_time import style_over_time
from dashboards.charts.tensorflow_by_variant import tensorflow_by_variant

__all__ = [
    "claim",
    "coverage",
    "crossing",
    "frameworks_over_time",
    "label_agreement",
    "migration_by_year",
    "migration_rate",
    "papers_by_language",
    "papers_over_time",
    "popularity",
    "share_over_time",
    "small_share",
    "style_over_time",
    "tensorflow_by_variant",
]
