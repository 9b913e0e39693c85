"""A damaged database of Prefect is put aside; a whole one is not touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.flows.prefect_database import put_damaged_aside

PAGE = 4096


def write_database(home: Path) -> Path:
    file = home / "prefect.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table run (name text)")
        connection.executemany("insert into run values (?)", [("a" * 1000,)] * 100)
    return file


def test_a_whole_database_stays(tmp_path: Path) -> None:
    content = write_database(tmp_path).read_bytes()
    assert put_damaged_aside(tmp_path) is None
    assert (tmp_path / "prefect.db").read_bytes() == content


def test_no_database_is_no_damage(tmp_path: Path) -> None:
    assert put_damaged_aside(tmp_path) is None


def test_another_kind_of_file_is_put_aside_with_its_logs(tmp_path: Path) -> None:
    for name in ("prefect.db", "prefect.db-wal", "prefect.db-shm"):
        (tmp_path / name).write_bytes(b"no database at all" * 300)
    assert put_damaged_aside(tmp_path) == tmp_path / "prefect.db.damaged"
    assert [file.name for file in tmp_path.iterdir()] == ["prefect.db.damaged"]


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    file = write_database(tmp_path)
    content = bytearray(file.read_bytes())
    content[PAGE : 2 * PAGE] = b"\xff" * PAGE
    file.write_bytes(content)
    assert put_damaged_aside(tmp_path) == tmp_path / "prefect.db.damaged"


def test_a_database_that_another_process_writes_is_whole(tmp_path: Path) -> None:
    with closing(sqlite3.connect(write_database(tmp_path))) as writer:
        writer.execute("begin exclusive")
        assert put_damaged_aside(tmp_path) is None
