"""Which units are scanned again: sql/due/units.sql. What a status means: test_statuses.py."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.database import due_rows
from tests.facts_of import Store, given

SCANNED = dt.datetime(2026, 6, 1)
LINK = "paper_id unit_id host owner name subdir"
SCAN = "scan_id unit_id status commit_id scanned_at"


def rows(store: Store, seconds: int = 0) -> list[dict[str, Any]]:
    """What is due 30 days after the scan, give or take some seconds."""
    now = SCANNED + dt.timedelta(days=30, seconds=seconds)
    asked = {"recheck_days": 30, "scanner_version": SCANNER_VERSION}
    return due_rows(store, "units", now=now, **asked)


def due(store: Store, seconds: int = 0) -> list[str]:
    return [row["unit_id"] for row in rows(store, seconds)]


def linked(store: Store, ref: str | None = None) -> None:
    given(store, "paper_link", f"{LINK} ref", [("p", "u", "github.com", "o", "r", "", ref)])


def scanned(store: Store, *scans: tuple[object, ...]) -> None:
    """Scans (id, status, commit, seconds after the first) of the unit u."""
    times = [(*scan, SCANNED + dt.timedelta(seconds=seconds)) for *scan, seconds in scans]
    given(
        store,
        "scan",
        SCAN,
        [(scan_id, "u", status, commit, time) for scan_id, status, commit, time in times],
        scanner_version=SCANNER_VERSION,
        is_head=True,
    )


def repository(store: Store, **known: object) -> None:
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok")])
    given(store, "repo", "repo_id", [(7,)], **known)


@pytest.mark.parametrize(("seconds", "is_due"), [(-1, False), (0, True)])
def test_what_is_gone_is_tried_again_after_the_recheck_days(
    store: Store, seconds: int, is_due: bool
) -> None:
    linked(store)
    scanned(store, ("s", "not_found", None, 0))
    assert bool(due(store, seconds)) == is_due


@pytest.mark.parametrize(("seconds", "is_due"), [(-1, False), (0, True), (None, False)])
def test_the_scan_of_a_ref_holds_until_the_next_push(
    store: Store, seconds: int | None, is_due: bool
) -> None:
    linked(store, "branch")
    scanned(store, ("s", "ok", "c", 0))
    pushed = None if seconds is None else SCANNED + dt.timedelta(seconds=seconds)
    repository(store, pushed_at=pushed, head_commit="head")
    assert bool(due(store)) == is_due


@pytest.mark.parametrize(
    ("head", "seconds", "is_due"),
    [("c", 0, False), ("d", -1, False), ("d", 0, True), (None, 0, False)],
)
def test_the_scan_of_another_commit_counts_if_the_metadata_are_older(
    store: Store, head: str | None, seconds: int, is_due: bool
) -> None:
    linked(store)
    scanned(store, ("s", "ok", "c", 0))
    repository(store, head_commit=head, fetched_at=SCANNED + dt.timedelta(seconds=seconds))
    assert bool(due(store)) == is_due


def test_a_failure_after_an_answer_leaves_the_answer(store: Store) -> None:
    linked(store)
    scanned(store, ("s", "ok", "c", 0), ("t", "timed_out", None, 1))
    assert due(store) == []


@pytest.mark.parametrize(
    ("scans", "is_due"),
    [
        ([("s", "old", 0), ("t", "head", 1)], False),
        ([("s", "head", 0), ("t", "old", 1)], True),
        ([("t", "head", 0), ("s", "old", 0)], False),
        ([("s", "old", 0), ("t", "head", 0)], False),
        ([("t", "old", 0), ("s", "head", 0)], True),
        ([("s", "head", 0), ("t", "old", 0)], True),
    ],
)
def test_of_several_answers_the_newest_counts_and_of_one_time_the_last_id(
    store: Store, scans: list[tuple[str, str, int]], is_due: bool
) -> None:
    linked(store)
    scanned(store, *((scan, "ok", commit, seconds) for scan, commit, seconds in scans))
    repository(store, head_commit="head", fetched_at=SCANNED + dt.timedelta(days=1))
    assert bool(due(store)) == is_due


def test_units_come_in_order(store: Store) -> None:
    links = [("p", unit, "github.com", "o", unit, "") for unit in "hdbfgcae"]
    given(store, "paper_link", LINK, links)
    assert due(store) == [*"abcdefgh"]


def test_without_metadata_a_repository_has_one_of_its_names_not_parts_of_two(store: Store) -> None:
    links = [("p", "1", "github.com", "z", "s", ""), ("p", "2", "github.com", "o", "r", "")]
    given(store, "paper_link", LINK, links)
    lookups = [("o/r", 7, "ok"), ("z/s", 7, "renamed")]
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    assert [(r["unit_id"], r["owner"], r["name"]) for r in rows(store)] == [("1", "z", "s")]


def test_a_doubt_about_the_ref_under_one_name_is_a_doubt(store: Store) -> None:
    links = [("p", "u", "github.com", "o", "r", "", ["ref_may_have_slash"])]
    links += [("p", "v", "github.com", "o", "v", "", [])]
    given(store, "paper_link", f"{LINK} flags", links)
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 7, "ok"), ("o/v", 7, "ok")])
    assert [row["ref_may_have_slash"] for row in rows(store)] == [True]
