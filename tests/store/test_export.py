"""Published tables and views as files: whole, sorted, and readable without DuckDB."""

import csv
import errno
import json
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import InputError, NoStoreError
from pipeline.store.export import export_published


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A file with a table and two views."""
    file = tmp_path / "adoption.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table odd (name varchar, number integer, flag boolean)")
        connection.execute("insert into odd values ('b', 2, true), (null, null, null)")
        connection.execute("insert into odd values ('', 1, false)")
        connection.execute("create view even as select number from odd where number % 2 = 0")
        proof = "{'path': 'net.py', 'line': 1, 'day': date '2020-01-31'}"
        connection.execute(f"create view proved as select 'jax' as label, [{proof}] as evidence")
    return file


def read_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def test_every_table_and_view_becomes_a_parquet_file(published: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    files = export_published(published, out)
    assert files == [out / f"{name}.parquet" for name in ("even", "odd", "proved")]
    assert duckdb.sql(f"from '{out}/even.parquet'").fetchall() == [(2,)]
    assert duckdb.sql(f"select flag from '{out}/odd.parquet'").fetchall() == [
        *((False,), (True,), (None,))
    ]


@pytest.mark.parametrize("method", ["mkdir", "replace"])
def test_a_folder_that_may_not_be_written_is_one_sentence(
    method: str, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(InputError) as caught:
        export_published(published, tmp_path / "out", ["odd"])
    assert str(caught.value) == (
        f"Nothing can be written into {tmp_path / 'out'} (Read-only file system). "
        "Name another folder."
    )


def test_one_view_becomes_one_csv_file(published: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export_published(published, out, ["even"], "csv") == [out / "even.csv"]
    assert [file.name for file in out.iterdir()] == ["even.csv"]
    assert read_csv(out / "even.csv") == [["number"], ["2"]]


def test_csv_keeps_an_empty_text_apart_from_a_missing_one(published: Path, tmp_path: Path) -> None:
    (file,) = export_published(published, tmp_path / "out", ["odd"], "csv")
    assert file.read_text() == 'name,number,flag\n"",1,false\nb,2,true\n,,\n'


def test_csv_has_lists_as_json(published: Path, tmp_path: Path) -> None:
    (file,) = export_published(published, tmp_path / "out", ["proved"], "csv")
    _, (label, evidence) = read_csv(file)
    assert label == "jax"
    assert json.loads(evidence) == [{"path": "net.py", "line": 1, "day": "2020-01-31"}]


def test_an_export_that_fails_leaves_the_older_file_and_no_half_one(
    published: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (file,) = export_published(published, out, ["odd"], "csv")
    before = file.read_bytes()
    with duckdb.connect(str(published)) as connection:
        connection.execute("alter table odd rename to rows_of_odd")
        broken = "if(number = 2, error('The view is broken.'), name) as name"
        connection.execute(f"create view odd as select {broken} from rows_of_odd")
    with pytest.raises(duckdb.Error, match="The view is broken"):
        export_published(published, out, ["odd"], "csv")
    assert [(item.name, item.read_bytes()) for item in out.iterdir()] == [("odd.csv", before)]


def test_a_file_in_the_place_of_the_folder_is_one_sentence(published: Path) -> None:
    with pytest.raises(InputError, match="is a file"):
        export_published(published, published)


def test_before_anything_is_published_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="adoption demo"):
        export_published(tmp_path / "adoption.duckdb", tmp_path / "out")
