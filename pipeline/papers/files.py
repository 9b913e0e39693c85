"""Rows of a file in any form in which paper lists are handed around."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError

Row = dict[str, Any]

_GZIP_MARK = b"\x1f\x8b"
_PARQUET_MARK = b"PAR1"


def file_rows(path: Path) -> Iterator[Row]:
    """The rows of a Parquet file, a JSON array, JSON lines or a CSV with a header line, each
    but Parquet also gzipped. The form is told by the content, not by the name.

    Raises:
        InputError: the file is missing or in none of these forms.
    """
    try:
        with path.open("rb") as file:
            mark = file.read(4)
            file.seek(0)
            if mark == _PARQUET_MARK:
                yield from _parquet_rows(path)
            elif mark.startswith(_GZIP_MARK):
                with gzip.open(file) as inflated:
                    yield from _text_rows(inflated)
            else:
                yield from _text_rows(file)
    except (OSError, EOFError, pa.ArrowException, csv.Error) as error:
        raise InputError(f"The list {path} cannot be read: {error}") from None
    except (ValueError, zlib.error) as error:
        raise InputError(f"The list {path} is damaged: {error}") from None


def _parquet_rows(path: Path) -> Iterator[Row]:
    for batch in pq.ParquetFile(path).iter_batches():
        yield from batch.to_pylist()


def _text_rows(file: IO[bytes] | gzip.GzipFile) -> Iterator[Row]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    start = text.read(1)
    while start and start.isspace():
        start = text.read(1)
    text.seek(0)
    if start == "[":
        yield from (row for row in json.load(text) if isinstance(row, dict))
    elif start == "{":
        lines = (json.loads(line) for line in text if line.strip())
        yield from (row for row in lines if isinstance(row, dict))
    else:
        yield from csv.DictReader(text)
