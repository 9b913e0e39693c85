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


@pytest.fixture
def papers(store: Store) -> Store:
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


def test_a_corrected_link_replaces_the_old_one(papers: Store) -> None:
    correct(papers, (2, "link", "p", OLD_LINK, NEW_LINK), **NEW)
    assert families(papers) == {"p": "pytorch", "q": "pytorch"}
    links = "select raw_link, is_official, source from corrected_link where paper_id = 'p'"
    assert papers.sql(links).fetchall() == [(NEW_LINK, True, "overrides")]
    facts = "select raw_link from paper_link where paper_id = 'p'"
    assert papers.sql(facts).fetchall() == [(OLD_LINK,)]


def test_a_link_without_an_old_one_is_added(papers: Store) -> None:
    correct(papers, (2, "link", "p", None, NEW_LINK), **NEW)
    links = "select raw_link, is_official from corrected_link where paper_id = 'p' order by all"
    assert papers.sql(links).fetchall() == [(NEW_LINK, None), (OLD_LINK, True)]


def test_a_link_without_a_new_one_is_removed(papers: Store) -> None:
    correct(papers, (2, "link", "p", OLD_LINK, None))
    assert families(papers) == {"q": "pytorch"}


def test_a_link_of_another_paper_stays(papers: Store) -> None:
    correct(papers, (2, "link", "q", OLD_LINK, None))
    assert (applied(papers), families(papers)) == ([False], {"p": "tensorflow", "q": "pytorch"})


def test_the_metadata_of_a_corrected_link_are_due(papers: Store) -> None:
    other = NEW | {"name": "other", "unit_id": "github.com/o/other"}
    correct(papers, (2, "link", "p", OLD_LINK, "https://github.com/o/other"), **other)
    due = due_rows(papers, "names", now=now(), refresh_days=7, recheck_days=30)
    assert [row["name"] for row in due] == ["new", "other"]


def test_a_corrected_date_counts_for_its_paper_only(papers: Store) -> None:
    new = {"published_on": "2019-05-31", "date_precision": "day"}
    correct(papers, (2, "date", "p", None, "2019-05-31"), **new)
    assert dates(papers) == {"p": "2019-05-31", "q": "2018-01-01"}
    assert papers.sql("select published_on::varchar from paper order by all").fetchall() == [
        ("2017-01-01",),
        ("2018-01-01",),
    ]


@pytest.mark.parametrize(("old", "is_applied"), [("2017-01", True), ("2016", False)])
def test_a_date_is_corrected_where_it_is_the_old_one(
    papers: Store, old: str, is_applied: bool
) -> None:
    new = {"published_on": "2019-01-01", "date_precision": "year"}
    correct(papers, (2, "date", "p", old, "2019"), **new)
    assert (applied(papers), dates(papers)["p"] == "2019-01-01") == ([is_applied], is_applied)


@pytest.mark.parametrize(("old", "venue"), [(None, "CVPR"), ("NIPS", "CVPR"), ("ICML", "NeurIPS")])
def test_a_venue_is_corrected_where_it_is_the_old_one(
    papers: Store, old: str | None, venue: str
) -> None:
    papers.execute("update paper set venue = 'NIPS'")
    correct(papers, (2, "venue", "p", old, "CVPR 2017"))
    assert papers.sql("select paper_id, venue from paper_venue order by all").fetchall() == [
        ("p", venue),
        ("q", "NeurIPS"),
    ]


def test_a_corrected_label_takes_the_place_of_the_rule(papers: Store) -> None:
    correct(papers, (2, "label", "github.com/o/old", None, "jax"))
    assert labels(papers, "label, family, variant, style, dominance, basis, confidence") == [
        ("github.com/o/new", "pytorch", "pytorch", None, "eager", 1.0, "imported", "high"),
        ("github.com/o/old", "jax", "jax", None, None, 1.0, "corrected", "high"),
    ]
    assert families(papers) == {"p": "jax", "q": "pytorch"}


def test_a_label_corrected_to_keras_counts_with_tensorflow(papers: Store) -> None:
    correct(papers, (2, "label", "github.com/o/old", None, "keras"))
    assert labels(papers, "label, family, variant")[1][1:] == ("keras", "tensorflow", "1.x")


def test_a_label_corrected_to_none_has_no_dominance(papers: Store) -> None:
    correct(papers, (2, "label", "github.com/o/new", None, "none"))
    assert labels(papers, "label, family, dominance, basis")[0][1:] == (
        *("none", "none", None),
        "corrected",
    )


def test_a_label_is_corrected_where_it_is_the_old_one(papers: Store) -> None:
    correct(
        papers,
        (2, "label", "github.com/o/old", "theano", "jax"),
        (3, "label", "github.com/o/new", "pytorch", "jax"),
    )
    assert labels(papers, "label") == [
        ("github.com/o/new", "jax"),
        ("github.com/o/old", "tensorflow"),
    ]


def test_a_paper_is_found_under_an_id_that_was_merged(papers: Store) -> None:
    given(papers, "paper_alias", "alias paper_id reason", [("doi:1", "p", "doi")])
    new = {"published_on": "2019-01-01", "date_precision": "year"}
    correct(papers, (2, "date", "doi:1", None, "2019"), (3, "date", "p", None, "2020"), **new)
    assert papers.sql("select csv_row, item from correction").fetchall() == [(2, "p")]
    assert dates(papers)["p"] == "2019-01-01"


def test_an_override_of_what_the_database_lacks_changes_nothing(papers: Store) -> None:
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
