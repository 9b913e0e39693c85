"""The recorded sample as rows, and databases that hold it."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.papers.paper_lists import list_links
from pipeline.resources import SAMPLE
from pipeline.store.paper_rows import link_batch
from pipeline.store.replay import MOMENTS
from pipeline.store.scan_rows import FACTS
from tests.facts_of import Store, database

Facts = Mapping[str, pa.Table]


def recorded_facts() -> Facts:
    """The sample's facts, moments and links, by table."""
    tables = ("scan", *FACTS, *MOMENTS)
    facts = {name: pq.read_table(SAMPLE / f"{name}.parquet") for name in tables}
    return {**facts, **link_batch(list_links(SAMPLE / "links.parquet"))}


def of_some_units(facts: Facts, count: int) -> Facts:
    """The facts of a number of scanned units, always the same, and of their papers."""
    scanned = sorted(set(facts["scan"]["unit_id"].to_pylist()))
    units = pa.array(random.Random(0).sample(scanned, count))
    scans = _with(facts["scan"], "unit_id", units)["scan_id"]
    papers = _with(facts["paper_link"], "unit_id", units)["paper_id"]
    chosen = {"unit_id": units, "scan_id": scans, "paper_id": papers}
    found = {}
    for name, rows in facts.items():
        key = next(column for column in chosen if column in rows.column_names)
        found[name] = _with(rows, key, chosen[key])
    return found


def _with(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return rows.filter(pc.is_in(rows[column], value_set=values))


def loaded(facts: Facts, seed: int | None = None, threads: int = 1) -> Store:
    """A database that holds the facts, in an order that the seed shuffles."""
    store = database()
    store.execute(f"set threads = {threads}")
    for name, rows in facts.items():
        order = list(range(rows.num_rows))
        if seed is not None:
            random.Random(seed).shuffle(order)
        store.register("incoming", rows.take(pa.array(order, pa.int64())))
        store.execute(f"insert into {name} by name select * from incoming")
        store.unregister("incoming")
    return store
