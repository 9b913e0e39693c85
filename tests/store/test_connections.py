"""Database files that cannot be used: each is one sentence, and none is touched."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Timer

import duckdb
import pytest

from pipeline.errors import DamagedError, StoreError, StoreHeldError
from pipeline.store.database import open_store, open_to_read
from pipeline.store.publish import answers, publish
from pipeline.store.restore import restore
from tests.facts_of import add_paper, add_repository, database_file

pytestmark = pytest.mark.slow  # each test writes whole databases

HOLD = """
import duckdb, sys
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def collected(path: Path) -> Path:
    """A working database with one paper and its repository."""
    with open_store(database_file(path)) as store:
        add_repository(store, "a", {"net.py": "import torch"})
        add_paper(store, "p", "a")
    return path


def published(tmp_path: Path) -> tuple[Path, Path]:
    """The working database and its published copy."""
    working, target = collected(tmp_path / "work" / "adoption.duckdb"), tmp_path / "adoption.duckdb"
    with open_store(working) as store:
        publish(store, target)
    return working, target


def test_a_sqlite_file_is_named_as_one_and_nothing_is_downloaded(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with sqlite3.connect(path) as other:
        other.execute("create table t (i)")
    with pytest.raises(StoreError, match="is an SQLite database"), open_to_read(path):
        pass


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 10_000], ids=["empty", "text", "zeros"])
def test_a_file_of_another_kind_is_no_duckdb_database(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "work" / "adoption.duckdb"
    path.parent.mkdir()
    path.write_bytes(content)
    with (
        pytest.raises(StoreError, match=r"not a DuckDB database\. 'adoption restore'"),
        open_store(path),
    ):
        pass
    assert path.read_bytes() == content


def test_half_a_file_is_damaged(tmp_path: Path) -> None:
    path = collected(tmp_path / "work" / "adoption.duckdb")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(StoreError, match=r"is damaged .*'adoption restore'"), open_to_read(path):
        pass


@pytest.mark.parametrize("reason", ["Permission denied", "Read-only file system"])
def test_a_folder_that_may_not_be_written_is_not_called_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    path = tmp_path / "work" / "adoption.duckdb"

    def refused(*_: object, **__: object) -> None:  # as for another user than root
        raise duckdb.IOException(f'IO Error: Cannot open file "{path}": {reason}')

    monkeypatch.setattr(duckdb, "connect", refused)
    sentence = rf"cannot be opened \({reason}\)\. Give this user the right .* ADOPTION_DATA"
    with pytest.raises(StoreError, match=sentence) as told, open_store(path):
        pass
    assert not isinstance(told.value, DamagedError)


def test_the_database_of_a_newer_version_is_not_restored(tmp_path: Path) -> None:
    working, target = published(tmp_path)
    with duckdb.connect(str(working)) as store:
        store.execute("insert into schema_version values (999, 'later.sql')")
    before = working.read_bytes()
    with pytest.raises(StoreError, match="Install the newer version"):
        restore(target, working)
    assert working.read_bytes() == before


def test_a_question_mark_in_the_path_is_told_before_duckdb_stumbles(tmp_path: Path) -> None:
    path = tmp_path / "why?" / "adoption.duckdb"
    with pytest.raises(StoreError, match=r"contains '\?'. Set ADOPTION_DATA"), open_store(path):
        pass


def test_the_program_that_holds_a_file_is_named(tmp_path: Path) -> None:
    path = collected(tmp_path / "work" / "adoption.duckdb")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreHeldError, match=f"process {holder.pid}"), open_to_read(path):
            pass
        with pytest.raises(StoreHeldError):
            restore(tmp_path / "adoption.duckdb", path)
        holder.communicate()


def test_who_holds_the_published_copy_is_to_open_it_read_only(tmp_path: Path) -> None:
    path = collected(tmp_path / "adoption.duckdb")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreHeldError, match="or open it read-only there"), open_to_read(path):
            pass
        holder.communicate()


def test_what_the_holder_does_is_named(tmp_path: Path) -> None:
    path = collected(tmp_path / "work" / "adoption.duckdb")
    hold = (
        "import sys; from pathlib import Path; from pipeline.store.database import open_store\n"
        "with open_store(Path(sys.argv[1]), purpose='the flow links'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        sentence = rf"has {path} open \(the flow links, \S+, process {holder.pid}\)\."
        with pytest.raises(StoreHeldError, match=sentence), open_to_read(path):
            pass
        holder.communicate()
    assert not path.with_name("adoption.duckdb.holder").exists()


def test_a_writer_waits_for_a_program_that_reads(tmp_path: Path) -> None:
    path = collected(tmp_path / "work" / "adoption.duckdb")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        end = Timer(0.5, holder.communicate)
        end.start()
        with open_store(path) as store:
            assert store.execute("select count(*) from paper").fetchall() == [(1,)]
        end.join()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = collected(tmp_path / "adoption.duckdb")
    with duckdb.connect(str(path)) as store:
        store.execute("insert into schema_version values (999, '999_later.sql')")
    with pytest.raises(StoreError, match="newer version of this program"), open_store(path):
        pass


def test_a_damaged_working_file_is_made_again_from_the_published_one(tmp_path: Path) -> None:
    working, target = published(tmp_path)
    working.write_bytes(working.read_bytes()[:20_000])
    assert restore(target, working) == [working.with_name("adoption.duckdb.damaged")]
    with open_store(working) as store:
        assert store.execute("select paper_id, label from paper_framework").fetchall() == [
            ("p", "pytorch")
        ]


def test_a_missing_working_file_is_made_again_too(tmp_path: Path) -> None:
    working, target = published(tmp_path)
    working.unlink()
    working.parent.rmdir()
    assert restore(target, working) == []
    with open_to_read(working) as store:
        assert store.execute("select count(*) from import_fact").fetchall() == [(1,)]


def test_a_whole_working_file_is_left_alone(tmp_path: Path) -> None:
    working, target = published(tmp_path)
    with pytest.raises(StoreError, match="is not damaged, so there is nothing to restore"):
        restore(target, working)


def test_a_damaged_published_file_does_not_answer(tmp_path: Path) -> None:
    _, target = published(tmp_path)
    assert answers(target)
    target.write_bytes(target.read_bytes()[:20_000])
    assert not answers(target)
