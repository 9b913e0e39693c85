"""style_by_year: papers whose code runs eagerly, and papers whose code builds a graph first."""

from tests.facts_of import Store, given


def test_papers_by_the_style_of_their_code(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "day family style time_axis",
        [
            ("2018-01-01", "pytorch", "eager", "paper"),
            ("2018-12-31", "tensorflow", "eager", "paper"),
            ("2018-06-01", "chainer", "eager", "paper"),
            ("2018-06-01", "tensorflow", "graph", "paper"),
            ("2018-06-01", "pytorch", None, "paper"),
            ("2018-06-01", "none", None, "paper"),
            ("2017-06-01", "theano", "graph", "paper"),
            ("2017-06-01", "pytorch", "eager", "commit"),
            ("2016-06-01", "jax", None, "paper"),
        ],
    )
    rows = store.sql(
        "select year, eager, graph, unclear, eager_pytorch, n, share_eager from style_by_year"
    ).fetchall()
    assert rows == [(2017, 0, 1, 0, 0, 1, 0.0), (2018, 3, 1, 1, 1, 4, 3 / 4)]


def test_the_interval_is_wilsons_of_the_eager_ones(store: Store) -> None:
    papers = [("eager",)] * 15 + [("graph",)] * 35
    same = {"family": "tensorflow", "day": "2018-01-01", "time_axis": "paper"}
    given(store, "dated_paper", "style", papers, **same)
    rows = store.sql("select round(share_low, 4), round(share_high, 4) from style_by_year")
    assert rows.fetchall() == [(0.1910, 0.4375)]


def test_rows_come_by_year(store: Store) -> None:
    # years that are far apart: DuckDB gives neighbours in order even where it is not told to
    days = [("9000-01-01",), ("1000-01-01",), ("2000-01-01",)]
    same = {"family": "pytorch", "style": "eager", "time_axis": "paper"}
    given(store, "dated_paper", "day", days, **same)
    assert store.sql("select year from style_by_year").fetchall() == [(1000,), (2000,), (9000,)]
