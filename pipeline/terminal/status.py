"""The output of `adoption status`: progress, failures with reasons, and items to collect."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.code import year_ends
from pipeline.code.commit_lists import REPOSITORIES_AT_ONCE, CountedUnit, can_list_commits
from pipeline.code.paper_commits import FETCHES, PAPERS_A_JOB
from pipeline.code.units import unit_of
from pipeline.scan.records import SCANNER_VERSION
from pipeline.settings import Settings
from pipeline.store.database import due_rows, now
from pipeline.store.history_rows import due_papers
from pipeline.store.year_rows import due_units

_KINDS = ("papers", "links", "repositories", "code", "history", "years")
_LONGEST_EXAMPLE = 160


def status(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[str]:
    """Lines of text, from a database with the current schema."""
    yield from _collected(connection)
    yield ""
    yield from _due(connection, settings)
    yield ""
    yield from _runs(connection)
    yield from _published(connection)
    yield ""
    yield _line("Token", _token(settings))
    free = shutil.disk_usage(_existing(settings.data)).free
    yield _line("Disk", f"{free / 2**30:,.1f} GiB free")


def _line(label: str, text: str) -> str:
    return f"{label:<14}{text}"


def _collected(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for kind in _KINDS:
        rows = connection.execute(
            "select words, items, example from collection_state where kind = ? "
            "order by items desc, words",
            [kind],
        ).fetchall()
        if not rows:
            yield _line(kind, "none yet")
        for index, (words, items, example) in enumerate(rows):
            such = ", for example" if items > 1 else ""
            why = f"{such}: {_shortened(example)}" if example else ""
            yield _line("" if index else kind, f"{items:>9,}  {words}{why}")


def _shortened(text: str) -> str:
    """A text that fits a line or two."""
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"


def _due(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[str]:
    days = {"refresh_days": settings.refresh_days, "recheck_days": settings.recheck_days}
    names = due_rows(connection, "names", now=now(), **days)
    units = due_rows(
        connection,
        "units",
        now=now(),
        recheck_days=settings.recheck_days,
        scanner_version=SCANNER_VERSION,
    )
    label = "Due"
    if _is_recorded(connection):
        yield _line(
            label, "A recorded sample needs nothing more. A run with code from GitHub needs:"
        )
        label = ""
    yield _line(label, f"{len(names):>9,}  repositories need metadata")
    yield _line("", f"{len(units):>9,}  repositories need a scan")
    papers = due_papers(connection, settings.recheck_days)
    cost = _cost(papers, PAPERS_A_JOB, FETCHES, settings)
    cost = f": {cost} by 'adoption collect history'" if papers else ""
    yield _line("", f"{len(papers):>9,}  papers need a commit from their time{cost}")
    histories = due_units(connection, settings.recheck_days)
    cost = _cost(histories, 1, year_ends.FETCHES, settings)
    cost = f": {cost} by the same command" if histories else ""
    yield _line("", f"{len(histories):>9,}  repositories need the last commit of each year{cost}")
    for name, set_at in connection.execute(
        "select name, set_at from progress_mark where name like 'cursor:%' order by name"
    ).fetchall():
        yield _line("", f"{name.removeprefix('cursor:')} was last read {_ago(set_at)}")


def _is_recorded(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the newest run had its code from a recorded sample."""
    newest = "select settings ->> 'code' from run order by started_at desc limit 1"
    return any(str(code).startswith("recorded:") for (code,) in connection.sql(newest).fetchall())


def _cost(
    rows: Sequence[dict[str, Any]], rows_a_job: int, fetches_a_job: int, settings: Settings
) -> str:
    """The requests for rows of sql/due, in words. A job whose commits are listed saves a fetch."""
    units = {row["unit_id"]: CountedUnit(unit_of(row), row["commits"]) for row in rows}
    listed: set[str] = set()
    if can_list_commits(settings):
        listed = {item.unit.repository for item in units.values() if item.is_listed}
    repositories = Counter(units[row["unit_id"]].unit.repository for row in rows)
    fetches = sum(
        (fetches_a_job - (name in listed)) * -(-count // rows_a_job)
        for name, count in repositories.items()
    )
    requests = -(-len(listed) // REPOSITORIES_AT_ONCE)
    text = f"about {fetches:,} git fetches"
    return f"{text} and {requests:,} GraphQL request{'s' * (requests > 1)}" if requests else text


def _runs(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    rows = connection.execute(
        "select flow, status, started_at, ended_at from run order by started_at desc limit 6"
    ).fetchall()
    for index, (flow, state, started_at, ended_at) in enumerate(rows):
        took = f", took {_span(ended_at - started_at)}" if ended_at else ""
        label = "" if index else "Last runs"
        yield _line(label, f"{flow:<10} {state}, {_ago(started_at)}{took}")


def _published(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The first values of the manifest of the last published file."""
    values = dict(connection.execute("select part || ' ' || name, value from manifest").fetchall())
    if not values:
        return
    yield _line(
        "Published",
        f"{values['time published_at']} UTC, by version {values['version adoption']} "
        f"(scanner {values['version scanner']}, duckdb {values['version duckdb']})",
    )
    rules, taxonomy = values["hash rules"][:10], values["hash taxonomy"][:10]
    yield _line("", f'rules {rules}, taxonomy {taxonomy}; more: adoption query "from manifest"')
    if values["count corrections"] != "0":
        yield _line("", f"{int(values['count corrections']):,} values corrected by hand")


def _token(settings: Settings) -> str:
    if settings.github_token is None:
        return "none: set ADOPTION_GITHUB_TOKEN for metadata of more than 60 repositories an hour"
    return "set (ADOPTION_GITHUB_TOKEN)"


def _ago(time: dt.datetime) -> str:
    return f"{_span(now() - time)} ago"


def _span(time: dt.timedelta) -> str:
    seconds = max(time.total_seconds(), 0)
    for size, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)
