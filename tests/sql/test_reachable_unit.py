"""reachable_unit: which units a run can try to fetch, and under which name."""

from __future__ import annotations

import pytest

from tests.facts_of import Store, given


def setting(store: Store, lookup: str | None, repository: str | None) -> None:
    """A unit that links call old/r, what its lookup gave, and the status of repository 7, New/R."""
    link = ("p", "github.com/old/r", "github.com", "old", "r", "")
    given(store, "paper_link", "paper_id unit_id host owner name subdir", [link])
    repo_id = 7 if repository else None
    lookups = [("old/r", repo_id, lookup)] if lookup else []
    given(store, "repo_lookup", "name_key repo_id status", lookups)
    repositories = [(7, "New", "R", repository)] if repository else []
    given(store, "repo", "repo_id owner name status", repositories)


REACHABLE = {
    "never looked up": (None, None, True),
    "found": ("ok", "ok", True),
    "found under a new name": ("renamed", "ok", True),
    "without a commit": ("empty", "empty", False),
    "not found": ("not_found", None, False),
    "refused by GitHub": ("refused", None, True),
    "a failure, which the code step has too": ("timed_out", None, True),
    "another repository has the name": ("name_reused", None, False),
    "another has the name, and it is there under a new one": ("name_reused", "ok", True),
    "another has the name, and it is gone": ("name_reused", "vanished", False),
    "blocked since it was found": ("blocked", "ok", False),
}


@pytest.mark.parametrize(("lookup", "repository", "reachable"), REACHABLE.values(), ids=REACHABLE)
def test_which_units_a_run_can_try_to_fetch(
    store: Store, lookup: str | None, repository: str | None, reachable: bool
) -> None:
    setting(store, lookup, repository)
    units = store.sql("select unit_id from reachable_unit").fetchall()
    assert units == [("github.com/old/r",)] * reachable


@pytest.mark.parametrize(("repository", "name"), [("ok", ("New", "R")), (None, ("old", "r"))])
def test_the_name_is_githubs_where_it_is_known(
    store: Store, repository: str | None, name: tuple[str, str]
) -> None:
    setting(store, "ok" if repository else None, repository)
    assert store.sql("select owner, name from reachable_unit").fetchall() == [name]
