"""known_commit: the commit of a paper under every name of its repository."""

import pytest

from tests.facts_of import Store, given

COMMIT = "paper_id unit_id status commit_id found_at"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def known(store: Store, commits: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The papers p and q link to two names of one repository; p also links to another one."""
    links = [("p", "new"), ("p", "old"), ("p", "other"), ("q", "old"), ("q", "old")]
    given(store, "paper_link", "paper_id unit_id", links)
    keys = [("new", "k"), ("old", "k"), ("other", "l")]
    given(store, "unit", "unit_id scan_key", keys)
    given(store, "paper_commit", COMMIT, commits)
    return store.sql(
        "select paper_id, unit_id, status, commit_id from known_commit order by all"
    ).fetchall()


def test_a_commit_counts_for_every_name_of_the_repository_and_for_its_paper(store: Store) -> None:
    commits: list[tuple[object, ...]] = [
        ("p", "old", "in_time", "c", MONDAY),
        ("q", "old", "in_time", "d", MONDAY),
        ("p", "other", "not_found", None, MONDAY),
    ]
    assert known(store, commits) == [
        ("p", "new", "in_time", "c"),
        ("p", "old", "in_time", "c"),
        ("p", "other", "not_found", None),
        ("q", "old", "in_time", "d"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        (("in_time", "c", MONDAY), ("in_time", "d", TUESDAY), "d"),
        (("in_time", "c", TUESDAY), ("in_time", "d", MONDAY), "c"),
        (("in_time", "c", MONDAY), ("timed_out", None, TUESDAY), "c"),
        (("in_time", "c", MONDAY), ("in_time", "d", MONDAY), "d"),
    ],
)
def test_of_two_rows_one_with_a_commit_counts_then_the_newest(
    store: Store, old: tuple[object, ...], new: tuple[object, ...], counts: str
) -> None:
    rows = known(store, [("p", "old", *old), ("p", "new", *new)])
    assert [row[3] for row in rows] == [counts, counts]


def test_a_commit_of_a_paper_without_a_link_to_the_repository_does_not_count(store: Store) -> None:
    assert known(store, [("r", "old", "in_time", "c", MONDAY)]) == []
