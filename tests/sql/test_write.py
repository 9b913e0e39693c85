"""What a batch changes in rows that are stored: the statements of sql/write."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from pipeline.store.database import write
from tests.facts_of import Store, given

Row = dict[str, object]

EARLY, LATE = dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)


def put(store: Store, table: str, *rows: Row, **same: object) -> None:
    """Write rows of one table; `same` are values that all rows have, and the rest is null."""
    names = "select column_name from duckdb_columns() where table_name = ?"
    columns = [name for (name,) in store.execute(names, [table]).fetchall()]
    batch = [dict.fromkeys(columns) | same | row for row in rows]
    write(store, {table: pa.Table.from_pylist(batch)})


def values(store: Store, table: str, columns: str) -> list[tuple[object, ...]]:
    return store.sql(f"select {columns} from {table} order by all").fetchall()


PAPER: Row = {"seen_at": EARLY}


def test_a_paper_keeps_what_a_source_does_not_know_and_takes_what_it_does(store: Store) -> None:
    known = {"title": "a", "venue": "A", "venue_year": 1, "arxiv_id": "1", "doi": "10/a"}
    news = {"title": "b", "venue": "B", "venue_year": 2, "arxiv_id": "2", "doi": "10/b"}
    for row in (known, {}, news):
        put(store, "paper", PAPER | {"paper_id": "p"} | row)
        columns = "title, venue, venue_year, arxiv_id, doi"
        assert values(store, "paper", columns) == [tuple((row or known).values())]


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2020, month, number)


Date = tuple[dt.date | None, str | None]

DATES: dict[str, tuple[Date, Date, Date]] = {
    "the more precise": ((day(1), "year"), (day(3), "month"), (day(3), "month")),
    "not the less precise": ((day(3), "month"), (day(1), "year"), (day(3), "month")),
    "of equals the earlier": ((day(3), "day"), (day(2), "day"), (day(2), "day")),
    "not the later": ((day(2), "day"), (day(3), "day"), (day(2), "day")),
    "the first that is known": ((None, None), (day(3), "day"), (day(3), "day")),
    "not an unknown one": ((day(3), "day"), (None, None), (day(3), "day")),
}


@pytest.mark.parametrize(("stored", "new", "kept"), DATES.values(), ids=DATES)
def test_which_date_a_paper_keeps(store: Store, stored: Date, new: Date, kept: Date) -> None:
    given(store, "paper", "paper_id published_on date_precision", [("p", *stored)])
    dated = {"paper_id": "p", "published_on": new[0], "date_precision": new[1]}
    put(store, "paper", PAPER | dated)
    assert values(store, "paper", "published_on, date_precision") == [kept]


def test_a_paper_comes_under_the_id_that_it_has_here(store: Store) -> None:
    given(store, "paper_alias", "alias paper_id reason", [("b", "a", "doi")])
    put(store, "paper", {"paper_id": "b"}, {"paper_id": "c"}, **PAPER)
    assert values(store, "paper", "paper_id") == [("a",), ("c",)]


TWICE: dict[str, tuple[list[Date], int]] = {
    "the more precise": ([(day(1), "year"), (day(2), "month"), (None, None)], 1),
    "of equals the earlier": ([(day(3), "day"), (day(2), "day"), (day(4), "day")], 1),
    "of one date that of the first id": ([(day(3), "day"), (day(3), "day")], 1),
}


@pytest.mark.parametrize(("dates", "chosen"), TWICE.values(), ids=TWICE)
def test_of_several_rows_of_one_paper_one_counts(
    store: Store, dates: list[Date], chosen: int
) -> None:
    given(store, "paper_alias", "alias paper_id", [("b", "a"), ("c", "a")], reason="doi")
    rows = [
        PAPER | {"paper_id": paper, "published_on": on, "date_precision": precision, "title": paper}
        for paper, (on, precision) in zip("cba", dates, strict=False)
    ]
    put(store, "paper", *rows, PAPER | {"paper_id": "other", "title": "other"})
    assert values(store, "paper", "paper_id, title") == [
        ("a", rows[chosen]["title"]),
        ("other", "other"),
    ]


LINK: Row = {"source": "s", "raw_link": "x", "seen_at": EARLY}


def test_a_link_comes_under_the_id_that_its_paper_has_here(store: Store) -> None:
    known = [("b", "a"), ("c", "a"), ("d", "a")]
    given(store, "paper_alias", "alias paper_id", known, reason="doi")
    links = [
        {"paper_id": "c", "source_label": "of c"},
        {"paper_id": "b", "source_label": "of b"},
        {"paper_id": "d", "source_label": "of d"},
        {"paper_id": "e", "source_label": "of e"},
        {"paper_id": "f", "source_label": "of f"},
        {"paper_id": "b", "source_label": "another link", "raw_link": "y"},
        {"paper_id": "b", "source_label": "another source", "source": "t"},
    ]
    put(store, "paper_link", *links, **LINK)
    assert values(store, "paper_link", "paper_id, source_label") == [
        ("a", "another link"),
        ("a", "another source"),
        ("a", "of b"),
        ("e", "of e"),
        ("f", "of f"),
    ]


@pytest.mark.parametrize(("stars", "kept"), [(None, 5), (6, 6)])
def test_a_link_keeps_the_stars_that_a_source_once_told(
    store: Store, stars: int | None, kept: int
) -> None:
    put(store, "paper_link", LINK | {"paper_id": "p", "source_stars": 5})
    put(store, "paper_link", LINK | {"paper_id": "p", "source_stars": stars})
    assert values(store, "paper_link", "source_stars") == [(kept,)]


REPO: Row = {"host": "github.com", "owner": "o", "name": "r", "status": "ok", "api": "rest"}
REPO |= {"fetched_at": EARLY, "pushed_at": EARLY}
ONCE: Row = {"archived_at": EARLY, "topics": ["a"], "languages": [{"name": "C", "size_bytes": 1}]}
AGAIN: Row = {"archived_at": LATE, "topics": ["b"], "languages": [{"name": "R", "size_bytes": 2}]}


def test_a_repository_keeps_what_an_answer_lacks(store: Store) -> None:
    for row in (ONCE, {}, AGAIN):
        put(store, "repo", REPO | {"repo_id": 1} | row)
        assert values(store, "repo", "archived_at, topics, languages") == [
            tuple((row or ONCE).values())
        ]


HEAD: Row = {"head_commit": "a", "head_committed_at": EARLY, "commits": 1}
NEW_HEAD: Row = {"head_commit": "b", "head_committed_at": LATE, "commits": 2}

HEADS: dict[str, tuple[Row, tuple[object, ...]]] = {
    "a new one": (NEW_HEAD, ("b", LATE, 2)),
    "a new one after a push": (NEW_HEAD | {"pushed_at": LATE}, ("b", LATE, 2)),
    "none without a push": ({}, ("a", EARLY, 1)),
    "none after a push": ({"pushed_at": LATE}, (None, None, None)),
    "an empty repository": ({"status": "empty"}, (None, None, 1)),
    "an empty repository after a push": (
        {"status": "empty", "pushed_at": LATE},
        (None, None, None),
    ),
}


@pytest.mark.parametrize(("answer", "kept"), HEADS.values(), ids=HEADS)
def test_which_newest_commit_a_repository_keeps(
    store: Store, answer: Row, kept: tuple[object, ...]
) -> None:
    put(store, "repo", REPO | {"repo_id": 1} | HEAD)
    put(store, "repo", REPO | {"repo_id": 1} | answer)
    assert values(store, "repo", "head_commit, head_committed_at, commits") == [kept]


SCAN: Row = {"unit_id": "u", "host": "github.com", "owner": "o", "name": "r", "subdir": ""}
SCAN |= {"status": "ok", "scanner_version": "1", "is_head": True, "scanned_at": EARLY}
SCAN |= dict.fromkeys(("files_seen", "files_scanned", "files_skipped", "bytes_scanned"), 1)
HISTORY: Row = {"status": "ok", "found_at": EARLY}
COMMIT: Row = {"unit_id": "u", "status": "in_time", "found_at": EARLY}

KEYS = {
    "repo": ("repo_id", [1, 2], REPO),
    "scan": ("scan_id", ["s", "t"], SCAN),
    "repository_history": ("unit_id", ["u", "v"], HISTORY),
    "paper_commit": ("paper_id", ["p", "q"], COMMIT),
}


@pytest.mark.parametrize("table", KEYS)
def test_what_a_batch_says_last_of_a_row_counts(store: Store, table: str) -> None:
    key, (one, other), same = KEYS[table]
    rows = [(one, "x"), (one, "y"), (other, "x"), (one, "z")]
    put(store, table, *({key: row, "message": message} for row, message in rows), **same)
    assert values(store, table, f"{key}, message") == [(one, "z"), (other, "x")]


@pytest.mark.parametrize("table", KEYS)
def test_what_a_batch_says_last_of_a_known_row_counts(store: Store, table: str) -> None:
    key, (one, _), same = KEYS[table]
    put(store, table, {key: one, "message": "known"}, **same)
    put(store, table, *({key: one, "message": message} for message in "wxyz"), **same)
    assert values(store, table, f"{key}, message") == [(one, "z")]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [(True, False, True), (False, True, True), (False, False, False)],
)
def test_a_scan_whose_commit_was_once_the_newest_stays_so(
    store: Store, before: bool, after: bool, kept: bool
) -> None:
    for is_head in (before, after):
        put(store, "scan", SCAN | {"scan_id": "s", "is_head": is_head})
    assert values(store, "scan", "is_head") == [(kept,)]


def test_a_history_keeps_what_an_earlier_run_learnt(store: Store) -> None:
    known = {"commits": 1, "first_committed_at": EARLY, "last_committed_at": EARLY}
    news = {"commits": 2, "first_committed_at": LATE, "last_committed_at": LATE}
    for row in (known, {}, news):
        put(store, "repository_history", HISTORY | {"unit_id": "u"} | row)
        columns = "commits, first_committed_at, last_committed_at"
        assert values(store, "repository_history", columns) == [tuple((row or known).values())]


def test_commits_of_a_paper_are_kept_unit_by_unit(store: Store) -> None:
    put(store, "paper_commit", COMMIT | {"paper_id": "p", "commit_id": "c"})
    failed: Row = {"status": "timed_out", "found_at": LATE}
    rows = [("p", "u"), ("p", "v"), ("q", "u")]
    put(store, "paper_commit", *(COMMIT | failed | {"paper_id": p, "unit_id": u} for p, u in rows))
    assert values(store, "paper_commit", "paper_id, unit_id, status") == [
        ("p", "u", "in_time"),
        ("p", "v", "timed_out"),
        ("q", "u", "timed_out"),
    ]
    put(store, "paper_commit", *(COMMIT | {"paper_id": "r", "unit_id": unit} for unit in "uv"))
    of_r = "select unit_id from paper_commit where paper_id = 'r' order by all"
    assert store.sql(of_r).fetchall() == [("u",), ("v",)]


def test_only_a_status_of_the_history_tells_whether_a_commit_is_known(store: Store) -> None:
    means = [
        ("history", "in_time", "answer"),
        ("history", "timed_out", "again"),
        ("code", "in_time", "again"),
        ("code", "timed_out", "answer"),
    ]
    given(store, "outcome_status", "step status means", means, words="x")
    put(store, "paper_commit", COMMIT | {"paper_id": "p", "commit_id": "c"})
    put(store, "paper_commit", COMMIT | {"paper_id": "p", "status": "timed_out"})
    assert values(store, "paper_commit", "status, commit_id") == [("in_time", "c")]


def test_a_lost_repository_keeps_all_but_its_status(store: Store) -> None:
    given(store, "repo", "repo_id stars", [(1, 5), (2, 6)])
    put(store, "lost_repo", {"repo_id": 1, "status": "vanished", "message": "Gone."})
    assert values(store, "repo", "repo_id, stars, status, message") == [
        (1, 5, "vanished", "Gone."),
        (2, 6, "ok", None),
    ]


def test_an_unchanged_repository_has_todays_counts_once(store: Store) -> None:
    given(store, "repo", "repo_id stars forks", [(1, 5, 2), (2, 6, 3)])
    for _ in range(2):
        today = {"repo_id": 1, "observed_on": day(1)}
        put(store, "unchanged_repo", today, today)
    assert values(store, "repo_observation", "repo_id, observed_on, stars, forks, status") == [
        (1, day(1), 5, 2, "ok")
    ]
