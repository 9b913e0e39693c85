"""sql/site/judged_paper.sql: what a paper counts as, and why the default charts leave it out."""

from dataclasses import dataclass

import pytest

from pipeline.resources import SQL
from tests.facts_of import Store, given

COUNTED = "paper_id moment label is_of_time committed_at unit_id repositories repositories_judged"
DATED = "paper_id moment is_default precedes_framework"
DAY = "2018-05-01"


def judged(store: Store) -> list[tuple[object, ...]]:
    store.execute((SQL / "site" / "judged_paper.sql").read_text(encoding="utf-8"))
    return store.sql("select in_charts, left_out from judged_paper order by moment desc").fetchall()


@dataclass(frozen=True)
class Counted:
    """A paper's only row in paper_framework, with what dated_paper has beside it."""

    moment: str = "then"
    day: str | None = DAY
    committed_at: str | None = DAY
    is_of_time: bool = True
    precedes: bool = False
    is_default: bool = False


def paper(store: Store, row: Counted) -> None:
    counted = ("p", row.moment, "jax", row.is_of_time, row.committed_at, "u", 1, 1)
    given(store, "paper_framework", COUNTED, [counted], family="jax")
    given(store, "paper_date", "paper_id published_on", [("p", row.day)])
    dated = [("p", row.moment, row.is_default, row.precedes)] if row.day else []
    given(store, "dated_paper", DATED, dated, time_axis="paper")


def test_a_paper_in_the_default_charts_needs_no_reason(store: Store) -> None:
    paper(store, Counted(is_default=True))
    assert judged(store) == [(True, None)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Counted(day=None), "the paper has no known date"),
        (Counted(moment="now"), "no code from the time of the paper could be judged"),
        (Counted(is_of_time=False, committed_at=None), "its code has no known date"),
        (
            Counted(is_of_time=False),
            "no official code is known, and the code of others came long after the paper",
        ),
        (Counted(precedes=True), "the paper or its commit is older than the framework of its code"),
        (Counted(), "they count newest code, and its newest code could not be judged"),
    ],
)
def test_a_paper_outside_the_default_charts_has_one_reason(
    store: Store, row: Counted, reason: str
) -> None:
    paper(store, row)
    assert judged(store) == [(False, reason)]


def test_only_the_date_on_the_axis_of_papers_brings_a_paper_into_the_charts(store: Store) -> None:
    paper(store, Counted())
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
