"""What every recipe answers."""

import datetime as dt
import re
from pathlib import Path

import pytest

from pipeline.resources import SQL
from pipeline.terminal.query import set_variable, variables_of
from tests.facts_of import Store, given

RECIPES = {file.stem: file.read_text(encoding="utf-8") for file in (SQL / "recipes").glob("*.sql")}

SHARES = "year denominator family papers n share share_low share_high"


def answer(store: Store, recipe: str, **variables: str) -> list[tuple[object, ...]]:
    """The rows of a recipe; `variables` are those that `adoption query --set` sets."""
    for name, value in variables.items():
        set_variable(store, name, value)
    return store.sql(RECIPES[recipe]).fetchall()


def test_every_recipe_has_a_test_of_its_answer() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in RECIPES if not re.search(rf"[\"']{name}[\"']", tests)] == []


def test_only_a_recipe_with_a_variable_names_it_in_its_question() -> None:
    named = {name: re.findall(r"--set (\w+)=", text) for name, text in RECIPES.items()}
    assert named == {name: variables_of(text) for name, text in RECIPES.items()}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_begins_with_the_question_that_it_answers(recipe: str) -> None:
    first, second, *_ = RECIPES[recipe].splitlines()
    assert first.startswith("-- ")
    assert "?" in first
    assert not second.startswith("--")


def test_coverage_is_the_view(store: Store) -> None:
    given(store, "coverage", "year outcome words papers", [(2020, "judged", "judged", 3)])
    assert answer(store, "coverage") == store.sql("select * from coverage").fetchall() != []


def test_disagreements_are_those_of_label_agreement_by_unit(store: Store) -> None:
    given(
        store,
        "label_agreement",
        "unit_id source_label label agrees confidence verdict reason",
        [
            ("c", "tf", "pytorch", False, "high", None, None),
            ("b", "pytorch", "pytorch", True, "high", None, None),
            ("a", "torch", "pytorch", False, "low", "ours", "It imports torch."),
            ("d", "mxnet", "pytorch", None, "low", None, None),
        ],
    )
    assert answer(store, "disagreements") == [
        ("a", "torch", "pytorch", "low", "ours", "It imports torch."),
        ("c", "tf", "pytorch", "high", None, None),
    ]


def test_evidence_is_that_of_a_label_line_by_line(store: Store) -> None:
    labels = [
        ("s2", "v", "jax"),
        ("s1", "u", "pytorch"),
        ("s3", "w", "none"),
        ("s4", "t", "pytorch"),
        ("older", "v", "jax"),
    ]
    given(store, "repo_label", "scan_id unit_id label", labels)
    latest = [("v", "s2"), ("u", "s1"), ("w", "s3"), ("t", "s4")]
    given(store, "latest_scan", "unit_id scan_id", latest)
    proofs = [("b.py", 2, "torch.nn"), ("b.py", 1, "torch"), ("a.py", 9, "timm")]
    evidence = [{"path": path, "line": line, "module": module} for path, line, module in proofs]
    other = [{"path": "0.py", "line": 1, "module": "jax"}]
    given(
        store,
        "repo_framework",
        "scan_id framework evidence",
        [
            ("s1", "pytorch", evidence),
            ("s1", "jax", other),
            ("s2", "jax", other),
            ("s4", "pytorch", [{"path": "z.py", "line": 3, "module": "torch"}]),
            ("older", "jax", other),
        ],
    )
    assert answer(store, "evidence") == [("v", "0.py", 1, "jax")]
    assert answer(store, "evidence", framework="pytorch") == [
        ("t", "z.py", 3, "torch"),
        ("u", "a.py", 9, "timm"),
        ("u", "b.py", 1, "torch"),
        ("u", "b.py", 2, "torch.nn"),
    ]


def test_migrations_have_short_commits_and_the_first_line_of_evidence(store: Store) -> None:
    tf = {"path": "net.py", "line": 3, "name": "tensorflow.placeholder"}
    torch = {"path": "model.py", "line": 1, "name": "torch"}
    given(
        store,
        "framework_migration",
        "unit_id to_at from_commit from_evidence to_commit to_evidence",
        [("u", "2021-12-16 09:00", "a" * 40, [tf, torch], "b" * 40, [torch, tf])],
        from_series="tensorflow 1.x",
        to_series="pytorch",
        from_at="2021-02-05 08:00",
    )
    (row,) = answer(store, "migrations")
    assert tuple(str(value) for value in row) == (
        "u",
        "tensorflow 1.x",
        "pytorch",
        "2021-02-05",
        "2021-12-16",
        "a" * 10,
        "net.py:3 tensorflow.placeholder",
        "b" * 10,
        "model.py:1 torch",
    )


def test_migrations_stand_in_the_order_of_their_days_then_units(store: Store) -> None:
    moves = [("b", "2021-01-01"), ("c", "2020-01-01"), ("a", "2021-01-01"), ("d", "2019-01-01")]
    given(store, "framework_migration", "unit_id to_at", moves)
    assert [row[0] for row in answer(store, "migrations")] == ["d", "c", "a", "b"]


def test_the_rate_of_migrations_is_that_of_pytorch_of_others_and_of_all(store: Store) -> None:
    rows = [("pytorch", 20, 1), ("theano", 6, 3), ("mxnet", 4, 2)]
    given(store, "migration_rate", "from_series repositories moved", rows)
    rates = [row[:4] for row in answer(store, "migration-rate")]
    assert rates == [
        ("another framework", 10, 5, 0.5),
        ("pytorch", 20, 1, 0.05),
        ("any framework", 30, 6, 0.2),
    ]


def test_failures_are_units_that_were_not_found_or_not_read_with_the_reason(store: Store) -> None:
    given(
        store,
        "unit",
        "unit_id lookup_status lookup_problem lookup_message",
        [
            ("good", "ok", None, None),
            ("waiting", "ok", None, None),
            ("new", None, None, None),
            ("gone", "not_found", "not_found", "It is gone."),
            ("a blocked one", "blocked", "blocked", "A lawyer wrote."),
            ("lost", "not_found", "not_found", "It is lost."),
            ("a large one", "ok", None, None),
            ("read twice", "ok", "not_found", "It was gone for a day."),
            ("large", "ok", None, None),
            ("broken", "ok", None, None),
            ("read before", "not_found", "not_found", "It is gone now."),
        ],
    )
    given(
        store,
        "scan",
        "scan_id unit_id status message",
        [
            ("s1", "good", "ok", "All was read."),
            ("s2", "large", "too_large", "It has 9 GB."),
            ("s3", "broken", "not_found", "The branch is gone."),
            ("s4", "read before", "ok", None),
            ("s5", "a large one", "too_large", "It has 8 GB."),
            ("s6", "read twice", "too_large", "It has 7 GB."),
        ],
    )
    latest = [("good", "s1", "ok"), ("large", "s2", "too_large"), ("broken", "s3", "not_found")]
    latest += [("read before", "s4", "ok"), ("a large one", "s5", "too_large")]
    latest += [("read twice", "s6", "too_large")]
    given(store, "latest_scan", "unit_id scan_id status", latest)
    given(
        store,
        "outcome_status",
        "step status words",
        [
            ("code", "ok", "code scanned"),
            ("code", "too_large", "larger than the limits"),
            ("code", "not_found", "revision not found"),
            ("metadata", "not_found", "repository not found"),
            ("metadata", "blocked", "repository blocked"),
        ],
        means="answer",
    )
    assert answer(store, "failures") == [
        ("a blocked one", "blocked", "repository blocked", "A lawyer wrote."),
        ("broken", "not_found", "revision not found", "The branch is gone."),
        ("gone", "not_found", "repository not found", "It is gone."),
        ("lost", "not_found", "repository not found", "It is lost."),
        ("a large one", "too_large", "larger than the limits", "It has 8 GB."),
        ("large", "too_large", "larger than the limits", "It has 9 GB."),
        ("read twice", "too_large", "larger than the limits", "It has 7 GB."),
    ]


def test_frameworks_by_year_has_a_column_for_every_family(store: Store) -> None:
    years = range(2014, 2026)
    papers = [
        row
        for year in reversed(years)
        for row in (
            (year, "any_framework", "pytorch", 1),
            (year, "with_code", "pytorch", year),
            (year, "with_code", "none", 0),
        )
    ]
    given(store, "share_by_year", "year denominator family papers", papers)
    rows = store.sql(RECIPES["frameworks-by-year"])
    assert rows.columns == ["year", "none", "pytorch"]
    assert rows.fetchall() == [(year, 0, year) for year in years]


def test_imperative_by_year_is_the_view_of_styles(store: Store) -> None:
    given(store, "style_by_year", "year eager graph n share_eager", [(2018, 3, 1, 4, 0.75)])
    rows = store.sql("select * from style_by_year").fetchall()
    assert answer(store, "imperative-by-year") == rows != []


def test_share_by_year_is_pytorchs_beside_tensorflow(store: Store) -> None:
    given(
        store,
        "share_by_year",
        SHARES,
        [
            (2021, "pytorch_tensorflow", "pytorch", 3, 4, 0.75, 0.3, 0.9),
            (2020, "pytorch_tensorflow", "pytorch", 1, 2, 0.5, 0.1, 0.8),
            (2020, "pytorch_tensorflow", "tensorflow", 1, 2, 0.5, 0.1, 0.8),
            (2020, "any_framework", "pytorch", 1, 3, 0.33, 0.1, 0.7),
        ],
    )
    assert answer(store, "share-by-year") == [
        (2020, 0.5, 0.1, 0.8, 1, 2),
        (2021, 0.75, 0.3, 0.9, 3, 4),
    ]


def test_tensorflow_by_year_is_the_view_of_its_variants(store: Store) -> None:
    given(store, "tensorflow_by_year", "year variant papers n share", [(2019, "1.x", 1, 4, 0.25)])
    rows = store.sql("select * from tensorflow_by_year").fetchall()
    assert answer(store, "tensorflow-by-year") == rows != []


def test_when_written_has_both_moments_side_by_side(store: Store) -> None:
    papers = [("p", "2020-01-01"), ("r", "2020-01-01"), ("q", "2019-01-01")]
    given(store, "paper", "paper_id published_on", papers)
    commits = [
        ("r", "u", "in_time", 1),
        ("p", "v", "no_code", None),
        ("p", "u", "in_time", 31),
        ("q", "u", "no_code", None),
        ("not a paper", "u", "in_time", 1),
    ]
    columns = "paper_id unit_id status lag_days"
    given(store, "paper_commit", columns, commits, found_at="2026-01-01")
    scans = [
        ("p", "u", "then", "s"),
        ("p", "u", "now", "t"),
        ("p", "v", "now", "x"),
        ("q", "u", "now", "t"),
        ("r", "u", "then", "without a label"),
        ("other", "u", "then", "t"),
    ]
    given(store, "paper_scan", "paper_id unit_id moment scan_id", scans)
    given(store, "repo_label", "scan_id label", [("s", "theano"), ("t", "pytorch"), ("x", "jax")])
    rows = [(paper, unit, *rest) for paper, _, unit, *rest in answer(store, "when-written")]
    assert [(*row[:3], *row[4:]) for row in rows] == [
        ("q", "u", "no_code", None, None, "pytorch"),
        ("p", "u", "in_time", 31, "theano", "pytorch"),
        ("p", "v", "no_code", None, None, "jax"),
        ("r", "u", "in_time", 1, None, None),
    ]


def test_anachronisms_are_the_view(store: Store) -> None:
    given(store, "anachronism", "paper_id label", [("p", "jax")])
    assert answer(store, "anachronisms") == store.sql("from anachronism").fetchall() != []


def test_crossings_are_the_view(store: Store) -> None:
    given(store, "crossing", "kind place year", [("all", "all", 2019)])
    assert answer(store, "crossing") == store.sql("from crossing").fetchall() != []


@pytest.mark.slow
def test_findings_are_the_view(store: Store) -> None:
    rows = store.sql("from finding")
    given(store, "finding", " ".join(rows.columns[:1]), [("pytorch",)])
    assert answer(store, "findings") == store.sql("from finding").fetchall() != []


def test_share_by_area_is_the_view(store: Store) -> None:
    given(store, "share_by_area", "area year share", [("nlp", 2019, 0.5)])
    assert answer(store, "share-by-area") == store.sql("from share_by_area").fetchall() != []


def test_shares_of_venues_are_sorted_by_venue_and_year(store: Store) -> None:
    rows = [("NAACL", 2019, 1), ("ACL", 2020, 2), ("ACL", 2019, 3)]
    given(store, "share_by_venue", "venue year papers", rows)
    shown = [row[:3] for row in answer(store, "share-by-venue")]
    assert shown == [("ACL", 2019, 3), ("ACL", 2020, 2), ("NAACL", 2019, 1)]


def test_he_2019_has_the_venues_that_both_counted(store: Store) -> None:
    given(
        store,
        "he2019_comparison",
        "venue year he_share he_mentions share share_low share_high n",
        [
            ("ICML", 2019, 0.5, 152, 0.55, 0.38, 0.72, 29),
            ("CVPR", 2019, 0.5, 100, 0.5, 0.2, 0.8, 4),
            ("CVPR", 2018, 0.4, 100, 0.5, 0.2, 0.8, 4),
            ("ICML", 2017, 0.1, 100, 0.5, 0.2, 0.8, 4),
            ("ACL", 2018, 0.4, 100, None, None, None, None),
            ("UAI", 2018, None, 0, 0.5, 0.2, 0.8, 4),
        ],
    )
    assert answer(store, "he-2019") == [
        ("CVPR", 2018, 0.4, 100, 0.5, 0.2, 0.8, 4),
        ("CVPR", 2019, 0.5, 100, 0.5, 0.2, 0.8, 4),
        ("ICML", 2017, 0.1, 100, 0.5, 0.2, 0.8, 4),
        ("ICML", 2019, 0.5, 152, 0.55, 0.38, 0.72, 29),
    ]


def test_weighted_shares_stand_beside_the_unweighted_ones_of_pytorch(store: Store) -> None:
    weighted = [(2020, 0.8, 0.6, 0.9, 7.5, 10), (2019, 0.4, 0.1, 0.7, 3.0, 4)]
    columns = "year share share_low share_high effective_n n"
    given(store, "weighted_share_by_year", columns, weighted)
    unweighted = [
        (2020, "pytorch_tensorflow", "pytorch", 0.7),
        (2020, "pytorch_tensorflow", "tensorflow", 0.3),
        (2020, "any_framework", "pytorch", 0.6),
    ]
    given(store, "share_by_year", "year denominator family share", unweighted)
    assert answer(store, "weighted-share") == [
        (2019, 0.4, 0.1, 0.7, 3.0, None, 4),
        (2020, 0.8, 0.6, 0.9, 7.5, 0.7, 10),
    ]


def dated(store: Store, *papers: tuple[object, ...]) -> None:
    """Papers, each with a row that the shares count and three rows that they do not."""
    rows = [
        (*paper, is_default, axis)
        for paper in papers
        for is_default, axis in (
            (True, "paper"),
            (True, "commit"),
            (True, "created"),
            (False, "paper"),
        )
    ]
    columns = "paper_id label family day area language is_default time_axis"
    given(store, "dated_paper", columns, rows)


def test_languages_have_pytorchs_share_of_the_papers_with_pytorch_or_tensorflow(
    store: Store,
) -> None:
    dated(
        store,
        ("a", "pytorch", "pytorch", "2020-05-01", None, "python"),
        ("b", "keras", "tensorflow", "2020-01-01", None, "python"),
        ("c", "jax", "jax", "2020-01-01", None, "python"),
        ("d", "torch7", "torch7", "2015-01-01", None, "lua"),
        ("e", "none", "none", "2015-01-01", None, None),
        ("f", "none", "none", "2014-01-01", None, "r"),
        ("g", "pytorch", "pytorch", "2019-01-01", None, "python"),
    )
    rows = answer(store, "language-by-year")
    assert [row[:6] for row in rows] == [
        ("lua", 2015, 1, 0, 0, None),
        ("python", 2019, 1, 1, 1, 1.0),
        ("python", 2020, 3, 1, 2, 0.5),
        ("r", 2014, 1, 0, 0, None),
    ]
    assert [tuple(round(end, 4) for end in row[6:] if end is not None) for row in rows] == [
        (),
        (0.2065, 1.0),  # Wilson's interval of 1 of 1
        (0.0945, 0.9055),  # Wilson's interval of 1 of 2
        (),
    ]


FIELDS = (
    ("a", "jax", "jax", "2021-02-01", "nlp", "python"),
    ("b", "keras", "tensorflow", "2021-03-01", "nlp", "python"),
    ("c", "pytorch", "pytorch", "2020-01-01", "vision", "python"),
    ("d", "none", "none", "2020-01-01", "vision", "python"),
    ("e", "jax", "jax", "2020-01-01", None, "python"),
    ("f", "jax", "jax", "2021-05-01", "nlp", "python"),
    ("g", "pytorch", "pytorch", "2020-03-01", "nlp", "python"),
)


@pytest.mark.parametrize(("framework", "papers"), [(None, 2), ("keras", 1), ("tensorflow", 1)])
def test_the_share_of_a_framework_in_a_field_is_of_papers_with_a_framework(
    store: Store, framework: str | None, papers: int
) -> None:
    dated(store, *FIELDS)
    chosen = {"framework": framework} if framework else {}
    name = framework or "jax"
    assert [row[:6] for row in answer(store, "framework-by-field", **chosen)] == [
        (name, "nlp", 2020, 0, 1, 0.0),
        (name, "nlp", 2021, papers, 3, papers / 3),
        (name, "vision", 2020, 0, 1, 0.0),
    ]


def test_first_and_last_years_of_frameworks_begin_with_the_oldest(store: Store) -> None:
    dated(
        store,
        *FIELDS,
        ("h", "jax", "jax", "2023-01-01", "nlp", "python"),
        ("i", "mxnet", "mxnet", "2020-01-01", None, "python"),
        ("k", "chainer", "chainer", "2020-01-01", None, "python"),
        ("l", "theano", "theano", "2019-01-01", None, "python"),
    )
    assert answer(store, "first-and-last") == [
        ("theano", 2019, 2019, 1),
        ("jax", 2020, 2023, 4),
        ("pytorch", 2020, 2020, 2),
        ("chainer", 2020, 2020, 1),
        ("mxnet", 2020, 2020, 1),
        ("tensorflow", 2021, 2021, 1),
    ]


def judged_papers(store: Store) -> None:
    """Papers a to e. The shares count the code then of a, b and c, and nobody's code now."""
    papers = [
        (paper, f"{paper.upper()} title", f"202{place}-01-01", "ICLR")
        for place, paper in enumerate("abcde")
    ]
    given(store, "paper", "paper_id title published_on venue", papers)
    counted = [("a", "keras", "tensorflow"), ("b", "jax", "jax"), ("c", "none", "none")]
    dated = [(*row, "then", True, "paper") for row in counted]
    dated += [
        ("a", "jax", "jax", "now", False, "paper"),
        ("b", "jax", "jax", "then", True, "commit"),
        ("c", "none", "none", "then", True, "commit"),
        ("e", "none", "none", "then", False, "paper"),
    ]
    dated.append(("d", "jax", "jax", "then", False, "paper"))
    given(store, "dated_paper", "paper_id label family moment is_default time_axis", dated)
    frameworks = [(*row, "then", f"u{row[0]}", f"s{row[0]}") for row in counted]
    frameworks += [("a", "jax", "jax", "now", "ua", "new"), ("d", "jax", "jax", "then", "ud", "sd")]
    frameworks += [
        ("c", "none", "none", "now", "uc", "sn"),
        ("e", "none", "none", "then", "ue", "se"),
    ]
    given(store, "paper_framework", "paper_id label family moment unit_id scan_id", frameworks)
    given(
        store,
        "repo_label",
        "scan_id confidence",
        [("sb", "high"), ("sc", "medium"), ("sn", "low"), ("se", "high")],
    )


@pytest.mark.parametrize(
    ("framework", "paper"), [(None, "b"), ("keras", "a"), ("tensorflow", "a"), ("none", "c")]
)
def test_papers_of_a_framework_are_those_that_the_shares_count(
    store: Store, framework: str | None, paper: str
) -> None:
    judged_papers(store)
    chosen = {"framework": framework} if framework else {}
    (row,) = answer(store, "papers-of-framework", **chosen)
    year = 2020 + "abc".index(paper)
    title = f"{paper.upper()} title"
    assert row == (dt.date(year, 1, 1), paper, title, "ICLR", f"u{paper}", None)


def test_papers_without_framework_say_how_sure_that_is(store: Store) -> None:
    judged_papers(store)
    assert answer(store, "papers-without-framework") == [
        (dt.date(2022, 1, 1), "c", "C title", "ICLR", "uc", "medium")
    ]


@pytest.mark.parametrize(
    ("recipe", "framework"), [("papers-of-framework", "jax"), ("papers-without-framework", "none")]
)
def test_the_newest_papers_come_first(store: Store, recipe: str, framework: str) -> None:
    days = {"c": "2021-01-01", "a": "2020-01-01", "b": "2021-01-01", "d": "2022-01-01"}
    given(store, "paper", "paper_id published_on", list(days.items()))
    names = [(paper,) for paper in days]
    same = {"label": framework, "family": framework, "moment": "then"}
    given(store, "dated_paper", "paper_id", names, **same, is_default=True, time_axis="paper")
    given(store, "paper_framework", "paper_id", names, **same, scan_id="s")
    given(store, "repo_label", "scan_id", [("s",)])
    assert [row[1] for row in answer(store, recipe)] == ["d", "b", "c", "a"]


def test_top_repositories_are_of_a_framework_or_its_family_and_stand_once(store: Store) -> None:
    labels = [
        ("s2", "big:part", "a label of a part", "pytorch", "low"),
        ("s1", "big", "pytorch", "pytorch", "high"),
        ("s6", "also", "pytorch", "pytorch", "high"),
        ("s3", "small", "pytorch", "pytorch", "high"),
        ("s4", "keras", "keras", "tensorflow", "high"),
        ("s5", "unknown", "pytorch", "pytorch", "high"),
        ("old", "small", "jax", "jax", "high"),
    ]
    given(store, "repo_label", "scan_id unit_id label family confidence", labels)
    latest = [("big", "s1"), ("big:part", "s2"), ("small", "s3"), ("keras", "s4"), ("also", "s6")]
    given(store, "latest_scan", "unit_id scan_id", [*latest, ("unknown", "s5")])
    stars = [("big", "1", 90), ("big:part", "1", 90), ("small", "2", 100), ("keras", "3", 7)]
    rest = [("unknown", "4", None), ("also", "5", 90)]
    given(store, "unit_repository", "unit_id repository stars", [*stars, *rest])
    assert answer(store, "top-repositories") == [
        (100, "small", "pytorch", "high"),
        (90, "also", "pytorch", "high"),
        (90, "big", "pytorch", "high"),
    ]
    for framework in ("tensorflow", "keras"):
        found = answer(store, "top-repositories", framework=framework)
        assert found == [(7, "keras", "keras", "high")]


def test_top_repositories_are_fifty(store: Store) -> None:
    names = [f"r{number}" for number in range(51)]
    labels = [(name, name, "pytorch") for name in names]
    given(store, "repo_label", "scan_id unit_id label", labels)
    given(store, "latest_scan", "unit_id scan_id", [(name, name) for name in names])
    stars = [(name, name, number) for number, name in enumerate(names)]
    given(store, "unit_repository", "unit_id repository stars", stars)
    assert [row[0] for row in answer(store, "top-repositories")] == [*range(50, 0, -1)]


def test_what_became_of_repositories_compares_the_first_and_the_last_run(store: Store) -> None:
    moves = [
        ("a", 1, "tensorflow", "tensorflow 1.x", "2018-01-01", "2018-06-01"),
        ("a", 2, "theano", "theano", "2018-07-01", "2018-07-01"),
        ("a", 3, "pytorch", "pytorch", "2019-01-01", "2019-06-01"),
        ("b", 1, "tensorflow", "tensorflow 1.x", "2018-01-01", "2020-01-01"),
        ("c", 1, "tensorflow", "tensorflow 1.x", "2018-01-01", "2018-12-31"),
        ("d", 1, "theano", "theano", "2018-01-01", "2020-01-01"),
        ("e", 1, "tensorflow", "tensorflow 1.x", "2018-01-01", "2019-01-01"),
        ("f", 1, "tensorflow", "tensorflow 1.x", "2018-01-01", "2018-06-01"),
        ("f", 2, "jax", "jax", "2018-07-01", "2020-01-01"),
        *((key, 1, "tensorflow", "tensorflow 2.x", "2018-01-01", "2019-01-01") for key in "ghi"),
    ]
    runs = [
        (key, run, family, series, {"committed_at": first}, {"committed_at": last})
        for key, run, family, series, first, last in moves
    ]
    given(store, "framework_run", "scan_key run family series first last", runs)
    rows = [(*row[:3], round(row[3], 2)) for row in answer(store, "what-became-of")]
    assert rows == [
        ("tensorflow 1.x", "tensorflow 1.x", 2, 0.5),
        ("tensorflow 1.x", "jax", 1, 0.25),
        ("tensorflow 1.x", "pytorch", 1, 0.25),
        ("tensorflow 2.x", "tensorflow 2.x", 3, 1.0),
    ]
    theano = answer(store, "what-became-of", framework="theano")
    assert theano == [("theano", "theano", 1, 1.0)]


def test_a_repository_has_the_lines_that_prove_each_framework_at_each_commit(
    store: Store,
) -> None:
    scans = [
        ("then", "O", "Net", "a" * 40, "2019-05-31 10:00"),
        ("now", "o", "net", "b" * 40, "2020-05-31 10:00"),
        ("other", "o", "nets", "c" * 40, "2020-05-31 10:00"),
    ]
    columns = "scan_id owner name commit_id committed_at"
    given(store, "scan", columns, scans, unit_id="github.com/o/net")
    labels = [("then", "jax"), ("now", "pytorch"), ("other", "jax")]
    given(store, "repo_label", "scan_id label", labels)
    z, a = ({"path": f"{name}.py", "line": 2, "module": "jax"} for name in "za")
    votes = [
        ("now", "pytorch", 1.5, [z]),
        ("now", "jax", 0.25, [a]),
        ("then", "jax", 2, [z, a]),
        ("other", "jax", 1, [a]),
    ]
    given(store, "repo_framework", "scan_id framework score evidence", votes)
    then = ("github.com/o/net", "a" * 10, dt.date(2019, 5, 31), "jax")
    now = ("github.com/o/net", "b" * 10, dt.date(2020, 5, 31), "pytorch")
    assert answer(store, "repository", repository="O/net") == [
        (*then, "jax", 2.0, "z.py", 2, "jax"),
        (*then, "jax", 2.0, "a.py", 2, "jax"),
        (*now, "jax", 0.25, "a.py", 2, "jax"),
        (*now, "pytorch", 1.5, "z.py", 2, "jax"),
    ]
    assert answer(store, "repository", repository="o/nothing") == []


def test_a_repository_stands_by_unit_then_day_then_commit_and_has_an_example(store: Store) -> None:
    commits = [
        ("github.com/naszilla/naszilla", "2020-01-02", "c"),
        ("github.com/naszilla/naszilla:part", "2020-01-01", "a"),
        ("github.com/naszilla/naszilla", "2020-01-02", "b"),
        ("github.com/naszilla/naszilla", "2020-01-01", "d"),
    ]
    scans = [(f"s{commit}", unit, day, commit) for unit, day, commit in commits]
    same = {"owner": "naszilla", "name": "naszilla"}
    given(store, "scan", "scan_id unit_id committed_at commit_id", scans, **same)
    names = [(scan,) for scan, *_ in scans]
    given(store, "repo_label", "scan_id", names, label="jax")
    proof = [{"path": "a.py", "line": 1, "module": "jax"}]
    given(store, "repo_framework", "scan_id", names, framework="jax", score=1, evidence=proof)
    assert [row[1] for row in answer(store, "repository")] == ["d", "b", "c", "a"]


def test_libraries_are_fifty(store: Store) -> None:
    names = [f"torch{number:02}" for number in range(51)]
    given(
        store,
        "repo_library",
        "scan_id library",
        [("s", name) for name in reversed(names)],
        framework="pytorch",
    )
    given(store, "latest_scan", "unit_id scan_id", [("u", "s")])
    assert answer(store, "libraries") == [(name, 1) for name in names[:50]]


def test_libraries_count_the_repositories_that_import_them_at_their_newest_commit(
    store: Store,
) -> None:
    imports = [
        ("s1", "pytorch", "torch.nn"),
        ("s1", "pytorch", "torch"),
        ("s2", "pytorch", "torch"),
        ("s2", "pytorch", "timm.models"),
        ("s2", "jax", "flax"),
        ("old", "pytorch", "fastai"),
    ]
    given(store, "framework_import", "scan_id framework module", imports)
    given(store, "latest_scan", "unit_id scan_id", [("a", "s1"), ("b", "s2")])
    assert answer(store, "libraries") == [("torch", 2), ("timm", 1)]
    assert answer(store, "libraries", framework="jax") == [("flax", 1)]


def test_claims_have_their_titles_and_stand_in_the_order_of_their_days(store: Store) -> None:
    claims = [("c", "2019", "Second"), ("b", "2019", "First"), ("a", "2020-10", "Third")]
    texts = "who quote publication reference measured definition difference answer"
    rest = dict.fromkeys(texts.split(), "")
    given(store, "claim", "claim published title", claims, **rest)
    checks = [("a", part, "borne out") for part in "sqptr"]
    checks += [("c", "o", "cannot be told"), ("b", "p", "not borne out")]
    given(store, "claim_check", "claim part verdict", checks, n=9)
    rows = [
        (title, part, verdict)
        for title, part, *_, verdict, _reason, _collected, _remark in answer(store, "claims")
    ]
    assert rows == [
        ("First", "p", "not borne out"),
        ("Second", "o", "cannot be told"),
        *(("Third", part, "borne out") for part in "pqrst"),
    ]


def test_hosted_models_are_the_view(store: Store) -> None:
    given(store, "hosted_models_by_year", "code year papers n", [("none", 2025, 5, 9)])
    rows = store.sql("from hosted_models_by_year").fetchall()
    assert answer(store, "hosted-models") == rows != []


def test_then_and_now_is_the_view(store: Store) -> None:
    given(store, "then_and_now", "family_then papers n", [("theano", 5, 9)])
    assert answer(store, "then-and-now") == store.sql("from then_and_now").fetchall() != []
