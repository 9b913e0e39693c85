"""Which links are followed, read otherwise or read anew: three files of sql/due."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.store.database import due_rows
from tests.facts_of import Store, given

NOON = dt.datetime(2026, 1, 31, 12)
"""30 days before, it is noon on 1 January."""

SHORT: dict[str, tuple[str | None, str, bool]] = {
    "with a target it is known for ever": ("https://github.com/o/r", "2020-01-01", True),
    "it failed 30 days ago": (None, "2026-01-01 12:00:00", False),
    "it failed a second later": (None, "2026-01-01 12:00:01", True),
}


@pytest.mark.parametrize(("target", "followed_at", "is_known"), SHORT.values(), ids=SHORT)
def test_which_short_links_a_run_need_not_follow(
    store: Store, target: str | None, followed_at: str, is_known: bool
) -> None:
    given(store, "short_link", "url target followed_at", [("git.io/x", target, followed_at)])
    rows = due_rows(store, "known_short_links", now=NOON, recheck_days=30)
    assert rows == ([{"url": "git.io/x", "target": target}] if is_known else [])


LINKS = "paper_id host owner name raw_link flags"
LOOKUPS = "host name_key status repo_id message"
GONE = ("github.com", "o/r", "not_found", None, "It is gone.")

MISREAD: dict[str, tuple[str, list[str] | None, tuple[object, ...], bool]] = {
    "a repaired link": ("github.com", ["repaired"], GONE, True),
    "a link that may end in a number of a page": ("github.com", ["maybe_page_number"], GONE, True),
    "another flag": ("github.com", ["ref_may_have_slash"], GONE, False),
    "no flag": ("github.com", None, GONE, False),
    "no reason": ("github.com", ["repaired"], (*GONE[:4], None), True),
    "its other readings were tried": ("github.com", ["repaired"], (*GONE[:4], "tried"), False),
    "it exists": ("github.com", ["repaired"], ("github.com", "o/r", "ok", None, "x"), False),
    "it existed once": ("github.com", ["repaired"], (*GONE[:3], 1, "It is gone."), False),
    "a name of another host": ("gitlab.com", ["repaired"], GONE, False),
    "another name": ("github.com", ["repaired"], ("github.com", "o/s", *GONE[2:]), False),
}


@pytest.mark.parametrize(("host", "flags", "lookup", "is_due"), MISREAD.values(), ids=MISREAD)
def test_which_names_may_have_another_reading(
    store: Store, host: str, flags: list[str] | None, lookup: tuple[object, ...], is_due: bool
) -> None:
    given(store, "paper_link", LINKS, [("p", host, "O", "R", "link", flags)])
    given(store, "repo_lookup", LOOKUPS, [lookup])
    rows = due_rows(store, "misread_names", tried="tried")
    assert rows == ([{"name_key": "o/r", "raw_link": "link"}] if is_due else [])


def test_a_misread_name_has_the_first_of_its_links(store: Store) -> None:
    links = [("p", "r", "b"), ("q", "r", "a"), ("p", "a", "c")]
    same = {"host": "github.com", "owner": "o", "flags": ["repaired"]}
    given(store, "paper_link", "paper_id name raw_link", links, **same)
    lookups = [("o/r",), ("o/a",)]
    given(store, "repo_lookup", "name_key", lookups, status="not_found")
    rows = due_rows(store, "misread_names", tried="tried")
    assert [tuple(row.values()) for row in rows] == [("o/a", "c"), ("o/r", "a")]


@pytest.mark.parametrize(
    ("problem", "papers"), [(None, ["p", "q"]), ("bad_name", ["q"]), ("gist", [])]
)
def test_stored_links_of_a_problem_or_all(
    store: Store, problem: str | None, papers: list[str]
) -> None:
    given(store, "paper", "paper_id published_on", [("p", "2020-01-01"), ("q", None)])
    links = [("q", "bad_name"), ("p", None), ("not stored", "bad_name")]
    given(store, "paper_link", "paper_id problem", links)
    rows = due_rows(store, "stored_links", problem=problem)
    assert [row["paper_id"] for row in rows] == papers


def test_stored_links_come_in_order(store: Store) -> None:
    papers = [f"p{number}" for number in range(9)]
    given(store, "paper", "paper_id", [(paper,) for paper in papers])
    given(store, "paper_link", "paper_id", [(paper,) for paper in reversed(papers)])
    rows = due_rows(store, "stored_links", problem=None)
    assert [row["paper_id"] for row in rows] == papers
