"""paper_scan: the code of a paper at two moments, and whether it is the paper's."""

import pytest

from tests.facts_of import Store, given

LINK = "paper_id unit_id is_official host owner name"
SCAN = "scan_id unit_id commit_id committed_at status scanned_at is_head"
COMMIT = "paper_id unit_id status commit_id committed_at lag_days"
LINKS_OF_TWO = [("p", unit, False, "github.com", "o", unit) for unit in "ab"]
FOUND = {"found_at": "2026-01-01"}


def rows(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "select paper_id, moment, scan_id, lag_days, is_of_time from paper_scan order by all"
    ).fetchall()


def link(store: Store, official: bool | None = False) -> None:
    given(store, "paper", "paper_id published_on date_precision", [("p", "2020-01-10", "month")])
    links = [("p", "u", official, "github.com", "o", "r")]
    given(store, "paper_link", LINK, links, subdir="")


def test_both_moments_have_their_scan_and_their_lag(store: Store) -> None:
    link(store)
    scans = [
        ("old", "u", "a", "2019-12-31", "ok", "2026-01-02", False),
        ("new", "u", "b", "2021-03-01", "ok", "2026-01-01", True),
    ]
    given(store, "scan", SCAN, scans)
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", "2019-12-31", -31)], **FOUND)
    assert rows(store) == [("p", "now", "new", 395, True), ("p", "then", "old", -31, True)]


def test_one_scan_can_answer_for_both_moments(store: Store) -> None:
    link(store)
    given(store, "scan", SCAN, [("s", "u", "a", "2020-02-01", "ok", "2026-01-01", True)])
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", "2020-02-01", 1)], **FOUND)
    assert rows(store) == [("p", "now", "s", 1, True), ("p", "then", "s", 1, True)]


@pytest.mark.parametrize(
    ("official", "lag", "of_time"),
    [(False, 365, True), (False, 366, False), (True, 9999, True), (None, None, False)],
)
def test_code_is_the_papers_if_it_is_official_or_from_within_a_year(
    store: Store, official: bool | None, lag: int | None, of_time: bool
) -> None:
    link(store, official)
    given(store, "scan", SCAN, [("s", "u", "a", "2020-02-01", "ok", "2026-01-01", False)])
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", None, lag)], **FOUND)
    assert rows(store) == [("p", "then", "s", lag, of_time)]


def test_the_newest_code_of_a_repository_with_code_of_the_time_is_marked_too(store: Store) -> None:
    link(store)
    given(store, "paper_link", LINK, LINKS_OF_TWO, subdir="")
    scans = [
        ("a1", "a", "1", "2020-02-01", "ok", "2026-01-01", False),
        ("a2", "a", "2", "2024-02-01", "ok", "2026-01-01", True),
        ("b1", "b", "1", "2024-02-01", "ok", "2026-01-01", True),
    ]
    given(store, "scan", SCAN, scans)
    given(store, "paper_commit", COMMIT, [("p", "a", "in_time", "1", "2020-02-01", 1)], **FOUND)
    marked = store.sql("select scan_id, is_of_time from paper_scan order by 1").fetchall()
    assert marked == [("a1", True), ("a2", True), ("b1", False)]


def test_of_the_scans_of_a_commit_the_newest_that_read_it_counts(store: Store) -> None:
    link(store)
    scans = [
        ("s1", "u", "a", "2020-02-01", "ok", "2026-01-01", False),
        ("s2", "u", "a", "2020-02-01", "ok", "2026-01-02", False),
        ("s3", "u", "a", "2020-02-01", "truncated", "2026-01-03", False),
    ]
    given(store, "scan", SCAN, scans)
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", None, 1)], **FOUND)
    assert rows(store) == [("p", "then", "s2", 1, True)]


def test_a_scan_under_another_name_of_the_repository_counts(store: Store) -> None:
    link(store)
    units = [("u", "github:7:@"), ("renamed", "github:7:@"), ("other", "github:8:@")]
    given(store, "unit", "unit_id scan_key", units)
    scans = [
        ("s1", "renamed", "a", "2020-02-01", "ok", "2026-01-01", False),
        ("s2", "other", "a", "2020-02-01", "ok", "2026-01-02", False),
    ]
    given(store, "scan", SCAN, scans)
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", None, 1)], **FOUND)
    assert rows(store) == [("p", "then", "s1", 1, True)]


def test_each_paper_has_its_own_commit_of_a_repository(store: Store) -> None:
    links = [(paper, "u", False, "github.com", "o", "r") for paper in "pq"]
    given(store, "paper_link", LINK, links, subdir="")
    scans = [(scan, "u", scan, "2020-02-01", "ok", "2026-01-01", False) for scan in "ab"]
    given(store, "scan", SCAN, scans)
    commits = [("p", "u", "in_time", "a", None, 1), ("q", "u", "in_time", "b", None, 2)]
    given(store, "paper_commit", COMMIT, commits, **FOUND)
    assert rows(store) == [("p", "then", "a", 1, True), ("q", "then", "b", 2, True)]


def test_a_commit_without_a_scan_is_no_code_of_the_paper(store: Store) -> None:
    link(store)
    scans = [("s", "u", "another", "2020-02-01", "ok", "2026-01-01", False)]
    given(store, "scan", SCAN, scans)
    given(store, "paper_commit", COMMIT, [("p", "u", "in_time", "a", None, 1)], **FOUND)
    assert rows(store) == []


def test_a_scan_of_a_repository_without_a_link_answers_for_no_commit(store: Store) -> None:
    link(store)
    scans = [(unit, unit, "a", "2020-02-01", "ok", "2026-01-01", False) for unit in ("u", "other")]
    given(store, "scan", SCAN, scans)
    assert store.sql("select scan_key, scan_id from scan_of_commit").fetchall() == [("u", "u")]


def test_a_link_that_two_sources_give_is_one_row(store: Store) -> None:
    link(store)
    links = [("p", "u", official, "github.com", "o", "r") for official in (None, True)]
    given(store, "paper_link", LINK, links, subdir="")
    given(store, "scan", SCAN, [("s", "u", "a", "2030-02-01", "ok", "2026-01-01", True)])
    assert rows(store) == [("p", "now", "s", 3654, True)]


def two_names(store: Store) -> None:
    """A paper with two names of one repository: a/old, and b/new, which is official."""
    given(store, "paper", "paper_id published_on date_precision", [("p", "2020-01-10", "month")])
    links = [("p", "a/old", False, "h", "a", "old"), ("p", "b/new", True, "h", "b", "new")]
    given(store, "paper_link", LINK, links, subdir="")
    units = [("a/old", "github:7:@"), ("b/new", "github:7:@")]
    given(store, "unit", "unit_id scan_key", units)
    given(store, "scan", SCAN, [("s", "a/old", "c", "2022-02-01", "ok", "2026-01-01", False)])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a/old", "b/new"])
def test_the_commit_of_one_name_of_a_repository_counts_for_every_name(
    store: Store, name: str
) -> None:
    two_names(store)
    given(store, "paper_commit", COMMIT, [("p", name, "first_code", "c", None, 732)], **FOUND)
    units = "select unit_id, moment, scan_id, lag_days, is_official from paper_scan order by 1"
    assert store.sql(units).fetchall() == [
        ("a/old", "then", "s", 732, False),
        ("b/new", "then", "s", 732, True),
    ]
    label = [("s", "a/old", "pytorch", "pytorch")]
    given(store, "repo_label", "scan_id unit_id label family", label)
    judged = "select moment, is_official, is_of_time, repositories_judged from paper_framework"
    assert store.sql(judged).fetchall() == [("then", True, True, 1)]
