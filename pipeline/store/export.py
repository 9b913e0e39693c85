"""Writes the published tables and views as files for programs that do not read DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import duckdb

from pipeline.errors import InputError
from pipeline.store.connections import NOT_PERMITTED, literal, quoted
from pipeline.store.database import open_to_read
from pipeline.store.manifest import content_of

Form = Literal["parquet", "csv"]
"""The kind of a file, and the end of its name."""


def export_published(
    published: Path,
    folder: Path,
    tables: Sequence[str] = (),
    form: Form = "parquet",
) -> list[Path]:
    """Write published tables and views into a folder, all or those named. Gives the files.

    Rows are sorted by all columns, so the same content gives the same bytes. A file appears when it
    is whole, in the place of an older one. The metadata of a Parquet file hold what the manifest
    says of the content.

    Raises:
        InputError: `folder` is a file, or this user may not write there.
        StoreError: there is no published database yet, or it cannot be read.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file. Name a folder.")
    with _writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with open_to_read(published) as connection, _writable(folder):
        options = "format csv, header true" if form == "csv" else _parquet(connection)
        return [
            _export(connection, name, folder / f"{name}.{form}", options)
            for name in tables or _names(connection)
        ]


def _parquet(connection: duckdb.DuckDBPyConnection) -> str:
    """The options of a Parquet file, with what the manifest says of its content."""
    pairs = ", ".join(
        f"{literal(name)}: {literal(value)}" for name, value in content_of(connection).items()
    )
    metadata = f", kv_metadata {{{pairs}}}" if pairs else ""
    return f"format parquet, compression zstd{metadata}"


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """Raise InputError if the system keeps this user from writing into a folder."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        reason = NOT_PERMITTED.search(str(error))
        if reason is None:
            raise
        raise InputError(
            f"Nothing can be written into {folder} ({reason[0]}). Name another folder."
        ) from None


def export_answers(published: Path, folder: Path) -> None:
    """Write the answers and the small tables into a folder, without those of files and lines.

    Removes the files of the others, which an older version wrote. Raises as `export_published`.
    """
    answers = answer_names(published)
    export_published(published, folder, answers)
    for name in set(published_names(published)) - set(answers):
        (folder / f"{name}.parquet").unlink(missing_ok=True)


def published_names(published: Path) -> list[str]:
    """The names of all published tables and views. Raises StoreError as `export_published`."""
    with open_to_read(published) as connection:
        return _names(connection)


def answer_names(published: Path) -> list[str]:
    """The names without those of files and lines, which have nearly all rows. Raises StoreError."""
    with open_to_read(published) as connection:
        rows = connection.execute(
            "select table_name from information_schema.columns where table_schema = 'main' "
            "group by table_name "
            "having count(*) filter (where column_name in ('scan_id', 'path')) < 2 "
            "order by table_name"
        ).fetchall()
    return [name for (name,) in rows]


def _names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'main' order by 1"
    ).fetchall()
    return [name for (name,) in rows]


def _export(connection: duckdb.DuckDBPyConnection, name: str, file: Path, options: str) -> Path:
    part = file.with_name(f".{file.name}.part")
    rows = f"select {_columns(connection, name, file.suffix)} from {name} order by all"
    try:
        connection.execute(f"copy ({rows}) to '{quoted(part)}' ({options}, use_tmp_file false)")
        part.replace(file)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return file


def _columns(connection: duckdb.DuckDBPyConnection, name: str, suffix: str) -> str:
    """The columns to select. A CSV file has lists and structures as JSON."""
    if suffix != ".csv":
        return "*"
    relation = connection.table(name)
    nested = [
        column
        for column, kind in zip(relation.columns, relation.types, strict=True)
        if kind.id in ("list", "struct", "map")
    ]
    replaced = ", ".join(f"to_json({column}) as {column}" for column in nested)
    return f"* replace ({replaced})" if nested else "*"
