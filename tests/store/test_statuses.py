"""data/outcomes.csv: what a status means, for Python, SQL and readers alike."""

import csv
import datetime as dt
import re
from pathlib import Path

import duckdb
import pytest

from pipeline.code.moments import HistoryStatus, Note
from pipeline.code.year_ends import YearsStatus
from pipeline.errors import Means, Status, statuses
from pipeline.links import Problem
from pipeline.resources import DATA, SQL
from pipeline.scan.records import SCANNER_VERSION, ScanStatus
from pipeline.store.database import due_rows, migrate
from tests.facts_of import Store, given

ROWS = list(csv.DictReader((DATA / "outcomes.csv").open(encoding="utf-8")))
MONDAY = dt.datetime(2026, 11, 23)

OF_LINKS = {Status.USABLE, Status.FAILED, Status.NOT_UNDERSTOOD}
OF_VIEWS = {"judged", "not_collected"}
GIVEN = {
    "links": {*Problem, *OF_LINKS},
    "metadata": {*Status} - OF_LINKS,
    "code": {*ScanStatus},
    "history": {*HistoryStatus},
    "years": {*YearsStatus},
    "paper": OF_VIEWS,
}


@pytest.mark.parametrize("step", GIVEN)
def test_the_file_has_every_status_that_a_step_gives_and_no_other(step: str) -> None:
    assert {row["status"] for row in ROWS if row["step"] == step} == {
        str(status) for status in GIVEN[step]
    }


def test_a_status_of_two_steps_has_the_same_words() -> None:
    words = {(row["status"], row["words"]) for row in ROWS if row["step"] in ("metadata", "code")}
    shared = {*map(str, Status)} & {*map(str, ScanStatus)} - {"ok"}
    assert [status for status, _ in sorted(words) if status in shared] == sorted(shared)


def test_the_file_has_every_note_of_a_choice_and_no_other() -> None:
    notes = csv.DictReader((DATA / "history_notes.csv").open(encoding="utf-8"))
    assert [row["note"] for row in notes] == [str(note) for note in Note]


COMPARED = re.compile(r"\b(?:status|problem)\s+(?:=|<>|(?:not )?in)\s+(\([^)]*\)|'\w+')", re.I)


@pytest.mark.parametrize("file", sorted(SQL.glob("[!s]*/*.sql")), ids=lambda file: file.stem)
def test_sql_compares_with_no_status_that_the_file_lacks(file: Path) -> None:
    known = {row["status"] for row in ROWS}
    compared = " ".join(COMPARED.findall(file.read_text(encoding="utf-8")))
    assert {*re.findall(r"'(\w+)'", compared)} <= known


def units_due(store: Store, days: int = 0) -> set[str]:
    rows = due_rows(
        store,
        "units",
        now=MONDAY + dt.timedelta(days=days),
        recheck_days=30,
        scanner_version=SCANNER_VERSION,
    )
    return {row["unit_id"] for row in rows}


def test_what_a_scan_gave_says_when_the_unit_is_scanned_again(store: Store) -> None:
    links = [(status, status, "github.com", "o", status) for status in ScanStatus]
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    scans = [(status, status, status) for status in ScanStatus]
    given(
        store,
        "scan",
        "scan_id unit_id status",
        scans,
        scanned_at=MONDAY,
        scanner_version=SCANNER_VERSION,
    )
    answers = {"ok", "no_code", "empty", "too_large", "unreadable"}
    gone = {"not_found", "blocked", "no_commit", "other_host"}
    again = {*map(str, ScanStatus)} - answers - gone
    assert units_due(store, days=29) == again
    assert units_due(store, days=31) == again | gone


def test_a_scan_of_an_older_commit_does_not_answer_for_the_newest(store: Store) -> None:
    given(
        store,
        "paper_link",
        "paper_id unit_id host owner name",
        [("p", "u", "github.com", "o", "r")],
    )
    same = {"scanned_at": MONDAY, "scanner_version": SCANNER_VERSION}
    given(store, "scan", "scan_id unit_id is_head", [("s", "u", False)], **same)
    assert units_due(store) == {"u"}
    given(store, "scan", "scan_id unit_id is_head", [("s", "u", True)], **same)
    assert units_due(store) == set()


def test_what_a_lookup_gave_says_whether_the_unit_is_scanned(store: Store) -> None:
    links = [(status, status, "github.com", "o", status) for status in Status]
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    given(store, "repo_lookup", "name_key status", [(f"o/{status}", status) for status in Status])
    assert units_due(store) & GIVEN["metadata"] == {
        *("ok", "renamed", "repaired", "refused"),
        *("unreachable", "timed_out", "no_answer", "rate_limited"),
    }


@pytest.mark.parametrize(("repo_status", "is_due"), [("ok", True), ("vanished", False)])
def test_a_repository_whose_name_is_taken_is_scanned_while_it_exists(
    store: Store, repo_status: str, is_due: bool
) -> None:
    given(
        store,
        "paper_link",
        "paper_id unit_id host owner name",
        [("p", "u", "github.com", "o", "r")],
    )
    given(store, "repo_lookup", "name_key repo_id status", [("o/r", 1, "name_reused")])
    given(store, "repo", "repo_id status", [(1, repo_status)])
    assert units_due(store) == ({"u"} if is_due else set())


def test_what_a_lookup_gave_says_when_the_name_is_looked_up_again(store: Store) -> None:
    links = [(status, status, "github.com", "o", status) for status in GIVEN["metadata"]]
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    lookups = [(f"o/{status}", status) for status in GIVEN["metadata"]]
    given(store, "repo_lookup", "name_key status", lookups, looked_up_at=MONDAY)

    def due(days: int) -> set[str]:
        now = MONDAY + dt.timedelta(days=days)
        rows = due_rows(store, "names", now=now, refresh_days=7, recheck_days=30)
        return {row["name"] for row in rows}

    again = {"unreachable", "timed_out", "no_answer", "rate_limited"}
    answers = {"ok", "renamed", "repaired", "empty"}
    assert due(1) == again
    assert due(8) == again | answers
    assert due(31) == GIVEN["metadata"]


def test_python_reads_the_same_meanings() -> None:
    assert statuses("metadata", Means.AGAIN) == {status for status in Status if status.is_transient}
    assert statuses("code", Means.ENDS_RUN) == {"refused", "disk_full"}
    assert statuses("code", Means.ANSWER, Means.GONE) == {
        *("ok", "no_code", "empty", "too_large", "unreadable"),
        *("not_found", "blocked", "no_commit", "other_host"),
    }


@pytest.mark.slow
def test_readers_find_words_for_every_status(store: Store) -> None:
    names = [(status, None, None, None, None, status) for status in Problem]
    names += [(f"m-{s}", f"m-{s}", "github.com", "o", f"m-{s}", None) for s in GIVEN["metadata"]]
    names += [(f"c-{s}", f"c-{s}", "github.com", "o", f"c-{s}", None) for s in ScanStatus]
    given(store, "paper_link", "paper_id unit_id host owner name problem", names)
    given(store, "paper", "paper_id", [(name,) for name, *_ in names])
    lookups = [(f"o/m-{status}", status) for status in GIVEN["metadata"]]
    given(store, "repo_lookup", "name_key status", lookups)
    scans = [(status, f"c-{status}", status) for status in ScanStatus]
    given(store, "scan", "scan_id unit_id status", scans)
    speechless = "select count(*) from {} where words is null"
    assert store.sql(speechless.format("collection_state")).fetchall() == [(0,)]
    assert store.sql("select sum(papers) from coverage").fetchall() == [(len(names),)]
    shown = {row[0] for row in store.sql("select outcome from coverage").fetchall()}
    found = {"ok", "renamed", "repaired"}
    assert shown == {*Problem, *GIVEN["metadata"], *ScanStatus, *OF_VIEWS} - found


@pytest.mark.slow
def test_a_database_of_an_older_version_takes_the_new_words() -> None:
    with duckdb.connect(":memory:") as store:
        store.execute("create table schema_version (version integer primary key, file varchar)")
        for file in sorted(SQL.glob("schema/00[1-5]_*.sql")):
            store.execute(file.read_text(encoding="utf-8"))
            store.execute("insert into schema_version values (?, '')", [int(file.name[:3])])
        whole = {"settings": "{}", "versions": "{}", "status": "done", "started_at": MONDAY}
        given(store, "run", "run_id flow", [("r", "source")], **whole)
        outcomes = [("source", "u", "no_source"), ("metadata", "n", "ok")]
        given(store, "outcome", "step item status", outcomes, run_id="r", happened_at=MONDAY)
        given(store, "scan", "scan_id unit_id status", [("s", "u", "no_source"), ("t", "v", "ok")])
        given(store, "paper_link", "paper_id problem", [("p", "empty")])
        given(store, "repo_lookup", "name_key status", [("o/n", "ok")], is_transient=False)
        migrate(store)
        rows = "select flow from run union all select step || ' ' || status from outcome"
        assert store.sql(f"{rows} order by all").fetchall() == [
            ("code",),
            ("code no_code",),
            ("metadata ok",),
        ]
        assert store.sql("select status from scan order by all").fetchall() == [
            ("no_code",),
            ("ok",),
        ]
        assert store.sql("select problem from paper_link").fetchall() == [("no_link",)]
        assert store.sql("select status from repo_lookup").fetchall() == [("ok",)]


def test_every_language_of_the_taxonomy_has_a_name_for_readers(store: Store) -> None:
    nameless = store.execute(
        "select distinct language from framework_module anti join language using (language)"
    )
    assert nameless.fetchall() == []
