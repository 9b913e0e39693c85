"""judged_commit: the scanned commits of a repository that have a framework."""

from tests.facts_of import Store, given

Scan = tuple[str, str, str | None, str, str]


def judged(store: Store, scans: list[Scan], keys: dict[str, str]) -> list[tuple[object, ...]]:
    """Scans as (unit, commit, day of the commit, family, day of the scan); the keys of units."""
    numbered = [(f"s{number}", *scan) for number, scan in enumerate(scans)]
    given(store, "unit", "unit_id scan_key", list(keys.items()))
    commits = [(scan_id, unit, commit, day, at) for scan_id, unit, commit, day, _, at in numbered]
    given(store, "scan", "scan_id unit_id commit_id committed_at scanned_at", commits)
    labels = [(scan_id, unit, family) for scan_id, unit, _, _, family, _ in numbered]
    given(store, "repo_label", "scan_id unit_id family", labels, variant="2.x")
    return store.sql(
        "select * replace (committed_at::date::varchar as committed_at) "
        "from judged_commit order by all"
    ).fetchall()


def test_a_commit_has_its_first_name_and_its_newest_scan(store: Store) -> None:
    scans: list[Scan] = [
        ("b", "c", "2018-01-01", "jax", "2026-01-02"),
        ("a", "c", "2018-01-02", "pytorch", "2026-01-01"),
    ]
    assert judged(store, scans, {"a": "k", "b": "k"}) == [
        ("k", "a", "c", "2018-01-01", "s0", "jax", "2.x")
    ]


def test_of_two_scans_of_one_moment_the_last_by_id_counts(store: Store) -> None:
    scans: list[Scan] = [
        ("a", "c", "2018-01-01", "jax", "2026-01-01"),
        ("a", "c", "2018-01-01", "pytorch", "2026-01-01"),
    ]
    assert [row[5] for row in judged(store, scans, {"a": "k"})] == ["pytorch"]


def test_each_repository_and_each_commit_has_a_row(store: Store) -> None:
    scans: list[Scan] = [
        ("a", "c", "2018-01-01", "jax", "2026-01-01"),
        ("a", "d", "2019-01-01", "jax", "2026-01-01"),
        ("b", "c", "2018-01-01", "jax", "2026-01-01"),
    ]
    rows = judged(store, scans, {"a": "k", "b": "l"})
    assert [row[:3] for row in rows] == [("k", "a", "c"), ("k", "a", "d"), ("l", "b", "c")]


def test_a_commit_without_a_framework_or_date_or_link_is_left_out(store: Store) -> None:
    scans: list[Scan] = [
        ("a", "c", "2018-01-01", "none", "2026-01-01"),
        ("a", "d", None, "jax", "2026-01-01"),
        ("not linked", "e", "2018-01-01", "jax", "2026-01-01"),
    ]
    assert judged(store, scans, {"a": "k"}) == []


def test_a_newer_scan_without_a_framework_withdraws_an_older_one(store: Store) -> None:
    scans: list[Scan] = [
        ("a", "c", "2018-01-01", "jax", "2026-01-01"),
        ("a", "c", "2018-01-01", "none", "2026-01-02"),
    ]
    assert judged(store, scans, {"a": "k"}) == []
