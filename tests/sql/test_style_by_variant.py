"""style_by_variant: graph and eager code for each variant of TensorFlow, by year."""

from tests.facts_of import Store, given

COLUMNS = "variant day style family time_axis is_default"


def test_papers_of_a_variant_and_year_by_style(store: Store) -> None:
    rows = [
        ("1.x", "2018-05-01", "graph", "tensorflow", "paper", True),
        ("1.x", "2018-12-31", "graph", "tensorflow", "paper", True),
        ("1.x", "2018-05-01", "eager", "tensorflow", "paper", True),
        ("1.x", "2018-05-01", None, "tensorflow", "paper", True),
        ("2.x", "2018-05-01", "eager", "tensorflow", "paper", True),
        ("2.x", "2019-05-01", "eager", "tensorflow", "paper", True),
        ("2.x", "2020-05-01", None, "tensorflow", "paper", True),
        (None, "2018-05-01", "graph", "tensorflow", "paper", True),
        ("1.x", "2018-05-01", "graph", "tensorflow", "created", True),
        ("1.x", "2018-05-01", "graph", "tensorflow", "paper", False),
        ("1.x", "2018-05-01", "graph", "other", "paper", True),
    ]
    given(store, "dated_paper", COLUMNS, rows)
    found = "select variant, year, eager, graph, unclear, n, share_eager from style_by_variant"
    assert store.sql(found).fetchall() == [
        ("1.x", 2018, 1, 2, 1, 3, 1 / 3),
        ("2.x", 2018, 1, 0, 0, 1, 1.0),
        ("2.x", 2019, 1, 0, 0, 1, 1.0),
    ]


def test_variants_and_their_years_are_in_order(store: Store) -> None:
    years = range(2016, 2024)
    rows = [(variant, f"{year}-05-01") for variant in ("2.x", "1.x") for year in reversed(years)]
    same = {"style": "eager", "family": "tensorflow", "time_axis": "paper", "is_default": True}
    given(store, "dated_paper", "variant day", rows, **same)
    found = store.sql("select variant, year from style_by_variant").fetchall()
    assert found == [(variant, year) for variant in ("1.x", "2.x") for year in years]


def test_the_interval_is_wilsons(store: Store) -> None:
    rows = [("eager",)] * 15 + [("graph",)] * 35
    same = {"variant": "2.x", "day": "2020-01-01", "family": "tensorflow", "time_axis": "paper"}
    given(store, "dated_paper", "style", rows, **same)
    ends = store.sql("select round(share_low, 4), round(share_high, 4) from style_by_variant")
    assert ends.fetchall() == [(0.1910, 0.4375)]
