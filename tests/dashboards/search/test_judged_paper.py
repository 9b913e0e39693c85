"""sql/site/judged_paper.sql: what a paper counts as, and why the default charts leave it out."""

import pytest

from pipeline.resources import SQL
from tests.facts_of import Store, given

COUNTED = "paper_id moment label is_of_time committed_at unit_id repositories repositories_judged"
DATED = "paper_id moment is_default precedes_framework"
DAY = "2018-05-01"


def judged(store: Store) -> list[tuple[object, ...]]:
    store.execute((SQL / "site" / "judged_paper.sql").read_text(encoding="utf-8"))
    return store.sql("select in_charts, left_out from judged_paper order by moment desc").fetchall()


def paper(
    store: Store,
    *,
    moment: str = "then",
    day: str | None = DAY,
    committed_at: str | None = DAY,
    is_of_time: bool = True,
    precedes: bool = False,
    is_default: bool = False,
) -> None:
    """A paper with one row in paper_framework."""
    row = ("p", moment, "jax", is_of_time, committed_at, "u", 1, 1)
    given(store, "paper_framework", COUNTED, [row], family="jax")
    given(store, "paper_date", "paper_id published_on", [("p", day)])
    rows = [("p", moment, is_default, precedes)] if day else []
    given(store, "dated_paper", DATED, rows, time_axis="paper")


def test_a_paper_in_the_default_charts_needs_no_reason(store: Store) -> None:
    paper(store, is_default=True)
    assert judged(store) == [(True, None)]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"day": None}, "the paper has no known date"),
        ({"moment": "now"}, "no code from the time of the paper could be judged"),
        ({"is_of_time": False, "committed_at": None}, "its code has no known date"),
        (
            {"is_of_time": False},
            "no official code is known, and the code of others is from more than a year later",
        ),
        ({"precedes": True}, "the paper or its commit is older than the framework of its code"),
        ({}, "they count newest code, and its newest code could not be judged"),
    ],
)
def test_a_paper_outside_the_default_charts_has_one_reason(
    store: Store, facts: dict[str, object], reason: str
) -> None:
    paper(store, **facts)  # type: ignore[arg-type]
    assert judged(store) == [(False, reason)]


def test_only_the_date_on_the_axis_of_papers_brings_a_paper_into_the_charts(store: Store) -> None:
    paper(store)
    given(store, "dated_paper", DATED, [("p", "then", True, False)], time_axis="commit")
    (row,) = judged(store)
    assert row[0] is False


def test_the_row_of_the_time_has_the_reason(store: Store) -> None:
    rows = [("p", moment, "jax", False, DAY, "u", 1, 1) for moment in ("then", "now")]
    given(store, "paper_framework", COUNTED, rows, family="jax")
    given(store, "paper_date", "paper_id published_on", [("p", DAY)])
    given(store, "dated_paper", DATED, [])
    reasons = [reason for _, reason in judged(store)]
    assert reasons[0] is not None
    assert reasons[1] is None
