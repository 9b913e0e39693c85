"""Agreement: our labels compared with those of Papers with Code, with every difference."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.page import Page, Section

_ALL = """select source_family, family, agrees, unit_id, source_label, label, confidence,
    verdict, reason
from label_agreement
order by agrees, unit_id;"""
_DIFFERENT = """select unit_id, source_label, label, confidence, verdict, reason
from label_agreement
where not agrees
order by unit_id;"""
_VERDICTS = {
    "ours": "our label in {}",
    "source": "the label of Papers with Code in {}",
    "both": "both labels in {}",
    "neither": "neither label in {}",
}


def agreement(connection: duckdb.DuckDBPyConnection) -> Page:
    """The labels as a matrix, then every difference with what the code says."""
    return Page(
        "agreement",
        "Agreement",
        "Where two labels differ, the code decides which is right.",
        [_matrix(connection), _differences(connection)],
    )


def _matrix(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_ALL).df()
    agreeing = int(rows["agrees"].sum())
    return Section(
        "agreement",
        "Our labels compared with Papers with Code",
        "Each square counts repositories. A row is a label of Papers with Code, and a column is a "
        "label of ours. Our labels come from the imports in the code. Papers with Code never "
        "published how it made its labels.",
        _ALL,
        rows,
        {"agreement": charts.label_agreement(rows)} if len(rows) else {},
        summary=f"The labels agree for {agreeing:,} of {len(rows):,} repositories that have both.",
    )


def _differences(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_DIFFERENT).df()
    return Section(
        "disagreements",
        "Every difference, and what the code says",
        _in_words(rows["verdict"]),
        _DIFFERENT,
        rows,
    )


def _in_words(verdicts: pd.Series) -> str:
    """What people found who read the code of the differences."""
    counts = verdicts.value_counts()
    if counts.empty:
        return "Nobody has read the code of these repositories yet."
    found = ", ".join(
        words.format(counts[key]) for key, words in _VERDICTS.items() if key in counts
    )
    return f"We read the code of {int(counts.sum())} of these repositories. It supports {found}."
