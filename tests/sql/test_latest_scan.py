"""latest_scan: which scan speaks for a unit."""

from tests.facts_of import Store, given

SCAN = "scan_id unit_id status scanned_at"


def latest(store: Store) -> list[tuple[str, str, str]]:
    return store.sql("select unit_id, scan_id, status from latest_scan order by 1").fetchall()


def test_the_newest_scan_speaks(store: Store) -> None:
    given(
        store,
        "scan",
        SCAN,
        [
            ("s1", "u", "ok", "2026-01-01"),
            ("s3", "u", "ok", "2026-01-02"),
            ("s2", "u", "ok", "2026-01-03"),
        ],
    )
    assert latest(store) == [("u", "s2", "ok")]


def test_a_later_failure_does_not_undo_an_answer(store: Store) -> None:
    scans = [("s1", "u", "ok", "2026-01-01"), ("s2", "u", "not_found", "2026-01-02")]
    given(store, "scan", SCAN, scans)
    assert latest(store) == [("u", "s1", "ok")]


def test_that_there_is_no_code_is_an_answer_but_code_counts_more(store: Store) -> None:
    gone = ("s4", "u", "not_found", "2026-01-04")
    given(store, "scan", SCAN, [("s3", "u", "no_code", "2026-01-03"), gone])
    assert latest(store) == [("u", "s3", "no_code")]
    scans = [("s1", "u", "ok", "2026-01-01"), ("s2", "u", "no_code", "2026-01-03"), gone]
    given(store, "scan", SCAN, scans)
    assert latest(store) == [("u", "s1", "ok")]


def test_a_status_is_an_answer_of_the_step_code_alone(store: Store) -> None:
    statuses = [("code", "no_code", "answer"), ("code", "not_found", "gone")]
    other = ("metadata", "not_found", "answer")
    given(store, "outcome_status", "step status means", [*statuses, other], words="words")
    scans = [("s1", "u", "no_code", "2026-01-01"), ("s2", "u", "not_found", "2026-01-02")]
    given(store, "scan", SCAN, scans)
    assert latest(store) == [("u", "s1", "no_code")]


def test_without_an_answer_the_newest_failure_speaks(store: Store) -> None:
    scans = [("s2", "u", "blocked", "2026-01-01"), ("s1", "u", "not_found", "2026-01-02")]
    given(store, "scan", SCAN, scans)
    assert latest(store) == [("u", "s1", "not_found")]


def test_of_two_scans_of_one_moment_the_one_with_the_later_id_speaks(store: Store) -> None:
    scans = [("s1", "u", "ok", "2026-01-01"), ("s2", "u", "ok", "2026-01-01")]
    given(store, "scan", SCAN, scans)
    assert latest(store) == [("u", "s2", "ok")]


def test_units_that_are_one_thing_share_their_scans(store: Store) -> None:
    given(
        store,
        "unit",
        "unit_id scan_key",
        [("new", "github:7:@"), ("old", "github:7:@"), ("other", "github:8:@")],
    )
    given(store, "scan", SCAN, [("s1", "old", "ok", "2026-01-01")])
    assert latest(store) == [("new", "s1", "ok"), ("old", "s1", "ok")]


def test_what_no_paper_links_to_is_known_by_itself(store: Store) -> None:
    given(store, "unit", "unit_id scan_key", [("linked", "github:7:@")])
    given(store, "scan", SCAN, [("s1", "alone", "ok", "2026-01-01")])
    assert latest(store) == [("alone", "s1", "ok")]


def test_a_scan_of_an_older_commit_says_nothing_of_the_newest(store: Store) -> None:
    scans = [("s1", "u", "ok", "2026-01-01", True), ("s2", "u", "ok", "2026-01-02", False)]
    given(store, "scan", f"{SCAN} is_head", scans)
    assert latest(store) == [("u", "s1", "ok")]
