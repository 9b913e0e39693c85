"""Moments in the views: which code a share counts, what is left out, and anachronisms."""

import pytest

from tests.facts_of import Store, given

FRAMEWORK = "paper_id moment label family is_official is_of_time unit_id scan_id committed_at"


def dated(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "select paper_id, moment, choices, is_default from dated_paper "
        "where time_axis = 'paper' order by all"
    ).fetchall()


def judged(store: Store, rows: list[tuple[object, ...]], day: str = "2020-01-01") -> None:
    """Papers of a day: (paper, moment, label, whether of the time), with a commit of 2020-02-02."""
    papers = sorted({str(row[0]) for row in rows})
    given(
        store,
        "paper",
        "paper_id published_on date_precision",
        [(paper, day, "day") for paper in papers],
    )
    facts = [
        (p, m, label, label, False, of, f"u{p}", f"s{p}{m}", "2020-02-02")
        for p, m, label, of in rows
    ]
    given(store, "paper_framework", FRAMEWORK, facts)


def default(store: Store) -> str:
    ((choice,),) = store.sql("from default_choice").fetchall()
    return str(choice)


@pytest.mark.slow
def test_while_no_code_of_the_time_is_known_the_newest_counts(store: Store) -> None:
    assert default(store) == "now"
    judged(store, [("p", "now", "pytorch", False)])
    assert dated(store) == [("p", "now", ["now"], True)]


def test_a_commit_without_judged_code_changes_no_default(store: Store) -> None:
    same = {"unit_id": "u", "status": "in_time", "found_at": "2026-01-01"}
    given(store, "paper_commit", "paper_id commit_id", [("p", "c"), ("nobody", "c")], **same)
    judged(store, [("p", "now", "pytorch", False)])
    assert default(store) == "now"


@pytest.mark.parametrize(("known", "choice"), [(1, "now"), (2, "now"), (3, "then"), (4, "then")])
def test_code_of_the_time_counts_once_most_papers_have_it(
    store: Store, known: int, choice: str
) -> None:
    papers = "abcd"
    then = [(paper, "then", "pytorch", True) for paper in papers[:known]]
    judged(store, [*then, *((paper, "now", "pytorch", True) for paper in papers)])
    assert default(store) == choice


def test_a_paper_without_a_date_has_no_say_in_the_default(store: Store) -> None:
    judged(store, [(paper, "then", "pytorch", True) for paper in "pq"])
    assert default(store) == "then"
    store.execute("update paper set published_on = null")
    assert default(store) == "now"


def test_once_most_code_of_the_time_is_known_only_that_counts(store: Store) -> None:
    judged(
        store,
        [
            ("p", "then", "pytorch", True),
            ("p", "now", "jax", True),
            ("q", "then", "pytorch", False),
            ("r", "now", "pytorch", True),
        ],
    )
    assert dated(store) == [
        ("p", "now", ["now"], False),
        ("p", "then", ["then", "anybody"], True),
        ("q", "then", ["anybody"], False),
        ("r", "now", ["now"], False),
    ]


YEARLY = ("frameworks_by_year", "share_by_venue", "tensorflow_by_year", "style_by_year")


@pytest.mark.parametrize("view", YEARLY)
def test_views_by_year_count_the_default_code_only(store: Store, view: str) -> None:
    code = {"family": "tensorflow", "series": "tensorflow", "style": "graph", "venue": "ICLR"}
    days = [("2019-01-01", True), ("2020-01-01", False)]
    given(store, "dated_paper", "day is_default", days, time_axis="paper", **code)
    assert store.sql(f"select distinct year from {view}").fetchall() == [(2019,)]


@pytest.mark.slow
def test_a_framework_that_did_not_exist_is_left_out(store: Store) -> None:
    given(
        store,
        "framework_release",
        "framework variant released_on",
        [
            ("pytorch", None, "2020-01-02"),
            ("jax", None, "2020-02-03"),
            ("jax", "2.x", "2030-01-01"),
        ],
        precision="day",
        what="release",
        reference="r",
    )
    rows = [
        ("p", "then", "pytorch", True),
        ("q", "then", "jax", True),
        ("r", "then", "mxnet", True),
    ]
    judged(store, rows, day="2020-01-01")
    assert [row[2] for row in dated(store)] == [["anybody"], ["anybody"], ["then", "anybody"]]
    judged(store, rows, day="2020-01-02")
    assert [row[2] for row in dated(store)] == [
        ["then", "anybody"],
        ["anybody"],  # its commit is of 2 February
        ["then", "anybody"],
    ]


@pytest.mark.slow
def test_a_share_counts_the_code_that_is_chosen(store: Store) -> None:
    judged(
        store,
        [
            ("p", "then", "tensorflow", True),
            ("p", "now", "pytorch", True),
            ("q", "then", "pytorch", False),
            ("q", "now", "pytorch", False),
        ],
    )

    def papers(share: str) -> list[tuple[object, ...]]:
        return store.sql(
            f"select family, papers from {share} "
            "where denominator = 'pytorch_tensorflow' order by all"
        ).fetchall()

    then = [("pytorch", 0), ("tensorflow", 1)]
    assert papers("share_over('paper', 'year')") == then
    assert papers("share_at('then', 'paper', 'year')") == then
    assert papers("share_at('anybody', 'paper', 'year')") == [("pytorch", 1), ("tensorflow", 1)]
    assert papers("share_at('now', 'paper', 'year')") == [("pytorch", 2), ("tensorflow", 0)]


def test_the_cube_has_every_choice(store: Store) -> None:
    judged(store, [("p", "then", "tensorflow", True), ("p", "now", "pytorch", True)])
    rows = "select choice, family, papers from share_cube where time_axis = 'paper' order by all"
    assert store.sql(rows).fetchall() == [
        ("anybody", "tensorflow", 1),
        ("now", "pytorch", 1),
        ("then", "tensorflow", 1),
    ]


def test_every_paper_that_is_left_out_is_counted_with_its_reason(store: Store) -> None:
    given(
        store,
        "framework_release",
        "framework released_on",
        [("jax", "2020-01-02")],
        precision="day",
        what="release",
        reference="r",
    )
    judged(
        store,
        [
            ("counted", "then", "pytorch", True),
            ("counted", "now", "jax", True),
            ("young", "then", "jax", True),
            ("counted 2", "then", "pytorch", True),
            *((f"later {number}", "then", "pytorch", False) for number in range(3)),
            ("unknown", "now", "pytorch", True),
            ("unknown 2", "now", "pytorch", False),
        ],
    )
    commits = [("unknown 2", "not_found"), ("counted", "in_time"), ("unknown", "timed_out")]
    given(store, "known_commit", "paper_id status", commits)
    assert store.sql("from moment_coverage").fetchall() == [(2020, 8, 2, 1, 3, 2, 1)]


@pytest.mark.slow
def test_the_corrected_date_of_a_commit_counts(store: Store) -> None:
    given(store, "paper", "paper_id published_on date_precision", [("p", "2020-01-01", "day")])
    link = [("p", "u", "github.com", "o", "r")]
    given(store, "paper_link", "paper_id unit_id host owner name", link, subdir="")
    given(store, "scan", "scan_id unit_id commit_id committed_at", [("s", "u", "c", "1970-01-01")])
    same = {"status": "in_time", "found_at": "2026-01-01", "notes": ["date_bounded"]}
    given(
        store,
        "paper_commit",
        "paper_id unit_id commit_id committed_at lag_days",
        [("p", "u", "c", "2020-02-01", 31)],
        **same,
    )
    given(store, "repo_label", "scan_id unit_id label family", [("s", "u", "pytorch", "pytorch")])
    rows = "select time_axis, day::varchar, precedes_framework from dated_paper where moment = "
    assert store.sql(f"{rows} 'then' order by 1").fetchall() == [
        ("commit", "2020-02-01", False),
        ("paper", "2020-01-01", False),
    ]


def test_no_counted_paper_or_commit_precedes_its_framework(store: Store) -> None:
    ids = ["early paper", "early commit", "in time", "early now"]
    days = dict(zip(ids, ("2016-08-24", "2017-01-01", "2017-01-01", "2016-01-01"), strict=True))
    given(
        store,
        "paper",
        "paper_id published_on date_precision",
        [(paper, day, "day") for paper, day in days.items()],
    )
    commits = [
        ("early paper", "then", "2017-01-01"),
        ("early commit", "then", "2016-08-24"),
        ("in time", "then", "2016-08-25"),
        ("early now", "now", "2016-01-01"),
    ]
    same = {"label": "pytorch", "family": "pytorch", "unit_id": "u", "scan_id": "s"}
    given(store, "paper_framework", "paper_id moment committed_at", commits, **same)
    rows = "select paper_id, is_default, precedes_framework from dated_paper"
    assert store.sql(f"{rows} where time_axis = 'paper' order by 1").fetchall() == [
        ("early commit", False, True),
        ("early now", False, True),
        ("early paper", False, True),
        ("in time", True, False),
    ]
    assert store.sql("select family, papers from share_cube where choice = 'then'").fetchall() == [
        ("pytorch", 1),
        ("pytorch", 1),
    ]


COVERED = "paper_id moment choices is_of_time precedes_framework"


def test_the_reasons_are_counted_by_year(store: Store) -> None:
    counted, left_out, newest = ["then", "anybody"], ["anybody"], ["now"]
    without_then = ("gone", "failed", "new", "new 2", "answered")
    papers = [
        ("counted", "then", counted, True, False),
        ("counted", "now", newest, True, False),
        ("young", "then", left_out, True, True),
        ("young", "now", newest, False, False),
        ("young, and later", "then", left_out, False, True),
        ("later", "then", left_out, False, False),
        *((name, "now", newest, True, True) for name in without_then),
    ]
    days = [(*row, "paper", "2020-05-05") for row in papers]
    days += [("of 2019", "then", counted, True, False, "paper", "2019-05-05")]
    days += [("of 2021", "then", counted, True, False, "paper", "2021-05-05")]
    days += [("no date", "then", counted, True, False, "created", "2020-05-05")]
    given(store, "dated_paper", f"{COVERED} time_axis day", days)
    means = [("history", "a", "answer"), ("history", "g", "gone"), ("history", "f", "again")]
    means += [("code", "f", "answer")]
    given(store, "outcome_status", "step status means", means, words="w")
    found = [("gone", "g"), ("failed", "f"), ("answered", "a"), ("answered", "a")]
    given(store, "known_commit", "paper_id status", found)
    assert store.sql("from moment_coverage").fetchall() == [
        (2019, 1, 1, 0, 0, 0, 0),
        (2020, 9, 1, 1, 2, 5, 3),
        (2021, 1, 1, 0, 0, 0, 0),
    ]
