"""Claims, checked: what others published, what we find, and the verdict of the view claim_check."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.page import Page, Section
from pipeline.resources import SQL

_ALL = """select
    claim.title,
    claim.who,
    claim.published,
    count(*) filter (where claim_check.verdict = 'borne out') as borne_out,
    count(*) filter (where claim_check.verdict = 'not borne out') as not_borne_out,
    count(*) filter (where claim_check.verdict = 'cannot be told') as cannot_be_told
from claim
inner join claim_check using (claim)
group by claim.claim, claim.title, claim.who, claim.published
order by claim.published, claim.claim;"""
_COLUMNS = "part period rule claimed value low high papers n verdict".split()
_ONE = """select
    {columns}
from claim_check
where claim = '{claim}'
order by part;"""
_VERDICTS = ("borne out", "not borne out", "cannot be told")


def claims(connection: duckdb.DuckDBPyConnection) -> Page:
    """All claims with their verdicts in a table, then a section for each claim."""
    published = connection.sql("from claim order by published, claim").to_arrow_table().to_pylist()
    checks = connection.sql("from claim_check order by part").df()
    return Page(
        "claims",
        "Claims",
        "Do our numbers support the claims that others have published on this question?",
        [
            _all(connection, checks),
            *(_section(claim, checks[checks["claim"] == claim["claim"]]) for claim in published),
        ],
    )


def _all(connection: duckdb.DuckDBPyConnection, checks: pd.DataFrame) -> Section:
    rows = connection.sql(_ALL).df()
    (least,) = connection.sql("select least_papers()").fetchall()[0]
    return Section(
        "claims",
        "All claims",
        "One rule gives every verdict (the macro claim_verdict). A claim of a number is borne out "
        "if the number lies in our 95% interval, and not borne out if it lies outside. A claim of "
        "“more than”, “less than” or “by a year” is borne out if our whole interval supports it, "
        "and not borne out if our whole interval contradicts it. The verdict is “cannot be told” "
        f"in three cases: we have fewer than {least} papers; our interval neither supports nor "
        "contradicts the claim as a whole; or it contains their number but is wider than 30 "
        "percentage points. The table counts the verdicts on the numbers of each claim. About one "
        "of twenty intervals misses the true number by chance.",
        _ALL,
        rows,
        summary=_verdicts_in_words(checks),
    )


def _section(claim: dict[str, Any], checks: pd.DataFrame) -> Section:
    """`checks`: the rows of the claim in claim_check."""
    rows = checks[_COLUMNS]
    return Section(
        f"claim-{claim['claim'].replace('_', '-')}",
        claim["title"],
        "",
        _ONE.format(columns=",\n    ".join(_COLUMNS), claim=claim["claim"]),
        rows,
        {"claim": charts.claim(rows)} if rows["value"].notna().any() else {},
        summary=_verdicts_in_words(rows),
        cites=(f"{claim['who']}, {claim['published']}: {claim['publication']}", claim["reference"]),
        quote=claim["quote"],
        notes={
            "They measured": claim["measured"],
            "We count": claim["definition"],
            "The difference": claim["difference"],
        },
        definition=_definition(claim["answer"]),
    )


def _definition(answer: str) -> str:
    """The statement that defines our numbers, without its comments."""
    text = (SQL / "views" / f"84_{answer}.sql").read_text(encoding="utf-8")
    return text[text.index("create") : text.index("\n\ncomment on")]


def _verdicts_in_words(rows: pd.DataFrame) -> str:
    """The verdict, or how many numbers have each."""
    counts = rows["verdict"].value_counts()
    found = [(verdict, int(counts[verdict])) for verdict in _VERDICTS if verdict in counts]
    if len(found) == 1:
        ((verdict, count),) = found
        return f"Verdict: {verdict}" + (f" ({count} numbers)." if count > 1 else ".")
    return f"Verdicts on {sum(count for _, count in found)} numbers: " + (
        ", ".join(f"{verdict} {count}" for verdict, count in found) + "."
    )
