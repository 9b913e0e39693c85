"""Loads the values that a person corrected into the table `override`: data/overrides.csv."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from pipeline.errors import InputError
from pipeline.links import CodeLink, parse_link

_COLUMNS = ("kind", "item", "old", "new", "reason", "author", "date")
_KINDS = ("link", "date", "venue", "label")
_PRECISIONS = {"year": "-01-01", "month": "-01", "day": ""}
"""The rest of a date that is known to the year, the month or the day."""
_DATE = re.compile(r"\d{4}(?P<month>-\d\d)?(?P<day>-\d\d)?")

_Row = dict[str, object]


def load_overrides(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Fill the table `override` from a file. The table `framework` must be filled.

    Raises:
        InputError: a row is wrong. The message has the number of its line.
    """
    known = connection.execute("select framework from framework").fetchall()
    frameworks = {framework for (framework,) in known}
    connection.execute("delete from override")
    for row in _rows(file, frameworks):
        marks = ", ".join("?" * len(row))
        columns = ", ".join(row)
        connection.execute(f"insert into override ({columns}) values ({marks})", list(row.values()))


def unknown_items(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A sentence for each override that changes nothing, because the database lacks its item."""
    rows = connection.execute(
        "select csv_row, kind, item, old from correction where not is_applied order by csv_row"
    ).fetchall()
    for number, kind, item, old in rows:
        what = "judged scan of the unit" if kind == "label" else "paper"
        value = f" with the {kind} {old!r}" if old else ""
        yield (
            f"Line {number} of the overrides changes nothing: the database has no {what} "
            f"{item!r}{value}."
        )


def _rows(file: Path, frameworks: set[str]) -> Iterator[_Row]:
    seen: defaultdict[tuple[object, ...], list[tuple[int, object]]] = defaultdict(list)
    for number, line in _lines(file):
        try:
            row = _row(line, frameworks)
        except ValueError as error:
            raise InputError(f"{file}, line {number}: {error}") from None
        key = _key(row)
        for earlier, old in seen[key]:
            if None in (old, row["old"]) or old == row["old"]:
                raise InputError(f"{file}, line {number}: line {earlier} corrects the same value.")
        seen[key].append((number, row["old"]))
        yield {"csv_row": number} | row


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file, without empty ones, with the numbers of the lines where they end."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, restkey="more", restval="")
            if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
                raise InputError(f"{file} has no column {missing[0]!r}.")
            for line in reader:
                number = reader.line_num  # the reader leaves out empty lines
                if "more" in line:
                    raise InputError(
                        f"{file}, line {number}: it has more values than the file has columns. "
                        "Put a value with a comma in double quotes."
                    )
                values = {name: line[name].strip() for name in _COLUMNS}
                if any(values.values()):
                    yield number, values
    except OSError as error:
        raise InputError(f"The overrides {file} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} is not a CSV file in UTF-8: {error}.") from None


def _row(line: Mapping[str, str], frameworks: set[str]) -> _Row:
    """A row of the table.

    Raises:
        ValueError: why the row is wrong.
    """
    kind = line["kind"]
    if kind not in _KINDS:
        raise ValueError(f"{kind!r} is no kind of override. The kinds are {', '.join(_KINDS)}.")
    needed = ["item", "reason", "author", "date"] + ["new"] * (kind != "link" or not line["old"])
    for name in needed:
        if not line[name]:
            raise ValueError(f"The column {name!r} is empty.")
    row: _Row = {name: line[name] or None for name in ("kind", "item", "old", "new")}
    row |= {"reason": line["reason"], "author": line["author"], "decided_on": _day(line["date"])}
    if kind == "label":
        _check_frameworks(line, frameworks)
        row["item"] = _unit_id(line["item"])
    if kind == "link" and line["new"]:
        row |= _columns_of(_link(line["new"]))
    if kind == "date":
        row |= _published(line["new"])
    return row


def _key(row: _Row) -> tuple[object, ...]:
    """What two rows may not both correct; several links may replace one."""
    return row["kind"], row["item"], row["new"] if row["kind"] == "link" else None


def _check_frameworks(line: Mapping[str, str], frameworks: set[str]) -> None:
    for name in filter(None, (line["old"], line["new"])):
        if name not in frameworks:
            raise ValueError(
                f"{name!r} is no framework. 'adoption query \"from framework\"' lists them."
            )


def _unit_id(text: str) -> str:
    """The unit that a link, owner/name or the id of a unit names."""
    is_id = "://" not in text and (":" in text or "@" in text)
    return text if is_id else _link(text).unit_id


def _link(text: str) -> CodeLink:
    link = parse_link(text, bare_is_github=True)
    if not isinstance(link, CodeLink):
        raise ValueError(f"{text!r} names no repository: {link.message}")
    return link


def _columns_of(link: CodeLink) -> _Row:
    return {
        "unit_id": link.unit_id,
        "host": link.host,
        "owner": link.owner,
        "name": link.name,
        "ref": link.ref,
        "subdir": link.subdir,
    }


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day. Write it like 2026-11-30.") from None


def _published(text: str) -> _Row:
    """The columns of a date of a paper: 2019, 2019-05 or 2019-05-31."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date. Write it like 2019, 2019-05 or 2019-05-31.")
    precision = "day" if match["day"] else "month" if match["month"] else "year"
    return {"published_on": _day(text + _PRECISIONS[precision]), "date_precision": precision}
