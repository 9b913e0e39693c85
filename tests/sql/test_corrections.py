"""Values that a person corrected: what they change, and that facts stay as they are."""

from __future__ import annotations

import pytest

from pipeline.store.database import due_rows, now
from tests.facts_of import Store, add_paper, add_repository, given

ROW = "csv_row kind item old new"
WHY = {"reason": "It is wrong.", "author": "Ada", "decided_on": "2026-11-01"}
NEW = {"unit_id": "github.com/o/new", "host": "github.com", "owner": "o", "name": "new"}
NEW_LINK = "https://github.com/o/new"
OLD_LINK = "https://github.com/o/old"


def with_papers(store: Store) -> Store:
    """Two papers: p links to a repository with TensorFlow, and new has PyTorch."""
    add_repository(store, "old", {"a.py": "import tensorflow as tf\ntf.placeholder(1)"})
    add_repository(store, "new", {"a.py": "import torch"})
    add_paper(store, "p", "old", year=2017)
    add_paper(store, "q", "new", year=2018)
    return store


def correct(store: Store, *rows: tuple[object, ...], **same: object) -> None:
    given(store, "override", ROW, rows, **WHY, **same)


def applied(store: Store) -> list[bool]:
    return [
        row[0] for row in store.sql("select is_applied from correction order by csv_row").fetchall()
    ]


def families(store: Store) -> dict[str, str]:
    return dict(store.sql("select paper_id, family from paper_framework").fetchall())


def dates(store: Store) -> dict[str, str]:
    rows = store.sql(
        "select paper_id, day::varchar from dated_paper where time_axis = 'paper'"
    ).fetchall()
    return dict(rows)


def labels(store: Store, columns: str) -> list[tuple[object, ...]]:
    return store.sql(f"select unit_id, {columns} from repo_label order by all").fetchall()


@pytest.mark.slow
def test_a_corrected_link_replaces_the_old_one(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "link", "p", OLD_LINK, NEW_LINK), **NEW)
    assert families(papers) == {"p": "pytorch", "q": "pytorch"}
    links = "select raw_link, is_official, source from corrected_link where paper_id = 'p'"
    assert papers.sql(links).fetchall() == [(NEW_LINK, True, "overrides")]
    facts = "select raw_link from paper_link where paper_id = 'p'"
    assert papers.sql(facts).fetchall() == [(OLD_LINK,)]


@pytest.mark.slow
def test_a_link_without_an_old_one_is_added(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "link", "p", None, NEW_LINK), **NEW)
    links = "select raw_link, is_official from corrected_link where paper_id = 'p' order by all"
    assert papers.sql(links).fetchall() == [(NEW_LINK, None), (OLD_LINK, True)]


@pytest.mark.slow
def test_a_link_without_a_new_one_is_removed(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "link", "p", OLD_LINK, None))
    assert families(papers) == {"q": "pytorch"}
    assert papers.sql("select paper_id, raw_link from corrected_link").fetchall() == [
        ("q", NEW_LINK)
    ]


@pytest.mark.slow
def test_a_new_link_is_official_if_the_old_one_of_its_paper_was(store: Store) -> None:
    papers = with_papers(store)
    add_paper(papers, "r", "old", year=2018, official=False)
    correct(papers, (2, "link", "r", OLD_LINK, NEW_LINK), **NEW)
    links = "select paper_id, is_official from corrected_link order by all"
    assert papers.sql(links).fetchall() == [("p", True), ("q", True), ("r", False)]


def test_a_link_that_is_not_there_is_neither_replaced_nor_added(store: Store) -> None:
    papers = with_papers(store)
    given(
        papers,
        "paper_correction",
        "kind item old new is_applied",
        [("link", "p", OLD_LINK, NEW_LINK, False)],
    )
    links = "select paper_id, raw_link from corrected_link order by all"
    assert papers.sql(links).fetchall() == [("p", OLD_LINK), ("q", NEW_LINK)]


@pytest.mark.slow
def test_a_link_of_another_paper_stays(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "link", "q", OLD_LINK, None))
    assert (applied(papers), families(papers)) == ([False], {"p": "tensorflow", "q": "pytorch"})


def test_the_metadata_of_a_corrected_link_are_due(store: Store) -> None:
    papers = with_papers(store)
    other = NEW | {"name": "other", "unit_id": "github.com/o/other"}
    correct(papers, (2, "link", "p", OLD_LINK, "https://github.com/o/other"), **other)
    due = due_rows(papers, "names", now=now(), refresh_days=7, recheck_days=30)
    assert [row["name"] for row in due] == ["new", "other"]


@pytest.mark.slow
def test_a_corrected_date_counts_for_its_paper_only(store: Store) -> None:
    papers = with_papers(store)
    new = {"published_on": "2019-05-31", "date_precision": "day"}
    correct(papers, (2, "date", "p", None, "2019-05-31"), **new)
    assert dates(papers) == {"p": "2019-05-31", "q": "2018-01-01"}
    assert papers.sql("select published_on::varchar from paper order by all").fetchall() == [
        ("2017-01-01",),
        ("2018-01-01",),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("old", "is_applied"), [("2017-01", True), ("2016", False)])
def test_a_date_is_corrected_where_it_is_the_old_one(
    store: Store, old: str, is_applied: bool
) -> None:
    papers = with_papers(store)
    new = {"published_on": "2019-01-01", "date_precision": "year"}
    correct(papers, (2, "date", "p", old, "2019"), **new)
    assert (applied(papers), dates(papers)["p"] == "2019-01-01") == ([is_applied], is_applied)


@pytest.mark.parametrize(("old", "venue"), [(None, "CVPR"), ("NIPS", "CVPR"), ("ICML", "NeurIPS")])
def test_a_venue_is_corrected_where_it_is_the_old_one(
    store: Store, old: str | None, venue: str
) -> None:
    papers = with_papers(store)
    papers.execute("update paper set venue = 'NIPS'")
    correct(papers, (2, "venue", "p", old, "CVPR 2017"))
    assert papers.sql("select paper_id, venue from paper_venue order by all").fetchall() == [
        ("p", venue),
        ("q", "NeurIPS"),
    ]


@pytest.mark.parametrize(
    ("new", "venue", "year"),
    [
        ("CVPR 2017", "CVPR", 2017),
        ("CVPR", "CVPR", 2015),
        ("Area 2017 Notes", "Area 2017 Notes", 2015),
        ("2017", "2017", 2015),
    ],
)
def test_a_year_at_the_end_of_a_corrected_venue_is_the_year_of_the_venue(
    store: Store, new: str, venue: str, year: int
) -> None:
    papers = with_papers(store)
    papers.execute("update paper set venue = 'NIPS', venue_year = 2015")
    correct(papers, (2, "venue", "p", None, new))
    columns = "select paper_id, venue, venue_year from corrected_paper order by all"
    assert papers.sql(columns).fetchall() == [("p", venue, year), ("q", "NIPS", 2015)]


@pytest.mark.slow
def test_a_corrected_label_takes_the_place_of_the_rule(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "label", "github.com/o/old", None, "jax"))
    assert labels(papers, "label, family, variant, style, dominance, basis, confidence") == [
        ("github.com/o/new", "pytorch", "pytorch", None, "eager", 1.0, "imported", "high"),
        ("github.com/o/old", "jax", "jax", None, None, 1.0, "corrected", "high"),
    ]
    assert applied(papers) == [True]
    assert families(papers) == {"p": "jax", "q": "pytorch"}


@pytest.mark.slow
def test_a_label_corrected_to_pytorch_has_its_style(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "label", "github.com/o/old", None, "pytorch"))
    assert labels(papers, "label, variant, style")[1][1:] == ("pytorch", None, "eager")


@pytest.mark.slow
def test_a_label_that_a_person_gave_is_sure_whatever_it_was_before(store: Store) -> None:
    add_repository(store, "a", {"requirements.txt": "torch"})
    add_repository(store, "b", {"a.py": "import os"})
    correct(
        store,
        (2, "label", "github.com/o/a", "pytorch", "jax"),
        (3, "label", "github.com/o/b", "none", "jax"),
    )
    columns = "label, dominance, basis, confidence"
    assert labels(store, columns) == [
        ("github.com/o/a", "jax", 1.0, "corrected", "high"),
        ("github.com/o/b", "jax", 1.0, "corrected", "high"),
    ]


@pytest.mark.slow
def test_a_venue_changes_no_label_of_its_name(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "venue", "github.com/o/old", None, "jax"))
    assert labels(papers, "label")[1] == ("github.com/o/old", "tensorflow")


@pytest.mark.slow
def test_a_label_corrected_to_keras_counts_with_tensorflow(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "label", "github.com/o/old", None, "keras"))
    assert labels(papers, "label, family, variant")[1][1:] == ("keras", "tensorflow", "1.x")


@pytest.mark.slow
def test_a_label_corrected_to_none_has_no_dominance(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "label", "github.com/o/new", None, "none"))
    assert labels(papers, "label, family, dominance, basis")[0][1:] == (
        *("none", "none", None),
        "corrected",
    )


@pytest.mark.slow
def test_a_label_is_corrected_where_it_is_the_old_one(store: Store) -> None:
    papers = with_papers(store)
    correct(
        papers,
        (2, "label", "github.com/o/old", "theano", "jax"),
        (3, "label", "github.com/o/new", "pytorch", "jax"),
    )
    assert labels(papers, "label") == [
        ("github.com/o/new", "jax"),
        ("github.com/o/old", "tensorflow"),
    ]
    assert applied(papers) == [False, True]


@pytest.mark.slow
def test_a_label_of_a_scan_that_failed_is_not_applied(store: Store) -> None:
    add_repository(store, "a", {}, status="timed_out")
    correct(store, (2, "label", "github.com/o/a", None, "jax"))
    assert applied(store) == [False]


def renamed(store: Store) -> Store:
    """The repositories old and new of two papers are one: old was renamed."""
    papers = with_papers(store)
    names = [("o/old", 7, "ok"), ("o/new", 7, "ok")]
    given(papers, "repo_lookup", "name_key repo_id status", names)
    return papers


@pytest.mark.slow
def test_a_corrected_label_holds_after_the_repository_is_renamed(store: Store) -> None:
    papers = renamed(store)
    correct(papers, (2, "label", "github.com/o/old", None, "jax"))
    assert labels(papers, "label, correction_row") == [
        ("github.com/o/new", "jax", 2),
        ("github.com/o/old", "jax", 2),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("old", [None, "tensorflow"])
def test_of_rows_for_two_names_of_a_repository_the_first_counts(
    store: Store, old: str | None
) -> None:
    papers = renamed(store)
    correct(
        papers,
        (2, "label", "github.com/o/old", old, "jax"),
        (3, "label", "github.com/o/new", None, "keras"),
        (4, "label", "github.com/o/new", "pytorch", "theano"),
        (5, "label", "github.com/o/new", old, "none"),
    )
    new = ("jax", 2) if old is None else ("theano", 4)
    assert labels(papers, "label, correction_row") == [
        ("github.com/o/new", *new),
        ("github.com/o/old", "jax", 2),
    ]
    assert applied(papers) == [True, False, old is not None, False]


@pytest.mark.slow
def test_a_label_holds_for_a_unit_that_no_paper_links_to(store: Store) -> None:
    add_repository(store, "a", {"a.py": "import torch"})
    add_repository(store, "b", {"a.py": "import torch"})
    correct(store, (2, "label", "github.com/o/a", None, "jax"))
    assert labels(store, "label") == [("github.com/o/a", "jax"), ("github.com/o/b", "pytorch")]


@pytest.mark.slow
def test_a_paper_is_found_under_an_id_that_was_merged(store: Store) -> None:
    papers = with_papers(store)
    given(papers, "paper_alias", "alias paper_id reason", [("doi:1", "p", "doi")])
    new = {"published_on": "2019-01-01", "date_precision": "year"}
    correct(papers, (2, "date", "doi:1", None, "2019"), (3, "date", "p", None, "2020"), **new)
    assert papers.sql("select csv_row, item from correction").fetchall() == [(2, "p")]
    assert dates(papers)["p"] == "2019-01-01"


@pytest.mark.slow
def test_an_override_of_what_the_database_lacks_changes_nothing(store: Store) -> None:
    papers = with_papers(store)
    correct(
        papers,
        (2, "venue", "r", None, "CVPR"),
        (3, "label", "github.com/o/other", None, "jax"),
        (4, "date", "r", None, "2019"),
        (5, "link", "r", None, NEW_LINK),
    )
    assert applied(papers) == [False] * 4
    assert families(papers) == {"p": "tensorflow", "q": "pytorch"}
    assert papers.sql("select count(*) from corrected_link").fetchall() == [(2,)]


def test_of_two_rows_for_one_venue_the_one_with_the_old_value_applies(store: Store) -> None:
    papers = with_papers(store)
    papers.execute("update paper set venue = 'NeurIPS' where paper_id = 'p'")
    correct(papers, (2, "venue", "p", "NIPS", "CVPR"), (3, "venue", "p", "NeurIPS", "ICLR"))
    assert applied(papers) == [False, True]
    venues = "select venue from corrected_paper where paper_id = 'p'"
    assert papers.sql(venues).fetchall() == [("ICLR",)]


def test_of_two_rows_that_apply_to_one_venue_the_first_counts(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (3, "venue", "p", None, "ICLR"), (2, "venue", "p", None, "CVPR"))
    assert papers.sql("select new from correction").fetchall() == [("CVPR",)]
    papers.execute("update paper set venue = 'NIPS'")
    correct(papers, (3, "venue", "p", "NIPS", "ICLR"), (2, "venue", "p", None, "CVPR"))
    assert papers.sql("select new from correction").fetchall() == [("CVPR",)]


def test_what_a_paper_lacks_cannot_be_the_old_value(store: Store) -> None:
    papers = with_papers(store)
    papers.execute("update paper set published_on = null")
    new = {"published_on": "2019-01-01", "date_precision": "year"}
    correct(papers, (2, "venue", "p", "NIPS", "CVPR"), (3, "date", "p", "2017", "2019"), **new)
    assert applied(papers) == [False, False]


def test_a_date_and_a_venue_of_one_paper_are_both_corrected(store: Store) -> None:
    papers = with_papers(store)
    papers.execute(
        "insert into override (csv_row, kind, item, new, reason, author, decided_on, "
        "published_on, date_precision) values "
        "(2, 'date', 'p', '2019', 'x', 'Ada', '2026-11-01', '2019-01-01', 'year'), "
        "(3, 'venue', 'p', 'CVPR', 'x', 'Ada', '2026-11-01', null, null)"
    )
    columns = "published_on::varchar, date_precision, venue"
    rows = papers.sql(f"select {columns} from corrected_paper where paper_id = 'p'").fetchall()
    assert rows == [("2019-01-01", "year", "CVPR")]


def test_two_papers_are_corrected_alike(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "venue", "p", None, "CVPR"), (3, "venue", "q", None, "CVPR"))
    assert applied(papers) == [True, True]


def links_of(papers: Store, paper: str) -> list[str]:
    links = "select raw_link from corrected_link where paper_id = ? order by 1"
    return [link for (link,) in papers.execute(links, [paper]).fetchall()]


def test_a_link_can_become_two(store: Store) -> None:
    papers = with_papers(store)
    other = NEW_LINK + "er"
    correct(papers, (2, "link", "p", OLD_LINK, NEW_LINK), (3, "link", "p", OLD_LINK, other), **NEW)
    assert links_of(papers, "p") == [NEW_LINK, other]


@pytest.mark.slow
def test_two_links_can_become_one(store: Store) -> None:
    papers = with_papers(store)
    papers.execute("update paper_link set paper_id = 'p'")
    other = "https://github.com/o/other"
    papers.execute("update paper_link set is_official = false where raw_link = ?", [NEW_LINK])
    rows = [(2, "link", "p", OLD_LINK, other), (3, "link", "p", NEW_LINK, other)]
    correct(papers, *rows, **NEW)
    papers.execute("update override set decided_on = '2026-11-02' where csv_row = 2")
    assert links_of(papers, "p") == [other]
    found = "select is_official, seen_at::date::varchar from corrected_link where paper_id = 'p'"
    assert papers.sql(found).fetchall() == [(True, "2026-11-01")]


@pytest.mark.slow
def test_a_unit_can_have_a_correction_for_each_old_label(store: Store) -> None:
    papers = with_papers(store)
    unit = "github.com/o/old"
    correct(papers, (2, "label", unit, "theano", "jax"), (3, "label", unit, "tensorflow", "keras"))
    assert labels(papers, "label")[1] == (unit, "keras")


def test_a_corrected_venue_removes_no_link_of_the_same_words(store: Store) -> None:
    papers = with_papers(store)
    papers.execute("update paper set venue = ?", [OLD_LINK])
    correct(papers, (2, "venue", "p", OLD_LINK, "CVPR"))
    assert links_of(papers, "p") == [OLD_LINK]


def test_a_link_that_no_paper_has_removes_none(store: Store) -> None:
    papers = with_papers(store)
    correct(papers, (2, "link", "q", OLD_LINK, None))
    assert (links_of(papers, "p"), links_of(papers, "q")) == ([OLD_LINK], [NEW_LINK])
