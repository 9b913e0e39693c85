"""no_framework_by_language: papers without a framework, by language and year."""

import pytest

from tests.facts_of import Store, given


@pytest.mark.slow
def test_papers_without_a_framework_by_language_and_year(store: Store) -> None:
    rows = [
        ("r", "2020-01-01", "none", "paper", True),
        ("c++", "2021-05-01", "none", "paper", True),
        ("python", "2020-12-31", "none", "paper", True),
        ("python", "2020-05-01", "none", "paper", True),
        (None, "2020-05-01", "none", "paper", True),
        ("python", "2021-05-01", "none", "paper", True),
        ("python", "2021-06-01", "none", "paper", True),
        ("julia", "2021-05-01", "none", "paper", True),
        ("python", "2020-05-01", "pytorch", "paper", True),
        ("python", "2020-05-01", "none", "created", True),
        ("python", "2020-05-01", "none", "paper", False),
    ]
    given(store, "dated_paper", "language day family time_axis is_default", rows)
    found = "select year, language, papers, n, share from no_framework_by_language"
    assert store.sql(found).fetchall() == [
        (2020, "python", 2, 4, 0.5),
        (2020, "r", 1, 4, 0.25),
        (2020, "unknown", 1, 4, 0.25),
        (2021, "python", 2, 4, 0.5),
        (2021, "c++", 1, 4, 0.25),
        (2021, "julia", 1, 4, 0.25),
    ]


def test_languages_of_as_many_papers_are_in_the_order_of_their_names(store: Store) -> None:
    languages = ["c++", "java", "julia", "lua", "matlab", "python", "r", "unknown"]
    same = {"day": "2020-01-01", "family": "none", "time_axis": "paper"}
    given(store, "dated_paper", "language", [(name,) for name in reversed(languages)], **same)
    found = store.sql("select language from no_framework_by_language").fetchall()
    assert found == [(name,) for name in languages]


def test_the_interval_is_wilsons(store: Store) -> None:
    rows = [("python",)] * 15 + [("r",)] * 35
    same = {"day": "2020-01-01", "family": "none", "time_axis": "paper"}
    given(store, "dated_paper", "language", rows, **same)
    python = "from no_framework_by_language where language = 'python'"
    ends = store.sql(f"select round(share_low, 4), round(share_high, 4) {python}").fetchall()
    assert ends == [(0.1910, 0.4375)]
