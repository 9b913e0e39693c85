"""unit: what papers link to, and the repository that it means."""

import pytest

from tests.facts_of import Store, given

LINK = "paper_id unit_id host owner name ref subdir flags"


def test_links_to_one_thing_are_one_unit(store: Store) -> None:
    same = ("github.com/o/r:x@v1", "github.com", "O", "r", "v1", "x")
    given(store, "paper_link", LINK, [("p1", *same, []), ("p2", *same, ["repaired"])])
    assert store.sql("select * from unit").fetchall() == [
        (*same[:1], *same[:1], *same[1:], False, *[None] * 4)
    ]


def test_what_links_to_one_unit_write_otherwise_is_the_first_by_the_alphabet(store: Store) -> None:
    first, last = ("a.org", "Ann", "Art", "v1", "x"), ("b.org", "ann", "art", "v2", "y")
    links = [("p1", "u", *last), ("p2", "u", *first), ("p3", "u", *last)]
    given(store, "paper_link", "paper_id unit_id host owner name ref subdir", links)
    rows = store.sql("select host, owner, name, ref, subdir from unit").fetchall()
    assert rows == [first]


def test_a_link_that_names_no_unit_is_none(store: Store) -> None:
    given(store, "paper_link", "paper_id problem", [("p1", "not_a_link")])
    assert store.sql("select * from unit").fetchall() == []


def test_one_link_of_several_can_say_that_the_ref_may_have_a_slash(store: Store) -> None:
    unit = ("github.com/o/r@a", "github.com", "o", "r", "a", "")
    flags = [["repaired"], ["repaired", "ref_may_have_slash"], None]
    links = [(f"p{n}", *unit, flag) for n, flag in enumerate(flags)]
    given(store, "paper_link", LINK, links)
    assert store.sql("select ref_may_have_slash from unit").fetchall() == [(True,)]


def test_a_link_without_flags_does_not_say_that_the_ref_may_have_a_slash(store: Store) -> None:
    given(store, "paper_link", "paper_id unit_id flags", [("p", "github.com/o/r@a", None)])
    assert store.sql("select ref_may_have_slash from unit").fetchall() == [(False,)]


def look_up(store: Store) -> None:
    """Two names of repository 7, one that is gone, and one at another host."""
    given(
        store,
        "paper_link",
        LINK,
        [
            ("p1", "github.com/o/r", "github.com", "O", "R", None, "", []),
            ("p2", "github.com/old/r", "github.com", "old", "r", None, "", []),
            ("p3", "github.com/o/r:x@v1", "github.com", "o", "r", "v1", "x", []),
            ("p4", "github.com/o/gone", "github.com", "o", "gone", None, "", []),
            ("p5", "gitlab.com/o/r", "gitlab.com", "o", "r", None, "", []),
        ],
    )
    given(
        store,
        "repo_lookup",
        "name_key repo_id status message",
        [
            ("o/r", 7, "ok", None),
            ("old/r", 7, "renamed", "It is o/r now."),
            ("o/gone", None, "not_found", "It is gone."),
        ],
    )


def test_names_of_one_repository_are_scanned_once_each_ref_and_directory_apart(
    store: Store,
) -> None:
    look_up(store)
    rows = store.sql("select unit_id, scan_key, repo_id from unit order by unit_id").fetchall()
    assert rows == [
        ("github.com/o/gone", "github.com/o/gone", None),
        ("github.com/o/r", "github:7:@", 7),
        ("github.com/o/r:x@v1", "github:7:x@v1", 7),
        ("github.com/old/r", "github:7:@", 7),
        ("gitlab.com/o/r", "gitlab.com/o/r", None),
    ]


def test_a_unit_says_what_became_of_looking_its_name_up(store: Store) -> None:
    look_up(store)
    rows = store.sql(
        "select unit_id, lookup_status, lookup_message from unit order by unit_id"
    ).fetchall()
    assert rows == [
        ("github.com/o/gone", "not_found", "It is gone."),
        ("github.com/o/r", "ok", None),
        ("github.com/o/r:x@v1", "ok", None),
        ("github.com/old/r", "renamed", "It is o/r now."),
        ("gitlab.com/o/r", None, None),
    ]


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("ok", None),
        ("renamed", None),
        ("empty", "empty"),
        ("not_found", "not_found"),
        ("timed_out", "timed_out"),
    ],
)
def test_a_lookup_is_a_problem_where_it_gave_no_repository_with_a_commit(
    store: Store, status: str, problem: str | None
) -> None:
    links = [("p", "github.com/o/r", "github.com", "o", "r")]
    given(store, "paper_link", "paper_id unit_id host owner name", links)
    given(store, "repo_lookup", "name_key status", [("o/r", status)])
    assert store.sql("select lookup_problem from unit").fetchall() == [(problem,)]
