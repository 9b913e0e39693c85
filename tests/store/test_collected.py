"""What lookups and scans leave in the database, and what is due after them."""

import datetime as dt
from dataclasses import replace

import duckdb
import pytest

from pipeline.code.units import Unit
from pipeline.errors import Status
from pipeline.github.metadata import READ_OTHERWISE, names_of, other_readings, read_otherwise
from pipeline.github.repository import Lookup, Name, Repository, found
from pipeline.github.rest import parse_repository
from pipeline.papers.identity import publication_date
from pipeline.papers.records import PaperLink
from pipeline.scan.records import SCANNER_VERSION, ImportFact, ScanResult, ScanStatus
from pipeline.store.database import checkpoint, due_rows, merge_papers, write
from pipeline.store.paper_rows import link_batch, reparsed
from pipeline.store.publish import is_published, mark_published
from pipeline.store.repository_rows import lookup_batch
from pipeline.store.run_rows import checkpoint_batch
from pipeline.store.scan_rows import scan_batch
from tests.facts_of import given

MONDAY = dt.datetime(2026, 11, 23, 12)
AFTER_EVERY_SCAN = dt.datetime(2200, 1, 1)
HEAD, NEXT = "a" * 40, "b" * 40
A = Repository(
    1, "o", "A", Status.OK, stars=5, forks=1, pushed_at=MONDAY, head_commit=HEAD, api="graphql"
)


def link(store: duckdb.DuckDBPyConnection, *raw_links: str, source: str = "list") -> None:
    links = [
        PaperLink(f"{source}:{raw_link}", source, raw_link, title=raw_link)
        for raw_link in raw_links
    ]
    write(store, link_batch(links))


def look_up(store: duckdb.DuckDBPyConnection, *lookups: Lookup, now: dt.datetime = MONDAY) -> None:
    write(store, lookup_batch(lookups, now))


def scan(
    store: duckdb.DuckDBPyConnection,
    name: str,
    status: ScanStatus = ScanStatus.OK,
    commit: str = HEAD,
) -> None:
    imports = [ImportFact("a.py", 1, "torch", "python", "static")]
    result = ScanResult(name, commit_id=commit, status=status, imports=imports)
    write(
        store, scan_batch([(Unit(f"github.com/{name}".lower(), "github.com", "o", name), result)])
    )


def names(store: duckdb.DuckDBPyConnection, now: dt.datetime = MONDAY) -> list[Name]:
    return names_of(due_rows(store, "names", now=now, refresh_days=7, recheck_days=30))


def units(store: duckdb.DuckDBPyConnection, now: dt.datetime | None = None) -> list[str]:
    rows = due_rows(
        store,
        "units",
        now=now or dt.datetime.now(),
        recheck_days=30,
        scanner_version=SCANNER_VERSION,
    )
    return [row["unit_id"] for row in rows]


def test_every_linked_name_is_asked_for_once(store: duckdb.DuckDBPyConnection) -> None:
    link(store, "https://github.com/o/A", "http://github.com/O/a/tree/main/x", "gitlab.com/o/b")
    assert [name.key for name in names(store)] == ["o/a"]


@pytest.mark.slow
def test_an_answer_is_asked_for_again_after_a_week_what_is_gone_after_a_month(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A", "github.com/o/gone", "github.com/o/away")
    look_up(
        store,
        found(Name("o", "A"), A),
        Lookup(Name("o", "gone"), Status.NOT_FOUND, "Gone."),
        Lookup(Name("o", "away"), Status.UNREACHABLE, "Away."),
    )
    due = {days: names(store, MONDAY + dt.timedelta(days=days)) for days in (1, 8, 31)}
    assert {days: [name.key for name in asked] for days, asked in due.items()} == {
        1: ["o/away"],
        8: ["o/a", "o/away"],
        31: ["o/a", "o/away", "o/gone"],
    }


@pytest.mark.slow
def test_two_names_of_one_repository_are_looked_up_and_scanned_once(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A", "github.com/old/A")
    look_up(store, found(Name("o", "A"), A), found(Name("old", "A"), A))
    [asked] = names(store, MONDAY + dt.timedelta(days=8))
    assert (asked.owner, asked.repo_id, asked.asked_as) == ("o", 1, ("o/a", "old/a"))
    assert units(store) == ["github.com/o/a"]
    scan(store, "o/A")
    assert units(store) == []
    labels = "select count(*) from paper_framework where label = 'pytorch'"
    assert store.sql(labels).fetchall() == [(2,)]
    seen = store.sql("select name_key, repo_id from repo_name order by 1").fetchall()
    assert seen == [("o/a", 1), ("old/a", 1)]


@pytest.mark.slow
def test_links_keep_their_repository_when_another_takes_its_name(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A")
    look_up(store, found(Name("o", "A"), A))
    moved, newcomer = replace(A, owner="p"), replace(A, repo_id=2)
    look_up(
        store,
        Lookup(
            Name("o", "A", 1, ("o/a",)),
            Status.NAME_REUSED,
            "x",
            repository=moved,
            newcomer=newcomer,
        ),
    )
    assert store.sql("select repo_id, owner from repo order by 1").fetchall() == [
        (1, "p"),
        (2, "o"),
    ]
    assert store.sql("select repo_id from unit").fetchall() == [(1,)]
    two = "select repo_id from repo_name where name_key = 'o/a' order by 1"
    assert store.sql(two).fetchall() == [(1,), (2,)]


@pytest.mark.slow
def test_what_was_known_of_a_repository_stays_when_it_vanishes(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A")
    look_up(store, found(Name("o", "A"), A))
    scan(store, "o/A")
    look_up(store, Lookup(Name("o", "A", 1, ("o/a",)), Status.NOT_FOUND, "Gone."))
    assert store.sql("select status, stars from repo").fetchall() == [("vanished", 5)]
    assert store.sql("select label from paper_framework").fetchall() == [("pytorch",)]


@pytest.mark.slow
def test_counts_are_kept_day_by_day(store: duckdb.DuckDBPyConnection) -> None:
    look_up(store, found(Name("o", "A"), A))
    look_up(store, found(Name("o", "A"), replace(A, stars=6)))
    look_up(store, found(Name("o", "A"), replace(A, stars=9)), now=MONDAY + dt.timedelta(days=1))
    unchanged = Lookup(Name("o", "A", 1), Status.OK, is_unchanged=True)
    look_up(store, unchanged, now=MONDAY + dt.timedelta(days=2))
    rows = store.sql("select day(observed_on), stars from repo_observation order by 1").fetchall()
    assert rows == [(23, 6), (24, 9), (25, 9)]


def test_a_missing_owner_licence_or_parent_is_null() -> None:
    body = {"id": 1, "full_name": "ghost/r", "owner": None, "license": None, "parent": None}
    repository = parse_repository(body | {"pushed_at": None, "topics": None, "size": 0})
    assert repository is not None
    assert (repository.licence, repository.parent_id, repository.topics) == (None, None, None)


def test_every_row_says_when_and_how_it_was_fetched(store: duckdb.DuckDBPyConnection) -> None:
    lookup = replace(found(Name("o", "A"), A), etag=("/repos/o/a 2022-11-28 token", 'W/"x"'))
    look_up(store, lookup)
    assert store.sql("select fetched_at, api from repo").fetchall() == [(MONDAY, "graphql")]
    assert store.sql("select etag, seen_at from http_validator").fetchall() == [('W/"x"', MONDAY)]


@pytest.mark.slow
def test_what_rest_does_not_tell_stays_unless_there_was_a_push(
    store: duckdb.DuckDBPyConnection,
) -> None:
    look_up(store, found(Name("o", "A"), replace(A, languages=(("Python", 9),), commits=4)))
    by_rest = replace(A, head_commit=None, api="rest")
    look_up(store, found(Name("o", "A"), by_rest))
    kept = "select head_commit, commits, languages[1].size_bytes from repo"
    assert store.sql(kept).fetchall() == [(HEAD, 4, 9)]
    look_up(store, found(Name("o", "A"), replace(by_rest, pushed_at=MONDAY.replace(hour=13))))
    assert store.sql(kept).fetchall() == [(None, None, 9)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "commit", "is_due"),
    [
        (ScanStatus.OK, HEAD, False),
        (ScanStatus.OK, NEXT, True),
        (ScanStatus.NO_CODE, HEAD, False),
        (ScanStatus.TOO_LARGE, HEAD, False),
        (ScanStatus.NOT_FOUND, HEAD, False),
        (ScanStatus.TRUNCATED, HEAD, True),
        (ScanStatus.TIMED_OUT, HEAD, True),
        (ScanStatus.CRASHED, HEAD, True),
    ],
)
def test_a_unit_is_due_until_its_head_commit_has_an_answer(
    store: duckdb.DuckDBPyConnection, status: ScanStatus, commit: str, is_due: bool
) -> None:
    link(store, "github.com/o/A")
    scan(store, "o/A", status, commit)
    look_up(store, found(Name("o", "A"), A), now=AFTER_EVERY_SCAN)
    assert bool(units(store)) is is_due


@pytest.mark.slow
def test_a_head_that_was_pushed_over_is_not_downloaded_in_every_run(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A")
    look_up(store, found(Name("o", "A"), A))
    scan(store, "o/A", ScanStatus.OK, NEXT)
    store.execute("update scan set scanned_at = ?", [MONDAY + dt.timedelta(hours=1)])
    assert units(store) == []
    look_up(store, found(Name("o", "A"), A), now=MONDAY + dt.timedelta(days=8))
    assert units(store) == ["github.com/o/a"]


@pytest.mark.slow
def test_a_branch_that_was_pushed_is_due_until_it_is_scanned_again(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A/tree/dev")
    unit = Unit("github.com/o/a@dev", "github.com", "o", "A", ref="dev")
    result = ScanResult("o/A", commit_id=HEAD)
    look_up(store, found(Name("o", "A"), A))
    write(store, scan_batch([(unit, result)]))
    store.execute("update scan set scanned_at = ?", [MONDAY - dt.timedelta(hours=1)])
    write(store, scan_batch([(unit, replace(result, is_head=False))]))
    assert units(store) == [unit.unit_id]
    write(store, scan_batch([(unit, result)]))
    assert units(store) == []


@pytest.mark.slow
def test_a_branch_that_was_reset_to_a_scanned_commit_has_the_label_of_this_commit(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A")
    scan(store, "o/A", commit=HEAD)
    scan(store, "o/A", commit=NEXT)
    store.execute("update scan set scanned_at = ? where commit_id = ?", [MONDAY, HEAD])
    look_up(store, found(Name("o", "A"), A), now=AFTER_EVERY_SCAN)
    latest = "select commit_id from latest_scan inner join scan using (scan_id)"
    assert store.sql(latest).fetchall() == [(NEXT,)]
    assert units(store) == ["github.com/o/a"]
    scan(store, "o/A", commit=HEAD)
    assert store.sql(latest).fetchall() == [(HEAD,)]
    assert units(store) == []


@pytest.mark.slow
def test_what_is_gone_is_not_downloaded_in_every_run(store: duckdb.DuckDBPyConnection) -> None:
    link(store, "github.com/o/A")
    scan(store, "o/A", ScanStatus.NOT_FOUND)
    store.execute("update scan set scanned_at = ?", [MONDAY - dt.timedelta(days=31)])
    assert units(store, MONDAY) == ["github.com/o/a"]
    scan(store, "o/A", ScanStatus.NOT_FOUND)
    assert units(store, MONDAY) == []


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.BLOCKED, Status.EMPTY])
def test_what_metadata_say_is_not_there_is_not_downloaded(
    store: duckdb.DuckDBPyConnection, status: Status
) -> None:
    link(store, "github.com/o/A")
    look_up(store, Lookup(Name("o", "A"), status, "x"))
    assert units(store) == []
    assert store.sql("select outcome from coverage").fetchall() == [(status,)]


def test_a_name_damaged_on_the_way_is_found_when_one_other_reading_exists(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "https://github.com/o/lost name")
    look_up(store, Lookup(Name("o", "lost_name"), Status.NOT_FOUND, "x"))
    rows = due_rows(store, "misread_names", tried=READ_OTHERWISE)
    [(asked, readings)] = other_readings(rows).items()
    assert [reading.name for reading in readings] == ["lost-name", "lostname"]
    hyphen = found(readings[0], replace(A, name="lost-name"))
    gone = Lookup(readings[1], Status.NOT_FOUND)
    lookup = read_otherwise(asked, [hyphen, gone])
    assert lookup is not None and lookup.status == "repaired"
    look_up(store, lookup)
    assert store.sql("select repo_id from unit").fetchall() == [(1,)]
    other = found(readings[1], replace(A, repo_id=2, name="lostname"))
    unknown = replace(gone, status=Status.UNREACHABLE)
    assert read_otherwise(asked, [hyphen, unknown]) is None
    ambiguous = read_otherwise(asked, [hyphen, other])
    assert ambiguous is not None and ambiguous.status == "not_found"
    look_up(store, ambiguous)
    assert due_rows(store, "misread_names", tried=READ_OTHERWISE) == []


def test_a_link_is_kept_whether_official_or_not_and_with_or_without_arxiv_id(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = [
        PaperLink("arxiv:1", "pwc", "github.com/o/a", arxiv_id="1", is_official=True),
        PaperLink("pwc:x", "pwc", "github.com/o/b", is_official=False),
        PaperLink("pwc:y", "pwc", "not a link", is_official=None),
    ]
    write(store, link_batch(rows))
    assert store.sql("select count(*) from paper_link").fetchall() == [(3,)]
    assert "None" not in str(store.sql("select paper_id, doi from paper").df()["paper_id"].tolist())


def paper(paper_id: str, title: str, date: str, doi: str | None = None) -> PaperLink:
    source = paper_id.split(":")[0]
    published = publication_date(date)
    return PaperLink(paper_id, source, f"github.com/o/{source}", title, published, doi=doi)


LONG = "A rather long title of one paper"


@pytest.mark.slow
def test_one_paper_in_several_sources_is_one_paper_with_several_links(
    store: duckdb.DuckDBPyConnection,
) -> None:
    links = [
        paper("pwc:slug", LONG, "2020-03"),
        paper("arxiv:2003.00001", f"{LONG.upper()}!", "2020-03-17"),
        paper("joss:10.1/X", "Short", "2021", doi="10.1/X"),
        paper("openreview:f", "Other", "2021", doi="10.1/x"),
    ]
    for order in (links, links[::-1]):
        for one in order:
            write(store, link_batch([one]))
        merge_papers(store)
        ids = store.sql("select paper_id, published_on::varchar from paper order by 1").fetchall()
        assert ids == [("arxiv:2003.00001", "2020-03-17"), ("joss:10.1/X", "2021-01-01")]
        counts = store.sql("select paper_id, count(*) from paper_link group by 1 order by 1")
        assert counts.fetchall() == [("arxiv:2003.00001", 2), ("joss:10.1/X", 2)]


COMMIT = "paper_id status commit_id found_at"
KNOWN = ("in_time", "c")


@pytest.mark.parametrize(
    ("commits", "merged"),
    [
        ([("pwc:slug", *KNOWN, MONDAY)], KNOWN),
        ([("pwc:slug", *KNOWN, MONDAY), ("arxiv:1", "in_time", "d", MONDAY)], ("in_time", "d")),
        ([("pwc:slug", "timed_out", None, AFTER_EVERY_SCAN), ("acl:x", *KNOWN, MONDAY)], KNOWN),
        ([("pwc:slug", "in_time", "d", MONDAY), ("acl:x", *KNOWN, AFTER_EVERY_SCAN)], KNOWN),
    ],
)
def test_merged_papers_keep_the_commit_of_their_code(
    store: duckdb.DuckDBPyConnection, commits: list[tuple[object, ...]], merged: tuple[str, str]
) -> None:
    ids = ("pwc:slug", "acl:x", "arxiv:1")
    write(store, link_batch([paper(paper_id, LONG, "2020") for paper_id in ids]))
    given(store, "paper_commit", COMMIT, commits, unit_id="u")
    merge_papers(store)
    rows = store.sql("select paper_id, status, commit_id from paper_commit").fetchall()
    assert rows == [("arxiv:1", *merged)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (paper("arxiv:1", LONG, "2020"), paper("arxiv:2", LONG, "2020")),
        (paper("pwc:a", LONG, "2015"), paper("arxiv:2", LONG, "2020")),
        (paper("pwc:a", "Editorial", "2020"), paper("arxiv:2", "Editorial", "2020")),
    ],
)
def test_papers_that_only_look_alike_stay_apart(
    store: duckdb.DuckDBPyConnection, first: PaperLink, second: PaperLink
) -> None:
    write(store, link_batch([first, second]))
    merge_papers(store)
    assert store.sql("select count(*) from paper").fetchall() == [(2,)]


def test_stored_links_are_read_anew_when_the_parser_improves(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "https://github.com/o/A")
    store.execute("update paper_link set unit_id = null, problem = 'not_a_link'")
    write(store, reparsed(due_rows(store, "stored_links", problem=None)))
    assert store.sql("select unit_id, problem from paper_link").fetchall() == [
        ("github.com/o/a", None)
    ]


def test_the_snapshot_is_old_when_a_fact_has_changed_and_only_then(
    store: duckdb.DuckDBPyConnection,
) -> None:
    link(store, "github.com/o/A")
    assert not is_published(store)
    mark_published(store)
    write(store, checkpoint_batch({"cursor:pwc": "x"}))
    assert is_published(store) and checkpoint(store, "cursor:pwc") == "x"
    scan(store, "o/A")
    assert not is_published(store)


def test_the_snapshot_is_old_when_the_program_is_another(
    store: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_published(store)
    monkeypatch.setattr("pipeline.store.database.__version__", "another")
    assert not is_published(store)


def test_a_scan_that_is_stored_is_not_stored_again(store: duckdb.DuckDBPyConnection) -> None:
    for _ in range(2):
        scan(store, "o/A")
    assert store.sql("select count(*) from import_fact").fetchall() == [(1,)]
