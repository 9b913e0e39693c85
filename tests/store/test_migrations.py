"""Databases of released versions: they open, keep their facts and answers, or are refused."""

import gzip
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import StoreError
from pipeline.store import migrations
from pipeline.store.database import open_store, open_to_read
from pipeline.store.migrations import refuse_older
from pipeline.store.restore import restore
from tests.facts_of import add_paper, database_file

DATABASES = Path(__file__).parent / "databases"
RELEASED = sorted(file.name.removesuffix(".duckdb.gz") for file in DATABASES.glob("*.gz"))
VERSION_1 = {
    "select unit_id, label, variant from repo_label order by all": [
        ("github.com/o/graph", "tensorflow", "1.x"),
        ("github.com/o/torch", "pytorch", None),
    ],
    "select paper_id, family from paper_framework order by all": [
        ("arxiv:1701.00001", "tensorflow"),
        ("arxiv:2001.00001", "pytorch"),
    ],
    "select unit_id, status from scan order by all": [
        ("github.com/o/graph", "ok"),
        ("github.com/o/torch", "ok"),
        ("github.com/o/words", "no_code"),
    ],
    "select problem from paper_link where problem is not null": [("no_link",)],
    "select step, item, status from outcome": [("code", "github.com/o/words", "no_code")],
    "select mark from progress_mark where name = 'cursor:pwc'": [("page 2",)],
    "select path, line, module from import_fact where module like 'torch%' order by all": [
        ("train.py", 1, "torch"),
        ("train.py", 2, "torch.nn"),
    ],
}
"""Questions about databases/README.md's facts, and their answers."""


def unpacked(version: str, folder: Path) -> Path:
    """The database of a released version, as a working file."""
    path = folder / "work" / "adoption.duckdb"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.decompress((DATABASES / f"{version}.duckdb.gz").read_bytes()))
    return path


def schema(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as store:
        return int(store.sql("select max(version) from schema_version").fetchall()[0][0])


def break_the_last_step(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A newest migration whose second statement fails."""
    for number in range(1, 5):
        (folder / f"{number:03}_step.sql").write_text("select 1")
    step = "delete from scan; create table paper as select 1;"
    (folder / "005_broken.sql").write_text(step)
    monkeypatch.setattr(migrations, "_SCHEMA", folder)


@pytest.mark.slow
@pytest.mark.parametrize("version", RELEASED)
def test_a_database_of_a_released_version_keeps_its_facts_and_answers(
    version: str, tmp_path: Path
) -> None:
    with open_store(unpacked(version, tmp_path)) as store:
        for question, answer in VERSION_1.items():
            assert store.sql(question).fetchall() == answer, question


@pytest.mark.slow
def test_before_the_first_step_a_backup_is_written_and_its_place_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = unpacked("0.1.0", tmp_path)
    with open_store(path):
        pass
    backup = path.with_name("adoption.schema-3.duckdb")
    told = f"The database comes from an older version. Its backup is {backup}.\n"
    assert capsys.readouterr().err == told
    assert schema(backup) == 3
    with duckdb.connect(str(backup), read_only=True) as store:
        statuses = store.sql("select status from scan order by all").fetchall()
        assert statuses == [("no_source",), ("ok",), ("ok",)]
        assert store.sql("select count(*) from repo_label").fetchall() == [(2,)]


@pytest.mark.slow
def test_a_database_that_is_up_to_date_gets_no_backup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = database_file(tmp_path / "work" / "adoption.duckdb")
    with duckdb.connect(str(path)) as store:
        add_paper(store, "p", "r")
    with open_store(path):
        pass
    assert ([file.name for file in path.parent.iterdir()], capsys.readouterr().err) == (
        [path.name],
        "",
    )


@pytest.mark.slow
def test_a_database_without_facts_gets_no_backup(tmp_path: Path) -> None:
    path = unpacked("0.1.0", tmp_path)
    with duckdb.connect(str(path)) as store:
        store.execute("delete from paper; delete from scan")
    with open_store(path):
        pass
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_without_a_backup_nothing_is_migrated(tmp_path: Path) -> None:
    path = unpacked("0.1.0", tmp_path)
    path.with_name("adoption.schema-3.copy").mkdir()
    with pytest.raises(StoreError, match="no backup could be written"), open_store(path):
        pass
    assert schema(path) == 3


@pytest.mark.slow
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked("0.1.0", tmp_path)
    steps = tmp_path / "steps"
    steps.mkdir()
    break_the_last_step(monkeypatch, steps)
    with (
        pytest.raises(StoreError, match="could not be brought up to date, and is unchanged"),
        open_store(path),
    ):
        pass
    assert schema(path) == 3
    with duckdb.connect(str(path), read_only=True) as store:
        assert store.sql("select count(*) from scan").fetchall() == [(3,)]
        assert store.sql("select label from repo_label order by all").fetchall() == [
            ("pytorch",),
            ("tensorflow",),
        ]


def test_a_database_of_a_newer_version_is_refused_by_readers_too(tmp_path: Path) -> None:
    path = unpacked("0.1.0", tmp_path)
    with duckdb.connect(str(path)) as store:
        store.execute("insert into schema_version values (999, '999_later.sql')")
    with (
        pytest.raises(StoreError, match=r"newer version of this program .*schema 999"),
        open_to_read(path),
    ):
        pass


def test_views_of_an_older_version_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with (
        open_to_read(unpacked("0.1.0", tmp_path)) as store,
        pytest.raises(StoreError, match=r"older version .*schema 3.*'adoption run' brings it up"),
    ):
        refuse_older(store)


@pytest.mark.slow
@pytest.mark.parametrize("version", RELEASED)
def test_a_published_copy_of_a_released_version_is_restored_and_brought_up_to_date(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = unpacked(version, tmp_path).rename(tmp_path / "adoption.duckdb")
    before = published.read_bytes()
    working = tmp_path / "work" / "adoption.duckdb"
    assert restore(published, working) == []
    with open_store(working) as store:
        for question, answer in VERSION_1.items():
            assert store.sql(question).fetchall() == answer, question
    assert schema(working) == max(migrations._files())
    assert published.read_bytes() == before
    assert capsys.readouterr().err == "", "the copy is the backup"
