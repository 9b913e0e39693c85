"""Loads a recorded sample into the database, a whole table at a time.

A sample is a folder with a Parquet file for each table: scans, their facts, the tables in MOMENTS,
and the draw. A sample without the files of MOMENTS has only the newest commit of each unit.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.code.units import Unit
from pipeline.errors import InputError
from pipeline.scan.records import SCANNER_VERSION, ScanResult, ScanStatus
from pipeline.store.arrow import schema_of
from pipeline.store.connections import transaction
from pipeline.store.database import Batch, checkpoint, due_rows, now, write_rows
from pipeline.store.run_rows import checkpoint_batch
from pipeline.store.scan_rows import FACTS, scan_batch, scan_id

MOMENTS = {
    "paper_commit": ("paper", "unit"),
    "repository_history": ("unit",),
    "year_end": ("unit",),
}
"""The tables with commits of papers and ends of years, and what each of their rows belongs to."""

_DRAW = "draw"
_CHECKPOINT = "sample"
_ITS_KEY = {"paper": "paper_id", "unit": "unit_id"}

Answer = tuple[str, ScanStatus, str | None]
"""A unit with the status and the message of its scan."""


def replay(
    connection: duckdb.DuckDBPyConnection, folder: Path, recheck_days: float
) -> list[Answer]:
    """Load the sample's rows on linked units and papers. Gives an answer for each unit due.

    Loaded scans count as scans of now by this version of the scanner, so that their units are not
    due again. If no unit is due and the sample is loaded already, changes nothing.

    Raises:
        InputError: the folder has no sample.
    """
    _check(folder)
    due = due_rows(
        connection,
        "units",
        scanner_version=SCANNER_VERSION,
        now=now(),
        recheck_days=recheck_days,
    )
    if not due and is_replayed(connection, folder):
        return []
    units = {row["unit_id"]: _unit(row) for row in due}
    with transaction(connection):
        heads = _load_scans(connection, folder, _scans_of_now(folder), list(units))
        write_rows(connection, _moments(connection, folder))
        _load_draw(connection, folder)
        absent = [
            (unit, _absent(unit_id, folder))
            for unit_id, unit in units.items()
            if unit_id not in heads
        ]
        write_rows(connection, scan_batch(absent))
        write_rows(connection, checkpoint_batch({_CHECKPOINT: _content(folder)}))
    heads |= {result.target: (result.target, result.status, result.message) for _, result in absent}
    return [heads[unit_id] for unit_id in units]


def is_replayed(connection: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Whether the last sample that was loaded is the one in the folder, as it is now.

    Raises:
        InputError: the folder has no sample.
    """
    _check(folder)
    return checkpoint(connection, _CHECKPOINT) == _content(folder)


def restore(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load the sample's rows that the database lacks, scans with their own version and date.

    So a scan counts until this version of the scanner reads the code of its unit.

    Raises:
        InputError: the folder has no sample.
    """
    _check(folder)
    with transaction(connection):
        _load_scans(connection, folder, _scans(folder), [])
        for table, rows in _moments(connection, folder).items():
            connection.register("recorded", rows)
            connection.execute(f"insert or ignore into {table} by name from recorded")
            connection.unregister("recorded")


def _check(folder: Path) -> None:
    for name in ("scan", *FACTS):
        if not _file(folder, name).exists():
            raise InputError(f"{folder} has no recorded sample: {name}.parquet is missing.")


def _load_scans(
    connection: duckdb.DuckDBPyConnection, folder: Path, scans: pa.Table, due: list[str]
) -> dict[str, Answer]:
    """Load the scans of linked units with their facts. Gives the answers for the units due.

    `scans`: rows of `scan` with recorded_id, the id that the scan has in the folder.
    """
    connection.register("recorded", scans)
    connection.execute(
        "create or replace temp table replayed as "
        "select recorded.* from recorded semi join unit using (unit_id) "
        "where list_contains(?, unit_id) or scan_id not in (select scan_id from scan)",
        [due],
    )
    connection.unregister("recorded")
    for table in FACTS:
        connection.execute(
            f"insert into {table} by name "
            "select replayed.scan_id, facts.* exclude (scan_id) "
            "from read_parquet(?) as facts "
            "inner join replayed on facts.scan_id = replayed.recorded_id "
            "where replayed.scan_id not in (select scan_id from scan)",
            [str(_file(folder, table))],
        )
    loaded = connection.sql("select * exclude (recorded_id) from replayed").to_arrow_table()
    write_rows(connection, {"scan": loaded})
    answers = connection.execute(
        "select unit_id, status, message from replayed where is_head and list_contains(?, unit_id)",
        [due],
    ).fetchall()
    connection.execute("drop table replayed")
    return {unit_id: (unit_id, ScanStatus(status), message) for unit_id, status, message in answers}


def _scans_of_now(folder: Path) -> pa.Table:
    """The sample's scans as if this version of the scanner had made them now."""
    scans = _scans(folder)
    rows = scans.select(["unit_id", "commit_id", "status"]).to_pylist()
    given = {
        "scan_id": [scan_id(**row) for row in rows],
        "scanner_version": [SCANNER_VERSION] * len(rows),
        "scanned_at": [now()] * len(rows),
    }
    for name, values in given.items():
        column = scans.schema.get_field_index(name)
        scans = scans.set_column(column, name, pa.array(values, scans.schema.field(name).type))
    return scans


def _scans(folder: Path) -> pa.Table:
    """The sample's scans as rows of `scan`, and the id of each in the sample: recorded_id."""
    recorded = pq.read_table(_file(folder, "scan"))
    columns = {"recorded_id": recorded["scan_id"]}
    for field in schema_of("scan"):
        if field.name in recorded.column_names:
            columns[field.name] = recorded[field.name].cast(field.type)
        elif field.name == "is_head":  # an older version recorded the newest commits alone
            columns[field.name] = pa.repeat(pa.scalar(True), len(recorded))
        else:
            columns[field.name] = pa.nulls(len(recorded), field.type)
    return pa.table(columns)


def _moments(connection: duckdb.DuckDBPyConnection, folder: Path) -> Batch:
    """The rows on commits of papers and ends of years, for the papers and units that links name."""
    batch = {}
    for table, owners in MOMENTS.items():
        if (file := _file(folder, table)).exists():
            owned = " ".join(f"semi join {owner} using ({_ITS_KEY[owner]})" for owner in owners)
            rows = connection.sql(f"from read_parquet($file) {owned}", params={"file": str(file)})
            batch[table] = rows.to_arrow_table()
    return batch


def _load_draw(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Replace the drawn repositories by those of the sample, if it has their strata."""
    if not (file := _file(folder, _DRAW)).exists():
        return
    drawn = pq.read_table(file)
    columns = [field.name for field in schema_of("sample_repository")]
    if set(columns) <= set(drawn.column_names):
        connection.execute("delete from sample_repository")
        write_rows(connection, {"sample_repository": drawn.select(columns)})


def _unit(row: dict[str, str]) -> Unit:
    return Unit(row["unit_id"], row["host"], row["owner"], row["name"], row["subdir"])


def _absent(unit_id: str, folder: Path) -> ScanResult:
    message = f"{unit_id} is not part of the sample in {folder}."
    return ScanResult(unit_id, status=ScanStatus.NOT_FOUND, message=message)


def _file(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"


def _content(folder: Path) -> str:
    """Changes with every table of the sample."""
    content = hashlib.sha256()
    for name in ("scan", *FACTS, *MOMENTS, _DRAW):
        file = _file(folder, name)
        content.update(file.read_bytes() if file.exists() else b"")
    return content.hexdigest()
