"""Samples are loaded a table at a time: what is due gets an answer, and nothing is loaded twice."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pyarrow.parquet as pq
import pytest

from pipeline.code.units import Unit
from pipeline.errors import InputError
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.arrow import arrow_table
from pipeline.store.database import Batch, due_rows, write
from pipeline.store.replay import replay, restore
from pipeline.store.scan_rows import scan_batch, scan_id
from tests.facts_of import Store, add_paper, database, result_of

pytestmark = pytest.mark.slow

UNIT = Unit("github.com/o/r", "github.com", "o", "r")
NEW = replace(
    result_of({"net.py": "import torch"}), commit_id="b" * 40, committed_at="2024-05-06T00:00:00Z"
)
OLD = replace(
    result_of({"net.py": "import theano"}),
    commit_id="a" * 40,
    committed_at="2016-05-06T00:00:00Z",
    is_head=False,
)
THEN = {
    "paper_id": "p",
    "unit_id": UNIT.unit_id,
    "asked_until": dt.datetime(2016, 6, 1),
    "commit_id": "a" * 40,
    "committed_at": dt.datetime(2016, 5, 6),
    "status": "in_time",
    "found_at": dt.datetime(2026, 1, 2),
}


def write_sample(folder: Path, batch: Batch, without: tuple[str, ...] = ()) -> Path:
    """A sample with these tables, as its recorder or an older one wrote it."""
    for name, table in batch.items():
        kept = [column for column in table.column_names if column not in without]
        pq.write_table(table.select(kept), folder / f"{name}.parquet")
    return folder


def with_paper() -> Store:
    store = database()
    add_paper(store, "p", "r", 2016)
    return store


def test_facts_and_moments_are_loaded(tmp_path: Path) -> None:
    sample = write_sample(
        tmp_path,
        {
            **scan_batch([(UNIT, NEW), (UNIT, OLD)]),
            "paper_commit": arrow_table("paper_commit", [THEN]),
        },
    )
    store = with_paper()
    assert replay(store, sample, 30) == [("github.com/o/r", "ok", None)]
    labels = "select moment, label from paper_framework order by moment"
    assert store.sql(labels).fetchall() == [("now", "pytorch"), ("then", "theano")]
    found_at = store.sql("select found_at from paper_commit").fetchall()
    assert found_at == [(dt.datetime(2026, 1, 2),)]


DRAWN = {
    "repository": "github.com/o/r",
    "stratum": "nlp",
    "year": 2019,
    "place": 1,
    "cell_size": 9,
    "weight": 4.5,
    "outcome": "ok",
}


def test_the_draw_of_a_sample_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    store = with_paper()
    for repository in ("github.com/o/old", "github.com/o/r"):
        drawn = arrow_table("sample_repository", [DRAWN | {"repository": repository}])
        batch = {**scan_batch([(UNIT, NEW)]), "draw": drawn.append_column("owner", [["o"]])}
        replay(store, write_sample(tmp_path, batch), 30)
    rows = store.sql("select repository, stratum, weight from sample_repository").fetchall()
    assert rows == [("github.com/o/r", "nlp", 4.5)]


def test_a_draw_without_strata_is_left_out(tmp_path: Path) -> None:
    drawn = arrow_table("sample_repository", [DRAWN]).drop_columns(["stratum"])
    store = with_paper()
    replay(store, write_sample(tmp_path, {**scan_batch([(UNIT, NEW)]), "draw": drawn}), 30)
    assert store.sql("from sample_repository").fetchall() == []


def test_a_second_time_nothing_is_due_and_nothing_changes(tmp_path: Path) -> None:
    sample = write_sample(tmp_path, scan_batch([(UNIT, NEW)]))
    store = with_paper()
    replay(store, sample, 30)
    before = store.sql("from scan").fetchall()
    assert replay(store, sample, 30) == []
    assert store.sql("from scan").fetchall() == before
    assert store.sql("select count(*) from import_fact").fetchall() == [(1,)]


def test_a_sample_that_has_changed_is_loaded_though_no_unit_is_due(tmp_path: Path) -> None:
    store = with_paper()
    replay(store, write_sample(tmp_path, scan_batch([(UNIT, NEW)])), 30)
    replay(store, write_sample(tmp_path, scan_batch([(UNIT, NEW), (UNIT, OLD)])), 30)
    facts = "select module, count(*) from import_fact group by module order by module"
    assert store.sql(facts).fetchall() == [("theano", 1), ("torch", 1)]


def test_a_sample_of_an_older_scanner_without_moments_gives_scans_of_this_one(
    tmp_path: Path,
) -> None:
    batch = dict(scan_batch([(UNIT, NEW)]))
    for name, table in batch.items():
        place = table.schema.get_field_index("scan_id")
        batch[name] = table.set_column(place, "scan_id", [["old id"] * table.num_rows])
    sample = write_sample(tmp_path, batch, without=("is_head", "transfer", "bytes_moved"))
    store = with_paper()
    replay(store, sample, 30)
    key = scan_id(UNIT.unit_id, NEW.commit_id, "ok")
    scans = store.sql("select scan_id, scanner_version, is_head from scan").fetchall()
    assert scans == [(key, SCANNER_VERSION, True)]
    assert store.sql("select scan_id, module from import_fact").fetchall() == [(key, "torch")]


def test_restored_scans_keep_their_version_and_date_so_their_units_stay_due(tmp_path: Path) -> None:
    batch = dict(scan_batch([(UNIT, NEW)]))
    scan = batch["scan"].to_pylist()[0]
    scanned_at = dt.datetime(2025, 1, 2)
    old = scan | {"scan_id": "old id", "scanner_version": "1", "scanned_at": scanned_at}
    batch["scan"] = arrow_table("scan", [old])
    facts = batch["import_fact"]
    batch["import_fact"] = facts.set_column(0, "scan_id", [["old id"] * facts.num_rows])
    store = with_paper()
    restore(store, write_sample(tmp_path, batch))
    scans = store.sql("select scan_id, scanner_version, scanned_at from scan").fetchall()
    assert scans == [("old id", "1", scanned_at)]
    assert store.sql("select scan_id, module from import_fact").fetchall() == [("old id", "torch")]
    today = {"scanner_version": SCANNER_VERSION, "now": dt.datetime(2026, 1, 2), "recheck_days": 0}
    assert [row["unit_id"] for row in due_rows(store, "units", **today)] == [UNIT.unit_id]


def test_what_a_run_has_found_is_not_replaced_by_what_is_restored(tmp_path: Path) -> None:
    batch = {**scan_batch([(UNIT, NEW)]), "paper_commit": arrow_table("paper_commit", [THEN])}
    store = with_paper()
    newer = THEN | {"commit_id": "c" * 40}
    write(store, {"paper_commit": arrow_table("paper_commit", [newer])})
    restore(store, write_sample(tmp_path, batch))
    assert store.sql("select commit_id from paper_commit").fetchall() == [("c" * 40,)]


def test_a_unit_outside_the_sample_is_not_found_and_the_sample_s_other_units_stay_out(
    tmp_path: Path,
) -> None:
    other = replace(UNIT, unit_id="github.com/o/other", name="other")
    sample = write_sample(tmp_path, scan_batch([(other, NEW)]))
    store = with_paper()
    assert replay(store, sample, 30) == [("github.com/o/r", "not_found", ANY)]
    assert store.sql("select unit_id, status from scan").fetchall() == [
        ("github.com/o/r", "not_found")
    ]
    assert store.sql("from import_fact").fetchall() == []


def test_a_folder_without_a_table_of_facts_is_no_sample(tmp_path: Path) -> None:
    sample = write_sample(tmp_path, scan_batch([(UNIT, NEW)]))
    (sample / "api_use.parquet").unlink()
    with pytest.raises(InputError, match="api_use"):
        replay(with_paper(), sample, 30)
