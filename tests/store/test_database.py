"""The database: migrations, batches, snapshots and comments."""

from pathlib import Path

import duckdb
import pytest

from pipeline.errors import StoreError
from pipeline.resources import SQL
from pipeline.store.database import migrate, open_published, open_store
from pipeline.store.publish import publish
from pipeline.store.scan_rows import FACTS
from tests.facts_of import add_paper, add_repository, database, database_file

TABLES = ("paper", "paper_link", "scan", *FACTS)


def contents(store: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    rows = {name: store.sql(f"from {name} order by all") for name in TABLES}
    rows["scan"] = rows["scan"].select(duckdb.StarExpression(exclude=["scanned_at"]))
    return {name: relation.fetchall() for name, relation in rows.items()}


def fill(store: duckdb.DuckDBPyConnection) -> None:
    add_repository(store, "a", {"run.py": "import torch, models", "models.py": "import os"})
    add_paper(store, "p", "a", label="pytorch")


@pytest.mark.slow
def test_writing_twice_changes_nothing() -> None:
    store = database()
    fill(store)
    before = contents(store)
    fill(store)
    assert contents(store) == before
    assert all(before[name] for name in ("paper", "paper_link", "scan", "import_fact"))


@pytest.mark.slow
def test_migrating_twice_changes_nothing() -> None:
    store = database()
    fill(store)
    before = contents(store)
    migrate(store)
    assert contents(store) == before


def test_every_migration_has_a_number_of_its_own() -> None:
    numbers = [int(file.name.split("_")[0]) for file in sorted((SQL / "schema").glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.slow
def test_a_view_that_only_an_older_version_has_is_dropped() -> None:
    store = database()
    store.execute("create view old as from share_by_year")
    store.execute("delete from progress_mark where name = 'rules'")
    migrate(store)
    views = "select view_name from duckdb_views() where view_name in ('old', 'share_by_year')"
    assert store.sql(views).fetchall() == [("share_by_year",)]


@pytest.mark.slow
def test_readers_see_whole_snapshots_while_a_run_writes(tmp_path: Path) -> None:
    published = tmp_path / "adoption.duckdb"
    with open_store(database_file(tmp_path / "work.duckdb")) as store:
        fill(store)
        publish(store, published)
        with open_published(published) as reader:
            add_paper(store, "p2", "a")
            publish(store, published)
            assert reader.sql("select count(*) from paper").fetchall() == [(1,)]
        with open_published(published) as reader:
            assert reader.sql("select count(*) from paper").fetchall() == [(2,)]
            assert reader.sql("select count(*) from share_by_year").fetchall() != [(0,)]


@pytest.mark.slow
def test_a_snapshot_gives_the_answers_of_the_views_and_says_what_they_are(tmp_path: Path) -> None:
    store = database()
    fill(store)
    publish(store, tmp_path / "adoption.duckdb")
    with open_published(tmp_path / "adoption.duckdb") as reader:
        for view in ("repo_label", "paper_framework", "dated_paper", "share_by_year"):
            rows = f"from {view} order by all"
            assert reader.sql(rows).fetchall() == store.sql(rows).fetchall() != []
        undescribed = reader.sql(
            "select table_name, column_name from duckdb_columns() where comment is null "
            "and table_name <> 'schema_version' and not internal"
        ).fetchall()
    assert undescribed == []


@pytest.mark.parametrize(
    "sql",
    [
        "delete from paper",
        "copy paper to '/tmp/x.csv'",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/y.duckdb'",
        "set enable_external_access = true",
    ],
)
def test_sql_of_users_reads_the_database_and_nothing_else(sql: str, tmp_path: Path) -> None:
    published = database_file(tmp_path / "adoption.duckdb")
    with open_published(published) as reader, pytest.raises(duckdb.Error):
        reader.execute(sql)


def test_a_database_that_cannot_be_had_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="adoption demo"), open_published(tmp_path / "none"):
        pass
    (tmp_path / "bad").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="not a DuckDB database"), open_store(tmp_path / "bad"):
        pass


@pytest.mark.slow
def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    published = tmp_path / "adoption.duckdb"
    publish(database(), published)
    before = published.read_bytes()
    (tmp_path / "adoption.next").mkdir()
    (tmp_path / "adoption.next" / "in-the-way").touch()
    with pytest.raises(StoreError, match="The previous copy is unchanged"):
        publish(database(), published)
    assert published.read_bytes() == before


def test_a_snapshot_whose_folder_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="could not be published"):
        publish(database(), tmp_path / "file" / "adoption.duckdb")
