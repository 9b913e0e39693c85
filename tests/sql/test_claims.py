"""Published claims: our numbers beside theirs, and the verdict that follows from both."""

import pytest

from tests.facts_of import Store, given

VERDICTS = [
    # equals: an interval of at most 30 points that holds the number
    ("equals", 0.47, 0.40, 0.55, 200, "borne out"),
    ("equals", 0.40, 0.40, 0.70, 200, "borne out"),
    ("equals", 0.70, 0.40, 0.70, 200, "borne out"),
    ("equals", 0.39, 0.40, 0.55, 200, "not borne out"),
    ("equals", 0.56, 0.40, 0.55, 200, "not borne out"),
    ("equals", 0.40, 0.20, 0.50, 200, "borne out"),
    ("equals", 0.47, 0.30, 0.61, 20, "cannot be told"),
    ("equals", 0.10, 0.30, 0.61, 20, "not borne out"),
    # above and below: the whole interval is on one side
    ("above", 0.5, 0.51, 0.9, 200, "borne out"),
    ("above", 0.5, 0.5, 0.9, 200, "cannot be told"),
    ("above", 0.5, 0.1, 0.5, 200, "not borne out"),
    ("above", 0.5, 0.1, 0.51, 200, "cannot be told"),
    ("below", 0.0, -0.3, -0.01, 200, "borne out"),
    ("below", 0.0, -0.3, 0.0, 200, "cannot be told"),
    ("below", 0.0, 0.0, 0.2, 200, "not borne out"),
    ("below", 0.0, -0.1, 0.2, 200, "cannot be told"),
    # by: years, whose ends the data may not show
    ("by", 2023, 2018, 2023, 200, "borne out"),
    ("by", 2023, None, 2019, 200, "borne out"),
    ("by", 2023, 2024, 2025, 200, "not borne out"),
    ("by", 2023, 2024, None, 200, "not borne out"),
    ("by", 2023, 2023, 2024, 200, "cannot be told"),
    ("by", 2023, 2018, None, 200, "cannot be told"),
    # too few
    ("equals", 0.47, 0.40, 0.55, 10, "borne out"),
    ("equals", 0.47, 0.40, 0.55, 9, "cannot be told"),
    ("equals", 0.47, 0.40, 0.55, None, "cannot be told"),
    ("equals", 0.60, 0.40, 0.55, 9, "cannot be told"),
    ("equals", 0.47, None, None, None, "cannot be told"),
    # a number that the claim does not state
    (None, None, 0.40, 0.55, 200, None),
    (None, None, 0.40, 0.55, 9, None),
]


@pytest.mark.parametrize(("rule", "claimed", "low", "high", "n", "verdict"), VERDICTS)
def test_the_verdict_follows_from_the_interval(
    store: Store,
    rule: str | None,
    claimed: float | None,
    low: float | None,
    high: float | None,
    n: int | None,
    verdict: str | None,
) -> None:
    values = [rule, claimed, low, high, n]
    asked = "select claim_verdict(?, ?::double, ?::double, ?::double, ?::bigint)"
    assert store.execute(asked, values).fetchall() == [(verdict,)]


WIDE = "interval too wide: "
REASONS = [
    ("borne out", "equals", 90, 90, None),
    ("not borne out", "above", 0, 0, None),
    (None, None, 0, 0, None),
    ("cannot be told", "equals", 0, 0, "no papers of that conference and year collected"),
    ("cannot be told", "equals", None, None, "no paper counts"),
    (
        "cannot be told",
        "above",
        0,
        1,
        "papers collected, but none with PyTorch or TensorFlow code that we could read",
    ),
    ("cannot be told", "equals", 9, 12, "fewer than 10 papers"),
    ("cannot be told", "by", 1, None, "fewer than 10 papers"),
    ("cannot be told", "equals", 10, 12, f"{WIDE}more than 30 percentage points"),
    ("cannot be told", "above", 10, None, f"{WIDE}it reaches to both sides of the limit"),
    ("cannot be told", "below", 10, None, f"{WIDE}it reaches to both sides of the limit"),
    ("cannot be told", "by", 10, None, f"{WIDE}it does not end by that year"),
]


@pytest.mark.parametrize(("verdict", "rule", "n", "collected", "reason"), REASONS)
def test_what_cannot_be_told_has_a_reason(
    store: Store,
    verdict: str | None,
    rule: str | None,
    n: int | None,
    collected: int | None,
    reason: str | None,
) -> None:
    asked = "select claim_reason(?, ?, ?::bigint, ?::bigint)"
    values = [verdict, rule, n, collected]
    assert store.execute(asked, values).fetchall() == [(reason,)]


def test_hes_shares_are_numbers_of_three_claims(store: Store) -> None:
    given(store, "claim_number", "claim part rule claimed", [("x", "y", "above", 0.5)])
    counts = [("ACL", 2018, 9, 1), ("ACL", 2019, 3, 1), ("ACL", 2020, 4, 1), ("CVPR", 2022, 0, 0)]
    counts += [("ICML", 2020, 1, 3), ("CoRL", 2020, 1, 0)]
    columns = "conference year pytorch tensorflow"
    given(store, "he2019", columns, counts, month=1, papers=100)
    assert store.sql("from claimed_number order by all").fetchall() == [
        ("he_2019", "ACL 2019", "equals", 0.75),
        ("he_2019_majority", "ACL 2019", "above", 0.5),
        ("he_2022", "ACL 2020", "equals", 0.8),
        ("he_2022", "CoRL 2020", "equals", 1.0),
        ("he_2022", "ICML 2020", "equals", 0.25),
        ("x", "y", "above", 0.5),
    ]


def test_every_number_of_a_claim_has_a_verdict_with_data_or_without(store: Store) -> None:
    numbers = [("a", "p", "above", 0.5), ("a", "q", "above", 0.5), ("b", "p", None, None)]
    given(store, "claimed_number", "claim part rule claimed", numbers)
    answers = [
        ("a", "p", "2020", 60, 90, 0.67, 0.56, 0.76),
        ("b", "p", "2021", 1, 20, 0.05, 0.01, 0.24),
        ("b", "unasked", "2021", 1, 20, 0.05, 0.01, 0.24),
    ]
    given(store, "claim_answer", "claim part period papers n value low high", answers)
    assert store.sql(
        "select claim, part, period, value, n, verdict from claim_check"
    ).fetchall() == [
        ("a", "p", "2020", 0.67, 90, "borne out"),
        ("a", "q", None, None, 0, "cannot be told"),
        ("b", "p", "2021", 0.05, 20, None),
    ]


def test_a_number_has_the_reason_of_its_verdict_and_the_remark_of_the_answer(
    store: Store,
) -> None:
    numbers = [("a", part, "above", 0.5) for part in ("none", "told", "unasked")]
    given(store, "claimed_number", "claim part rule claimed", numbers)
    answers = [
        ("a", "none", 0, None, None, 0, None),
        ("a", "told", 90, 0.56, 0.76, 95, "left out: 5"),
    ]
    given(store, "claim_answer", "claim part n low high collected remark", answers)
    found = store.sql("select part, reason, collected, remark from claim_check order by part")
    assert found.fetchall() == [
        ("none", "no papers of that conference and year collected", 0, None),
        ("told", None, 95, "left out: 5"),
        ("unasked", "no paper counts", None, None),
    ]


def test_every_claim_has_numbers_and_every_number_a_claim(store: Store) -> None:
    claims = store.sql("select claim from claim order by 1").fetchall()
    assert store.sql("select distinct claim from claimed_number order by 1").fetchall() == claims


def test_the_answers_of_a_claim_come_from_the_macro_that_it_names(store: Store) -> None:
    definition = "select sql from duckdb_views() where view_name = 'claim_answer'"
    [(sql,)] = store.sql(definition).fetchall()
    for claim, answer in store.sql("select claim, answer from claim").fetchall():
        assert f"SELECT '{claim}' AS claim, * FROM {answer}(" in sql


HE = "venue year papers n share share_low share_high"


def test_the_answer_to_hes_claims_is_our_share_at_the_conferences_of_the_years(
    store: Store,
) -> None:
    rows = [
        ("ACL", 2018, 1, 2, 0.5, 0.1, 0.9),
        ("ACL", 2019, 6, 8, 0.75, 0.4, 0.9),
        ("COLT", 2019, 1, 1, 1.0, 0.2, 1.0),
        ("CVPR", 2019, None, None, None, None, None),
        ("ICLR", 2019, 0, 0, None, None, None),
        ("ACL", 2020, 7, 8, 0.9, 0.5, 1.0),
        ("ACL", 2022, 8, 8, 1.0, 0.6, 1.0),
        ("ACL", 2023, 8, 8, 1.0, 0.6, 1.0),
    ]
    given(store, "he2019_comparison", HE, rows)
    counted = "select * exclude (collected, remark) from claim_he(2019, 2019) order by part"
    assert store.sql(counted).fetchall() == [
        ("ACL 2019", "2019", 6, 8, 0.75, 0.4, 0.9),
        ("COLT 2019", "2019", 1, 1, 1.0, 0.2, 1.0),
        ("CVPR 2019", "2019", None, 0, None, None, None),
        ("ICLR 2019", "2019", 0, 0, None, None, None),
    ]
    later = store.sql("select part from claim_he(2020, 2022) order by 1").fetchall()
    assert later == [("ACL 2020",), ("ACL 2022",)]


def test_the_answer_to_hes_claims_tells_conferences_without_papers_from_those_with(
    store: Store,
) -> None:
    counted = [("ACL", 2019, 6, 8), ("CVPR", 2019, None, None), ("ICLR", 2019, None, None)]
    given(store, "he2019_comparison", "venue year papers n", counted)
    venues = ["ACL"] * 9 + ["CVPR", "CVPR", "ICLR", "ICLR"]
    days = ["2019-07-01"] * 9 + ["2019-01-01", "2019-12-31", "2018-12-31", None]
    papers = [(f"p{at}", venue) for at, venue in enumerate(venues)]
    given(store, "paper_venue", "paper_id venue", papers)
    dates = [(f"p{at}", day) for at, day in enumerate(days)]
    given(store, "paper_date", "paper_id published_on", [*dates, ("no venue", "2019-01-01")])
    rows = store.sql("select part, n, collected, remark from claim_he(2019, 2019) order by 1")
    assert rows.fetchall() == [
        ("ACL 2019", 8, 9, "8 of 9 papers collected have PyTorch or TensorFlow code"),
        ("CVPR 2019", 0, 2, "0 of 2 papers collected have PyTorch or TensorFlow code"),
        ("ICLR 2019", 0, 0, None),
    ]


ARCHIVE = "paper_id family time_axis day choices"


def archive(store: Store, *papers: tuple[str, str, str, str, list[str]]) -> None:
    given(store, "dated_paper", ARCHIVE, papers)
    links = [(paper, "pwc") for paper in dict.fromkeys(paper for paper, *_ in papers)]
    given(store, "corrected_link", "paper_id source", links)


def test_the_archive_counts_newest_code_by_the_repositorys_date_else_the_papers(
    store: Store,
) -> None:
    now = ["now"]
    archive(
        store,
        ("created in time", "pytorch", "paper", "2019-01-01", now),
        ("created in time", "pytorch", "created", "2020-01-01", now),
        ("created at the end", "pytorch", "paper", "2021-01-01", now),
        ("created at the end", "pytorch", "created", "2020-12-31", now),
        ("created later", "pytorch", "paper", "2020-01-01", now),
        ("created later", "pytorch", "created", "2021-01-01", now),
        ("a date", "tensorflow", "paper", "2020-12-31", now),
        ("no framework", "none", "paper", "2020-06-01", now),
        ("of a commit", "pytorch", "commit", "2020-06-01", now),
        ("of the time", "pytorch", "paper", "2020-06-01", ["then", "anybody"]),
    )
    rows = store.sql(
        "select part, period, papers, n from claim_archive('2020-01-01', '2020-12-31') order by 1"
    ).fetchall()
    assert rows == [
        ("PyTorch", "2020-01 to 2020-12", 2, 4),
        ("TensorFlow", "2020-01 to 2020-12", 1, 4),
    ]


def test_the_archive_says_how_many_papers_have_the_date_of_their_repository(store: Store) -> None:
    now = ["now"]
    archive(
        store,
        ("both", "pytorch", "paper", "2019-01-01", now),
        ("both", "pytorch", "created", "2020-02-01", now),
        ("paper", "none", "paper", "2020-03-01", now),
        ("another", "tensorflow", "paper", "2020-03-01", now),
        ("before", "pytorch", "created", "2019-02-01", now),
    )
    year = "claim_archive('2020-01-01', '2020-12-31')"
    assert store.sql(f"select distinct remark from {year}").fetchall() == [
        (
            "dated by the creation of the repository: 1 of 3 papers; by the first public date of "
            "the paper: 2",
        )
    ]


@pytest.mark.slow
def test_each_claim_is_answered_for_its_own_days_and_years(store: Store) -> None:
    shares = [("ACL", year, 1, 2, 0.5, 0.1, 0.9) for year in range(2018, 2024)]
    given(store, "he2019_comparison", HE, shares)
    days = ["2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"]
    days += ["2022-05-31", "2022-06-01", "2022-09-01", "2023-05-31", "2023-06-01"]
    archive(store, *((f"of {day}", "pytorch", "paper", day, ["now"]) for day in days))
    rows = store.sql("""
        select claim, part, n
        from claim_answer
        where starts_with(claim, 'he_') or part = 'PyTorch'
        order by all
    """).fetchall()
    assert rows == [
        ("he_2019", "ACL 2019", 2),
        ("he_2019_majority", "ACL 2019", 2),
        ("he_2022", "ACL 2020", 2),
        ("he_2022", "ACL 2021", 2),
        ("he_2022", "ACL 2022", 2),
        ("papers_with_code_2023", "PyTorch", 3),
        ("state_of_ai_2020", "PyTorch", 2),
    ]


def test_papers_outside_the_archive_are_not_of_it(store: Store) -> None:
    archive(store, ("p", "pytorch", "paper", "2020-06-01", ["now"]))
    given(store, "corrected_link", "paper_id source", [("p", "list"), ("q", "pwc")])
    assert store.sql("from claim_archive('2020-01-01', '2020-12-31')").fetchall() == []


def test_one_paper_of_the_archive_is_enough(store: Store) -> None:
    archive(store, ("p", "pytorch", "paper", "2020-06-01", ["now"]))
    rows = store.sql("select papers, n from claim_archive('2020-01-01', '2020-12-31')").fetchall()
    assert sorted(rows) == [(0, 1), (1, 1)]


def test_the_interval_of_the_archive_is_wilsons(store: Store) -> None:
    families = ["pytorch"] * 15 + ["none"] * 35
    papers = [
        (f"p{i}", family, "paper", "2020-06-01", ["now"]) for i, family in enumerate(families)
    ]
    archive(store, *papers)
    year = "claim_archive('2020-01-01', '2020-12-31')"
    rows = store.sql(
        f"select value, round(low, 4), round(high, 4) from {year} where part = 'PyTorch'"
    )
    assert rows.fetchall() == [(0.3, 0.1910, 0.4375)]


def test_the_first_half_of_2019_has_papers_with_a_month(store: Store) -> None:
    rows = [
        ("pytorch", "2019-01-01", False, True, "paper"),
        ("pytorch", "2019-06-30", False, True, "paper"),
        ("tensorflow", "2019-03-01", False, True, "paper"),
        ("jax", "2019-03-01", False, True, "paper"),
        ("pytorch", "2019-01-01", True, True, "paper"),
        ("pytorch", "2018-12-31", False, True, "paper"),
        ("pytorch", "2019-07-01", False, True, "paper"),
        ("pytorch", "2019-03-01", False, False, "paper"),
        ("pytorch", "2019-03-01", False, True, "created"),
    ]
    given(store, "dated_paper", "family day is_year_only is_default time_axis", rows)
    found = store.sql("select part, period, papers, n, value from claim_arxiv()").fetchall()
    assert found == [("PyTorch", "2019-01 to 2019-06", 2, 3, 2 / 3)]


LEFT_OUT = {
    (): None,
    ("2019-01-01",): "left out: papers of 2019 whose month is unknown, 1",
    ("2018-01-01", "2019-01-01", "2019-01-01", "2020-01-01"): "left out: papers of 2019 whose "
    "month is unknown, 2",
}


@pytest.mark.parametrize(("days", "remark"), LEFT_OUT.items())
def test_papers_of_2019_without_a_month_are_counted_as_left_out(
    store: Store, days: tuple[str, ...], remark: str | None
) -> None:
    rows = [("2019-03-01", False), *((day, True) for day in days)]
    same = {"family": "pytorch", "time_axis": "paper", "is_default": True}
    given(store, "dated_paper", "day is_year_only", rows, **same)
    assert store.sql("select n, remark from claim_arxiv()").fetchall() == [(1, remark)]


def test_one_paper_of_these_months_is_enough(store: Store) -> None:
    rows = [("pytorch", "2019-03-01")]
    same = {"is_year_only": False, "time_axis": "paper", "is_default": True}
    given(store, "dated_paper", "family day", rows, **same)
    assert store.sql("select papers, n from claim_arxiv()").fetchall() == [(1, 1)]


def test_without_a_paper_of_these_months_there_is_no_answer(store: Store) -> None:
    rows = [("pytorch", "2020-01-01")]
    same = {"is_year_only": False, "time_axis": "paper"}
    given(store, "dated_paper", "family day", rows, **same)
    assert store.sql("from claim_arxiv()").fetchall() == []


def test_the_crossings_are_those_of_all_papers_and_of_fields(store: Store) -> None:
    rows = [
        ("all", "all", 2019, 2018, 2020, 2016, 2025, 90, 95),
        ("area", "nlp", None, 2020, None, 2017, 2019, 40, 45),
        ("venue", "ACL", 2019, 2018, 2020, 2016, 2025, 90, 95),
    ]
    columns = "kind place year earliest latest first_year last_year n papers"
    given(store, "crossing", columns, rows)
    rows = store.sql("select * exclude (remark) from claim_crossing()")
    assert rows.fetchall() == [
        ("all papers", "2016 to 2025", 95, 90, 2019, 2018, 2020),
        ("nlp", "2017 to 2019", 45, 40, None, 2020, None),
    ]


def test_a_crossing_says_how_many_papers_are_of_years_with_too_few(store: Store) -> None:
    rows = [("all", "all", 90, 95), ("area", "nlp", 45, 45)]
    given(store, "crossing", "kind place n papers", rows)
    assert store.sql("select part, remark from claim_crossing()").fetchall() == [
        ("all papers", "left out: 5 of 95 papers, of years with fewer than 10"),
        ("nlp", None),
    ]


def test_the_last_full_year_ends_before_the_year_of_the_newest_scan(store: Store) -> None:
    shares = [
        (2022, "with_code", "pytorch", 50),
        (2022, "with_code", "none", 1),
        (2022, "any_framework", "pytorch", 1),
        (2024, "with_code", "pytorch", 60),
        (2025, "with_code", "pytorch", 70),
        (2026, "with_code", "pytorch", 80),
    ]
    columns = "year denominator family papers"
    rest = {"n": 100, "share": 0.5, "share_low": 0.4, "share_high": 0.6}
    given(store, "share_by_year", columns, shares, **rest)
    days = [("a", "2026-02-01"), ("b", "2025-02-01")]
    given(store, "scan", "scan_id scanned_at", days, unit_id="u")
    rows = store.sql("select part, period, papers, n from claim_release() order by 1").fetchall()
    assert rows == [("2022", "2022", 50, 100), ("last full year", "2025", 70, 100)]


def test_a_year_says_of_which_months_its_papers_are(store: Store) -> None:
    columns = "year denominator family papers"
    given(store, "share_by_year", columns, [(2022, "with_code", "pytorch", 3)], n=5)
    given(store, "scan", "scan_id scanned_at", [("a", "2023-02-01")], unit_id="u")
    papers = [
        ("2022-02-28", False, "paper", True, "jax"),
        ("2022-01-31", False, "paper", True, "pytorch"),
        ("2022-02-01", False, "paper", True, "none"),
        ("2022-12-31", False, "paper", True, "pytorch"),
        ("2022-01-01", True, "paper", True, "pytorch"),
        ("2022-03-01", False, "created", True, "pytorch"),
        ("2022-03-01", False, "paper", False, "pytorch"),
        ("2021-03-01", False, "paper", True, "pytorch"),
    ]
    given(store, "dated_paper", "day is_year_only time_axis is_default family", papers)
    rows = store.sql("select remark from claim_release() where part = '2022'").fetchall()
    assert rows == [("papers by month: Jan 1, Feb 2, Dec 1, unknown 1",)]


def test_a_style_says_how_many_papers_are_left_out_and_what_they_could_change(
    store: Store,
) -> None:
    rows = [
        ("1.x", 2017, 1, 9, 0, 10),
        ("2.x", 2020, 6, 2, 1, 8),
        ("2.x", 2021, 2, 0, 5, 2),
    ]
    given(store, "style_by_variant", "variant year eager graph unclear n", rows)
    assert store.sql("select n, remark from claim_style() order by part").fetchall() == [
        (
            10,
            "left out: 6 of 16 papers, whose style is unknown (the share of all of them is between "
            "50% and 88%)",
        ),
        (10, None),
    ]


def test_the_style_of_each_variant_counts_all_years(store: Store) -> None:
    rows = [("1.x", 2017, 1, 9, 10), ("1.x", 2019, 2, 8, 10), ("2.x", 2020, 6, 2, 8)]
    given(store, "style_by_variant", "variant year eager graph n", rows)
    found = store.sql("select part, period, papers, n, value from claim_style() order by 1")
    assert found.fetchall() == [
        ("eager code in TensorFlow 2.x", "2020 to 2020", 6, 8, 0.75),
        ("graphs in TensorFlow 1.x", "2017 to 2019", 17, 20, 0.85),
    ]


def sides(store: Store, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Papers with PyTorch and with TensorFlow code, before and after TensorFlow 2.0."""
    rows = [
        (family, day)
        for counts, day in ((before, "2018-05-01"), (after, "2020-05-01"))
        for family, count in zip(("pytorch", "tensorflow"), counts, strict=True)
        for _ in range(count)
    ]
    same = {"time_axis": "paper", "is_year_only": False}
    given(store, "dated_paper", "family day", rows, **same)


@pytest.mark.slow
def test_tensorflows_share_before_and_after_and_its_change(store: Store) -> None:
    sides(store, (24, 56), (22, 48))
    columns = "part, period, papers, n, round(value, 4)"
    assert store.sql(f"select {columns} from claim_eager() order by 1").fetchall() == [
        ("TensorFlow's share after", "2019-10 to 2021-09", 48, 70, 0.6857),
        ("TensorFlow's share before", "2017-10 to 2019-09", 56, 80, 0.7),
        ("change of TensorFlow's share", "2017-10 to 2021-09", None, 70, -0.0143),
    ]


@pytest.mark.slow
def test_the_interval_of_the_change_is_newcombes(store: Store) -> None:
    sides(store, (32, 48), (14, 56))
    change = "where part = 'change of TensorFlow''s share'"
    rows = store.sql(f"select value, round(low, 4), round(high, 4) from claim_eager() {change}")
    assert rows.fetchall() == [(pytest.approx(0.2), 0.0524, 0.3339)]


DAYS = {
    "2017-09-30": [],
    "2017-10-01": ["before"],
    "2019-09-30": ["before"],
    "2019-10-01": ["after"],
    "2021-09-30": ["after"],
    "2021-10-01": [],
}


@pytest.mark.slow
@pytest.mark.parametrize(("day", "part"), DAYS.items())
def test_the_two_periods_have_two_years_each(store: Store, day: str, part: list[str]) -> None:
    rows = [("tensorflow", False, "paper", True)]
    rows += [("tensorflow", True, "paper", True), ("tensorflow", False, "created", True)]
    rows += [("jax", False, "paper", True), ("tensorflow", False, "paper", False)]
    given(store, "dated_paper", "family is_year_only time_axis is_default", rows, day=day)
    found = store.sql("select part, n from claim_eager()").fetchall()
    assert found == [(f"TensorFlow's share {side}", 1) for side in part]


UNDATED = {
    (): None,
    ("2016-01-01", "2022-01-01"): None,
    ("2017-01-01", "2021-01-01"): "left out: papers of 2017 to 2021 whose month is unknown, 2",
}


@pytest.mark.slow
@pytest.mark.parametrize(("days", "remark"), UNDATED.items())
def test_papers_without_a_month_are_counted_as_left_out_of_the_change(
    store: Store, days: tuple[str, ...], remark: str | None
) -> None:
    rows = [("2018-05-01", False), ("2020-05-01", False), *((day, True) for day in days)]
    given(store, "dated_paper", "day is_year_only", rows, family="pytorch", time_axis="paper")
    found = store.sql("select part, remark from claim_eager() order by 1").fetchall()
    assert found == [
        ("TensorFlow's share after", None),
        ("TensorFlow's share before", None),
        ("change of TensorFlow's share", remark),
    ]


@pytest.mark.slow
def test_repositories_that_left_tensorflow_1_by_what_they_moved_to(store: Store) -> None:
    moves = [
        ("a", "tensorflow 1.x", "pytorch", "pytorch"),
        ("a", "tensorflow 1.x", "pytorch", "pytorch"),
        ("b", "tensorflow 1.x", "pytorch", "pytorch"),
        ("c", "tensorflow 1.x", "tensorflow 2.x", "tensorflow"),
        ("c", "tensorflow 1.x", "tensorflow 2.x", "tensorflow"),
        ("d", "tensorflow 1.x", "jax", "jax"),
        ("e", "theano", "pytorch", "pytorch"),
    ]
    given(store, "framework_migration", "unit_id from_series to_series to_family", moves)
    columns = "part, period, papers, n, value"
    assert store.sql(f"select {columns} from claim_eager() order by 1").fetchall() == [
        ("from TensorFlow 1.x to 2.x", "all years", 1, 4, 0.25),
        ("from TensorFlow 1.x to PyTorch", "all years", 2, 4, 0.5),
    ]


@pytest.mark.slow
def test_a_move_that_no_repository_made_is_a_share_of_0(store: Store) -> None:
    columns = "unit_id from_series to_series to_family"
    given(store, "framework_migration", columns, [("d", "tensorflow 1.x", "jax", "jax")])
    rows = store.sql("select papers, n, value, low from claim_eager()").fetchall()
    assert rows == [(0, 1, 0.0, 0.0)] * 2
