"""popularity: stars and forks of the repositories of a family."""

from tests.facts_of import Store, given


def give(store: Store, counts: list[tuple[str, str, int | None, int | None]]) -> None:
    """Units as (family, repository, stars, forks)."""
    units = [(f"u{number}", f"s{number}", *count) for number, count in enumerate(counts)]
    given(store, "latest_scan", "unit_id scan_id", [unit[:2] for unit in units])
    given(store, "repo_label", "scan_id family", [unit[1:3] for unit in units])
    repositories = [(unit[0], *unit[3:]) for unit in units]
    given(store, "unit_repository", "unit_id repository stars forks", repositories)


def test_quartiles_median_top_tenth_and_total_of_eleven(store: Store) -> None:
    give(store, [("pytorch", str(number), 10 * number, None) for number in range(11)])
    assert store.sql("select * from popularity").fetchall() == [
        ("pytorch", "stars", 11, 25.0, 50.0, 75.0, 90.0, 550)
    ]


def test_between_two_repositories_the_value_is_in_proportion(store: Store) -> None:
    give(store, [("pytorch", "a", 0, None), ("pytorch", "b", 100, None)])
    rows = "select lower_quartile, median, upper_quartile, top_tenth from popularity"
    assert store.sql(rows).fetchall() == [(25.0, 50.0, 75.0, 90.0)]


def test_values_that_lie_to_one_side_have_their_median_in_the_middle(store: Store) -> None:
    give(store, [("pytorch", f"r{n}", stars, None) for n, stars in enumerate((0, 0, 1, 5, 94))])
    rows = "select lower_quartile, median, upper_quartile, total from popularity"
    assert store.sql(rows).fetchall() == [(0.0, 1.0, 5.0, 100)]


def test_a_repository_whose_count_is_unknown_is_not_one_without_stars(store: Store) -> None:
    give(store, [("pytorch", "a", 7, None), ("pytorch", "b", None, 2), ("pytorch", "c", 0, 4)])
    rows = "select measure, repositories, median, total from popularity"
    assert store.sql(rows).fetchall() == [("stars", 2, 3.5, 7), ("forks", 2, 3.0, 6)]


def test_a_repository_counts_once_whatever_directories_papers_link_to(store: Store) -> None:
    give(store, [("pytorch", "a", 5, 1), ("pytorch", "a", 7, 2), ("jax", "a", 6, 3)])
    rows = "select family, measure, repositories, total from popularity order by all"
    assert store.sql(rows).fetchall() == [
        ("jax", "forks", 1, 3),
        ("jax", "stars", 1, 6),
        ("pytorch", "forks", 1, 2),
        ("pytorch", "stars", 1, 7),
    ]


def test_a_repository_that_could_not_be_judged_does_not_count(store: Store) -> None:
    give(store, [("pytorch", "a", 5, 1), ("jax", "b", 7, 2)])
    store.execute("delete from repo_label where family = 'jax'")
    rows = store.sql("select family, measure, total from popularity").fetchall()
    assert rows == [("pytorch", "stars", 5), ("pytorch", "forks", 1)]


def test_stars_come_before_forks_and_the_family_with_most_repositories_first(
    store: Store,
) -> None:
    give(
        store,
        [
            ("jax", "a", 1, 1),
            ("caffe", "b", 1, None),
            ("pytorch", "c", 1, 1),
            ("pytorch", "d", 1, 1),
        ],
    )
    assert store.sql("select family, measure, repositories from popularity").fetchall() == [
        ("pytorch", "stars", 2),
        ("caffe", "stars", 1),
        ("jax", "stars", 1),
        ("pytorch", "forks", 2),
        ("jax", "forks", 1),
    ]
