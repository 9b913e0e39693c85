"""totals: what the answers rest on."""

import pytest

from tests.facts_of import Store, given


def test_papers_repositories_and_imports_are_counted_once(store: Store) -> None:
    given(store, "paper_link", "paper_id", [("a",), ("a",), ("b",), ("c",), ("d",), ("e",)])
    given(store, "paper_framework", "paper_id", [(p,) for p in "aabcdd"])
    dated = [("a", "paper"), ("a", "commit"), ("b", "commit"), ("c", "commit")]
    given(store, "dated_paper", "paper_id time_axis", dated)
    given(
        store,
        "scan",
        "scan_id unit_id host owner name status",
        [
            ("1", "u1", "github.com", "o", "r", "ok"),
            ("2", "u2", "github.com", "o", "r", "ok"),
            ("3", "u3", "github.com", "o", "other", "ok"),
            ("4", "u4", "github.com", "p", "r", "ok"),
            ("5", "u5", "gitlab.com", "o", "r", "ok"),
            ("6", "u6", "github.com", "o", "gone", "not_found"),
        ],
    )
    given(store, "import_fact", "scan_id module", [("1", "torch"), ("3", "torch"), ("3", "os")])
    assert store.sql("from totals").fetchall() == [(5, 4, 3, 4, 3)]


@pytest.mark.slow
def test_an_empty_database_has_nothing(store: Store) -> None:
    assert store.sql("from totals").fetchall() == [(0, 0, 0, 0, 0)]
