"""TensorFlow: its variants, and the move from graphs to eager code."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS
from dashboards.page import Page, Section

_VARIANTS = "select * from tensorflow_by_year order by year, variant;"
_STYLES = "select * from style_by_year order by year;"
_STYLES_OF_VARIANTS = "from style_by_variant;"


def tensorflow(connection: duckdb.DuckDBPyConnection) -> Page:
    """Papers by TensorFlow's variant, and papers by the style of their code."""
    return Page(
        "tensorflow",
        "TensorFlow 1 → 2",
        "TensorFlow changed too: from graphs that are built first to code that runs line by line.",
        [_variants(connection), _styles(connection), _styles_of_variants(connection)],
    )


def _variants(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_VARIANTS).df()
    return Section(
        "variants",
        "TensorFlow 1.x and 2.x",
        "Papers with TensorFlow code, by version. We look for three kinds of evidence, in this "
        "order. The first kind that we find decides. The first is names that only one version "
        "has: tf.Session belongs to 1.x, tf.GradientTape to 2.x. The second is the required "
        "version. The third is names that both versions have, but mostly code for one of them "
        "uses. Code without such evidence is unclear.",
        _VARIANTS,
        rows,
        {"variants": charts.tensorflow_by_variant(rows)},
        summary=_variants_in_words(rows),
    )


def _variants_in_words(rows: pd.DataFrame) -> str:
    """The last year with enough papers."""
    rows = rows[rows["n"] >= LEAST_PAPERS]
    if rows.empty:
        return f"No year has {LEAST_PAPERS} papers with TensorFlow code yet."
    last = rows[rows["year"] == rows["year"].max()]
    parts = ", ".join(f"{row.variant} {row.papers}" for row in last.itertuples())
    n = int(last["n"].iloc[0])
    return f"In {int(rows['year'].max())}, {n} papers with TensorFlow code: {parts}."


def _styles(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_STYLES).df()
    return Section(
        "style",
        "From graph to eager style",
        "The share of papers whose code runs eagerly (line by line), among papers whose style is "
        "known. PyTorch, Torch7 and Chainer are eager. Theano and Caffe build graphs. TensorFlow "
        "code shows its style by the names that it uses.",
        _STYLES,
        rows,
        {"style": charts.style_over_time(rows)},
        summary=_styles_in_words(rows),
    )


def _styles_of_variants(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_STYLES_OF_VARIANTS).df().rename(columns={"share_eager": "share"})
    return Section(
        "style-of-variants",
        "The style of code for TensorFlow 1.x and 2.x",
        "The share of papers whose code runs eagerly, among papers with code for one version whose "
        "style is known. The band is the 95% interval, the bars below count the papers, and a "
        f"hollow point marks a year with fewer than {LEAST_PAPERS} papers. Some names show the "
        "version and the style at once: tf.Session belongs to 1.x and to graphs.",
        _STYLES_OF_VARIANTS,
        rows,
        {
            f"TensorFlow {variant} (n = {own['n'].sum():,})": charts.small_share(
                own, (int(rows["year"].min()), int(rows["year"].max())), f"tensorflow {variant}"
            )
            for variant, own in rows.groupby("variant")
        },
        summary=_styles_of_variants_in_words(rows),
    )


def _styles_of_variants_in_words(rows: pd.DataFrame) -> str:
    """The sum over all years."""
    sums = rows.groupby("variant")[["eager", "n", "unclear"]].sum()
    found = ", ".join(
        f"{own.eager} of {own.n} papers with code for {variant}{_left_out(own.unclear)}"
        for variant, own in sums.iterrows()
    )
    return f"Eager code, in all years: {found}." if found else ""


def _left_out(papers: int) -> str:
    """How many papers a share of styles leaves out. Empty for none."""
    return f" (left out: {papers:,} whose style is unknown)" if papers else ""


def _styles_in_words(rows: pd.DataFrame) -> str:
    """The first and the last year with enough papers."""
    rows = rows[rows["n"] >= LEAST_PAPERS]
    if rows.empty:
        return f"No year has {LEAST_PAPERS} papers whose style is known."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Eager code: {first.share_eager:.0%} of {first.n:.0f} papers in {first.year:.0f}"
        f"{_left_out(int(first.unclear))}, {last.share_eager:.0%} of {last.n:.0f} papers in "
        f"{last.year:.0f}{_left_out(int(last.unclear))}."
    )
