"""The records of a file, in any usual format of a paper list."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError

Row = dict[str, Any]


class Record(NamedTuple):
    """A record of a file: its number as a spreadsheet counts, and its fields or why it has none."""

    number: int
    fields: Row | None
    problem: str | None = None


_GZIP_MARK = b"\x1f\x8b"
_PARQUET_MARK = b"PAR1"
_ZIP_MARK = b"PK"
_OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SNIFFED = 2**16
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"(?i)sep=(.)\s*")
_JSON_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]')
# a cell may hold a whole abstract, or a broken quote's half of the file
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def file_rows(path: Path) -> Iterator[Row]:
    """The fields of every record that `file_records` can read. Raises as `file_records`."""
    return (record.fields for record in file_records(path) if record.fields is not None)


def file_records(path: Path) -> Iterator[Record]:
    """The records of a Parquet file, a JSON array, JSON lines, or a table of text with a header.

    Fields of a table are separated by commas, semicolons, tabs or bars; text is UTF-8, UTF-16 or
    UTF-32, else Windows-1252. All but Parquet may be gzipped. The content tells the form.

    Raises:
        InputError: the file is missing, damaged or in none of these forms.
    """
    try:
        with path.open("rb") as file:
            mark = file.read(4)
            file.seek(0)
            if mark == _PARQUET_MARK:
                yield from _parquet_records(path)
            elif mark.startswith(_GZIP_MARK):
                with gzip.open(file) as inflated:
                    yield from _text_records(inflated)
            elif mark.startswith((_ZIP_MARK, _OLD_OFFICE_MARK)):
                raise InputError(f"The list {path} is {_packed_form(path)}")
            else:
                yield from _text_records(file)
    except FileNotFoundError:
        raise InputError(f"There is no list at {path}. Check the path.") from None
    except OSError as error:
        raise InputError(f"The list {path} cannot be read: {error.strerror or error}.") from None
    except (EOFError, pa.ArrowException, csv.Error) as error:
        raise InputError(f"The list {path} cannot be read: {error}") from None
    except (ValueError, zlib.error) as error:
        raise InputError(f"The list {path} is damaged: {error}") from None


def _packed_form(path: Path) -> str:
    """What a file in a packed form is, and what to do with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return "an old or damaged workbook. Save its sheet as CSV and use that file."
    if "[Content_Types].xml" in names or "mimetype" in names or "Index/Document.iwa" in names:
        return "a workbook (such as Excel). Save its sheet as CSV and use that file."
    return "a zip archive. Unpack it and use the folder."


def _parquet_records(path: Path) -> Iterator[Record]:
    number = 0
    for batch in pq.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            number += 1
            yield Record(number, row)


def _text_records(file: IO[bytes] | gzip.GzipFile) -> Iterator[Record]:
    start = file.read(_SNIFFED)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=_encoding(start), errors="replace", newline="")
    first = text.read(1)
    while first and first.isspace():
        first = text.read(1)
    text.seek(0)
    if first == "[":
        yield from _array_records(text.read())
    elif first == "{":
        yield from _line_records(text)
    else:
        yield from _table_records(text)


def _encoding(start: bytes) -> str:
    if start.startswith(_UTF_32_MARKS):
        return "utf-32"
    if start.startswith(_UTF_16_MARKS):
        return "utf-16"
    if 2 * start[0::2].count(0) > len(start) / 2:
        return "utf-16-be"
    if 2 * start[1::2].count(0) > len(start) / 2:
        return "utf-16-le"
    try:
        start[:-4].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "cp1252" if error.start < len(start) - 8 else "utf-8-sig"
    return "utf-8-sig"


def _array_records(text: str) -> Iterator[Record]:
    """The elements of a JSON array, each read alone, so that a damaged one loses no other."""
    for number, element in enumerate(_elements(text), start=1):
        yield _json_record(number, element)


def _elements(text: str) -> Iterator[str]:
    """The texts of an array's elements.

    Raises:
        ValueError: the array does not end.
    """
    depth, start = 0, 0
    for part in _JSON_PART.finditer(text):
        mark = part[0]
        if mark in "[{":
            depth += 1
            if depth == 1:
                start = part.end()
        elif mark in "]}":
            depth -= 1
            if depth == 0:
                if text[start : part.start()].strip():
                    yield text[start : part.start()]
                return
        elif mark == "," and depth == 1:
            yield text[start : part.start()]
            start = part.end()
    raise ValueError("the JSON array does not end; the file may be incomplete")


def _line_records(text: IO[str]) -> Iterator[Record]:
    for number, line in enumerate(text, start=1):
        if line.strip():
            yield _json_record(number, line)


def _json_record(number: int, text: str) -> Record:
    try:
        value = json.loads(text)
    except RecursionError:
        return Record(number, None, "It is nested too deeply to be read.")
    except ValueError as error:
        return Record(number, None, f"It is not JSON: {error}.")
    if not isinstance(value, dict):
        return Record(number, None, "It is not an object with named fields.")
    return Record(number, value)


def _table_records(text: IO[str]) -> Iterator[Record]:
    header = text.readline()
    while header and not header.strip():
        header = text.readline()
    if named := _SEPARATOR_LINE.fullmatch(header):
        delimiter, header = named[1], text.readline()
    else:
        delimiter = max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    for number, row in enumerate(csv.DictReader(text, names, delimiter=delimiter), start=2):
        yield Record(number, row)
