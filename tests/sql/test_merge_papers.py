"""Which records of sources are one paper, and what it takes from them: merge_papers.sql."""

from __future__ import annotations

import pytest

from pipeline.store.database import merge_papers
from tests.facts_of import Store, given

FIVE = "one two three four five"
NEW_YEAR = "2020-01-01"  # 366 days before the next


def aliases(store: Store) -> list[tuple[str, str, str]]:
    return store.sql("select alias, paper_id, reason from paper_alias order by alias").fetchall()


def papers(store: Store, columns: str = "paper_id") -> list[tuple[object, ...]]:
    return store.sql(f"select {columns} from paper order by paper_id").fetchall()


def titled(store: Store, *rows: tuple[str, str | None, str | None]) -> None:
    given(store, "paper", "paper_id title published_on", rows)
    merge_papers(store)


TITLES: dict[str, tuple[str, str | None, str, str | None, bool]] = {
    "five words": (FIVE, NEW_YEAR, FIVE, NEW_YEAR, True),
    "four words": ("one two three four", NEW_YEAR, "one two three four", NEW_YEAR, False),
    "other marks and accents": (FIVE, NEW_YEAR, "(One, Two: THREE -- four fïve!)", NEW_YEAR, True),
    "another word": (FIVE, NEW_YEAR, "one two three four six", NEW_YEAR, False),
    "the first a year before": (FIVE, NEW_YEAR, FIVE, "2021-01-01", True),
    "the second a year before": (FIVE, "2021-01-01", FIVE, NEW_YEAR, True),
    "the first a year and a day before": (FIVE, NEW_YEAR, FIVE, "2021-01-02", False),
    "the second a year and a day before": (FIVE, "2021-01-02", FIVE, NEW_YEAR, False),
    "no date": (FIVE, NEW_YEAR, FIVE, None, False),
}


@pytest.mark.parametrize(
    ("first", "first_day", "second", "second_day", "are_one"), TITLES.values(), ids=TITLES
)
def test_papers_with_one_long_title_and_near_dates_are_one(
    store: Store,
    first: str,
    first_day: str | None,
    second: str,
    second_day: str | None,
    are_one: bool,
) -> None:
    titled(store, ("acl:a", first, first_day), ("pwc:b", second, second_day))
    assert aliases(store) == ([("pwc:b", "acl:a", "title")] if are_one else [])


CHOSEN = {
    "the arXiv id": (["acl:a", "arxiv:1"], [("acl:a", "arxiv:1")]),
    "the first of the alphabet": (
        ["pwc:c", "joss:b", "acl:a"],
        [("joss:b", "acl:a"), ("pwc:c", "acl:a")],
    ),
    "the first of two arXiv ids": (["acl:a", "arxiv:2", "arxiv:1"], [("acl:a", "arxiv:1")]),
}


@pytest.mark.parametrize(("ids", "merged"), CHOSEN.values(), ids=CHOSEN)
def test_which_id_a_paper_has(store: Store, ids: list[str], merged: list[tuple[str, str]]) -> None:
    titled(store, *((paper, FIVE, NEW_YEAR) for paper in ids))
    assert aliases(store) == [(*pair, "title") for pair in merged]
    assert papers(store) == [(paper,) for paper in sorted({*ids} - {alias for alias, _ in merged})]


def test_an_arxiv_id_goes_before_one_that_is_first_in_the_alphabet(store: Store) -> None:
    rows = [
        ("acl:a", None, "2019-07-01", "day"),
        ("pwc:b", "10.1/x", "2020-06-01", "month"),
        ("arxiv:1", "10.1/x", "2021-05-01", "day"),
    ]
    given(store, "paper", "paper_id doi published_on date_precision", rows, title=FIVE)
    merge_papers(store)
    assert aliases(store) == [("pwc:b", "arxiv:1", "doi")]


@pytest.mark.parametrize("dois", [("10.1/X", "10.1/x"), ("10.1/x", "10.1/X")])
def test_one_doi_makes_even_two_arxiv_ids_one_paper(store: Store, dois: tuple[str, str]) -> None:
    rows = [("arxiv:1", dois[0], FIVE), ("arxiv:2", dois[1], "another title of this paper")]
    given(store, "paper", "paper_id doi title", rows)
    merge_papers(store)
    assert aliases(store) == [("arxiv:2", "arxiv:1", "doi")]


def test_of_two_reasons_the_doi_is_told(store: Store) -> None:
    rows = [("pwc:b", "10.1/x"), ("acl:a", "10.1/x")]
    given(store, "paper", "paper_id doi", rows, title=FIVE, published_on=NEW_YEAR)
    merge_papers(store)
    assert aliases(store) == [("pwc:b", "acl:a", "doi")]


def test_what_joins_two_papers_joins_those_that_each_is_one_with(store: Store) -> None:
    rows = [
        ("acl:a", FIVE, None),
        ("joss:b", "another title", "10.1/x"),
        ("pwc:c", FIVE, "10.1/x"),
    ]
    given(store, "paper", "paper_id title doi", rows, published_on=NEW_YEAR)
    merge_papers(store)
    assert aliases(store) == [("joss:b", "acl:a", "doi"), ("pwc:c", "acl:a", "title")]
    assert papers(store) == [("acl:a",)]


def test_a_target_that_is_merged_itself_takes_what_was_merged_into_it_along(store: Store) -> None:
    rows = [("acl:a", None, "10.1/x"), ("joss:b", FIVE, "10.1/x"), ("pwc:c", FIVE, None)]
    given(store, "paper", "paper_id title doi", rows, published_on=NEW_YEAR)
    known = [("old:d", "joss:b"), ("old:e", "other")]
    given(store, "paper_alias", "alias paper_id", known, reason="doi")
    merge_papers(store)
    assert aliases(store) == [
        ("joss:b", "acl:a", "doi"),
        ("old:d", "acl:a", "doi"),
        ("old:e", "other", "doi"),
        ("pwc:c", "acl:a", "title"),
    ]


def test_an_alias_whose_paper_is_stored_again_gets_its_new_paper(store: Store) -> None:
    given(store, "paper_alias", "alias paper_id", [("pwc:b", "old:x")], reason="doi")
    titled(store, ("acl:a", FIVE, NEW_YEAR), ("pwc:b", FIVE, NEW_YEAR))
    assert aliases(store) == [("pwc:b", "acl:a", "doi")]


VALUES = "paper_id, doi, venue, venue_year, title"


def test_a_paper_takes_the_values_that_it_lacks_from_its_aliases(store: Store) -> None:
    rows = [
        ("acl:a", "10.1/x", None, None, None),
        ("joss:b", "10.1/X", "ICML", 2021, "the title"),
        ("pwc:c", "10.1/X", "CVPR", 2022, "a title"),
    ]
    given(store, "paper", VALUES.replace(",", ""), rows)
    merge_papers(store)
    assert papers(store, VALUES) == [("acl:a", "10.1/x", "CVPR", 2021, "a title")]


def test_a_paper_takes_the_doi_of_its_first_alias(store: Store) -> None:
    rows = [("acl:a", None), ("joss:b", "10.1/y"), ("pwc:c", "10.1/x")]
    given(store, "paper", "paper_id doi", rows, title=FIVE, published_on=NEW_YEAR)
    merge_papers(store)
    assert papers(store, "doi") == [("10.1/x",)]


def test_the_values_of_a_paper_itself_stay(store: Store) -> None:
    rows = [
        ("acl:a", "10.1/x", "ICML", 2021, "the title"),
        ("pwc:c", "10.1/X", "CVPR", 2020, "a title"),
    ]
    given(store, "paper", VALUES.replace(",", ""), rows)
    merge_papers(store)
    assert papers(store, VALUES) == rows[:1]


DATES: dict[str, tuple[list[tuple[str | None, str | None]], tuple[str | None, str | None]]] = {
    "the more precise": (
        [("2020-01-01", "year"), ("2020-03-02", "day"), ("2020-02-01", "month")],
        ("2020-03-02", "day"),
    ),
    "a month before a year": (
        [("2020-01-01", "year"), ("2020-02-01", "month")],
        ("2020-02-01", "month"),
    ),
    "the earlier": ([("2020-03-02", "day"), ("2020-03-01", "day")], ("2020-03-01", "day")),
    "any before none": ([(None, None), ("2020-01-01", "year")], ("2020-01-01", "year")),
}


@pytest.mark.parametrize(("dates", "chosen"), DATES.values(), ids=DATES)
def test_which_date_a_paper_has(
    store: Store,
    dates: list[tuple[str | None, str | None]],
    chosen: tuple[str | None, str | None],
) -> None:
    for order in (dates, dates[::-1]):
        rows = [(f"acl:{place}", *date) for place, date in enumerate(order)]
        given(store, "paper", "paper_id published_on date_precision", rows, doi="10.1/x")
        merge_papers(store)
        assert papers(store, "published_on::varchar, date_precision") == [chosen]


def two_aliases(store: Store) -> None:
    """The papers joss:b and pwc:c are acl:a; joss:e is acl:d; f is alone."""
    rows = [("acl:a", "1"), ("joss:b", "1"), ("pwc:c", "1"), ("acl:d", "2"), ("joss:e", "2")]
    given(store, "paper", "paper_id doi", [*rows, ("f", None)])


def test_a_paper_takes_the_links_of_its_aliases(store: Store) -> None:
    two_aliases(store)
    links = [
        ("acl:a", "s", "x", "tf"),
        ("joss:b", "s", "x", "jax"),
        ("joss:b", "s", "y", "jax"),
        ("joss:b", "t", "x", "jax"),
        ("joss:e", "s", "x", "jax"),
        ("f", "s", "x", "jax"),
    ]
    given(store, "paper_link", "paper_id source raw_link source_label", links)
    merge_papers(store)
    merged = store.sql("select paper_id, source, raw_link, source_label from paper_link order by 1")
    assert sorted(merged.fetchall()) == [
        ("acl:a", "s", "x", "tf"),
        ("acl:a", "s", "y", "jax"),
        ("acl:a", "t", "x", "jax"),
        ("acl:d", "s", "x", "jax"),
        ("f", "s", "x", "jax"),
    ]


def test_a_paper_takes_the_commits_of_its_aliases(store: Store) -> None:
    two_aliases(store)
    commits = [
        ("joss:b", "one commit", "c1", NEW_YEAR),
        ("pwc:c", "as new", "c2", NEW_YEAR),
        ("joss:b", "as new", "c3", NEW_YEAR),
        ("joss:e", "as new", "c4", NEW_YEAR),
        ("f", "as new", "c5", NEW_YEAR),
        ("joss:b", "failed since", "c6", NEW_YEAR),
        ("pwc:c", "failed since", None, "2021-01-01"),
        ("joss:b", "newer", "c7", NEW_YEAR),
        ("pwc:c", "newer", "c8", "2021-01-01"),
    ]
    columns = "paper_id unit_id commit_id found_at"
    given(store, "paper_commit", columns, commits, status="in_time")
    merge_papers(store)
    rows = store.sql("select paper_id, unit_id, commit_id from paper_commit").fetchall()
    assert sorted(rows) == [
        ("acl:a", "as new", "c3"),
        ("acl:a", "failed since", "c6"),
        ("acl:a", "newer", "c8"),
        ("acl:a", "one commit", "c1"),
        ("acl:d", "as new", "c4"),
        ("f", "as new", "c5"),
    ]
