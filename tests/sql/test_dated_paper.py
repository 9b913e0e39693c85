"""dated_paper: a judged paper on every time axis on which its date is known."""

import pytest

from tests.facts_of import Store, given


def date(store: Store, **changes: object) -> list[tuple[object, ...]]:
    """A paper, its repository and its scan, with some columns changed."""
    known: dict[str, object] = {
        "published_on": "2019-03-04",
        "date_precision": "day",
        "created_at": "2018-05-06 23:59:59",
        "committed_at": "2020-07-08 00:00:01",
    } | changes
    judged = [("p", "u", "s", "keras", "tensorflow", "2.x", "eager", True, known["committed_at"])]
    columns = "paper_id unit_id scan_id label family variant style is_official committed_at"
    given(store, "paper_framework", columns, judged)
    published = [("p", known["published_on"], known["date_precision"])]
    given(store, "paper", "paper_id published_on date_precision", published)
    repository = [("u", known["created_at"], 12)]
    given(store, "unit_repository", "unit_id created_at stars", repository)
    given(store, "paper_venue", "paper_id venue", [("p", "ICLR")])
    given(store, "scan_language", "scan_id language", [("s", "python")])
    rows = "select time_axis, day::varchar, is_year_only from dated_paper order by time_axis"
    return store.sql(rows).fetchall()


def test_a_paper_has_a_day_on_each_of_the_three_axes(store: Store) -> None:
    assert date(store) == [
        ("commit", "2020-07-08", False),
        ("created", "2018-05-06", False),
        ("paper", "2019-03-04", False),
    ]


def test_where_the_date_is_unknown_a_paper_is_not_on_the_axis(store: Store) -> None:
    assert date(store, created_at=None, committed_at=None) == [("paper", "2019-03-04", False)]
    assert date(store, published_on=None, created_at=None) == [("commit", "2020-07-08", False)]


@pytest.mark.parametrize(("precision", "is_year_only"), [("month", False), ("year", True)])
def test_only_a_papers_own_date_can_be_of_no_more_than_a_year(
    store: Store, precision: str, is_year_only: bool
) -> None:
    rows = date(store, date_precision=precision)
    assert [only for _, _, only in rows] == [False, False, is_year_only]


def test_a_paper_brings_what_shares_can_be_filtered_by(store: Store) -> None:
    date(store, created_at=None, committed_at=None)
    columns = "paper_id, label, family, variant, style, is_official, venue, stars, language"
    assert store.sql(f"select {columns} from dated_paper").fetchall() == [
        ("p", "keras", "tensorflow", "2.x", "eager", True, "ICLR", 12, "python")
    ]


def test_a_paper_without_venue_repository_or_language_is_dated_too(store: Store) -> None:
    date(store)
    for view in ("paper_venue", "unit_repository", "scan_language"):
        store.execute(f"delete from {view}")
    rows = store.sql("select time_axis, venue, stars, language from dated_paper order by 1")
    assert rows.fetchall() == [("commit", None, None, None), ("paper", None, None, None)]


def test_a_paper_that_is_not_stored_is_on_no_axis(store: Store) -> None:
    date(store)
    store.execute("delete from paper")
    assert store.sql("from dated_paper").fetchall() == []


@pytest.mark.parametrize(("variant", "series"), [("1.x", "tensorflow 1.x"), (None, "tensorflow")])
def test_a_series_is_a_family_with_its_variant_where_that_is_known(
    store: Store, variant: str | None, series: str
) -> None:
    date(store, created_at=None, committed_at=None)
    store.execute("update paper_framework set variant = ?", [variant])
    assert store.sql("select series from dated_paper").fetchall() == [(series,)]
