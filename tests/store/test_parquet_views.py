"""The views give the same answers over Parquet files of the facts: many files can replace one."""

from pathlib import Path

import pytest

from pipeline.store.connections import quoted
from tests.facts_of import Store, add_paper, add_repository, database

pytestmark = pytest.mark.slow  # it defines all views

ANSWERS = ("repo_label", "paper_framework")


def has_rows(store: Store, table: str) -> bool:
    return bool(store.sql(f"from {table} limit 1").fetchall())


def write_parts(store: Store, table: str, folder: Path) -> None:
    """A table in two Parquet files, as if two machines had written them."""
    folder.mkdir()
    numbered = f"select *, row_number() over () % 2 as part from {table}"
    for part in range(2):
        rows = f"select * exclude (part) from ({numbered}) where part = {part}"
        store.execute(f"copy ({rows}) to '{quoted(folder / f'{part}.parquet')}'")


def test_views_over_parquet_files_answer_as_over_tables(store: Store, tmp_path: Path) -> None:
    lake = database()  # it has the rules, and no facts yet
    tables = [name for (name,) in store.sql("select table_name from duckdb_tables()").fetchall()]
    facts = [name for name in tables if not has_rows(lake, name)]
    for number, framework in enumerate(("torch", "tensorflow", "jax", "torch")):
        add_repository(store, f"r{number}", {"net.py": f"import {framework}"})
        add_paper(store, f"p{number}", f"r{number}", year=2018 + number % 2)
    for table in facts:
        write_parts(store, table, tmp_path / table)
        lake.execute(f"drop table {table}")
        lake.execute(f"create view {table} as from '{quoted(tmp_path / table)}/*.parquet'")
    for view in ANSWERS:
        sql = f"from {view} order by all"
        assert lake.sql(sql).fetchall() == store.sql(sql).fetchall()
    assert lake.sql("select count(*) from paper_framework").fetchall() == [(4,)]
