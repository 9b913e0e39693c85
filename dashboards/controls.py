"""The controls of the overview: what a reader can choose, and why some choices are missing."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboards.look import area_name, name

_CHOICES = {
    "then": "from the time of the paper",
    "anybody": "also later code by others",
    "now": "newest commit",
}
"""Words for the values of dated_paper.choices: the code that counts."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. `note`: a number of papers, or why the choice is disabled."""

    value: str
    words: str
    note: str = ""
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A select. Its first option is the default; a default of "" filters nothing.

    `is_main`: it is always in sight. The others are behind "More controls".
    """

    key: str
    words: str
    options: list[Option]
    is_main: bool = False


def controls(connection: duckdb.DuckDBPyConnection) -> list[Control]:
    """Every control with its options, from what the view share_cube holds; main ones first."""
    return [
        Control("framework", "Framework", _frameworks(connection), is_main=True),
        Control("code", "Code", _code(connection), is_main=True),
        Control(
            "denominator",
            "Among papers with code in",
            [
                Option("pytorch_tensorflow", "PyTorch or TensorFlow"),
                Option("any_framework", "any framework"),
                Option("with_code", "any readable language"),
            ],
            is_main=True,
        ),
        Control("area", "Field", _areas(connection), is_main=True),
        Control("axis", "Date of", _axes(connection)),
        Control("period", "Period", [Option(key, key) for key in ("year", "quarter", "month")]),
        Control(
            "keras",
            "Keras",
            [Option("in", "counted as TensorFlow"), Option("out", "counted separately")],
        ),
        Control(
            "official",
            "Repositories",
            [Option("", "all"), Option("only", "official only")],
        ),
        Control("venue", "Venue", _venues(connection)),
        Control("stars", "Stars", _stars(connection)),
        Control("language", "Language", _languages(connection)),
    ]


def _papers_by(connection: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    """Papers by the values of a column of the cube, most papers first; unknown ones left out."""
    rows = connection.execute(
        f"select {column}, sum(papers)::bigint as total from share_cube "
        "where time_axis = 'paper' and choice = (select choice from default_choice) "
        f"group by {column} having {column} is not null order by total desc, {column}"
    ).fetchall()
    return {str(value): int(papers) for value, papers in rows}


def _frameworks(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    papers = _papers_by(connection, "label") | _papers_by(connection, "family")
    papers.pop("none", None)
    others = sorted(papers, key=lambda key: -papers[key])
    return [Option(key, name(key)) for key in dict.fromkeys(["pytorch", "tensorflow", *others])]


def _code(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    """The choices of code, the default first."""
    (default,) = connection.sql("select choice from default_choice").fetchall()[0]
    known = {choice for (choice,) in connection.sql("select choice from share_cube").fetchall()}
    note = "not collected yet"
    options = [
        Option(choice, words) if choice in known else Option(choice, words, note, is_disabled=True)
        for choice, words in _CHOICES.items()
    ]
    return sorted(options, key=lambda option: option.value != default)


def has_creation_dates(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether papers can be dated by the creation of their repository."""
    axes = connection.sql("select distinct time_axis from share_cube").fetchall()
    return ("created",) in axes


def _axes(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    created = Option("created", "repository's creation")
    if not has_creation_dates(connection):
        created = Option("created", created.words, "needs GitHub metadata", is_disabled=True)
    return [Option("paper", "paper"), created, Option("commit", "commit")]


def _areas(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    papers = _papers_by(connection, "area")
    named = [Option(key, area_name(key), f"{count:,}") for key, count in papers.items()]
    nothing = [Option("-", "by field", "no venue is known", is_disabled=True)]
    return [Option("", "all"), *(named or nothing)]


def _venues(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    papers = _papers_by(connection, "venue")
    named = [Option(venue, venue, f"{count:,}") for venue, count in papers.items()]
    nothing = [Option("-", "by venue", "no venue is known", is_disabled=True)]
    return [Option("", "all"), *(named or nothing)]


def _stars(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    is_unknown = not _papers_by(connection, "stars_from")
    note = "no star counts" if is_unknown else ""
    rows = connection.execute(
        "select stars_from from star_bucket where stars_from > 0 order by stars_from"
    ).fetchall()
    return [
        Option("", "any number"),
        *(
            Option(
                str(least),
                f"{least:,} {'star' if least == 1 else 'stars'} or more",
                note,
                is_unknown,
            )
            for (least,) in rows
        ),
    ]


def _languages(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    papers = _papers_by(connection, "language")
    names = dict(connection.execute("select language, name from language").fetchall())
    return [
        Option("", "all"),
        *(Option(key, names[key], f"{count:,}") for key, count in papers.items()),
    ]
