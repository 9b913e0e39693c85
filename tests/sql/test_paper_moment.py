"""paper_moment: the commits of a paper then and now, or why there is none."""

import pytest

from tests.facts_of import Store, given

pytestmark = pytest.mark.slow

THEN, NOW = "2019-05-01 00:00:00", "2024-05-01 00:00:00"


def moments(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "select moment, code, commit_id, committed_at::varchar, lag_days, reasons "
        "from paper_moment order by moment desc"
    ).fetchall()


def test_a_link_without_a_scan_has_two_moments_that_say_so(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u"), ("p", "u"), ("p", None)])
    assert moments(store) == [
        ("then", "not collected", None, None, None, []),
        ("now", "not collected", None, None, None, []),
    ]


def test_a_moment_has_its_commit_and_label_and_only_then_has_reasons(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u")])
    scans = [("a", "c1", THEN, "ok"), ("b", "c2", NOW, "empty")]
    given(store, "scan", "scan_id commit_id committed_at status", scans, unit_id="u")
    moments_of_paper = [("then", "a", THEN, -3), ("now", "b", NOW, 900)]
    given(
        store,
        "paper_scan",
        "moment scan_id committed_at lag_days",
        moments_of_paper,
        paper_id="p",
        unit_id="u",
    )
    given(store, "repo_label", "scan_id label", [("a", "jax")])
    known = [("p", "u", "in_time", "c1", THEN, ["one_commit", "fork"])]
    given(store, "known_commit", "paper_id unit_id status commit_id committed_at notes", known)
    assert moments(store) == [
        (
            "then",
            "jax",
            "c1",
            THEN,
            -3,
            [
                "last commit before or soon after the paper",
                "commits before the fork belong to the forked repository",
                "the branch has only one commit",
            ],
        ),
        ("now", "empty repository", "c2", NOW, 900, []),
    ]


def test_a_commit_that_was_found_but_not_scanned_is_named(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u")])
    known = [("p", "u", "in_time", "c1", THEN), ("q", "u", "in_time", "c2", NOW)]
    given(store, "known_commit", "paper_id unit_id status commit_id committed_at", known)
    then, _ = moments(store)
    assert then == (
        "then",
        "last commit before or soon after the paper",
        "c1",
        THEN,
        None,
        ["last commit before or soon after the paper"],
    )


IN_TIME = "last commit before or soon after the paper"


def test_what_the_scan_says_counts_before_what_the_history_says(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u")])
    given(store, "scan", "scan_id commit_id status unit_id", [("a", "c1", "empty", "u")])
    columns = "paper_id unit_id moment scan_id committed_at"
    given(store, "paper_scan", columns, [("p", "u", "then", "a", THEN)])
    known = [("p", "u", "in_time", "c2", NOW)]
    given(store, "known_commit", "paper_id unit_id status commit_id committed_at", known)
    then, _ = moments(store)
    assert then == ("then", "empty repository", "c1", THEN, None, [IN_TIME])


def test_a_commit_is_that_of_its_paper_and_unit_alone(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u"), ("p", "v"), ("q", "u")])
    given(store, "paper_scan", "paper_id unit_id moment scan_id", [("p", "u", "then", "a")])
    known = [("p", "u", "in_time", "c1")]
    given(store, "known_commit", "paper_id unit_id status commit_id", known)
    rows = store.sql(
        "select paper_id, unit_id, scan_id, commit_id from paper_moment "
        "where moment = 'then' order by all"
    )
    assert rows.fetchall() == [
        ("p", "u", "a", "c1"),
        ("p", "v", None, None),
        ("q", "u", None, None),
    ]


def test_two_papers_with_the_same_notes_have_each_note_once(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u"), ("q", "u")])
    columns = "paper_id unit_id status commit_id notes"
    known = [(paper, "u", "in_time", "c1", ["one_commit", "no such note"]) for paper in "pq"]
    given(store, "known_commit", columns, known)
    reasons = store.sql("select reasons from paper_moment where moment = 'then'").fetchall()
    assert reasons == [([IN_TIME, "the branch has only one commit"],)] * 2


def test_a_note_without_words_adds_no_reason(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u")])
    columns = "paper_id unit_id status commit_id notes"
    given(store, "known_commit", columns, [("p", "u", "in_time", "c1", ["no such note"])])
    assert moments(store)[0][-1] == [IN_TIME]


def test_a_status_of_several_steps_has_the_words_of_the_history(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id", [("p", "u")])
    given(store, "known_commit", "paper_id unit_id status", [("p", "u", "empty")])
    assert [row[:2] for row in moments(store)] == [
        ("then", "empty repository"),
        ("now", "not collected"),
    ]
