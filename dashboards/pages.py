"""What the site shows: pages of sections, each a view's rows with its chart, words and SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts
from dashboards.cube import all_series
from dashboards.look import LEAST_PAPERS, name

_SHARES = """select year, family, papers, n, share, share_low, share_high
from share_by_year
where denominator = 'pytorch_tensorflow' and family = 'pytorch'
order by year;"""
_FRAMEWORKS = """select year, series, papers, n, share
from frameworks_by_year
where denominator = 'any_framework'
order by year, series;"""
_POPULARITY = """select *
from popularity
where measure = '{measure}'
order by median desc, family;"""


_MOST_VENUES = 24
_HE_2019 = (
    "Horace He, “The State of Machine Learning Frameworks in 2019”, The Gradient, 2019",
    "https://thegradient.pub/state-of-ml-frameworks-2019-pytorch-dominates-research-"
    "tensorflow-dominates-industry/",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A chart, or several small ones, with its words, the SQL that made it and its rows.

    `is_live`: the page's controls change it. `summary`: the chart in a sentence, for those who
    cannot see it. `cites`: words and address of the source of what is not ours.
    """

    anchor: str
    title: str
    text: str
    sql: str
    rows: pd.DataFrame
    figures: dict[str, go.Figure] = field(default_factory=dict)
    summary: str = ""
    is_live: bool = False
    cites: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site."""

    file: str
    title: str
    intro: str
    sections: list[Section]


def pages(connection: duckdb.DuckDBPyConnection) -> Iterator[Page]:
    """Every page that has something to show, in the order of the navigation."""
    yield Page("index.html", "PyTorch's share", "", overview(connection))
    yield venues(connection)
    yield tensorflow(connection)
    yield popularity(connection)
    if (page := migration(connection)) is not None:
        yield page
    yield coverage(connection)
    yield agreement(connection)


def overview(connection: duckdb.DuckDBPyConnection) -> list[Section]:
    """The charts that the controls change, as they are with no control touched."""
    shares, frameworks = connection.sql(_SHARES).df(), connection.sql(_FRAMEWORKS).df()
    events = connection.sql("select happened_on, title from event").df()
    order = all_series(connection)
    return [
        Section(
            "share",
            "PyTorch's share over time",
            "The line is the share of papers with code in the framework. The band is the 95% "
            "interval: the fewer papers, the wider. Bars below count the papers; a hollow point "
            "stands for too few to judge. Code can be years younger than its paper: papers from "
            "before PyTorch's release (2017) have PyTorch code that was written later.",
            _SHARES,
            shares,
            {"share": charts.share_over_time(shares, events)},
            is_live=True,
        ),
        Section(
            "frameworks",
            "All frameworks, as shares",
            "Every framework by itself, TensorFlow split by the variant that its code is "
            "written for; “TensorFlow” alone is code that fits both. Periods with fewer than "
            "five papers are left out. Click a name to hide it, twice to see it alone.",
            _FRAMEWORKS,
            frameworks,
            {"frameworks": charts.frameworks_over_time(frameworks, order)},
            is_live=True,
        ),
        Section(
            "papers",
            "All frameworks, as counts of papers",
            "The same papers, counted. How many there are says how the list of links was made, "
            "not how much research there was.",
            _FRAMEWORKS,
            frameworks,
            {"papers": charts.papers_over_time(frameworks, order)},
            is_live=True,
        ),
    ]


def venues(connection: duckdb.DuckDBPyConnection) -> Page:
    """Small multiples beside Horace He's counts."""
    sql = "select * from he2019_comparison order by venue, year;"
    rows = connection.sql(sql).df()
    years = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (2015, 2024)
    # a venue with neither a mention nor enough papers of ours would be an empty chart
    mentioned = set(rows.loc[rows["he_share"].notna(), "venue"])
    ours = rows[rows["n"] >= LEAST_PAPERS].groupby("venue")["n"].sum().nlargest(_MOST_VENUES)
    said = (
        f"Ours: the {len(ours)} venues with most papers; all of them are in the table."
        if len(ours)
        else "No paper here has a venue: the sources that were read tell none, so that only the "
        "reference is drawn. Conference lists, OpenReview and the Papers with Code archive of "
        "papers tell venues."
    )
    section = Section(
        "venues",
        "PyTorch's share by venue",
        "Solid: papers whose code imports PyTorch, among those with PyTorch or TensorFlow code, "
        "with 95% intervals. Dotted: papers that mention PyTorch in their text, among mentions of "
        "either, as Horace He counted them up to 2022; what papers say and what their code "
        f"imports need not agree. {said}",
        sql,
        rows,
        {
            str(venue): charts.venue_share(rows[rows["venue"] == venue], years)
            for venue in sorted(mentioned | set(ours.index))
        },
        summary=_venues_in_words(rows),
        cites=_HE_2019,
    )
    return Page(
        "venues.html",
        "Venues",
        "Did every conference move, and at the same time?",
        [section],
    )


def _venues_in_words(rows: pd.DataFrame) -> str:
    mentions = rows[rows["he_share"].notna()].sort_values("year").groupby("venue").last()
    said = ", ".join(
        f"{venue} {row.he_share:.0%} in {row.year}" for venue, row in mentions.iterrows()
    )
    return f"Mentions of PyTorch, last count of each venue: {said}." if said else ""


def tensorflow(connection: duckdb.DuckDBPyConnection) -> Page:
    """Variants of TensorFlow, and the move from graphs to eager code."""
    sql = "select * from tensorflow_by_year order by year, variant;"
    variants = connection.sql(sql).df()
    style_sql = "select * from style_by_year order by year;"
    styles = connection.sql(style_sql).df()
    return Page(
        "tensorflow.html",
        "TensorFlow 1 → 2",
        "TensorFlow changed too: from graphs that are built first to code that runs as it is read.",
        [
            Section(
                "variants",
                "TensorFlow 1.x and 2.x",
                "Papers with TensorFlow code by the variant whose names the code uses "
                "(tf.Session is 1.x, tf.GradientTape is 2.x). Most Keras code fits both.",
                sql,
                variants,
                {"variants": charts.tensorflow_by_variant(variants)},
                summary=_last_year(variants, "variant", "papers with TensorFlow code"),
            ),
            Section(
                "style",
                "From graph to eager style",
                "The share of papers whose code runs eagerly (imperatively), among those whose "
                "code tells: PyTorch, Torch7 and Chainer are eager, Theano and Caffe build graphs, "
                "TensorFlow's code says which by the names it uses.",
                style_sql,
                styles,
                {"style": charts.style_over_time(styles)},
                summary=_style_in_words(styles),
            ),
        ],
    )


def _last_year(rows: pd.DataFrame, column: str, what: str) -> str:
    rows = rows[rows["n"] >= LEAST_PAPERS]
    if rows.empty:
        return f"No year has {LEAST_PAPERS} {what} yet."
    last = rows[rows["year"] == rows["year"].max()]
    parts = ", ".join(f"{getattr(row, column)}: {row.papers}" for row in last.itertuples())
    return f"Of the {int(last['n'].iloc[0])} {what} of {int(rows['year'].max())}: {parts}."


def _style_in_words(rows: pd.DataFrame) -> str:
    rows = rows[rows["n"] >= LEAST_PAPERS]
    if rows.empty:
        return "Too few papers tell the style of their code."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"{first.share_eager:.0%} of {first.n:.0f} papers were eager in {first.year:.0f}, "
        f"{last.share_eager:.0%} of {last.n:.0f} in {last.year:.0f}."
    )


def popularity(connection: duckdb.DuckDBPyConnection) -> Page:
    """Stars and forks by framework."""
    sections = []
    for measure in ("stars", "forks"):
        sql = _POPULARITY.format(measure=measure)
        rows = connection.sql(sql).df()
        drawn = rows[rows["repositories"] >= LEAST_PAPERS]
        empty = (
            f"Nobody has told the {measure} of these repositories yet: 'adoption collect "
            "metadata' asks GitHub."
        )
        sections.append(
            Section(
                measure,
                f"{measure.capitalize()} by framework",
                "Bars reach from the lower to the upper quartile of repositories, the point is "
                "the median, the number of repositories stands in brackets. The scale is "
                "logarithmic. Old repositories had longer to collect them."
                if len(drawn)
                else empty,
                sql,
                rows,
                {measure: charts.popularity(rows)} if len(drawn) else {},
                summary=_medians_in_words(drawn),
            )
        )
    return Page(
        "popularity.html",
        "Stars and forks",
        "Are repositories of one framework more widely used than those of another?",
        sections,
    )


def _medians_in_words(rows: pd.DataFrame) -> str:
    said = ", ".join(f"{name(str(row.family))} {row.median:,.0f}" for row in rows.itertuples())
    return f"Medians: {said}." if said else ""


def migration(connection: duckdb.DuckDBPyConnection) -> Page | None:
    """Repositories that changed their framework; None before any was seen to."""
    sql = "select * from migration order by to_day, unit_id;"
    rows = connection.sql(sql).df()
    if rows.empty:
        return None
    section = Section(
        "migration",
        "Who moved",
        "Repositories whose framework at the last commit that was scanned is another than at the "
        "first. Only what was scanned at several commits can be here.",
        sql,
        rows,
        {"migration": charts.migration(rows)},
        summary=f"{len(rows)} repositories changed their framework.",
    )
    return Page(
        "migration.html", "Migration", "Which repositories changed their framework?", [section]
    )


def coverage(connection: duckdb.DuckDBPyConnection) -> Page:
    """What could not be judged, and why."""
    sql = (
        "select year, outcome, words, papers, papers_of_year, share\nfrom coverage\n"
        "order by year, papers desc, outcome;"
    )
    rows = connection.sql(sql).df()
    section = Section(
        "coverage",
        "What could be judged",
        "Papers by what became of their code link. A paper whose code could not be read is never "
        "counted as “no framework”: it is missing from every share, and here is why. Where the "
        "reasons differ by year, so may the papers that are missing.",
        sql,
        rows,
        {"coverage": charts.coverage(rows)},
        summary=_coverage_in_words(rows),
    )
    return Page(
        "coverage.html",
        "Coverage and bias",
        "How far can these numbers be trusted? What is missing, and since when.",
        [section],
    )


def _coverage_in_words(rows: pd.DataFrame) -> str:
    """How many could be judged, why the others could not, and in which year fewest."""
    is_judged = rows["outcome"] == "judged"
    judged = rows.loc[is_judged, "papers"].sum()
    said = f"{judged:,} of {rows['papers'].sum():,} papers could be judged."
    lost = rows[~is_judged].groupby("words")["papers"].sum().sort_values(ascending=False)
    if lost.empty:
        return said
    why = ", ".join(f"{words} ({count:,})" for words, count in lost.items())
    return f"{said} The others: {why}. {_worst_year(rows)}"


def _worst_year(rows: pd.DataFrame) -> str:
    years = rows[rows["papers_of_year"] >= LEAST_PAPERS].groupby("year")
    shares = years.apply(lambda year: year.loc[year["outcome"] == "judged", "share"].sum())
    if shares.empty:
        return ""
    return f"Fewest in {shares.idxmin():.0f}: {shares.min():.0%} of that year's."


def agreement(connection: duckdb.DuckDBPyConnection) -> Page:
    """Our labels beside those of Papers with Code, with every difference."""
    sql = """select source_family, family, agrees, unit_id, source_label, label, confidence,
    verdict, reason
from label_agreement
order by agrees, unit_id;"""
    rows = connection.sql(sql).df()
    agreeing = int(rows["agrees"].sum())
    matrix = Section(
        "agreement",
        "Our labels beside Papers with Code's",
        f"Papers with Code named a framework for {len(rows)} of the repositories judged here; for "
        f"{agreeing} of them our label, made from the imports in the source, is the same. "
        "Papers with Code never said how its labels were made.",
        sql,
        rows,
        {"agreement": charts.label_agreement(rows)} if len(rows) else {},
        summary=f"{agreeing} of {len(rows)} labels agree.",
    )
    differing_sql = """select unit_id, source_label, label, confidence, verdict, reason
from label_agreement
where not agrees
order by unit_id;"""
    differing = connection.sql(differing_sql).df()
    return Page(
        "agreement.html",
        "Agreement",
        "Where two ways of labelling differ, the code decides.",
        [
            matrix,
            Section(
                "disagreements",
                "Every difference, and what the code says",
                _verdicts(differing),
                differing_sql,
                differing,
            ),
        ],
    )


def _verdicts(rows: pd.DataFrame) -> str:
    """What reading the code of the disagreements showed."""
    judged = rows["verdict"].value_counts()
    if judged.empty:
        return "None of them has been read yet."
    whose = {
        "ours": "bears out ours",
        "source": "bears out Papers with Code's",
        "both": "has both frameworks",
        "neither": "bears out neither",
    }
    said = ", ".join(
        f"in {judged[key]} it {words}" for key, words in whose.items() if key in judged
    )
    return f"The code of {int(judged.sum())} has been read: {said}."
