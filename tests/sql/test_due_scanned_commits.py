"""Which commits need no other scan: sql/due/scanned_commits.sql."""

import pytest

from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import due_rows
from pipeline.store.history_rows import scanned_commits
from tests.facts_of import Store, given

A, B = "a" * 40, "b" * 40


def add_scans(store: Store, *scans: tuple[str, str, str | None], version: str) -> None:
    """Scans of (unit, status, commit). The units u and u2 are names of one repository."""
    given(store, "unit", "unit_id scan_key", [("u", "1"), ("u2", "1"), ("v", "2")])
    rows = [(str(number), *scan) for number, scan in enumerate(scans)]
    given(store, "scan", "scan_id unit_id status commit_id", rows, scanner_version=version)


def test_a_scan_of_a_commit_counts_for_every_name_of_its_repository(store: Store) -> None:
    add_scans(store, ("u", "ok", A), ("u2", "no_code", B), version=SCANNER_VERSION)
    assert scanned_commits(store) == {"u": {A, B}, "u2": {A, B}}


@pytest.mark.parametrize("status", ["timed_out", "not_found", "refused"])
def test_a_scan_that_failed_does_not_count(store: Store, status: str) -> None:
    add_scans(store, ("u", status, A), version=SCANNER_VERSION)
    assert scanned_commits(store) == {}


def test_a_scan_without_a_commit_does_not_count(store: Store) -> None:
    add_scans(store, ("u", "ok", None), version=SCANNER_VERSION)
    assert scanned_commits(store) == {}


def test_a_scan_by_older_rules_does_not_count(store: Store) -> None:
    add_scans(store, ("u", "ok", A), version="0")
    assert scanned_commits(store) == {}


def test_commits_come_in_order_and_once(store: Store) -> None:
    commits = [("u", "ok", "ca"), ("u2", "ok", "ab"), ("u", "no_code", "bc"), ("u2", "ok", "ca")]
    add_scans(store, *commits, version="1")
    rows = due_rows(store, "scanned_commits", scanner_version="1")
    assert [row["commit_ids"] for row in rows] == [["ab", "bc", "ca"]] * 2


def test_the_status_of_a_scan_is_one_of_code(store: Store) -> None:
    means = [("code", "timed_out", "again"), ("metadata", "timed_out", "answer")]
    given(store, "outcome_status", "step status means", means, words="x")
    add_scans(store, ("u", "timed_out", A), version=SCANNER_VERSION)
    assert scanned_commits(store) == {}
