"""share_by_venue and he2019_comparison."""

from tests.facts_of import Store, given


def test_the_share_of_pytorch_at_a_venue_in_a_year(store: Store) -> None:
    given(
        store,
        "dated_paper",
        "venue day family time_axis",
        [
            ("ICLR", "2019-05-06", "pytorch", "paper"),
            ("ICLR", "2019-05-06", "pytorch", "paper"),
            ("ICLR", "2019-12-31", "tensorflow", "paper"),
            ("ICLR", "2019-05-06", "jax", "paper"),
            ("ICLR", "2019-05-06", "none", "paper"),
            ("ICLR", "2019-05-06", "tensorflow", "created"),
            ("ICLR", "2020-04-26", "tensorflow", "paper"),
            ("CVPR", "2019-06-15", "pytorch", "paper"),
            (None, "2019-06-15", "pytorch", "paper"),
        ],
    )
    rows = store.sql("select venue, year, papers, n, share from share_by_venue").fetchall()
    assert rows == [
        ("CVPR", 2019, 1, 1, 1.0),
        ("ICLR", 2019, 2, 3, 2 / 3),
        ("ICLR", 2020, 0, 1, 0.0),
    ]


def test_the_interval_of_a_venue_is_wilsons(store: Store) -> None:
    papers = [("pytorch",)] * 15 + [("tensorflow",)] * 35
    same = {"venue": "ICLR", "day": "2019-05-06", "time_axis": "paper"}
    given(store, "dated_paper", "family", papers, **same)
    rows = store.sql("select round(share_low, 4), round(share_high, 4) from share_by_venue")
    assert rows.fetchall() == [(0.1910, 0.4375)]


def compare(store: Store) -> None:
    given(
        store,
        "he2019",
        "conference year pytorch tensorflow",
        [("X", 2018, 30, 10), ("X", 2019, 0, 0), ("Z", 2018, 1, 3)],
        month=1,
        papers=100,
    )
    given(
        store,
        "share_by_venue",
        "venue year papers n share share_low share_high",
        [("X", 2018, 6, 8, 0.75, 0.4, 0.9), ("Y", 2018, 1, 2, 0.5, 0.1, 0.8)],
    )


def test_hes_share_is_pytorchs_part_of_the_mentions(store: Store) -> None:
    compare(store)
    rows = store.sql("select venue, year, he_share, he_mentions from he2019_comparison").fetchall()
    assert rows == [
        ("X", 2018, 0.75, 40),
        ("X", 2019, None, 0),
        ("Y", 2018, None, None),
        ("Z", 2018, 0.25, 4),
    ]


def test_our_share_stands_beside_his_where_we_have_one(store: Store) -> None:
    compare(store)
    ours = "share, share_low, share_high, papers, n"
    rows = store.sql(f"select venue, year, {ours} from he2019_comparison").fetchall()
    nothing = (None,) * 5
    assert rows == [
        ("X", 2018, 0.75, 0.4, 0.9, 6, 8),
        ("X", 2019, *nothing),
        ("Y", 2018, 0.5, 0.1, 0.8, 1, 2),
        ("Z", 2018, *nothing),
    ]
