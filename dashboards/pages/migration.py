"""Repositories that moved from one framework to another, and those that did not."""

from __future__ import annotations

import duckdb

from dashboards import charts
from dashboards.charts.migrations import move
from dashboards.look import LEAST_PAPERS
from dashboards.page import Page, Section

_RATE = "from migration_rate;"
_BY_YEAR = "from migration_by_year;"
_MOVES = """select
    unit_id,
    from_series,
    to_series,
    from_at::date as last_day_before,
    to_at::date as first_day_after,
    commits_before,
    commits_after,
    commits_with_both,
    from_commit,
    from_evidence[1].path || ', line ' || from_evidence[1].line || ': ' || from_evidence[1].name
        as from_line,
    to_commit,
    to_evidence[1].path || ', line ' || to_evidence[1].line || ': ' || to_evidence[1].name
        as to_line
from framework_migration
order by from_series, to_series, to_at, unit_id;"""


def migration(connection: duckdb.DuckDBPyConnection) -> Page:
    """How often repositories moved, the moves of each year, and every move with its commits."""
    rate = _rate(connection)
    moves = [] if rate.is_missing else [_by_year(connection), _moves(connection)]
    return Page(
        "migration",
        "Migration",
        "Which repositories changed their framework, when, and how many did not?",
        [rate, *moves],
    )


def _rate(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_RATE).df()
    is_drawn = (rows["repositories"] >= LEAST_PAPERS).any()
    return Section(
        "migration-rate",
        "How many repositories ended with a different framework or TensorFlow version",
        "Repositories are grouped by their first framework. Lines show the 95% interval. Only "
        "repositories whose first and last commits with a framework are at least a year apart "
        "count. "
        f"Frameworks with fewer than {LEAST_PAPERS} such repositories are only in the table.",
        _RATE,
        rows,
        {"rate": charts.migration_rate(rows)} if is_drawn else {},
        summary=_rate_in_words(connection),
        to_collect="Older commits, which show whether a repository changed its framework: "
        "'adoption collect history' finds and scans them.",
    )


def _by_year(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_BY_YEAR).df()
    return Section(
        "migration-by-year",
        "Moves of each year",
        "A move counts in the year of the first judged commit after it. We judge the commits of "
        "papers, the last commit of each year and the newest commit. So a move may have happened "
        "earlier, but not before the last judged commit with the old framework. A single commit "
        "with another framework is no move if the commits before and after it have the same "
        "framework.",
        _BY_YEAR,
        rows,
        {"moves": charts.migration_by_year(rows)} if len(rows) else {},
        summary=_moves_in_words(connection),
    )


def _moves(connection: duckdb.DuckDBPyConnection) -> Section:
    rows = connection.sql(_MOVES).df()
    return Section(
        "migrations",
        "Every move",
        "Each row has the last judged commit before the move and the first after it, with a line "
        "of each that proves the framework. The column “commits with both” counts the judged "
        "commits that use both frameworks. If “commits after” is 1, a single commit is the "
        "evidence.",
        _MOVES,
        rows,
    )


def _rate_in_words(connection: duckdb.DuckDBPyConnection) -> str:
    repositories, moved, low, high = connection.execute(
        """
        select
            coalesce(sum(repositories), 0)::bigint as n,
            coalesce(sum(moved), 0)::bigint as k,
            wilson_low(k, n),
            wilson_high(k, n)
        from migration_rate
        """
    ).fetchall()[0]
    if not repositories:
        return (
            "No repository here has commits with a framework that are a year apart. "
            "'adoption collect history' finds them."
        )
    return (
        f"{moved:,} of {repositories:,} repositories ({moved / repositories:.0%}, 95% interval "
        f"{low:.0%} to {high:.0%}) ended with another framework or version of TensorFlow than they "
        "started with."
    )


def _moves_in_words(connection: duckdb.DuckDBPyConnection) -> str:
    kinds = connection.execute(
        """
        select
            from_series,
            to_series,
            count(distinct unit_id) as repositories
        from framework_migration
        group by all
        order by repositories desc, from_series, to_series
        limit 3
        """
    ).fetchall()
    if not kinds:
        return "No repository here has changed its framework yet."
    found = ", ".join(f"{move(before, after)} ({count:,})" for before, after, count in kinds)
    return f"The most frequent moves, with the number of repositories: {found}."
