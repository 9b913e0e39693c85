"""Published claims in sentences: rows of the view claim_check in words, each with its verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards.crossings import years_between
from dashboards.page import Line

VERDICTS = ("borne out", "not borne out", "cannot be told")
_CONTEXT = "for context"
_LIMITS = {"above": "more than ", "below": "less than ", "by": "by "}
_FEW = 2
"""A claim with more numbers than these has one of them in the line that sums it up."""


def lines_of(rows: pd.DataFrame) -> list[Line]:
    """One line for each number of a claim: theirs, ours with its interval and n, the verdict.

    Numbers come by verdict, and those that only give context last. Those for which no paper
    counts share a line for each reason.

    `rows`: rows of the view claim_check of one claim.
    """
    numbers = _in_order(rows)
    without: dict[str, list[dict[str, Any]]] = {}
    for number in numbers:
        if not number["n"]:
            without.setdefault(number["reason"] or "no paper counts", []).append(number)
    return [
        *(_line(number) for number in numbers if number["n"]),
        *(_line_without(reason, group) for reason, group in without.items()),
    ]


def line_of_claim(title: str, anchor: str, rows: pd.DataFrame) -> Line:
    """A claim in one line: its verdicts and the numbers, or one number of many.

    `rows`: rows of the view claim_check of one claim.
    """
    stated = [number for number in _in_order(rows) if number["verdict"]]
    verdicts = {number["verdict"] for number in stated}
    is_mixed = len(verdicts) != 1
    verdict = "mixed" if is_mixed else verdicts.pop()
    said = [
        _comparison(number, len(stated) > 1) + (f", {number['verdict']}" if is_mixed else "")
        for number in stated
        if number["n"]
    ]
    if len(stated) > _FEW or not said:
        said = [verdicts_in_words(rows), *said[:1]]
    return Line(title, verdict, f"{'; '.join(said)}.", anchor=anchor)


def verdicts_in_words(rows: pd.DataFrame) -> str:
    """The verdict, or how many numbers have each, with the reasons of what cannot be told.

    `rows`: rows of the view claim_check with verdict and reason.
    """
    verdicts, reasons = rows["verdict"].value_counts(), rows["reason"].value_counts()
    found = [(verdict, int(verdicts[verdict])) for verdict in VERDICTS if verdict in verdicts]
    said = ", ".join(f"{verdict} {count}" for verdict, count in found)
    if len(found) == 1:
        ((verdict, count),) = found
        said = f"{verdict}, all {count} numbers" if count > 1 else verdict
    why = "; ".join(
        f"{reason} ({count})" if len(reasons) > 1 else str(reason)
        for reason, count in reasons.items()
    )
    return f"{said} ({why})" if why and len(reasons) == 1 else said + (f": {why}" if why else "")


def _in_order(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows by verdict, with None for what is unknown."""
    known = rows.astype(object).where(rows.notna(), None)
    numbers = [{str(key): value for key, value in row.items()} for row in known.to_dict("records")]
    return sorted(numbers, key=lambda number: [*VERDICTS, None].index(number["verdict"]))


def _line(number: dict[str, Any]) -> Line:
    """A number for which papers count."""
    more = [words[0].upper() + words[1:] for words in (number["reason"], number["remark"]) if words]
    return Line(
        _name(number),
        number["verdict"] or _CONTEXT,
        " ".join(f"{words}." for words in (_comparison(number), *more)),
        asked=number["part"] if number["collected"] else "",
    )


def _name(number: dict[str, Any]) -> str:
    """What the number is about, with its years or months."""
    part, period = number["part"], number["period"]
    return f"{part} ({period})" if period and period not in part else str(part)


def _line_without(reason: str, numbers: list[dict[str, Any]]) -> Line:
    """The numbers for which no paper counts, for the same reason."""
    claimed = [_claimed(number) for number in numbers]
    is_same = len(set(claimed)) == 1
    parts = [
        number["part"] if is_same else f"{number['part']} ({words})"
        for number, words in zip(numbers, claimed, strict=True)
    ]
    theirs = f"claimed {claimed[0]}" if is_same else "claimed, in brackets"
    return Line(", ".join(parts), numbers[0]["verdict"] or _CONTEXT, f"{theirs}; {reason}.")


def _comparison(number: dict[str, Any], with_part: bool = False) -> str:
    """Their number and ours."""
    part = f"{_name(number)}: " if with_part else ""
    theirs = f"claimed {_claimed(number)}, " if number["rule"] else ""
    return f"{part}{theirs}we find {_ours(number)}"


def _claimed(number: dict[str, Any]) -> str:
    """The claimed number, or the limit that the claim sets. Empty without a rule."""
    if not number["rule"]:
        return ""
    return _LIMITS.get(number["rule"], "") + _value(number, number["claimed"])


def _ours(number: dict[str, Any]) -> str:
    value = "no such year" if number["value"] is None else _value(number, number["value"])
    return f"{value} (95% interval {_interval(number)}; n = {number['n']:,})"


def _interval(number: dict[str, Any]) -> str:
    if number["rule"] != "by":
        low, high = (_value(number, number[end]) for end in ("low", "high"))
        return f"{low.removesuffix(' points')} to {high}"
    first, last = str(number["period"]).split(" to ")
    earliest, latest = (
        None if year is None else int(year) for year in (number["low"], number["high"])
    )
    return years_between(
        {"earliest": earliest, "latest": latest, "first_year": int(first), "last_year": int(last)}
    )


def _value(number: dict[str, Any], value: float) -> str:
    """A year, a share, or a change of a share, which alone has no papers that it counts."""
    if number["rule"] == "by":
        return f"{value:.0f}"
    if number["papers"] is None and number["n"]:
        return f"{100 * value:+.0f} points" if round(100 * value) else "0"
    return f"{value:.0%}"
