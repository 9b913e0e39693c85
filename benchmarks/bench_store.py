"""`make bench-store`: the database with 40,000 and 200,000 units, resampled from the sample.

Prints how long it takes to load them, to publish them, to publish after a thousand new scans, and
to label everything again after a rule has changed; the sizes of the files; the most memory of each
step; and how long each recipe, each view and the evidence of one repository take.

The numbers of units are arguments: `python -m benchmarks.bench_store 5000`.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from pipeline.papers.paper_lists import list_links
from pipeline.resources import SAMPLE, SQL
from pipeline.store.connections import quoted
from pipeline.store.database import open_published, open_store, set_checkpoint, write
from pipeline.store.export import answer_names
from pipeline.store.paper_rows import link_batch
from pipeline.store.publish import publish
from pipeline.store.replay import replay
from pipeline.terminal.explain import explain

UNITS = (40_000, 200_000)
NEW_SCANS = 1000
_ROUNDS = 3
"""Each question is asked so many times; the quickest answer counts, for others use the machine."""

_COPY = (Path(__file__).parent / "many_units.sql").read_text(encoding="utf-8")
_NUMBERS = """
    create table numbered_unit as
    select unit_id, host, owner, name, (row_number() over (order by unit_id) - 1)::integer as number
    from unit;

    create table own_module as
    select language, module
    from import_fact
    inner join scan using (scan_id)
    where (language, module) not in (select (language, module) from module_framework)
    group by all
    having count(distinct unit_id) = 1;
"""
_NEW_RULE = "update vote_weight set weight = weight / 2 where circumstance = 'peripheral'"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a step took: seconds by the clock and of the processor, and the most bytes of memory."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def main(arguments: list[str]) -> None:
    """Print the figures for each number of units."""
    folder = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir()))
    for units in map(int, arguments or UNITS):
        with tempfile.TemporaryDirectory(dir=folder) as name:
            bench(Path(name), units)


def bench(folder: Path, units: int) -> None:
    """Print the figures for a number of units."""
    sample, working = folder / "sample.duckdb", folder / "working.duckdb"
    published = folder / "published.duckdb"
    _say("units", f"{units:,} on {os.cpu_count()} cores")
    _in_process(load_sample, sample)
    _print("load", _in_process(load, working, sample, 0, units))
    for table, rows in _counts(working).items():
        _say(f"  {table}", f"{rows:,} rows")
    _say("working file", _megabytes(working))
    _print("publish for the first time", _in_process(publish_again, working, published))
    _say("published file", _megabytes(published))
    _in_process(load, working, sample, units, units + NEW_SCANS)
    _print(f"publish after {NEW_SCANS:,} new scans", _in_process(publish_again, working, published))
    _say("published file", _megabytes(published))
    _in_process(change_rule, working)
    _print("label everything again", _in_process(publish_again, working, published))
    _say("published file", _megabytes(published))
    for name, seconds in latencies(published):
        _say(f"  {name}", f"{seconds * 1000:.0f} ms")


def load_sample(path: Path) -> None:
    """The recorded sample, with a number for each unit."""
    with open_store(path) as store:
        write(store, link_batch(list_links(SAMPLE / "links.parquet")))
        replay(store, SAMPLE, 90)
        number_units(store)


def number_units(store: duckdb.DuckDBPyConnection) -> None:
    """The tables that `load` reads besides the facts."""
    store.execute(_NUMBERS)


def load(path: Path, sample: Path, first: int, end: int) -> None:
    """Add the units numbered from `first` up to `end`."""
    with open_store(path) as store:
        store.execute(f"attach '{quoted(sample)}' as sample (read_only)")
        ((size,),) = store.execute("select count(*) from sample.numbered_unit").fetchall()
        for copy in range(first // size, (end - 1) // size + 1):
            store.execute(f"set variable copy = {copy}")
            store.execute(f"set variable first = {max(first - copy * size, 0)}")
            store.execute(f"set variable last = {end - copy * size - 1}")
            store.execute(_COPY)
        set_checkpoint(store, "changed", f"{end} units")


def publish_again(working: Path, published: Path) -> None:
    with open_store(working) as store:
        publish(store, published)


def change_rule(working: Path) -> None:
    with open_store(working) as store:
        store.execute(_NEW_RULE)


def latencies(published: Path) -> Iterator[tuple[str, float]]:
    """Seconds of each recipe, of each view of answers, and of the rows of one scan."""
    with open_published(published) as store:
        for file in sorted((SQL / "recipes").glob("*.sql")):
            yield f"recipe {file.stem}", _quickest(store, file.read_text(encoding="utf-8"))
        for name in answer_names(published):
            yield (
                f"view {name}",
                _quickest(store, f"select max(hash(answer)) from {name} as answer"),
            )
        yield from _one_repository(store)


def _one_repository(store: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, float]]:
    scan_id, unit_id = store.execute(
        "select scan_id, unit_id from repo_label where label = 'pytorch' order by scan_id limit 1"
    ).fetchall()[0]
    with_scan = store.execute(
        "select table_name from duckdb_columns() where column_name = 'scan_id' "
        "and schema_name = 'main' order by table_name"
    ).fetchall()
    for (name,) in with_scan:
        sql = f"from {name} where scan_id = '{scan_id}'"
        yield f"one scan in {name}", _quickest(store, sql)
    link = "https://" + unit_id.partition("@")[0].partition(":")[0]
    yield "explain one repository", _least(lambda: list(explain(store, link)))


def _quickest(store: duckdb.DuckDBPyConnection, sql: str) -> float:
    return _least(lambda: store.sql(sql).to_arrow_table())


def _least(step: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return min(taken)


def _in_process(step: Callable[..., None], *arguments: object) -> Measured:
    """Run a step in a process of its own, whose memory nothing else uses."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_measured, step, *arguments).result()


def _measured(step: Callable[..., None], *arguments: object) -> Measured:
    started = time.perf_counter()
    step(*arguments)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _counts(path: Path) -> dict[str, int]:
    tables = ("paper", "unit", "scan", "import_fact", "api_use")
    with duckdb.connect(str(path), read_only=True) as store:
        return {
            table: int(store.execute(f"select count(*) from {table}").fetchall()[0][0])
            for table in tables
        }


def _print(what: str, measured: Measured) -> None:
    _say(
        what,
        f"{measured.seconds:.1f} s ({measured.cpu_seconds:.1f} s of processors, "
        f"at most {measured.peak_bytes / 1e9:.2f} GB of memory)",
    )


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.0f} MB"


def _say(what: str, value: str) -> None:
    print(f"{what:<44}{value}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
