"""Code of papers that imports no framework: its language, and whether it calls hosted models."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.look import LEAST_PAPERS
from dashboards.page import Page, Section

_SHARES = """select year, family, papers, n, share, share_low, share_high
from share_by_year
where denominator = 'with_code' and family = 'none'
order by year;"""
_LANGUAGES = "from no_framework_by_language;"
_HOSTED = "from hosted_models_by_year;"
_PROVIDERS = "from hosted_models_by_provider;"
_KINDS = {"none": "code without a framework", "framework": "code with a framework"}


def no_framework(connection: duckdb.DuckDBPyConnection) -> Page:
    """The share of such papers, their languages, and the hosted models that they call."""
    return Page(
        "no-framework",
        "No framework",
        "In which language is the code of papers without a deep-learning framework? Does it call "
        "models over an API?",
        [
            _share(connection),
            _languages(connection),
            _hosted(connection),
            *_providers(connection),
        ],
    )


def _share(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_SHARES).df()
    return Section(
        "no-framework",
        "Papers without a framework over time",
        "The share of papers whose code imports no framework, among papers with readable code. "
        "The band is the 95% interval, the bars below count the papers, and a hollow point marks a "
        f"year with fewer than {LEAST_PAPERS} papers.",
        _SHARES,
        rows,
        {"share": charts.share_over_time(rows, family="none")} if len(rows) else {},
        summary=_last_year(rows, "the papers have code without a framework"),
    )


def _languages(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_LANGUAGES).df()
    names = dict(connection.execute("select language, name from language").fetchall())
    return Section(
        "no-framework-languages",
        "The language of code without a framework",
        "Papers whose code imports no framework, by language. The language is that of most files "
        "that import a module. Code that imports no module has no known language.",
        _LANGUAGES,
        rows,
        {"languages": charts.papers_by_language(rows, names)} if len(rows) else {},
        summary=_languages_in_words(rows, names),
    )


def _languages_in_words(rows: pd.DataFrame, names: dict[str, str]) -> str:
    """The languages of all years."""
    counts = rows.groupby("language")["papers"].sum().sort_values(ascending=False)
    if counts.empty:
        return ""
    found = ", ".join(f"{names.get(str(key), key)} {count:,}" for key, count in counts.items())
    return f"{counts.sum():,} papers of all years without a framework: {found}."


def _hosted(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_HOSTED).df()
    years = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (2015, 2025)
    kinds = {code: rows[rows["code"] == code] for code in _KINDS if (rows["code"] == code).any()}
    return Section(
        "hosted-models",
        "Papers whose code calls hosted models",
        "The share of papers whose code imports a package that calls models over the API of a "
        "provider, such as OpenAI, Anthropic or Google (data/hosted_models.csv). An import does "
        "not show that the results came from such a model. Code that sends requests without such "
        "a package does not count. The band is the 95% interval, the bars below count the papers, "
        f"and a hollow point marks a year with fewer than {LEAST_PAPERS} papers.",
        _HOSTED,
        rows,
        {
            f"{_KINDS[code]} (n = {own['n'].sum():,})": charts.small_share(own, years, "none")
            for code, own in kinds.items()
        },
        summary=" ".join(
            _last_year(own, f"the papers with {_KINDS[code]} call hosted models")
            for code, own in kinds.items()
        ),
    )


def _providers(connection: duckdb.DuckDBPyConnection) -> list[Section]:
    """Which providers, if any paper without a framework calls one."""
    rows = connection.sql(_PROVIDERS).df()
    if rows.empty:
        return []
    section = Section(
        "hosted-providers",
        "Which providers",
        "Papers without a framework whose code calls hosted models, by provider, in all years. One "
        "paper can call several providers. “several” is a package for several providers.",
        _PROVIDERS,
        rows,
    )
    return [section]


def _last_year(rows: pd.DataFrame, words: str) -> str:
    """A share in the last year with enough papers, with its interval and n."""
    rows = rows[rows["n"] >= LEAST_PAPERS]
    if rows.empty:
        return ""
    last = rows.sort_values("year").iloc[-1]
    return (
        f"In {last.year}, {last.share:.0%} of {words} (95% interval {last.share_low:.0%} to "
        f"{last.share_high:.0%}, n = {last.n:,})."
    )
