"""`make stress`: 200 publishes beside readers, and 100 writers and 20 publishers that are killed.

tests/store/test_stress.py does the same, with fewer publishes.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.papers.records import PaperLink
from pipeline.store.database import open_published, open_store, write
from pipeline.store.paper_rows import link_batch
from pipeline.store.publish import publish
from tests.waiting import wait_until

READERS = 2
MOST_COMMITS = 6
"""Commits of a writer before it is killed."""
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.store.stress"])


def commit(store: Any, number: int) -> None:
    """Write the papers `number`.a and `number`.b and their links, in one transaction."""
    links = [PaperLink(f"{number}.{part}", "list", f"https://github.com/o/{part}") for part in "ab"]
    write(store, link_batch(links))


def committed(store: Any) -> int:
    """The number of commits in a database. Each must be whole, and none may be missing."""
    rows = store.sql(
        "select split_part(paper_id, '.', 1)::int as number, count(*), count(raw_link) "
        "from paper left join paper_link using (paper_id) group by all order by all"
    ).fetchall()
    assert rows == [(number, 2, 2) for number in range(1, len(rows) + 1)], rows
    return len(rows)


def read_beside(folder: Path, publishes: int) -> list[int]:
    """Publish so many times while other processes read. Gives how often each of them read.

    Raises:
        AssertionError: a reader met an error, half a state, or an older state than before.
    """
    working, target = folder / "work" / "adoption.duckdb", folder / "adoption.duckdb"
    with open_store(working) as store:
        commit(store, 1)
        publish(store, target)
        pipes, processes = [], []
        for _ in range(READERS):
            here, there = _CONTEXT.Pipe()
            process = _CONTEXT.Process(target=_read_until_told, args=(target, there), daemon=True)
            process.start()
            there.close()
            pipes.append(here)
            processes.append(process)
        for pipe in pipes:
            assert pipe.recv() == "reading"
        for number in range(2, publishes + 1):
            commit(store, number)
            publish(store, target)
    for pipe in pipes:
        pipe.send("end")
    answers = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    problems = [problem for _, problem in answers if problem]
    assert not problems, problems
    return [reads for reads, _ in answers]


def _read_until_told(target: Path, pipe: Connection) -> None:
    reads, problem, last = 0, None, 0
    pipe.send("reading")
    try:
        while not pipe.poll():
            with open_published(target) as published:
                before = _whole_state(published)
                assert before >= last, f"{before} after {last}"
                time.sleep(0.01)  # perhaps another file takes its place meanwhile
                assert _whole_state(published) == before
                reads, last = reads + 1, before
    except Exception as error:  # whatever it is, the test shall show it
        problem = repr(error)
    pipe.recv()
    pipe.send((reads, problem))


def _whole_state(published: Any) -> int:
    number = committed(published)
    sql = "select value from manifest where part = 'count' and name = 'linked_papers'"
    assert published.execute(sql).fetchall() == [(str(2 * number),)]
    return number


def kill_writers(folder: Path, kills: int, seed: int) -> int:
    """Kill so many writers at random moments. Gives the number of commits that are stored.

    Raises:
        AssertionError: a commit that a writer has reported is lost, or one is there in part.
    """
    path, chance, stored = folder / "work" / "adoption.duckdb", random.Random(seed), 0
    for kill in range(kills):
        with _killed_later(_write, path) as reported:
            if kill % 5:
                enough = stored + chance.randint(1, MOST_COMMITS)
                wait_until(partial(_has_reported, reported, enough))
                time.sleep(chance.uniform(0, 0.01))
            else:  # while it opens the database, or makes it
                time.sleep(chance.uniform(0, 0.3))
        last = reported(stored)
        with open_store(path) as store:
            number = committed(store)
        assert last <= number <= last + 1, (kill, last, number)
        stored = number
    return stored


def _has_reported(reported: Callable[[int], int], number: int) -> bool:
    return reported(0) >= number


def _write(path: Path, pipe: Connection) -> None:
    with open_store(path) as store:
        store.execute("set checkpoint_threshold = '100KB'")  # so that it writes the file often
        number = committed(store)
        while True:
            number += 1
            commit(store, number)
            pipe.send(number)


def kill_publishers(folder: Path, kills: int, seed: int) -> None:
    """Kill so many processes while they publish. The published file must stay whole.

    Raises:
        AssertionError: the published file has half a state.
    """
    chance, target = random.Random(seed), folder / "adoption.duckdb"
    for _ in range(kills):
        with _killed_later(_publish, folder) as reported:
            wait_until(lambda: reported(0) >= 1)
            time.sleep(chance.uniform(0, 1))
        with open_published(target) as published:
            _whole_state(published)


def _publish(folder: Path, pipe: Connection) -> None:
    with open_store(folder / "work" / "adoption.duckdb") as store:
        number = committed(store)
        while True:
            number += 1
            commit(store, number)
            publish(store, folder / "adoption.duckdb")
            pipe.send(number)


@contextmanager
def _killed_later(
    work: Callable[[Path, Connection], None], path: Path
) -> Iterator[Callable[[int], int]]:
    """A process that is killed at the end of the block. Gives the last number that it reported."""
    here, there = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(path, there), daemon=True)
    process.start()
    there.close()
    last: list[int] = []

    def reported(otherwise: int) -> int:
        with suppress(EOFError):
            while here.poll():
                last.append(here.recv())
        return last[-1] if last else otherwise

    try:
        yield reported
    finally:
        process.kill()
        process.join()


def main() -> None:
    """Run everything once and print what was done."""
    with tempfile.TemporaryDirectory() as name:
        reads = read_beside(Path(name), 200)
        print(f"200 publishes, {sum(reads):,} reads, each of a whole state", flush=True)
    with tempfile.TemporaryDirectory() as name:
        stored = kill_writers(Path(name), 100, seed=100)
        print(f"100 writers killed, all {stored:,} commits are there", flush=True)
        kill_publishers(Path(name), 20, seed=20)
        print("20 publishers killed, the published file stayed whole")


if __name__ == "__main__":
    main()
