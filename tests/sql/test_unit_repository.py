"""unit_repository: what is known of the repository of a unit."""

from tests.facts_of import Store, given


def known(store: Store) -> dict[str, tuple[object, ...]]:
    given(
        store,
        "unit",
        "unit_id host owner name repo_id",
        [
            ("known", "github.com", "O", "R", 7),
            ("other name", "github.com", "old", "r", 7),
            ("nameless", "github.com", "o", "n", 8),
            ("gone", "github.com", "O", "Gone", None),
            ("elsewhere", "gitlab.com", "g", "r", None),
        ],
    )
    given(
        store,
        "repo",
        "repo_id stars forks created_at",
        [(7, 50, 5, "2019-01-02"), (8, None, 0, None)],
    )
    given(
        store,
        "paper_link",
        "paper_id unit_id source_stars",
        [
            ("p1", "known", 80),
            ("p1", "gone", 3),
            ("p2", "gone", 4),
            ("p2", "nameless", 6),
            ("p3", None, 99),
        ],
    )
    rows = store.sql(
        "select unit_id, repository, created_at::date::varchar, stars, forks from unit_repository"
    ).fetchall()
    assert len(rows) == 5
    return {row[0]: row[1:] for row in rows}


def test_github_tells_before_a_paper_source_does(store: Store) -> None:
    assert known(store)["known"] == ("7", "2019-01-02", 50, 5)


def test_names_of_one_repository_are_counted_as_one(store: Store) -> None:
    assert known(store)["other name"] == ("7", "2019-01-02", 50, 5)


def test_where_github_does_not_tell_the_highest_claim_of_a_source_counts(store: Store) -> None:
    units = known(store)
    assert units["gone"] == ("github.com/o/gone", None, 4, None)
    assert units["nameless"] == ("8", None, 6, 0)


def test_where_nobody_tells_nothing_is_known(store: Store) -> None:
    assert known(store)["elsewhere"] == ("gitlab.com/g/r", None, None, None)
