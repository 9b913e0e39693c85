"""Claims, checked: what others published, what we find, and the verdict of the view claim_check."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboards import charts
from dashboards.page import Line, Page, Section
from dashboards.verdicts import line_of_claim, lines_of, verdicts_in_words
from pipeline.resources import SQL

_ALL = """select
    claim.title,
    claim.who,
    claim.published,
    count(*) filter (where claim_check.verdict = 'borne out') as borne_out,
    count(*) filter (where claim_check.verdict = 'not borne out') as not_borne_out,
    count(*) filter (where claim_check.verdict = 'cannot be told') as cannot_be_told,
    count(*) filter (where claim_check.collected = 0) as without_papers
from claim
inner join claim_check using (claim)
group by claim.claim, claim.title, claim.who, claim.published
order by claim.published, claim.claim;"""
_COLUMNS = (
    "part period rule claimed value low high papers n verdict reason collected remark".split()
)
_ONE = """select
    {columns}
from claim_check
where claim = '{claim}'
order by part;"""


def claims(connection: duckdb.DuckDBPyConnection) -> Page:
    """All claims with their verdicts in a line each, then a section for each claim."""
    published = connection.sql("from claim order by published, claim").to_arrow_table().to_pylist()
    checks = connection.sql("from claim_check order by part").df()
    return Page(
        "claims",
        "Claims",
        "Do our numbers support the claims that others have published on this question?",
        [
            _all(connection, published, checks),
            *(_section(claim, checks[checks["claim"] == claim["claim"]]) for claim in published),
        ],
        missing=_not_collected(checks),
    )


def _not_collected(checks: pd.DataFrame) -> list[str]:
    """The conferences and years of claims without papers."""
    parts = sorted(set(checks.loc[checks["collected"] == 0, "part"]))
    if not parts:
        return []
    return [
        f"Papers that published claims are about: {', '.join(parts)}. 'adoption collect links "
        "--links FILE' reads a list of papers with the links to their code."
    ]


def _all(
    connection: duckdb.DuckDBPyConnection, published: list[dict[str, Any]], checks: pd.DataFrame
) -> Section:
    rows = connection.sql(_ALL).df()
    (least,) = connection.sql("select least_papers()").fetchall()[0]
    return Section(
        "claims",
        "All claims",
        "",
        _ALL,
        rows,
        summary=f"{len(published)} claims with {checks['verdict'].count()} numbers: "
        f"{verdicts_in_words(checks)}.",
        lines=[
            line_of_claim(
                f"{claim['title']} ({claim['who']}, {claim['published'][:4]})",
                _anchor(claim),
                checks[checks["claim"] == claim["claim"]],
            )
            for claim in published
        ],
        notes={"The rule": _rule(least)},
    )


def _rule(least: int) -> str:
    return (
        "One rule gives every verdict (in SQL, the macro claim_verdict). A claim of a number is "
        "borne out if the number lies in our 95% interval, and not borne out if it lies outside. A "
        "claim of “more than”, “less than” or “by a year” is borne out if our whole interval "
        "supports it, and not borne out if our whole interval contradicts it. The verdict is "
        f"“cannot be told” in three cases: we have fewer than {least} papers; our interval neither "
        "supports nor contradicts the claim as a whole; or it contains their number but is wider "
        "than 30 percentage points. A claim is “mixed” if its numbers have different verdicts. "
        "About one of twenty intervals misses the true number by chance."
    )


def _anchor(claim: dict[str, Any]) -> str:
    return f"claim-{claim['claim'].replace('_', '-')}"


def _section(claim: dict[str, Any], checks: pd.DataFrame) -> Section:
    """`checks`: the rows of the claim in claim_check."""
    rows = checks[_COLUMNS]
    lines = lines_of(checks)
    is_one = len(lines) == 1
    return Section(
        _anchor(claim),
        claim["title"],
        "",
        _ONE.format(columns=",\n    ".join(_COLUMNS), claim=claim["claim"]),
        rows,
        {"claim": charts.claim(rows)} if rows["value"].notna().any() else {},
        summary=_whole(lines[0]) if is_one else _sentence(verdicts_in_words(checks)),
        lines=[] if is_one else lines,
        searched=("part",) if checks["collected"].notna().any() else (),
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


def _whole(line: Line) -> str:
    """The only line of a claim, as a sentence."""
    return f"{_sentence(line.verdict)[:-1]}. {line.name}: {line.words}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""
