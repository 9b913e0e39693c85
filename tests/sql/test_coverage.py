"""coverage: what became of every paper, and why it could not be judged."""

import pytest

from tests.facts_of import Store, given


def outcomes(
    store: Store,
    links: list[tuple[str, str | None, str | None]],
    scans: dict[str, str] | None = None,
    lookups: dict[str, str | None] | None = None,
    judged: list[str] | None = None,
) -> dict[str, str]:
    """What became of each paper: links (paper, unit, problem), statuses of units, judged papers.

    Paper pN is of the year N. A lookup is a problem unless its status is ok.
    """
    given(store, "paper_link", "paper_id unit_id problem", links)
    papers = sorted({link[0] for link in links})
    dated = [(paper, f"{paper[1:]}-06-01") for paper in papers]
    given(store, "paper", "paper_id published_on", dated)
    given(store, "latest_scan", "unit_id status", list((scans or {}).items()))
    units = [
        (unit, status, None if status == "ok" else status)
        for unit, status in (lookups or {}).items()
    ]
    given(store, "unit", "unit_id lookup_status lookup_problem", units)
    given(store, "paper_framework", "paper_id", [(paper,) for paper in judged or []])
    rows = store.sql("select year, outcome from coverage").fetchall()
    assert len(rows) == len(papers)
    return {f"p{year}": outcome for year, outcome in rows}


def test_papers_and_shares_of_a_year(store: Store) -> None:
    papers = [("p1", "2019-01-01"), ("p2", "2019-06-01"), ("p3", "2019-12-31"), ("p4", None)]
    given(store, "paper", "paper_id published_on", [*papers, ("p5", "2018-01-01")])
    links = [("p1", "not_a_link"), ("p5", "not_a_link"), ("p3", "bad_name")]
    given(store, "paper_link", "paper_id problem", links)
    given(store, "paper_framework", "paper_id", [("p2",), ("p1",)])
    assert store.sql("select * from coverage").fetchall() == [
        (2018, "not_a_link", "text without a link", 1, 1, 1.0),
        (2019, "judged", "judged", 2, 3, 2 / 3),
        (2019, "bad_name", "damaged link", 1, 3, 1 / 3),
        (None, "no_link", "no link given", 1, 1, 1.0),
    ]


@pytest.mark.slow
def test_of_outcomes_as_frequent_the_first_of_the_alphabet_comes_first(store: Store) -> None:
    given(store, "paper", "paper_id published_on", [("p1", "2019-01-01"), ("p2", "2019-01-01")])
    given(store, "paper_link", "paper_id problem", [("p1", "gist"), ("p2", "anonymous")])
    rows = store.sql("select outcome from coverage").fetchall()
    assert rows == [("anonymous",), ("gist",)]


REASONS = {
    "the link names no repository": (None, "owner_only", None, None, "owner_only"),
    "the name was never looked up": ("u", None, None, None, "not_collected"),
    "the name was found and not yet scanned": ("u", None, "ok", None, "not_collected"),
    "the name is gone": ("u", None, "not_found", None, "not_found"),
    "the scan says more than the lookup": ("u", None, "not_found", "empty", "empty"),
    "the scan failed after a lookup that did": (
        "u",
        None,
        "not_found",
        "too_large",
        "too_large",
    ),
    "the scan failed": ("u", None, "ok", "too_large", "too_large"),
    "scanned without a lookup": ("u", None, None, "timed_out", "timed_out"),
}


@pytest.mark.parametrize(
    ("unit", "problem", "lookup", "scan", "reason"), REASONS.values(), ids=REASONS
)
def test_why_a_paper_could_not_be_judged(
    store: Store,
    unit: str | None,
    problem: str | None,
    lookup: str | None,
    scan: str | None,
    reason: str,
) -> None:
    scans, lookups = ({"u": scan} if scan else {}), ({"u": lookup} if unit else {})
    assert outcomes(store, [("p2019", unit, problem)], scans, lookups) == {"p2019": reason}


@pytest.mark.slow
def test_a_paper_without_links_has_none(store: Store) -> None:
    given(store, "paper", "paper_id published_on", [("p", "2019-01-01")])
    assert store.sql("select outcome from coverage").fetchall() == [("no_link",)]


@pytest.mark.parametrize("status", ["blocked", "not_found"])  # before and after judged
def test_a_judged_paper_is_judged_whatever_became_of_its_other_links(
    store: Store, status: str
) -> None:
    links = [("p2019", "u", None), ("p2019", None, "gist")]
    assert outcomes(store, links, {"u": status}, judged=["p2019"]) == {"p2019": "judged"}


@pytest.mark.slow
def test_a_link_of_a_paper_that_is_not_stored_is_not_counted(store: Store) -> None:
    given(store, "paper_link", "paper_id problem", [("gone", "gist")])
    assert store.sql("from coverage").fetchall() == []


def test_of_several_links_the_one_that_got_furthest_says_why(store: Store) -> None:
    # by the alphabet each of these would lose: anonymous, not_collected, not_found, truncated
    links = [
        *(("p2001", unit, problem) for unit, problem in ((None, "anonymous"), ("scanned", None))),
        *(("p2002", unit, problem) for unit, problem in ((None, "anonymous"), ("asked", None))),
        *(("p2003", unit, problem) for unit, problem in ((None, "anonymous"), ("linked", None))),
        *(("p2004", unit, None) for unit in ("linked", "scanned")),
        *(("p2005", unit, None) for unit in ("linked", "asked")),
        ("p2006", None, "owner_only"),
    ]
    lookups = {"linked": None, "asked": "not_found", "scanned": None}
    assert outcomes(store, links, {"scanned": "truncated"}, lookups) == {
        "p2001": "truncated",
        "p2002": "not_found",
        "p2003": "not_collected",
        "p2004": "truncated",
        "p2005": "not_found",
        "p2006": "owner_only",
    }


def test_of_links_that_got_as_far_the_first_of_the_alphabet_says_why(store: Store) -> None:
    links = [("p2019", "u", None), ("p2019", "v", None)]
    assert outcomes(store, links, {"u": "empty", "v": "blocked"}) == {"p2019": "blocked"}


def test_a_status_of_two_steps_has_the_words_of_the_one_that_gave_it(store: Store) -> None:
    links = [("p2018", "u", None), ("p2019", "v", None)]
    given(
        store,
        "outcome_status",
        "step status words",
        [("code", "timed_out", "scan too long"), ("metadata", "timed_out", "lookup too long")],
        means="again",
    )
    assert outcomes(store, links, {"u": "timed_out"}, {"v": "timed_out"})
    words = store.sql("select year, words from coverage").fetchall()
    assert words == [(2018, "scan too long"), (2019, "lookup too long")]
