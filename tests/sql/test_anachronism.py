"""anachronism: code whose framework is younger than its commit, each with the likely reason."""

from __future__ import annotations

import pytest

from tests.facts_of import Store, given

SCAN = "paper_id unit_id moment scan_id committed_at"
LABEL = "scan_id label family variant basis"
CLOCK = "the clock of the commit was wrong"
PREVIEW = "names of the variant were in previews before its release"
DECLARED = "only a list of packages names the framework"
REWRITTEN = "commits are older than the repository: rewritten, or imported"
OTHER = "see the lines of evidence: adoption explain"


def releases(store: Store) -> None:
    """TensorFlow is from 2015, its variant 2.x from 2019, PyTorch from 2017."""
    rows = [
        ("tensorflow", "2.x", "2019-01-01"),
        ("tensorflow", None, "2015-01-01"),
        ("pytorch", None, "2017-01-01"),
    ]
    same = {"precision": "day", "what": "release", "reference": "r"}
    given(store, "framework_release", "framework variant released_on", rows, **same)


def code(
    store: Store, label: str, variant: str | None, day: str, basis: str = "imported", **same: object
) -> None:
    """One paper p whose code in the unit u has a label, at a commit of a day."""
    releases(store)
    given(store, "paper_scan", SCAN, [("p", "u", "then", "s", day)], **same)
    family = "tensorflow" if label == "keras" else label
    given(store, "repo_label", LABEL, [("s", label, family, variant, basis)])


def found(store: Store, columns: str = "label, variant, released_on::varchar") -> list[object]:
    return list(store.sql(f"select {columns} from anachronism").fetchall())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "variant", "day", "answer"),
    [
        ("pytorch", None, "2016-12-31", [("pytorch", None, "2017-01-01")]),
        ("pytorch", None, "2017-01-01", []),
        ("tensorflow", "2.x", "2018-12-31", [("tensorflow", "2.x", "2019-01-01")]),
        ("tensorflow", "2.x", "2014-12-31", [("tensorflow", None, "2015-01-01")]),
        ("tensorflow", "1.x", "2018-12-31", []),
        ("tensorflow", None, "2018-12-31", []),
        ("keras", "2.x", "2018-12-31", [("keras", "2.x", "2019-01-01")]),
        ("keras", None, "2014-12-31", []),
        ("theano", "2.x", "2018-12-31", []),
    ],
)
def test_a_commit_before_the_release_is_an_anachronism(
    store: Store, label: str, variant: str | None, day: str, answer: list[object]
) -> None:
    code(store, label, variant, day)
    assert found(store) == answer


def test_a_scan_without_a_label_is_none(store: Store) -> None:
    releases(store)
    given(store, "paper_scan", SCAN, [("p", "u", "then", "s", "2000-01-01")])
    assert found(store) == []


def test_each_paper_unit_and_moment_has_a_row_by_date_then_unit_paper_and_moment(
    store: Store,
) -> None:
    releases(store)
    keys = [
        (unit, paper, moment) for unit in "hfbdaceg" for paper in "qp" for moment in ("then", "now")
    ]
    scans = [(paper, unit, moment, "s", "2014-05-05") for unit, paper, moment in keys]
    scans += [("z", "z", "then", "s", "2013-05-05")]
    given(store, "paper_scan", SCAN, scans)
    given(store, "repo_label", LABEL, [("s", "tensorflow", "tensorflow", "2.x", "imported")])
    first = ("z", "z", "then")
    assert found(store, "unit_id, paper_id, moment") == [first, *sorted(keys)]


def created(store: Store, day: str) -> None:
    """The repository of the unit u is from a day."""
    given(store, "unit", "unit_id repo_id", [("u", 7)])
    given(store, "repo", "repo_id created_at", [(7, day)])


@pytest.mark.parametrize(
    ("day", "explanation"),
    [
        ("2015-12-20", OTHER),
        ("2016-01-31", OTHER),
        ("2016-02-01", REWRITTEN),
        ("2016-05-01", REWRITTEN),
    ],
)
def test_a_repository_that_is_a_month_younger_was_rewritten(
    store: Store, day: str, explanation: str
) -> None:
    code(store, "pytorch", None, "2016-01-01")
    created(store, day)
    assert found(store, "explanation") == [(explanation,)]


@pytest.mark.parametrize(
    ("moment", "paper", "unit", "explanation"),
    [
        ("then", "p", "u", CLOCK),
        ("now", "p", "u", OTHER),
        ("then", "q", "u", OTHER),
        ("then", "p", "v", OTHER),
    ],
)
def test_a_moved_date_of_this_commit_shows_a_wrong_clock(
    store: Store, moment: str, paper: str, unit: str, explanation: str
) -> None:
    code(store, "pytorch", None, "2016-01-01")
    store.execute("update paper_scan set moment = ?", [moment])
    notes = [(paper, unit, ["date_bounded"])]
    same = {"status": "in_time", "found_at": "2026-01-01"}
    given(store, "known_commit", "paper_id unit_id notes", notes, **same)
    assert found(store, "explanation") == [(explanation,)]


def test_of_several_reasons_the_strongest_is_given(store: Store) -> None:
    same = {"status": "in_time", "found_at": "2026-01-01"}
    code(store, "tensorflow", "2.x", "2018-01-01", basis="declared")
    created(store, "2020-01-01")
    assert found(store, "explanation") == [(PREVIEW,)]
    notes = [("p", "u", ["date_bounded"])]
    given(store, "known_commit", "paper_id unit_id notes", notes, **same)
    assert found(store, "explanation") == [(CLOCK,)]
    given(store, "known_commit", "paper_id", [])
    code(store, "pytorch", None, "2016-01-01", basis="declared")
    assert found(store, "explanation") == [(DECLARED,)]
    code(store, "pytorch", None, "2016-01-01")
    assert found(store, "explanation") == [(REWRITTEN,)]


def test_a_row_has_the_date_of_the_commit_and_whether_it_is_of_the_time(store: Store) -> None:
    code(store, "pytorch", None, "2016-01-01", is_of_time=True)
    assert found(store, "committed_at::date::varchar, is_of_time") == [("2016-01-01", True)]
