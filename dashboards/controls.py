"""The controls of the overview: what can be chosen, and what the data give no choice of."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboards.look import name

_LEAST_OF_VENUE = 20
_LANGUAGES = {
    "cpp": "C++ and CUDA",
    "java": "Java",
    "julia": "Julia",
    "lua": "Lua",
    "matlab": "MATLAB",
    "prototxt": "Caffe nets",
    "python": "Python",
    "r": "R",
    "swift": "Swift",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice; `why_not` says why it cannot be made."""

    value: str
    words: str
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A select; the first option is what nobody has touched."""

    key: str
    words: str
    options: list[Option]


def controls(connection: duckdb.DuckDBPyConnection) -> list[Control]:
    """Every control with its options, from what the view share_cube holds."""
    axes = _papers_by(connection, "time_axis")
    paper = "where time_axis = 'paper'"
    venues = _papers_by(connection, "venue", paper)
    frameworks = _papers_by(connection, "label", paper) | _papers_by(connection, "family", paper)
    frameworks.pop("none", None)
    return [
        Control("framework", "Framework", _frameworks(frameworks)),
        Control(
            "axis",
            "Time",
            [
                Option("paper", "paper's date"),
                Option(
                    "created",
                    "repository created",
                    None if "created" in axes else "needs GitHub's metadata",
                ),
                Option("commit", "last commit"),
            ],
        ),
        Control("period", "By", [Option(key, key) for key in ("year", "quarter", "month")]),
        Control(
            "denominator",
            "Among papers with code in",
            [
                Option("pytorch_tensorflow", "PyTorch or TensorFlow"),
                Option("any_framework", "any framework"),
                Option("with_code", "any source"),
            ],
        ),
        Control(
            "keras",
            "Keras",
            [Option("in", "in TensorFlow"), Option("out", "by itself")],
        ),
        Control(
            "official",
            "Code",
            [Option("any", "anybody's"), Option("only", "official only")],
        ),
        Control("venue", "Venue", _venues(venues)),
        Control("stars", "Stars", _stars(connection)),
        Control("language", "Language", _languages(_papers_by(connection, "language", paper))),
    ]


def _papers_by(
    connection: duckdb.DuckDBPyConnection, column: str, where: str = ""
) -> dict[str, int]:
    """Papers by the values of a column of the cube, most papers first; unknown ones left out."""
    rows = connection.execute(
        f"select {column}, sum(papers)::bigint as total from share_cube {where} "
        f"group by {column} having {column} is not null order by total desc, {column}"
    ).fetchall()
    return {str(value): int(papers) for value, papers in rows}


def _frameworks(papers: dict[str, int]) -> list[Option]:
    others = sorted(papers, key=lambda key: -papers[key])
    return [Option(key, name(key)) for key in dict.fromkeys(["pytorch", "tensorflow", *others])]


def _venues(papers: dict[str, int]) -> list[Option]:
    enough = [venue for venue, count in papers.items() if count >= _LEAST_OF_VENUE]
    named = [Option(venue, f"{venue} ({papers[venue]:,})") for venue in enough]
    nothing = [Option("-", "by venue", "no source tells enough venues")]
    return [Option("", "all"), *(named or nothing)]


def _stars(connection: duckdb.DuckDBPyConnection) -> list[Option]:
    papers = _papers_by(connection, "stars_from", "where time_axis = 'paper'")
    why_not = None if papers else "no star counts"
    rows = connection.execute(
        "select stars_from from star_bucket where stars_from > 0 order by stars_from"
    ).fetchall()
    return [
        Option("", "any number"),
        *(Option(str(least), f"at least {least:,}", why_not) for (least,) in rows),
    ]


def _languages(papers: dict[str, int]) -> list[Option]:
    return [
        Option("", "all"),
        *(Option(key, f"{_LANGUAGES.get(key, key)} ({count:,})") for key, count in papers.items()),
    ]
