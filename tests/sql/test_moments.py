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
            ("later", "then", "pytorch", False),
            ("unknown", "now", "pytorch", True),
            ("unknown 2", "now", "pytorch", False),
        ],
    )
    commits = [("unknown 2", "not_found"), ("counted", "in_time"), ("unknown", "timed_out")]
    given(store, "known_commit", "paper_id status", commits)
    assert store.sql("from moment_coverage").fetchall() == [(2020, 5, 1, 1, 1, 2, 1)]


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


ANACHRONISMS = "select paper_id, moment, label, variant, released_on::varchar, explanation"


def test_code_that_is_older_than_its_framework_is_an_anachronism(store: Store) -> None:
    given(
        store,
        "paper_scan",
        "paper_id unit_id moment scan_id committed_at is_of_time",
        [
            ("p", "u", "then", "s", "2016-08-24", True),
            ("q", "u", "then", "t", "2016-08-25", True),
            ("r", "u", "now", "v", "2019-01-01", True),
        ],
    )
    given(
        store,
        "repo_label",
        "scan_id label family variant basis",
        [
            ("s", "pytorch", "pytorch", None, "imported"),
            ("t", "pytorch", "pytorch", None, "imported"),
            ("v", "tensorflow", "tensorflow", "2.x", "imported"),
        ],
    )
    assert store.sql(f"{ANACHRONISMS} from anachronism").fetchall() == [
        (
            *("p", "then", "pytorch", None, "2016-08-25"),
            "see the lines of evidence: adoption explain",
        ),
        (
            *("r", "now", "tensorflow", "2.x", "2019-03-01"),
            "names of the variant were in previews before its release",
        ),
    ]


@pytest.mark.parametrize(
    ("label", "day", "variant", "released"),
    [
        ("tensorflow", "2014-01-01", None, "2015-11-09"),
        ("tensorflow", "2017-01-01", "2.x", "2019-03-01"),
        ("keras", "2014-01-01", None, "2015-03-01"),
        ("keras", "2017-01-01", "2.x", "2019-03-01"),
    ],
)
def test_code_for_a_variant_is_one_anachronism(
    store: Store, label: str, day: str, variant: str | None, released: str
) -> None:
    scan = [("p", "u", "then", "s", day)]
    given(store, "paper_scan", "paper_id unit_id moment scan_id committed_at", scan)
    columns = "scan_id label family variant basis"
    given(store, "repo_label", columns, [("s", label, "tensorflow", "2.x", "imported")])
    rows = store.sql("select label, variant, released_on::varchar from anachronism").fetchall()
    assert rows == [(label, variant, released)]


def test_an_anachronism_is_explained(store: Store) -> None:
    scans = [(name, f"u{name}", "then", name, "2010-01-01") for name in "abc"]
    given(store, "paper_scan", "paper_id unit_id moment scan_id committed_at", scans)
    labels = [("a", "imported"), ("b", "declared"), ("c", "imported")]
    given(store, "repo_label", "scan_id basis", labels, label="pytorch")
    same = {"status": "in_time", "found_at": "2026-01-01"}
    notes = [("a", "ua", ["date_bounded"])]
    given(store, "known_commit", "paper_id unit_id notes", notes, **same)
    given(store, "unit", "unit_id repo_id", [("uc", 7)])
    given(store, "repo", "repo_id created_at", [(7, "2010-02-01")])
    assert store.sql("select explanation from anachronism order by paper_id").fetchall() == [
        ("the clock of the commit was wrong",),
        ("only a list of packages names the framework",),
        ("commits are older than the repository: rewritten, or imported",),
    ]
