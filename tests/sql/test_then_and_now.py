"""then_and_now: the same papers at the time of the paper and now."""

from tests.facts_of import Store, given

DATED = "paper_id day family series choices time_axis"


def test_a_paper_counts_with_code_of_the_time_and_newest_code(store: Store) -> None:
    then, now = ["then", "anybody"], ["now"]
    rows = [
        ("a", "2018-03-01", "tensorflow", "tensorflow 1.x", then, "paper"),
        ("a", "2018-03-01", "pytorch", "pytorch", now, "paper"),
        ("a", "2017-03-01", "tensorflow", "tensorflow 1.x", then, "created"),
        ("created", "2018-03-01", "jax", "jax", then, "created"),
        ("created", "2018-03-01", "pytorch", "pytorch", now, "created"),
        ("only then", "2018-03-01", "pytorch", "pytorch", then, "paper"),
        ("only now", "2018-03-01", "pytorch", "pytorch", now, "paper"),
        ("written later", "2018-03-01", "pytorch", "pytorch", ["anybody"], "paper"),
        ("written later", "2018-03-01", "pytorch", "pytorch", now, "paper"),
        ("other axis", "2018-03-01", "pytorch", "pytorch", then, "paper"),
        ("other axis", "2018-03-01", "pytorch", "pytorch", now, "commit"),
    ]
    given(store, "dated_paper", DATED, rows)
    assert store.sql("from paper_then_and_now").fetchall() == [
        ("a", 2018, "tensorflow", "tensorflow 1.x", "pytorch", "pytorch")
    ]


def changes(store: Store, *rows: tuple[int, str, str]) -> None:
    given(store, "paper_then_and_now", "year family_then family_now", rows)


def test_papers_that_changed_their_family_by_what_they_used(store: Store) -> None:
    changes(
        store,
        (2018, "tensorflow", "pytorch"),
        (2019, "tensorflow", "jax"),
        (2019, "tensorflow", "tensorflow"),
        (2019, "tensorflow", "tensorflow"),
        (2019, "pytorch", "pytorch"),
        (2019, "jax", "pytorch"),
    )
    rows = store.sql("select family_then, papers, to_pytorch, n, share from then_and_now")
    assert rows.fetchall() == [
        ("tensorflow", 2, 1, 4, 0.5),
        ("jax", 1, 1, 1, 1.0),
        ("pytorch", 0, 0, 1, 0.0),
    ]


def test_pytorchs_share_of_the_same_papers_at_both_moments(store: Store) -> None:
    changes(
        store,
        (2018, "tensorflow", "pytorch"),
        (2018, "tensorflow", "tensorflow"),
        (2018, "jax", "pytorch"),
        (2019, "pytorch", "none"),
    )
    rows = store.sql("select moment, year, papers, n, share from then_and_now_by_year").fetchall()
    assert rows == [
        ("then", 2018, 0, 2, 0.0),
        ("then", 2019, 1, 1, 1.0),
        ("now", 2018, 2, 3, 2 / 3),
    ]


def test_the_code_of_the_time_comes_first_and_years_are_in_order(store: Store) -> None:
    years = range(2015, 2025)
    changes(store, *((year, "tensorflow", "pytorch") for year in reversed(years)))
    found = store.sql("select moment, year from then_and_now_by_year").fetchall()
    assert found == [(moment, year) for moment in ("then", "now") for year in years]


def test_the_intervals_are_wilsons(store: Store) -> None:
    moved, stayed = (2018, "tensorflow", "pytorch"), (2018, "tensorflow", "tensorflow")
    changes(store, *[moved] * 15, *[stayed] * 35)
    ends = "round(share_low, 4), round(share_high, 4)"
    assert store.sql(f"select {ends} from then_and_now").fetchall() == [(0.1910, 0.4375)]
    now = "from then_and_now_by_year where moment = 'now'"
    assert store.sql(f"select {ends} {now}").fetchall() == [(0.1910, 0.4375)]
