"""Moments in the views: which code a share counts, what is left out, and anachronisms."""

from tests.facts_of import Store, given

FRAMEWORK = "paper_id moment label family is_official is_of_time unit_id scan_id"


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
    facts = [(p, m, label, label, False, of, f"u{p}", f"s{p}{m}") for p, m, label, of in rows]
    given(store, "paper_framework", FRAMEWORK, facts)
    scans = [(f"s{p}{m}", f"u{p}", "2020-02-02") for p, m, _, _ in rows]
    given(store, "scan", "scan_id unit_id committed_at", scans)


def commits(store: Store, *papers: str) -> None:
    rows = [(paper, "c") for paper in papers]
    same = {"unit_id": "u", "status": "in_time", "found_at": "2026-01-01"}
    given(store, "paper_commit", "paper_id commit_id", rows, **same)


def test_while_no_commit_of_the_time_is_known_the_newest_counts(store: Store) -> None:
    judged(store, [("p", "now", "pytorch", False)])
    assert dated(store) == [("p", "now", ["now"], True)]


def test_once_a_commit_of_the_time_is_known_only_code_of_the_time_counts(store: Store) -> None:
    commits(store, "p", "q")
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
    commits(store, "p")
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
    commits(store, "p")
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
    commits(store, "p")
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
    commits(store, "p")
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
    assert store.sql("from moment_coverage").fetchall() == [(2020, 5, 1, 1, 1, 2)]


def test_the_default_view_has_no_anachronism(store: Store) -> None:
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
        "scan_id label variant basis",
        [
            ("s", "pytorch", None, "imported"),
            ("t", "pytorch", None, "imported"),
            ("v", "tensorflow", "2.x", "imported"),
        ],
    )
    rows = "select paper_id, moment, label, variant, released_on::varchar, explanation"
    assert store.sql(f"{rows} from anachronism").fetchall() == [
        (
            *("p", "then", "pytorch", None, "2016-08-25"),
            "see the lines of evidence: adoption explain",
        ),
        (
            *("r", "now", "tensorflow", "2.x", "2019-03-01"),
            "names of the variant were in previews before its release",
        ),
    ]


def test_an_anachronism_is_explained(store: Store) -> None:
    scans = [(name, f"u{name}", "then", name, "2010-01-01") for name in "abc"]
    given(store, "paper_scan", "paper_id unit_id moment scan_id committed_at", scans)
    labels = [("a", "imported"), ("b", "declared"), ("c", "imported")]
    given(store, "repo_label", "scan_id basis", labels, label="pytorch")
    same = {"status": "in_time", "found_at": "2026-01-01"}
    notes = [("a", "ua", ["date_bounded"])]
    given(store, "paper_commit", "paper_id unit_id notes", notes, **same)
    given(store, "unit", "unit_id repo_id", [("uc", 7)])
    given(store, "repo", "repo_id created_at", [(7, "2010-02-01")])
    assert store.sql("select explanation from anachronism order by paper_id").fetchall() == [
        ("the clock of the commit was wrong",),
        ("only a list of packages names the framework",),
        ("commits are older than the repository: rewritten, or imported",),
    ]
