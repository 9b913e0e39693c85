"""collection_state: what is collected, what failed and why."""

from tests.facts_of import Store, given


def state(store: Store, kind: str) -> list[tuple[object, ...]]:
    rows = "select state, words, items, example from collection_state where kind = ? order by state"
    return store.execute(rows, [kind]).fetchall()


def test_papers_by_source_each_counted_once(store: Store) -> None:
    links = [("p1", "pwc"), ("p1", "pwc"), ("p2", "pwc"), ("p1", "joss")]
    given(store, "paper_link", "paper_id source", links)
    assert state(store, "papers") == [("joss", "joss", 1, None), ("pwc", "pwc", 2, None)]


def test_links_by_what_is_wrong_with_them(store: Store) -> None:
    given(
        store,
        "paper_link",
        "paper_id problem problem_message",
        [
            ("p1", None, None),
            ("p2", None, None),
            ("p3", "gist", "b is a gist."),
            ("p4", "gist", "a is a gist."),
        ],
    )
    assert state(store, "links") == [
        ("gist", "link to a gist", 2, "a is a gist."),
        ("usable", "usable link", 2, None),
    ]


def test_repositories_by_what_became_of_looking_them_up(store: Store) -> None:
    given(
        store,
        "repo_lookup",
        "name_key status message",
        [
            ("o/a", "ok", "An answer needs no example."),
            ("o/b", "ok", None),
            ("o/c", "not_found", "c is gone."),
            ("o/d", "not_found", "d is gone."),
        ],
    )
    assert state(store, "repositories") == [
        ("not_found", "repository not found", 2, "c is gone."),
        ("ok", "repository found", 2, None),
    ]


def test_a_state_without_words_is_counted_too(store: Store) -> None:
    given(
        store, "outcome_status", "step status words means", [("links", "usable", "fine", "answer")]
    )
    given(store, "repo_lookup", "name_key status message", [("o/a", "lost", "a is lost.")])
    assert state(store, "repositories") == [("lost", None, 1, "a is lost.")]


def test_a_unit_whose_scan_is_not_stored_is_not_counted(store: Store) -> None:
    given(store, "latest_scan", "unit_id scan_id", [("u", "gone")])
    assert state(store, "code") == []


def test_units_by_what_became_of_their_latest_scan(store: Store) -> None:
    given(
        store,
        "scan",
        "scan_id unit_id status message",
        [
            ("s1", "u", "timed_out", "Slow."),
            ("s2", "u", "ok", "An answer needs no example."),
            ("s3", "v", "crashed", "v failed."),
            ("s4", "w", "crashed", "w failed."),
        ],
    )
    given(store, "latest_scan", "unit_id scan_id", [("u", "s2"), ("v", "s3"), ("w", "s4")])
    assert state(store, "code") == [
        ("crashed", "scan failed", 2, "v failed."),
        ("ok", "code scanned", 1, None),
    ]


def test_commits_of_papers_by_how_they_were_chosen(store: Store) -> None:
    given(
        store,
        "paper_commit",
        "paper_id status message",
        [
            ("p", "in_time", None),
            ("q", "in_time", None),
            ("r", "not_found", "r is gone."),
            ("s", "not_found", "s is gone."),
        ],
        unit_id="u",
        found_at="2026-01-01",
    )
    assert state(store, "history") == [
        ("in_time", "last commit before or soon after the paper", 2, None),
        ("not_found", "repository not found", 2, "r is gone."),
    ]


def test_histories_by_what_became_of_their_years(store: Store) -> None:
    histories = [
        ("u", "known", None),
        ("v", "blocked", "v is blocked."),
        ("w", "blocked", "w is blocked."),
    ]
    same = {"found_at": "2026-01-01"}
    given(store, "repository_history", "unit_id status message", histories, **same)
    assert state(store, "years") == [
        ("blocked", "repository blocked by GitHub", 2, "v is blocked."),
        ("known", "last commit of each year known", 1, None),
    ]
