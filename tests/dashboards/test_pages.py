"""What each page says of its numbers, from a few rows of the views that it reads."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboards.headline import code_counted, headline_of
from dashboards.page import Page
from dashboards.pages import pages
from dashboards.pages.agreement import agreement
from dashboards.pages.claims import claims
from dashboards.pages.coverage import coverage
from dashboards.pages.migration import migration
from dashboards.pages.no_framework import no_framework
from dashboards.pages.overview import overview
from dashboards.pages.popularity import popularity
from dashboards.pages.tensorflow import tensorflow
from dashboards.pages.then_and_now import then_and_now
from dashboards.pages.venues import venues
from pipeline.store.connections import SETTINGS
from pipeline.store.database import open_published
from pipeline.store.publish import publish
from tests.facts_of import database, given


def summaries(page: Page) -> list[str]:
    return [section.summary for section in page.sections]


@pytest.fixture
def published(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published database without facts. Its answers are stored, so pages are quick."""
    file = tmp_path / "published.duckdb"
    publish(database(), file)
    with duckdb.connect(str(file), config=SETTINGS) as connection:
        yield connection


@pytest.fixture(scope="module")
def every_page(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The pages of a published database without facts."""
    file = tmp_path_factory.mktemp("published") / "published.duckdb"
    publish(database(), file)
    with open_published(file) as connection:
        return pages(connection)


@pytest.mark.slow
def test_every_page_has_a_file_of_its_own_and_the_overview_is_the_home(
    every_page: list[Page],
) -> None:
    files = [page.file for page in every_page]
    assert files[0] == "index.html"
    assert len(set(files)) == len(files)


@pytest.mark.slow
def test_no_two_sections_have_one_anchor(every_page: list[Page]) -> None:
    anchors = [section.anchor for page in every_page for section in page.sections]
    assert len(set(anchors)) == len(anchors)


@pytest.mark.slow
def test_the_overview_lists_events_by_their_day(store: duckdb.DuckDBPyConnection) -> None:
    given(
        store,
        "event",
        "happened_on title reference",
        [("2018-12-07", "PyTorch 1.0", "https://b"), ("2017-01-18", "PyTorch", "https://a")],
    )
    events = overview(store).sections[0].events
    assert [(str(event.day), event.title) for event in events] == [
        ("2017-01-18", "PyTorch"),
        ("2018-12-07", "PyTorch 1.0"),
    ]


HE = "venue year he_share he_mentions share share_low share_high papers n"


@pytest.mark.slow
def test_venues_give_the_lowest_and_the_highest_of_their_last_shares(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = [
        ("ICLR", 2019, 0.6, 100, 0.5, 0.25, 0.75, 10, 20),
        ("ICLR", 2020, None, None, 1.0, 0.4, 1.0, 4, 4),
        ("ICLR", 2018, 0.2, 50, None, None, None, None, None),
        ("CVPR", 2020, 0.75, 400, 0.9, 0.8, 0.95, 36, 40),
        ("ACL", 2021, None, None, 0.6, 0.3, 0.8, 6, 10),
    ]
    given(store, "he2019_comparison", HE, rows)
    assert venues(store).sections[2].summary == (
        "PyTorch's share in each venue's last year with at least 5 papers is between 50% (ICLR "
        "2019, n = 20) and 90% (CVPR 2020, n = 40)."
    )


@pytest.mark.slow
def test_venues_draw_every_venue_with_papers_or_mentions(store: duckdb.DuckDBPyConnection) -> None:
    rows = [
        ("ICLR", 2019, 0.6, 100, None, None, None, None, None),
        ("NeurIPS", 2018, None, None, 0.6, 0.2, 0.9, 3, 5),
        ("NeurIPS", 2019, None, None, 0.6, 0.2, 0.9, 3, 6),
        ("KDD", 2019, None, None, 0.5, 0.1, 0.9, 1, 1),
    ]
    given(store, "he2019_comparison", HE, rows)
    section = venues(store).sections[2]
    assert list(section.figures) == ["ICLR (n = 0)", "KDD (n = 1)", "NeurIPS (n = 11)"]
    assert "only in the table" not in section.text


@pytest.mark.slow
def test_venues_draw_forty_venues_and_say_how_many_the_table_has_beside_them(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = [(f"v{number:02}", 2019, None, None, 0, 0, 1, 0, 9 + number) for number in range(42)]
    given(store, "he2019_comparison", HE, [*rows, ("ICLR", 2019, 0.6, 9, 0, 0, 1, 0, 1)])
    section = venues(store).sections[2]
    assert list(section.figures)[:2] == ["ICLR (n = 1)", "v02 (n = 11)"]
    assert len(section.figures) == 41
    assert section.text.endswith("2 venues with fewer papers are only in the table.")


@pytest.mark.slow
def test_venues_say_at_how_many_pytorch_is_ahead_and_where_the_data_end(
    store: duckdb.DuckDBPyConnection,
) -> None:
    columns = "place year earliest latest first_year last_year n papers ends_early words"
    rows = [
        ("ACL", 2019, 2018, 2020, 2016, 2025, 90, 95, False, "2019"),
        ("CVPR", 2019, None, None, 2018, 2020, 90, 95, True, "2019 (data end in 2020)"),
        ("ICML", None, 2020, None, 2018, 2019, 90, 95, True, "not yet by 2019 (last data)"),
        ("RSS", *(None,) * 5, 0, 8, None, "too few papers"),
    ]
    given(store, "crossing", columns, rows, kind="venue")
    assert venues(store).sections[0].summary == (
        "PyTorch is ahead at 2 of 3 venues in the last year that has enough papers, at 1 of them "
        "by more than chance explains. ICML: not yet by 2019 (last data). Venues whose data end "
        "before those of others: CVPR 2020. Venues with too few papers: 1."
    )


@pytest.mark.slow
def test_each_field_has_a_chart(store: duckdb.DuckDBPyConnection) -> None:
    columns = "area year papers n share share_low share_high"
    rows = [("nlp", 2019, 3, 6, 0.5, 0.2, 0.8), ("general", 2018, 1, 1, 1.0, 0.2, 1.0)]
    given(store, "share_by_area", columns, rows)
    assert list(venues(store).sections[1].figures) == ["general (n = 1)", "NLP (n = 6)"]


CLAIM = "claim title who published quote publication reference measured definition difference"


NUMBER = "part period rule claimed value low high papers n verdict reason collected remark"
WIDE = "interval too wide: more than 30 percentage points"
NONE = "no papers of that conference and year collected"
PYTORCH = (
    "PyTorch",
    "2020",
    "equals",
    0.47,
    0.455,
    0.392,
    0.519,
    106,
    233,
    "borne out",
    *(None,) * 3,
)
TENSORFLOW = (
    *("TensorFlow", "2020", "equals", 0.18, 0.112, 0.077, 0.158, 26, 233),
    *("not borne out", None, None, "left out: 3"),
)
CVPR = (
    *("CVPR 2019", "2019", "equals", 0.67, 0.586, 0.407, 0.745, 17, 29),
    *("cannot be told", WIDE, 39, "29 of 39 papers collected"),
)
ACL, ICLR = (
    (*(part, "2019", "equals", claimed), *(None,) * 4, *(0, "cannot be told", NONE, 0, None))
    for part, claimed in (("ACL 2019", 0.72), ("ICLR 2019", 0.5))
)


def check(store: duckdb.DuckDBPyConnection, *numbers: tuple[object, ...]) -> Page:
    """The page with one claim that states these numbers."""
    words = ("c", "A title", "Ada", "2020", "It is so.", "A Journal", "https://a", "m", "d", "o")
    given(store, "claim", CLAIM, [words], answer="claim_he")
    given(store, "claim_check", NUMBER, numbers, claim="c")
    return claims(store)


def test_a_claim_has_its_words_its_source_what_we_count_and_the_sql(
    store: duckdb.DuckDBPyConnection,
) -> None:
    section = check(store, PYTORCH).sections[1]
    assert (section.title, section.quote) == ("A title", "It is so.")
    assert section.cites == ("Ada, 2020: A Journal", "https://a")
    assert list(section.notes.values()) == ["m", "d", "o"]
    assert section.definition.startswith("create or replace macro claim_he(")
    assert section.definition.endswith(";")


def test_a_claim_of_one_number_says_theirs_ours_and_the_verdict_in_its_summary(
    store: duckdb.DuckDBPyConnection,
) -> None:
    section = check(store, PYTORCH).sections[1]
    assert section.summary == (
        "Borne out. PyTorch (2020): claimed 47%, we find 46% (95% interval 39% to 52%; n = 233)."
    )
    assert section.lines == []


def test_a_claim_of_several_numbers_has_a_line_for_each_with_its_remark(
    store: duckdb.DuckDBPyConnection,
) -> None:
    section = check(store, TENSORFLOW, PYTORCH).sections[1]
    assert section.summary == "Borne out 1, not borne out 1."
    assert [(line.verdict, line.name, line.words) for line in section.lines] == [
        (
            "borne out",
            "PyTorch (2020)",
            "claimed 47%, we find 46% (95% interval 39% to 52%; n = 233).",
        ),
        (
            "not borne out",
            "TensorFlow (2020)",
            "claimed 18%, we find 11% (95% interval 8% to 16%; n = 233). Left out: 3.",
        ),
    ]


def test_a_line_tells_papers_that_nobody_collected_from_an_interval_that_is_too_wide(
    store: duckdb.DuckDBPyConnection,
) -> None:
    section = check(store, ACL, CVPR, ICLR).sections[1]
    assert section.summary == f"Cannot be told, all 3 numbers: {NONE} (2); {WIDE} (1)."
    assert [(line.name, line.words, line.asked) for line in section.lines] == [
        (
            "CVPR 2019",
            "claimed 67%, we find 59% (95% interval 41% to 74%; n = 29). "
            "Interval too wide: more than 30 percentage points. 29 of 39 papers collected.",
            "CVPR 2019",
        ),
        ("ACL 2019 (72%), ICLR 2019 (50%)", f"claimed, in brackets; {NONE}.", ""),
    ]


LIMITS = {
    ("above", 0.5, 0.75, 0.71, 0.79, 9): "claimed more than 50%, we find 75% (95% interval 71% to "
    "79%; n = 20)",
    ("below", 0.0, -0.3, -0.36, -0.24, None): "claimed less than 0, we find -30 points (95% "
    "interval -36 to -24 points; n = 20)",
    ("by", 2023, 2019, None, 2020, 9): "claimed by 2023, we find 2019 (95% interval 2017 or before "
    "to 2020; n = 20)",
    ("by", 2023, None, 2018, None, 9): "claimed by 2023, we find no such year (95% interval 2018 "
    "to later; n = 20)",
    (None, None, 0.2, 0.1, 0.3, 4): "we find 20% (95% interval 10% to 30%; n = 20)",
}


@pytest.mark.parametrize(("number", "words"), LIMITS.items())
def test_a_line_has_numbers_as_people_write_them(
    store: duckdb.DuckDBPyConnection, number: tuple[object, ...], words: str
) -> None:
    *numbers, papers = number
    verdict = "borne out" if number[0] else None
    row = ("all", "2017 to 2025", *numbers, papers, 20, verdict, None, None, None)
    section = check(store, row, PYTORCH).sections[1]
    (line,) = (line for line in section.lines if line.name.startswith("all"))
    assert line.words == f"{words}."
    assert line.verdict == (verdict or "for context")


def test_the_page_on_data_gets_the_conferences_of_claims_without_papers(
    store: duckdb.DuckDBPyConnection,
) -> None:
    (told,) = check(store, CVPR, ICLR, ACL).missing
    assert told.startswith("Papers that published claims are about: ACL 2019, ICLR 2019. ")
    assert check(store, CVPR).missing == []


CLAIMS_IN_LINES = {
    (PYTORCH,): ("borne out", "claimed 47%, we find 46% (95% interval 39% to 52%; n = 233)."),
    (PYTORCH, TENSORFLOW): (
        "mixed",
        "PyTorch (2020): claimed 47%, we find 46% (95% interval 39% to 52%; n = 233), borne out; "
        "TensorFlow (2020): claimed 18%, we find 11% (95% interval 8% to 16%; n = 233), not borne "
        "out.",
    ),
    (ACL, CVPR, ICLR): (
        "cannot be told",
        f"cannot be told, all 3 numbers: {NONE} (2); {WIDE} (1); CVPR 2019: claimed 67%, we find "
        "59% (95% interval 41% to 74%; n = 29).",
    ),
    (ACL, ICLR): ("cannot be told", f"cannot be told, all 2 numbers ({NONE})."),
}


@pytest.mark.parametrize(("numbers", "expected"), CLAIMS_IN_LINES.items())
def test_the_first_section_has_each_claim_in_a_line(
    store: duckdb.DuckDBPyConnection,
    numbers: tuple[tuple[object, ...], ...],
    expected: tuple[str, str],
) -> None:
    (line,) = check(store, *numbers).sections[0].lines
    assert (line.verdict, line.words) == expected
    assert (line.name, line.anchor) == ("A title (Ada, 2020)", "claim-c")


def test_the_table_of_claims_counts_the_verdicts_of_each(
    store: duckdb.DuckDBPyConnection,
) -> None:
    rows = check(store, TENSORFLOW, ACL, CVPR).sections[0].rows
    columns = ["borne_out", "not_borne_out", "cannot_be_told", "without_papers"]
    assert rows[columns].to_numpy().tolist() == [[0, 1, 2, 1]]


def test_a_claim_on_which_we_have_no_number_has_no_chart(store: duckdb.DuckDBPyConnection) -> None:
    assert check(store, PYTORCH).sections[1].figures
    assert not check(store, ACL).sections[1].figures


@pytest.mark.slow
def test_tensorflow_tells_the_last_year_with_enough_papers(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(
        store,
        "tensorflow_by_year",
        "year variant papers n share",
        [
            (2018, "1.x", 9, 9, 1.0),
            (2019, "1.x", 3, 6, 0.5),
            (2019, "2.x", 2, 6, 1 / 3),
            (2019, "unclear", 1, 6, 1 / 6),
            (2020, "2.x", 4, 4, 1.0),
        ],
    )
    given(
        store,
        "style_by_year",
        "year eager graph unclear eager_pytorch n share_eager share_low share_high",
        [
            (2016, 4, 0, 0, 4, 4, 1.0, 0.5, 1.0),
            (2018, 1, 4, 0, 1, 5, 0.2, 0.04, 0.6),
            (2020, 8, 2, 1, 8, 10, 0.8, 0.5, 0.9),
        ],
    )
    assert summaries(tensorflow(store)) == [
        "In 2019, 6 papers with TensorFlow code: 1.x 3, 2.x 2, unclear 1.",
        "Eager code: 20% of 5 papers in 2018, 80% of 10 papers in 2020 (left out: 1 whose "
        "style is unknown).",
        "",
    ]


@pytest.mark.slow
def test_each_variant_of_tensorflow_shows_its_style(store: duckdb.DuckDBPyConnection) -> None:
    columns = "variant year eager graph unclear n share_eager share_low share_high"
    rows = [
        ("1.x", 2017, 1, 9, 0, 10, 0.1, 0.0, 0.4),
        ("1.x", 2018, 0, 2, 0, 2, 0.0, 0.0, 0.7),
        ("2.x", 2020, 3, 1, 2, 4, 0.75, 0.3, 0.95),
    ]
    given(store, "style_by_variant", columns, rows)
    section = tensorflow(store).sections[2]
    assert list(section.figures) == ["TensorFlow 1.x (n = 12)", "TensorFlow 2.x (n = 4)"]
    assert section.summary == (
        "Eager code, in all years: 1 of 12 papers with code for 1.x, 3 of 4 papers with code for "
        "2.x (left out: 2 whose style is unknown)."
    )


def test_popularity_gives_medians_of_frameworks_with_enough_repositories(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(
        store,
        "popularity",
        "family measure repositories lower_quartile median upper_quartile top_tenth total",
        [
            ("pytorch", "stars", 9, 1, 12, 40, 90, 300),
            ("tensorflow", "stars", 5, 2, 1500, 3000, 4000, 9000),
            ("jax", "stars", 4, 2, 7, 9, 9, 30),
        ],
    )
    stars, forks = popularity(store).sections
    assert stars.summary == "Medians: TensorFlow 1,500, PyTorch 12."
    assert forks.is_missing


@pytest.mark.slow
def test_popularity_names_the_repositories_of_each_framework_with_the_most_stars(
    store: duckdb.DuckDBPyConnection,
) -> None:
    stars = {"a": 5, "b": 9, "c": 7, "d": 8, "e": 1, "f": None}
    scans = [(f"s-{name}", f"github.com/o/{name}") for name in stars]
    given(store, "latest_scan", "scan_id unit_id", scans)
    families = [(f"s-{name}", "jax" if name == "e" else "pytorch") for name in stars]
    given(store, "repo_label", "scan_id family", families)
    repositories = [(f"github.com/o/{name}", name, count) for name, count in stars.items()]
    given(store, "unit_repository", "unit_id repository stars", repositories)
    section = popularity(store).sections[2]
    assert section.rows[["family", "unit_id"]].to_numpy().tolist() == [
        ["jax", "github.com/o/e"],
        ["pytorch", "github.com/o/b"],
        ["pytorch", "github.com/o/d"],
        ["pytorch", "github.com/o/c"],
    ]


@pytest.mark.slow
def test_without_history_the_migration_page_says_how_to_get_it(
    store: duckdb.DuckDBPyConnection,
) -> None:
    (rate,) = migration(store).sections
    assert rate.is_missing
    assert "'adoption collect history' finds" in rate.to_collect


@pytest.mark.slow
def test_what_was_not_collected_stands_on_no_page_but_on_that_of_data(
    published: duckdb.DuckDBPyConnection,
) -> None:
    columns = "family measure repositories lower_quartile median upper_quartile top_tenth total"
    given(published, "popularity", columns, [("pytorch", "stars", 9, 1, 12, 40, 90, 300)])
    by_name = {page.name: page for page in pages(published)}
    assert [section.anchor for section in by_name["popularity"].sections] == ["stars"]
    assert "migration" not in by_name
    told = " ".join(by_name["data"].missing)
    assert "The forks of repositories" in told
    assert "Older commits" in told
    assert "The days on which repositories were created" in told
    assert "stars" not in told


@pytest.mark.slow
def test_migration_says_how_many_moved_with_the_interval(store: duckdb.DuckDBPyConnection) -> None:
    rates = [("tensorflow 1.x", 15, 4), ("theano", 5, 1)]
    given(store, "migration_rate", "from_series repositories moved", rates)
    # Wilson's interval for 5 of 20
    assert migration(store).sections[0].summary == (
        "5 of 20 repositories (25%, 95% interval 11% to 47%) ended with another framework or "
        "version of TensorFlow than they started with."
    )


def test_migration_names_the_three_most_frequent_moves(store: duckdb.DuckDBPyConnection) -> None:
    kinds = [("theano", "pytorch", 2), ("jax", "pytorch", 1), ("tensorflow 1.x", "pytorch", 3)]
    kinds += [("caffe", "pytorch", 1)]
    moves = [
        (f"github.com/{before}/{number}", before, after)
        for before, after, count in kinds
        for number in (*range(count), 0)
    ]
    given(store, "framework_migration", "unit_id from_series to_series", moves, to_at="2020-01-01")
    given(store, "migration_rate", "from_series repositories moved", [("theano", 5, 2)])
    assert migration(store).sections[1].summary == (
        "The most frequent moves, with the number of repositories: TensorFlow 1.x → PyTorch (3), "
        "Theano → PyTorch (2), Caffe → PyTorch (1)."
    )


def test_coverage_gives_the_reasons_and_the_worst_year(store: duckdb.DuckDBPyConnection) -> None:
    given(
        store,
        "coverage",
        "year outcome words papers papers_of_year share",
        [
            (2018, "judged", "judged", 12, 13, 12 / 13),
            (2018, "empty", "empty repository", 1, 13, 1 / 13),
            (2019, "judged", "judged", 6, 15, 0.4),
            (2019, "not_found", "repository not found", 9, 15, 0.6),
            (2020, "not_found", "repository not found", 4, 4, 1.0),
        ],
    )
    assert summaries(coverage(store)) == [
        "18 of 32 papers could be judged. The others: repository not found (13), "
        "empty repository (1). The year with the smallest judged share is 2019: 40%."
    ]


def test_coverage_without_a_missing_paper_gives_no_reasons(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(
        store,
        "coverage",
        "year outcome words papers papers_of_year share",
        [(2018, "judged", "judged", 3, 3, 1.0)],
    )
    assert summaries(coverage(store)) == ["3 of 3 papers could be judged."]


def test_agreement_counts_labels_that_agree_and_verdicts(store: duckdb.DuckDBPyConnection) -> None:
    given(
        store,
        "label_agreement",
        "unit_id source_family family agrees verdict",
        [
            ("github.com/o/a", "pytorch", "pytorch", True, None),
            ("github.com/o/b", "pytorch", "jax", False, "ours"),
            ("github.com/o/c", "pytorch", "jax", False, "ours"),
            ("github.com/o/d", "jax", "pytorch", False, "source"),
            ("github.com/o/e", "jax", "pytorch", False, None),
        ],
    )
    matrix, differences = agreement(store).sections
    assert matrix.summary == "The labels agree for 1 of 5 repositories that have both."
    assert differences.text == (
        "We read the code of 3 of these repositories. It supports our label in 2, "
        "the label of Papers with Code in 1."
    )
    assert list(differences.rows["unit_id"]) == [f"github.com/o/{key}" for key in "bcde"]


def test_the_headline_gives_the_first_last_and_highest_year(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(
        store,
        "share_by_year",
        "year denominator family papers n share share_low share_high",
        [
            (2016, "pytorch_tensorflow", "pytorch", 90, 100, 0.9, 0.8, 1.0),
            (2018, "pytorch_tensorflow", "pytorch", 20, 100, 0.2, 0.13, 0.29),
            (2019, "pytorch_tensorflow", "pytorch", 95, 100, 0.95, 0.89, 0.98),
            (2020, "pytorch_tensorflow", "pytorch", 90, 100, 0.9, 0.83, 0.94),
            (2020, "any_framework", "pytorch", 1, 100, 0.01, 0.0, 0.05),
            (2021, "pytorch_tensorflow", "pytorch", 9, 9, 1.0, 0.7, 1.0),
        ],
    )
    crossing = "kind place year earliest latest first_year last_year n"
    given(store, "crossing", crossing, [("all", "all", 2019, 2018, 2019, 2018, 2020, 300)])
    assert headline_of(store) == (
        "Yes. PyTorch passed TensorFlow in 2019 (95% interval 2018 to 2019; n = 300 papers of 2018 "
        "to 2020). In 2020, 90% of the papers here with PyTorch or TensorFlow code use PyTorch "
        "(95% interval 83% to 94%, n = 100), after 20% in 2018. "
        "The highest share was 95%, in 2019."
    )


COVERAGE = "year papers of_time before_framework written_later without_then waiting"


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("now", "7 of 1,150 papers with a date still wait for 'adoption collect history'"),
        (
            "then",
            "Of the others: for 15 no commit of their time could be judged, 7 of them because they "
            "still wait for 'adoption collect history'; for 4 we know only later code by other "
            "people; for 2 the paper or the commit is older than the framework in the code.",
        ),
    ],
)
def test_the_overview_says_how_many_papers_wait_for_code_of_their_time(
    store: duckdb.DuckDBPyConnection, choice: str, sentence: str
) -> None:
    given(store, "default_choice", "choice", [(choice,)])
    years = [(2019, 1000, 900, 1, 2, 9, 4), (2020, 150, 100, 1, 2, 6, 3)]
    given(store, "moment_coverage", COVERAGE, years)
    assert sentence in code_counted(store)


def test_the_overview_leaves_out_reasons_that_no_paper_has(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(store, "default_choice", "choice", [("then",)])
    given(store, "moment_coverage", COVERAGE, [(2019, 1000, 991, 0, 0, 9, 0)])
    assert code_counted(store).endswith(
        "have such code. Of the others: for 9 no commit of their time could be judged."
    )
    given(store, "moment_coverage", COVERAGE, [(2019, 1000, 1000, 0, 0, 0, 0)])
    assert code_counted(store).endswith("1,000 of 1,000 papers with a date have such code.")


@pytest.mark.slow
def test_corrected_values_are_listed_with_their_reasons(store: duckdb.DuckDBPyConnection) -> None:
    assert [section.anchor for section in coverage(store).sections] == ["coverage"]
    given(store, "paper", "paper_id venue", [("p", "NIPS")])
    why = {"reason": "It is wrong.", "author": "Ada", "decided_on": "2026-11-01"}
    rows = [(2, "p"), (3, "unknown")]
    given(store, "override", "csv_row item", rows, kind="venue", new="CVPR", **why)
    section = coverage(store).sections[1]
    assert section.rows[["item", "new", "reason", "author"]].to_numpy().tolist() == [
        ["p", "CVPR", "It is wrong.", "Ada"]
    ]
    assert section.summary == "Values corrected by hand: 1."


def test_papers_without_a_framework_have_shares_languages_and_hosted_models(
    store: duckdb.DuckDBPyConnection,
) -> None:
    shares = "year denominator family papers n share share_low share_high"
    none = (2025, "with_code", "none", 9, 90, 0.1, 0.05, 0.18)
    given(store, "share_by_year", shares, [none, (2026, "with_code", "none", 1, 4, 0.25, 0, 1)])
    languages = "year language papers n share share_low share_high"
    rows = [
        (2024, "r", 1, 3, 0.33, 0, 1),
        (2024, "python", 2, 3, 0.67, 0, 1),
        (2025, "unknown", 1, 1, 1, 0, 1),
    ]
    given(store, "no_framework_by_language", languages, rows)
    hosted = "code year papers n share share_low share_high"
    calls = [("none", 2025, 5, 9, 0.56, 0.27, 0.81), ("framework", 2025, 18, 86, 0.21, 0.14, 0.31)]
    given(store, "hosted_models_by_year", hosted, calls)
    providers = "provider papers n share share_low share_high"
    given(store, "hosted_models_by_provider", providers, [("OpenAI", 5, 5, 1, 0.5, 1)])
    page = no_framework(store)
    assert summaries(page) == [
        "In 2025, 10% of the papers have code without a framework (95% interval 5% to 18%, "
        "n = 90).",
        "4 papers of all years without a framework: Python 2, R 1, unknown 1.",
        "In 2025, 56% of the papers with code without a framework call hosted models (95% interval "
        "27% to 81%, n = 9). In 2025, 21% of the papers with code with a framework call hosted "
        "models (95% interval 14% to 31%, n = 86).",
        "",
    ]
    assert list(page.sections[2].figures) == [
        "code without a framework (n = 9)",
        "code with a framework (n = 86)",
    ]


def test_without_papers_the_page_on_code_without_a_framework_has_no_charts(
    store: duckdb.DuckDBPyConnection,
) -> None:
    for view in ("share_by_year", "no_framework_by_language", "hosted_models_by_year"):
        given(store, view, "year", [])
    given(store, "hosted_models_by_provider", "provider", [])
    page = no_framework(store)
    assert summaries(page) == ["", "", ""]
    assert not any(section.figures for section in page.sections)


def test_papers_then_and_now(store: duckdb.DuckDBPyConnection) -> None:
    changed = "family_then papers to_pytorch n share share_low share_high"
    rows = [("tensorflow", 5, 4, 230, 0.02, 0.01, 0.05), ("jax", 1, 1, 4, 0.25, 0.1, 0.6)]
    given(store, "then_and_now", changed, rows)
    yearly = "moment year papers n share share_low share_high"
    moments = [("then", 2018, 4, 10, 0.4, 0.2, 0.7), ("now", 2018, 5, 11, 0.45, 0.2, 0.7)]
    given(store, "then_and_now_by_year", yearly, moments)
    first, second = then_and_now(store).sections
    assert first.summary == (
        "Papers with another framework now, with the 95% interval: TensorFlow 5 of 230 (1% to 5%)."
    )
    assert list(first.figures["changed"].data[0].y) == ["TensorFlow (230)"]
    assert list(second.figures) == ["code of the time (n = 10)", "newest code (n = 11)"]


def test_without_older_commits_the_page_on_data_says_how_to_get_them(
    store: duckdb.DuckDBPyConnection,
) -> None:
    given(store, "paper_then_and_now", "paper_id", [])
    assert all(section.is_missing for section in then_and_now(store).sections)
