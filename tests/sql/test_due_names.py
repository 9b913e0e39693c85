"""Which names are looked up at GitHub: sql/due/names.sql."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.store.database import due_rows
from tests.facts_of import Store, given

NOON = dt.datetime(2026, 1, 31, 12)
"""A week before it is noon on the 24th, 30 days before on the 1st."""

Row = tuple[str, str, int | None, list[str]]


def due(store: Store) -> list[Row]:
    """Owner, name and number of each repository to look up, and the names that links have."""
    rows = due_rows(store, "names", now=NOON, refresh_days=7, recheck_days=30)
    return [(row["owner"], row["name"], row["repo_id"], row["asked_as"]) for row in rows]


def link(store: Store, *names: str, host: str = "github.com", unit_id: str | None = "u") -> None:
    rows = [tuple(name.split("/")) for name in names]
    given(store, "corrected_link", "owner name", rows, host=host, unit_id=unit_id)


def look_up(store: Store, *lookups: tuple[str, str, int | None, str]) -> None:
    given(store, "repo_lookup", "name_key status repo_id looked_up_at", lookups)


def test_a_name_that_was_never_looked_up_is_due_as_links_write_it(store: Store) -> None:
    link(store, "o/r", "O/R", "b/B", "b/a", "a/Z")
    elsewhere = [("gitlab.com", "o/r", "ok", NOON)]
    given(store, "repo_lookup", "host name_key status looked_up_at", elsewhere)
    assert due(store) == [
        ("O", "R", None, ["o/r"]),
        ("a", "Z", None, ["a/z"]),
        ("b", "B", None, ["b/b"]),
        ("b", "a", None, ["b/a"]),
    ]


def test_names_come_in_order(store: Store) -> None:
    link(store, *(f"o/{name}" for name in "hgfedcbaHGFEDCBA"), "a/z")
    assert [name for _, name, *_ in due(store)] == ["z", *"ABCDEFGH"]


@pytest.mark.parametrize(("host", "unit"), [("gitlab.com", "u"), ("github.com", None)])
def test_only_links_to_units_at_github_are_looked_up(
    store: Store, host: str, unit: str | None
) -> None:
    link(store, "o/r", host=host, unit_id=unit)
    assert due(store) == []


LOOKUPS = {
    "an answer of a week ago": ("ok", "2026-01-24 12:00:00", False),
    "an older answer": ("ok", "2026-01-24 11:59:59", True),
    "gone 30 days ago": ("not_found", "2026-01-01 12:00:00", False),
    "gone before": ("not_found", "2026-01-01 11:59:59", True),
    "a failure just now": ("unreachable", "2026-01-31 12:00:00", True),
}


@pytest.mark.parametrize(("status", "looked_up_at", "is_due"), LOOKUPS.values(), ids=LOOKUPS)
def test_when_a_name_is_looked_up_again(
    store: Store, status: str, looked_up_at: str, is_due: bool
) -> None:
    link(store, "o/r")
    look_up(store, ("o/r", status, None, looked_up_at))
    assert due(store) == ([("o", "r", None, ["o/r"])] if is_due else [])


def test_names_of_one_repository_are_looked_up_under_its_present_name(store: Store) -> None:
    names = ["e/e", "d/d", "c/c", "b/b", "a/a"]
    link(store, *names)
    look_up(store, *((name, "ok", 7, "2020-01-01") for name in names))
    given(store, "repo", "repo_id owner name", [(7, "z", "Zed")])
    assert due(store) == [("z", "Zed", 7, sorted(names))]


def test_of_two_names_of_a_repository_without_metadata_the_first_is_looked_up(
    store: Store,
) -> None:
    link(store, "o/b", "n/z", "p/a")
    look_up(store, *[(name, "ok", 7, "2025-01-01") for name in ("o/b", "n/z", "p/a")])
    assert due(store) == [("n", "z", 7, ["n/z", "o/b", "p/a"])]
