"""Links of papers as rows: which sources are believed, and what stays when links are read anew."""

import datetime as dt

import pytest

from pipeline.papers.records import PaperLink, PublicationDate
from pipeline.store.database import due_rows, write
from pipeline.store.paper_rows import link_batch, reparsed
from tests.facts_of import Store


def add(store: Store, source: str, year: int) -> None:
    published = PublicationDate(dt.date(year, 6, 1), "day")
    link = PaperLink("p", source, "https://github.com/o/r", published=published)
    write(store, link_batch([link]))


def read(store: Store) -> list[tuple[str | None, str | None]]:
    return store.sql("select unit_id, problem from paper_link").fetchall()


@pytest.mark.parametrize(
    ("source", "year", "expected"),
    [
        ("pwc", 1999, ("github.com/o/r", None)),
        ("list", 1999, (None, "before_github")),
        ("joss", 2007, (None, "before_github")),
        ("list", 2008, ("github.com/o/r", None)),
    ],
)
def test_only_papers_with_code_is_believed_of_papers_older_than_github(
    store: Store, source: str, year: int, expected: tuple[str | None, str | None]
) -> None:
    add(store, source, year)
    assert read(store) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [("pwc", ("github.com/o/r", None)), ("list", (None, "before_github"))],
)
def test_reading_stored_links_anew_believes_the_same_sources(
    store: Store, source: str, expected: tuple[str | None, str | None]
) -> None:
    add(store, source, 1999)
    store.execute("update paper_link set unit_id = null, problem = null")
    write(store, reparsed(due_rows(store, "stored_links", problem=None)))
    assert read(store) == [expected]
