"""migration: repositories whose framework changed between two scanned commits."""

from tests.facts_of import Store, given

Scan = tuple[str, str, str | None, str]


def migrations(store: Store, scans: list[Scan], keys: dict[str, str]) -> list[tuple[object, ...]]:
    """Scans as (unit, commit, day of the commit, family); the scan key of each unit."""
    numbered = [(f"s{number}", *scan) for number, scan in enumerate(scans)]
    given(store, "unit", "unit_id scan_key", list(keys.items()))
    commits = [(scan_id, unit, commit, day) for scan_id, unit, commit, day, _ in numbered]
    given(store, "scan", "scan_id unit_id commit_id committed_at", commits)
    labels = [(scan_id, unit, commit, family) for scan_id, unit, commit, _, family in numbered]
    given(store, "repo_label", "scan_id unit_id commit_id family", labels)
    return store.sql(
        "select * replace (from_day::varchar as from_day, to_day::varchar as to_day) from migration"
    ).fetchall()


def test_a_family_at_the_last_commit_that_differs_from_the_first(store: Store) -> None:
    scans: list[Scan] = [
        ("u", "c2", "2019-02-01 12:00", "jax"),
        ("u", "c3", "2021-03-01 12:00", "pytorch"),
        ("u", "c1", "2018-01-01 12:00", "tensorflow"),
    ]
    assert migrations(store, scans, {"u": "k"}) == [
        ("u", "tensorflow", "pytorch", "2018-01-01", "2021-03-01")
    ]


def test_commits_come_by_their_date_and_not_by_their_id(store: Store) -> None:
    scans: list[Scan] = [("u", "c9", "2018-01-01", "jax"), ("u", "c1", "2019-01-01", "pytorch")]
    assert [row[1:3] for row in migrations(store, scans, {"u": "k"})] == [("jax", "pytorch")]


def test_a_repository_has_the_first_of_its_names_by_the_alphabet(store: Store) -> None:
    scans: list[Scan] = [
        ("b", "c1", "2018-01-01", "jax"),
        ("a", "c1", "2018-01-01", "jax"),
        ("b", "c2", "2019-01-01", "pytorch"),
    ]
    assert [row[0] for row in migrations(store, scans, {"a": "k", "b": "k"})] == ["a"]


def test_there_and_back_again_is_no_migration(store: Store) -> None:
    scans: list[Scan] = [
        ("u", "c1", "2018-01-01", "pytorch"),
        ("u", "c2", "2019-01-01", "jax"),
        ("u", "c3", "2020-01-01", "pytorch"),
    ]
    assert migrations(store, scans, {"u": "k"}) == []


def test_a_repository_without_a_framework_before_has_not_migrated(store: Store) -> None:
    scans: list[Scan] = [("u", "c1", "2018-01-01", "none"), ("u", "c2", "2019-01-01", "pytorch")]
    assert migrations(store, scans, {"u": "k"}) == []


def test_a_migration_is_between_commits_with_a_framework(store: Store) -> None:
    scans: list[Scan] = [
        ("u", "c1", "2017-01-01", "none"),
        ("u", "c2", "2018-01-01", "jax"),
        ("u", "c3", "2019-01-01", "pytorch"),
        ("u", "c4", "2020-01-01", "none"),
    ]
    assert migrations(store, scans, {"u": "k"}) == [
        ("u", "jax", "pytorch", "2018-01-01", "2019-01-01")
    ]


def test_names_of_one_repository_migrate_once(store: Store) -> None:
    scans: list[Scan] = [("new", "c2", "2019-01-01", "pytorch"), ("old", "c1", "2018-01-01", "jax")]
    assert migrations(store, scans, {"new": "k", "old": "k"}) == [
        ("new", "jax", "pytorch", "2018-01-01", "2019-01-01")
    ]


def test_two_repositories_are_not_taken_for_one(store: Store) -> None:
    scans: list[Scan] = [("a", "c1", "2018-01-01", "jax"), ("b", "c2", "2019-01-01", "pytorch")]
    assert migrations(store, scans, {"a": "k1", "b": "k2"}) == []


def test_what_no_paper_links_to_is_left_out(store: Store) -> None:
    scans: list[Scan] = [("a", "c1", "2018-01-01", "jax"), ("b", "c2", "2019-01-01", "pytorch")]
    assert migrations(store, scans, {"linked": "k"}) == []


def test_commits_of_one_moment_come_by_their_id(store: Store) -> None:
    scans: list[Scan] = [("u", "c2", "2018-01-01", "jax"), ("u", "c1", "2018-01-01", "pytorch")]
    assert [row[1:3] for row in migrations(store, scans, {"u": "k"})] == [("pytorch", "jax")]


def test_a_commit_without_a_date_tells_nothing(store: Store) -> None:
    scans: list[Scan] = [("u", "c1", None, "jax"), ("u", "c2", "2018-01-01", "pytorch")]
    assert migrations(store, scans, {"u": "k"}) == []


def test_the_earliest_to_arrive_comes_first_then_the_unit(store: Store) -> None:
    scans: list[Scan] = []
    for unit, day in (("z", "2020-01-01"), *((unit, "2021-01-01") for unit in "hbkdjaficge")):
        scans += [(unit, "c1", "2018-01-01", "jax"), (unit, "c2", day, "pytorch")]
    rows = migrations(store, scans, {unit: unit for unit in "abcdefghijkz"})
    assert [row[0] for row in rows] == list("zabcdefghijk")
