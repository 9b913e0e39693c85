"""Comments of tables, views and columns: every one has one, and each name in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.papers.sources import open_paper_sources
from pipeline.resources import DATA
from pipeline.scan.languages import LANGUAGES
from pipeline.settings import Settings
from pipeline.store.publish import publish
from tests.facts_of import Store, add_paper, database

ALL = """
    select table_name as owner, null as name, comment from duckdb_tables() where not internal
    union all
    select view_name, null, comment from duckdb_views() where not internal
    union all
    select table_name, column_name, comment from duckdb_columns() where not internal
    union all
    select function_name, null, comment from duckdb_functions() where not internal
"""


@pytest.fixture
def store() -> Store:
    return database()


def comment(store: Store, owner: str, name: str) -> str:
    """The comment of a column."""
    query = f"select comment from ({ALL}) where owner = ? and name = ?"
    ((text,),) = store.execute(query, [owner, name]).fetchall()
    return str(text)


def test_every_table_view_column_and_macro_says_what_it_is(store: Store) -> None:
    silent = store.sql(f"select owner, name from ({ALL}) where comment is null")
    assert silent.fetchall() == []


@pytest.mark.slow
def test_a_published_database_says_it_too(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "published.duckdb")
    store.execute(f"attach '{tmp_path / 'published.duckdb'}' as published (read_only)")
    store.execute("use published")
    silent = store.sql(
        f"select owner, name from ({ALL}) where comment is null "
        "and owner in (select table_name from duckdb_tables() where database_name = 'published')"
    )
    assert silent.fetchall() == []


@pytest.mark.slow
def test_every_column_that_a_comment_names_exists(store: Store) -> None:
    relations = {
        name
        for (name,) in store.sql(
            "select distinct table_name from duckdb_columns() where not internal"
        ).fetchall()
    }
    columns = set(
        store.sql(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    )
    comments = store.sql(f"select owner, name, comment from ({ALL})").fetchall()
    unknown = [
        (owner, name, f"{relation}.{column}")
        for owner, name, text in comments
        for relation, column in re.findall(r"\b([a-z_0-9]+)\.([a-z_0-9]+)\b", text)
        if relation in relations and (relation, column) not in columns
    ]
    assert unknown == []


def test_every_file_that_a_comment_names_exists(store: Store) -> None:
    texts = [text for (text,) in store.sql(f"select comment from ({ALL})").fetchall()]
    named = {name for text in texts for name in re.findall(r"data/([a-z_0-9]+\.csv)", text)}
    no_table = {"he2019.csv", "label_readings.csv"}
    assert named == {file.name for file in DATA.glob("*.csv")} - no_table


def test_every_language_that_is_read_has_a_name_and_no_other(store: Store) -> None:
    read = {name for language in LANGUAGES.values() for name in language.scanner(b"")}
    assert {name for (name,) in store.execute("select language from language").fetchall()} == read


def test_the_source_of_a_link_is_one_that_can_be_read(store: Store) -> None:
    with pytest.raises(InputError) as error:
        open_paper_sources(Settings(papers=["?"]))
    known = re.findall(r"\w+", str(error.value).partition("known sources are ")[2])
    text = comment(store, "paper_link", "source")
    assert [name for name in known if not re.search(rf"\b{name}\b", text)] == []
    assert len(known) > 5


@pytest.mark.parametrize("table", ["paper", "paper_link"])
def test_what_a_source_gives_again_keeps_the_time_of_the_first_time(
    store: Store, table: str
) -> None:
    add_paper(store, "p", "r")
    store.execute(f"update {table} set seen_at = '2020-01-01'")
    add_paper(store, "p", "r")
    assert store.sql(f"select year(seen_at) from {table}").fetchall() == [(2020,)]
    assert "first" in comment(store, table, "seen_at")
