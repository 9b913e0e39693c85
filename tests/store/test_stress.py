"""Readers beside publishes, and writers and publishers that are killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store.database import open_published, open_store
from pipeline.store.publish import publish
from tests.facts_of import database_file
from tests.store.stress import commit, committed, kill_publishers, kill_writers, read_beside

pytestmark = pytest.mark.slow

HOLD_AND_WRITE = """
import duckdb, sys
held = duckdb.connect(sys.argv[1])
held.execute("create table mine as select 1 as i")
print("held", flush=True)
sys.stdin.read()
"""


def test_readers_see_whole_states_through_publishes(tmp_path: Path) -> None:
    database_file(tmp_path / "work" / "adoption.duckdb")
    assert min(read_beside(tmp_path, 15)) > 0


def test_killed_writers_lose_no_commit(tmp_path: Path) -> None:
    assert kill_writers(tmp_path, 25, seed=1) > 25


def test_killed_publishers_leave_a_whole_file(tmp_path: Path) -> None:
    database_file(tmp_path / "work" / "adoption.duckdb")
    kill_publishers(tmp_path, 3, seed=2)


def test_a_published_file_that_a_program_writes_does_not_stop_publishing(tmp_path: Path) -> None:
    target = tmp_path / "adoption.duckdb"
    with open_store(database_file(tmp_path / "work" / "adoption.duckdb")) as store:
        commit(store, 1)
        publish(store, target)
        with subprocess.Popen(
            [sys.executable, "-c", HOLD_AND_WRITE, target],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder:
            assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
            commit(store, 2)
            publish(store, target)
            with open_published(target) as published:
                assert committed(published) == 2
            holder.communicate()
        with open_published(target) as published:
            assert committed(published) == 2
