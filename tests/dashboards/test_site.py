"""The site in a real browser: every control, the database's own numbers, no network, no errors."""

import csv
import datetime as dt
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import duckdb
import pyarrow.parquet as pq
import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page
from plotly.offline import get_plotlyjs_version

from dashboards.build import build_site
from dashboards.look import OTHER_COLOUR, colour
from dashboards.pages.overview import overview as overview_page
from pipeline import __version__
from pipeline.code.commits import Commit
from pipeline.code.moments import HistoryStatus, PaperDay
from pipeline.code.paper_commits import AskedPaper, PaperCommit
from pipeline.code.units import Unit
from pipeline.errors import Status
from pipeline.github.repository import Name, Repository, found
from pipeline.papers.records import PaperLink, PublicationDate
from pipeline.store.database import open_published, write
from pipeline.store.history_rows import history_batch
from pipeline.store.paper_rows import link_batch
from pipeline.store.publish import publish
from pipeline.store.repository_rows import lookup_batch
from pipeline.store.scan_rows import scan_batch
from tests.dashboards.browsing import NEEDS_CHROMIUM, WITHOUT_SCRIPTS, opened, violations
from tests.dashboards.oracle import (
    DEFAULTS,
    counted,
    is_interval,
    papers_by,
    state_of,
)
from tests.facts_of import add_paper, add_repository, database, result_of
from tests.waiting import wait_until

pytestmark = NEEDS_CHROMIUM

CODE = {
    "torch": {"a.py": "import torch"},
    "tf1": {"a.py": "import tensorflow as tf\ntf.Session()\ntf.placeholder(1)"},
    "tf2": {"a.py": "import tensorflow as tf\ntf.GradientTape()"},
    "keras": {"a.py": "import keras"},
    "jax": {"a.py": "import jax"},
    "r": {"a.R": "library(torch)"},
    "none": {"a.py": "import os"},
}
PAGES = (
    "index.html search.html frameworks.html claims.html venues.html tensorflow.html "
    "popularity.html then-and-now.html migration.html no-framework.html coverage.html "
    "agreement.html method.html data.html"
).split()


def fill(store: duckdb.DuckDBPyConnection) -> None:
    """300 papers with everything that the controls ask for."""
    chance = random.Random(7)
    scans, links, commits, lookups = [], [], [], []
    for number in range(300):
        kind = chance.choices(list(CODE), [9, 4, 3, 3, 2, 1, 2])[0]
        unit = Unit(f"github.com/o/r{number}", "github.com", "o", f"r{number}")
        committed_at = f"{chance.randint(2018, 2023)}-05-04T00:00:00+00:00"
        result = replace(
            result_of(CODE[kind]), commit_id=f"{number:040}", committed_at=committed_at
        )
        scans.append((unit, result))
        day = dt.date(chance.randint(2015, 2022), chance.randint(1, 12), 1)
        link = PaperLink(
            paper_id=f"p{number}",
            source="pwc",
            raw_link=f"https://github.com/o/r{number}",
            published=PublicationDate(day, "year" if number % 10 == 0 else "month"),
            venue=chance.choice(["ICLR 2020", "NeurIPS 2019 12", None]),
            is_official=chance.random() < 0.6,
            source_label=chance.choice(["pytorch", "tf", None]),
            source_stars=chance.choice([None, 0, 5, 50, 500, 5000]),
        )
        links.append(link)
        if number % 5:
            kind, year = chance.choice(list(CODE)), chance.randint(2014, 2023)
            then = Commit(f"{number + 1000:040}", "t", dt.datetime(year, 5, 4))
            scan = replace(result_of(CODE[kind]), commit_id=then.commit_id, is_head=False)
            asked = AskedPaper(f"p{number}", unit, PaperDay(day))
            commits.append(PaperCommit(asked, HistoryStatus.IN_TIME, commit=then, scan=scan))
        if number % 2:
            created = dt.datetime(chance.randint(2016, 2022), 3, 1)
            repository = Repository(
                number, "o", f"r{number}", Status.OK, created_at=created, forks=9
            )
            lookups.append(found(Name("o", f"r{number}"), repository))
    write(store, scan_batch(scans))
    write(store, link_batch(links))
    write(store, history_batch(commits))
    write(store, lookup_batch(lookups, dt.datetime(2026, 1, 1)))
    add_paper(store, "unread", "not to be had", year=2019)
    move(store, f"a-{'very-' * 12}long-name")


def move(store: duckdb.DuckDBPyConnection, name: str) -> None:
    """A repository that moved from TensorFlow 1.x to PyTorch, with its paper."""
    unit = Unit(f"github.com/o/{name}", "github.com", "o", name)
    for commit, day, kind in (("a" * 40, "2018-01-01", "tf1"), ("b" * 40, "2021-01-01", "torch")):
        committed_at = f"{day}T00:00:00+00:00"
        result = replace(result_of(CODE[kind]), commit_id=commit, committed_at=committed_at)
        write(store, scan_batch([(unit, result)]))
    add_paper(store, name, name)


@contextmanager
def published(
    filled: duckdb.DuckDBPyConnection, folder: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published copy of a database: a run builds the site from it."""
    publish(filled, folder / "adoption.duckdb")
    with open_published(folder / "adoption.duckdb") as copy:
        yield copy


def site_of(filled: duckdb.DuckDBPyConnection, folder: Path, address: str = "") -> Path:
    """The first page of the site of a database."""
    with published(filled, folder) as copy:
        return build_site(copy, folder / "site", address)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with database() as filled:
        fill(filled)
        with published(filled, tmp_path_factory.mktemp("published")) as copy:
            yield copy


@pytest.fixture(scope="module")
def site(store: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(store, tmp_path_factory.mktemp("site")).parent


@pytest.fixture(scope="module")
def overview(browser: Browser, site: Path) -> Iterator[Page]:
    page = opened(browser, site / "index.html")
    yield page
    page.context.close()


def choose(page: Page, address: str) -> None:
    """Go to a state by its address. Fails where the page draws another state."""
    follow(page, address)
    assert drawn_state(page) == state_of(address)


def follow(page: Page, address: str) -> None:
    """Go to an address, as a link would, and wait until the page has drawn a state."""
    page.evaluate(
        """address => {
            delete document.body.dataset.drawn;
            history.replaceState(null, "", "#" + address);
            dispatchEvent(new PopStateEvent("popstate"));
        }""",
        address,
    )
    page.wait_for_selector("body[data-drawn]")


def drawn_state(page: Page) -> dict[str, str]:
    """The state that the page says it has drawn."""
    drawn = page.evaluate("document.body.dataset.drawn")
    return state_of("" if drawn == "default" else drawn.removeprefix("#"))


@pytest.fixture(scope="module", params=PAGES)
def narrow_page(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = opened(browser, site / request.param, width=380, color_scheme="dark")
    yield page
    page.context.close()


@pytest.fixture(
    scope="module",
    params=[(file, scheme) for file in PAGES for scheme in ("light", "dark")],
    ids=str,
)
def wide_page(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    file, scheme = request.param
    page = opened(browser, site / file, color_scheme=scheme, reduced_motion="reduce")
    yield page
    page.context.close()


def check_that_it_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.faults == []


def test_every_page_fits_a_narrow_screen_and_asks_no_network(narrow_page: Page) -> None:
    check_that_it_fits(narrow_page)


def test_every_page_fits_a_wide_screen_and_asks_no_network(wide_page: Page) -> None:
    check_that_it_fits(wide_page)


def open_tables(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")


CUT = """() => [document.documentElement, ...document.querySelectorAll(".scroll")]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map((element) => element.getAttribute("aria-label") ?? "the page")"""
"""The names of tables that do not fit."""


@pytest.mark.parametrize("width", [380, 900])
@pytest.mark.parametrize("file", PAGES)
def test_every_page_and_every_table_fits_narrow_screens(
    browser: Browser, site: Path, file: str, width: int
) -> None:
    page = opened(browser, site / file, width=width, color_scheme="light")
    open_tables(page)
    assert page.evaluate(CUT) == []
    assert page.faults == []
    page.context.close()


WITHOUT_HEADING = """() => [...document.querySelectorAll("table.data tbody td")]
    .filter((cell) => cell.textContent && !cell.dataset.label)
    .map((cell) => cell.textContent)"""
"""The text of cells that have no heading on a narrow screen."""


def test_every_cell_has_its_heading_on_a_narrow_screen(narrow_page: Page) -> None:
    open_tables(narrow_page)
    assert narrow_page.evaluate(WITHOUT_HEADING) == []


def test_headings_of_tables_are_words(wide_page: Page) -> None:
    open_tables(wide_page)
    headings = wide_page.eval_on_selector_all("thead th", "all => all.map((it) => it.textContent)")
    assert [heading for heading in headings if "_" in heading] == []


LEADS_TO_PAPERS = {
    "claims.html": "#q=ICLR%202020",
    "venues.html": "#q=NeurIPS",
    "popularity.html": "#repository=github.com/o/",
}


@pytest.mark.parametrize(("file", "address"), LEADS_TO_PAPERS.items())
def test_a_table_leads_to_the_papers_and_repositories_that_it_names(
    browser: Browser, site: Path, file: str, address: str
) -> None:
    page = opened(browser, site / file)
    open_tables(page)
    page.locator(f"table.data a[href^='search.html{address}']").first.click()
    page.wait_for_selector("#shown a")
    page.context.close()


HIGH = """() => [...document.querySelectorAll("table.data tbody tr")]
    .filter((row) => row.offsetHeight > 260)
    .map((row) => row.textContent)"""
"""The text of rows with more than twelve lines or so."""


def test_a_row_of_a_table_is_not_high_on_a_narrow_screen(narrow_page: Page) -> None:
    open_tables(narrow_page)
    assert narrow_page.evaluate(HIGH) == []


def test_every_page_is_accessible(wide_page: Page) -> None:
    open_tables(wide_page)
    assert violations(wide_page) == []


def test_the_menu_of_the_rarer_pages_is_accessible_and_leads_to_them(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site / "index.html", width=380)
    page.focus("nav summary")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("nav details a:has-text('Migration')")
    page.wait_for_selector("body[data-drawn]")
    assert page.inner_text("nav summary") == "More: Migration"
    page.context.close()


STATES = (
    "",
    "code=now",
    "code=anybody",
    "axis=created",
    "axis=commit&code=now",
    "period=quarter",
    "period=month",
    "denominator=any_framework",
    "denominator=with_code",
    "framework=tensorflow",
    "framework=jax&denominator=any_framework",
    "keras=out",
    "keras=out&framework=keras&denominator=any_framework",
    "official=only",
    "area=learning",
    "venue=ICLR",
    "stars=10",
    "stars=1000",
    "language=r&denominator=any_framework",
    "axis=commit&period=quarter&keras=out&official=only&stars=1&denominator=with_code",
)


@pytest.fixture(scope="module", params=["light", "dark"])
def overview_of_scheme(
    browser: Browser, site: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    page = opened(browser, site / "index.html", color_scheme=request.param)
    yield page
    page.context.close()


@pytest.mark.parametrize("address", STATES)
def test_every_state_is_accessible(overview_of_scheme: Page, address: str) -> None:
    choose(overview_of_scheme, address)
    assert violations(overview_of_scheme) == []


DRAWN = """(role) => document.getElementById("chart-share").data
    .filter((trace) => trace.meta.role === role)
    .flatMap(({x, y, customdata}) => x.map((day, at) => [day, y[at], customdata?.[at]]))"""
STACKED = """(anchor) => document.getElementById(`chart-${anchor}`).data.flatMap((trace) =>
    trace.x.map((x, at) => [x, trace.meta.series, trace.y[at], trace.customdata[at]]))"""


@pytest.mark.parametrize("address", STATES)
def test_the_share_is_that_of_the_papers_that_the_controls_ask_for(
    overview: Page, store: duckdb.DuckDBPyConnection, address: str
) -> None:
    choose(overview, address)
    state = state_of(address)
    papers = counted(store, state)
    n = papers.groupby("period").size()
    k = papers[papers["family"] == state["framework"]].groupby("period").size()
    k = k.reindex(n.index, fill_value=0)
    line = [point for point in overview.evaluate(DRAWN, "share") if point[1] is not None]
    assert [(day, share, own[2]) for day, share, own in line] == [
        (day, pytest.approx(k[day] / n[day]), n[day]) for day in n.index if n[day] >= 5
    ]
    for day, _, (low, high, _) in line:
        assert is_interval(low, high, k[day], n[day])
    few = [(day, share) for day, share, _ in overview.evaluate(DRAWN, "few")]
    assert few == [(day, pytest.approx(k[day] / n[day])) for day in n.index if n[day] < 5]
    assert [(day, y) for day, y, _ in overview.evaluate(DRAWN, "n")] == list(n.items())


@pytest.mark.parametrize("address", STATES)
def test_the_stacks_are_of_the_papers_that_the_controls_ask_for(
    overview: Page, store: duckdb.DuckDBPyConnection, address: str
) -> None:
    choose(overview, address)
    expected = papers_by(counted(store, of_stacks(address)), "series")
    drawn = overview.evaluate(STACKED, "papers")
    assert {(day, series): (y, n) for day, series, y, (_, n) in drawn} == expected
    shares = overview.evaluate(STACKED, "frameworks")
    assert {(day, series): share for day, series, share, _ in shares} == {
        key: pytest.approx(papers / n) for key, (papers, n) in expected.items() if n >= 5
    }


@pytest.mark.parametrize("address", STATES)
def test_the_sql_gives_the_papers_that_the_controls_ask_for(
    overview: Page, store: duckdb.DuckDBPyConnection, address: str
) -> None:
    choose(overview, address)
    for anchor, column, state in (
        ("share", "family", state_of(address)),
        ("papers", "series", of_stacks(address)),
        ("frameworks", "series", of_stacks(address)),
    ):
        rows = store.sql(overview.text_content(f"#sql-{anchor}") or "").fetchall()
        expected = papers_by(counted(store, state), column)
        assert {(str(day), key): (k, n) for day, key, k, n, *_ in rows} == expected
        for _, _, k, n, share, low, high in rows:
            assert share == pytest.approx(k / n)
            assert is_interval(low, high, k, n)


def of_stacks(address: str) -> dict[str, str]:
    """The state of the stacked charts: two frameworks alone would leave nothing to stack."""
    state = state_of(address)
    is_all = state["denominator"] == "with_code"
    return state | {"denominator": "with_code" if is_all else "any_framework"}


def test_every_control_is_in_a_state_that_is_tested(overview: Page) -> None:
    keys = overview.eval_on_selector_all("#controls select", "all => all.map(({name}) => name)")
    asked = {key for address in STATES for key, _ in parse_qsl(address)}
    assert asked == set(keys) == set(DEFAULTS)


def test_the_untouched_page_is_what_python_drew(
    browser: Browser, site: Path, store: duckdb.DuckDBPyConnection
) -> None:
    page = opened(browser, site / "index.html")
    (figure,) = overview_page(store).sections[0].figures.values()
    for trace in figure.data:
        drawn = page.evaluate(DRAWN, trace.meta["role"])
        assert [(x, y) for x, y, _ in drawn] == [
            (x, y if y is None else pytest.approx(y)) for x, y in zip(trace.x, trace.y, strict=True)
        ]
    page.context.close()


def test_the_untouched_page_shows_the_view_share_by_year(
    browser: Browser, site: Path, store: duckdb.DuckDBPyConnection
) -> None:
    page = opened(browser, site / "index.html")
    page.click("#table-share summary")
    lines = page.eval_on_selector_all(
        "#table-share tbody tr", "rows => rows.map((row) => [...row.cells].map((c) => c.innerText))"
    )
    rows = store.sql(
        "select year, family, papers, n, share, share_low, share_high from share_by_year "
        "where denominator = 'pytorch_tensorflow' and family = 'pytorch' order by year"
    ).fetchall()
    assert [(line[0][:4], line[1], int(line[2]), int(line[3])) for line in lines] == [
        (str(row[0]), "PyTorch", row[2], row[3]) for row in rows
    ]
    # half of the last digit: JavaScript and Python do not round it alike
    assert [[float(value) for value in line[4:]] for line in lines] == [
        pytest.approx(row[4:], abs=0.000501) for row in rows
    ]
    page.context.close()


def test_a_control_changes_chart_words_and_address_and_reset_undoes_it(overview: Page) -> None:
    choose(overview, "")
    before = overview.inner_text("#summary-share")
    overview.select_option("#control-denominator", "with_code")
    overview.wait_for_selector("body[data-drawn='#denominator=with_code']")
    assert overview.url.endswith("#denominator=with_code")
    assert "papers with readable code" in overview.inner_text("#summary-share")
    overview.click("#reset")
    overview.wait_for_selector("body[data-drawn=default]")
    assert overview.inner_text("#summary-share") == before
    assert overview.is_disabled("#reset")


def test_every_control_works_by_keyboard(overview: Page) -> None:
    choose(overview, "")
    overview.focus("#control-denominator")
    overview.keyboard.press("ArrowDown")
    overview.wait_for_selector("body[data-drawn='#denominator=any_framework']")
    overview.keyboard.press("Tab")
    assert overview.evaluate("document.activeElement.id") == "control-area"


def test_arrows_move_between_points_and_screen_readers_hear_them(overview: Page) -> None:
    choose(overview, "")
    line = [point for point in overview.evaluate(DRAWN, "share") if point[1] is not None]
    overview.focus("#chart-share")
    for key, (day, share, (_, _, n)) in (
        ("ArrowRight", line[0]),
        ("ArrowRight", line[1]),
        ("ArrowLeft", line[0]),
    ):
        overview.keyboard.press(key)
        overview.wait_for_selector(
            f"#announcement:text-matches('^{day[:4]}.*{share:.0%} .*n = {n}')", state="attached"
        )
    assert overview.is_visible("#chart-share .hoverlayer text")
    overview.keyboard.press("Escape")
    overview.wait_for_selector("#chart-share .hoverlayer text", state="detached")


def test_back_and_forward_undo_and_redo_controls(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html")
    page.select_option("#control-denominator", "with_code")
    page.wait_for_selector("body[data-drawn='#denominator=with_code']")
    page.go_back()
    page.wait_for_selector("body[data-drawn=default]")
    assert page.input_value("#control-denominator") == "pytorch_tensorflow"
    page.go_forward()
    page.wait_for_selector("body[data-drawn='#denominator=with_code']")
    assert page.input_value("#control-denominator") == "with_code"
    page.context.close()


def test_a_link_to_a_rarer_control_opens_what_it_is_behind(browser: Browser, site: Path) -> None:
    for state, is_open in (("#area=learning", False), ("#period=quarter", True)):
        page = opened(browser, site / "index.html", state)
        assert page.evaluate("document.getElementById('more').open") is is_open
        page.context.close()


def test_a_link_that_asks_for_what_is_not_there_shows_the_untouched_page(overview: Page) -> None:
    follow(overview, "venue=Nowhere&axis=moon&what=x&period=%27%3Balert(1)")
    assert overview.evaluate("document.body.dataset.drawn") == "default"


def test_a_filter_that_leaves_too_few_says_so_and_draws_no_line(overview: Page) -> None:
    choose(overview, "language=r&period=month")
    assert "Too few papers" in overview.inner_text("#summary-share")
    assert "Too few papers" in overview.inner_text("#chart-share")
    assert overview.evaluate(DRAWN, "share") == []


def test_the_line_and_its_band_stop_where_a_period_has_too_few_papers(overview: Page) -> None:
    choose(overview, "period=month&code=now")
    line, band, few = (overview.evaluate(DRAWN, role) for role in ("share", "band", "few"))
    gaps = {day for day, share, _ in line if share is None}
    within = {day for day, *_ in few if line[0][0] < day < line[-1][0]}
    assert within
    assert within <= gaps
    starts = [now for last, now in pairwise(line) if last[1] is None is not now[1]]
    assert [x for x, *_ in band].count(None) == len(starts)
    assert not gaps & {day for day, *_ in band}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("framework=jax", "JAX is neither PyTorch nor TensorFlow"),
        ("framework=keras&denominator=any_framework", "Keras counts as TensorFlow here"),
    ],
)
def test_a_framework_that_is_not_counted_is_not_said_to_have_no_papers(
    overview: Page, state: str, words: str
) -> None:
    choose(overview, state)
    assert words in overview.inner_text("#summary-share")
    assert "0%:" not in overview.inner_text("#summary-share")
    drawn = overview.evaluate(
        "document.getElementById('chart-share').data.flatMap((trace) => trace.x)"
    )
    assert drawn == []


def test_a_chosen_framework_is_counted(overview: Page) -> None:
    choose(overview, "")
    assert "half" in overview.evaluate(VISIBLE_MARKS)
    overview.select_option("#control-framework", "jax")
    overview.wait_for_selector("body[data-drawn*='any_framework']")
    assert overview.input_value("#control-denominator") == "any_framework"
    assert overview.inner_text("#summary-share").startswith("In ")
    assert "half" not in overview.evaluate(VISIBLE_MARKS)
    overview.select_option("#control-framework", "keras")
    overview.wait_for_selector("body[data-drawn*='keras=out']")


VISIBLE_MARKS = """document.getElementById('chart-share').layout.annotations
    .filter(({visible}) => visible !== false).map(({name}) => name)"""


def test_the_events_are_numbered_from_one_in_a_narrow_chart(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", width=380)
    listed = page.locator("#events li:visible").evaluate_all("all => all.map(({value}) => value)")
    drawn = page.evaluate(
        "document.getElementById('chart-share').layout.annotations"
        ".filter(({name, text}) => name === 'event' && /^\\d+$/.test(text)).map(({text}) => text)"
    )
    assert listed == list(range(1, len(listed) + 1))
    assert [str(number) for number in listed] == drawn
    page.context.close()


def test_words_beside_the_chart_are_of_the_chosen_view(overview: Page) -> None:
    choose(overview, "framework=jax&denominator=with_code&keras=out")
    assert "JAX" in (overview.get_attribute("#chart-share", "aria-label") or "")
    assert "Filters:" not in overview.inner_text("#summary-share")
    assert "papers with readable code" in overview.inner_text("#summary-frameworks")
    # the browser's own words: plotly draws no annotation outside of the axis
    texts = overview.eval_on_selector_all(
        "#chart-share .annotation-text", "texts => texts.map((text) => text.textContent)"
    )
    titles = overview.eval_on_selector_all(
        "#events li", "items => items.map((item) => item.dataset.title)"
    )
    marked = [text for text in texts if text in titles]
    listed = overview.eval_on_selector_all(
        "#events li:not([hidden])", "items => items.map((item) => item.dataset.title)"
    )
    assert listed == marked


def bars(page: Page) -> dict[str, tuple[bool, str]]:
    """Of each series in the stacked shares: whether it is drawn, and its colour."""
    found: dict[str, tuple[bool, str]] = page.evaluate(
        """() => Object.fromEntries(document.getElementById("chart-frameworks").data
            .filter(({x}) => x.length)
            .map(({meta, visible, marker}) => [meta.series, [visible, marker.color]]))"""
    )
    return {series: (is_drawn, colour) for series, (is_drawn, colour) in found.items()}


@pytest.fixture(scope="module")
def three_frameworks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of papers of one year in two frequent frameworks and a rare one."""
    store = database()
    for number, kind in enumerate(["torch"] * 31 + ["tf1"] * 20 + ["jax"]):
        add_repository(store, f"r{number}", CODE[kind])
        add_paper(store, f"p{number}", f"r{number}", year=2019)
    return site_of(store, tmp_path_factory.mktemp("three"))


def test_a_legend_hides_a_framework_and_opens_the_rare_ones(
    browser: Browser, three_frameworks: Path
) -> None:
    page = opened(browser, three_frameworks)
    before = bars(page)
    assert before["jax"] == (True, OTHER_COLOUR)
    legend = page.locator("#legend-frameworks button")
    assert legend.all_inner_texts() == ["PyTorch", "TensorFlow 1.x", "Other: JAX"]
    legend.nth(2).press("Enter")
    assert legend.all_inner_texts() == ["PyTorch", "TensorFlow 1.x", "JAX", "Group rare frameworks"]
    assert bars(page)["jax"] == (True, colour("jax"))
    legend.nth(0).click()
    assert bars(page)["pytorch"] == (False, colour("pytorch"))
    assert legend.nth(0).get_attribute("aria-pressed") == "false"
    assert page.url.endswith("#hide=pytorch&rare=all")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    assert bars(page)["pytorch"] == (False, colour("pytorch"))
    assert bars(page)["jax"] == (True, colour("jax"))
    page.go_back()
    page.wait_for_selector("body[data-drawn='#rare=all']")
    assert bars(page)["pytorch"] == (True, colour("pytorch"))
    page.click("#reset")
    page.wait_for_selector("body[data-drawn='default']")
    assert bars(page) == before
    assert page.faults == []
    page.context.close()


def test_paper_gets_charts_of_its_width_and_the_screen_its_own_back(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site / "index.html", color_scheme="dark")
    width = "document.querySelector('#chart-share .main-svg').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(width) <= 680
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    wait_until(lambda: page.evaluate(width) == before)
    page.context.close()


def test_paper_shows_legends_and_open_tables_whole(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html")
    page.emulate_media(media="print")
    assert page.is_visible("#legend-frameworks")
    assert not page.is_visible("nav")
    page.goto((site / "agreement.html").as_uri())
    page.wait_for_selector("body[data-drawn]")
    table = page.locator("#table-disagreements .scroll")
    assert table.is_visible()
    assert table.evaluate("element => element.scrollHeight <= element.clientHeight")
    page.context.close()


def test_a_database_without_events_or_another_count_makes_the_pages(tmp_path: Path) -> None:
    bare = database()
    bare.execute("delete from event")
    bare.execute("delete from he2019")
    assert "No year has" in site_of(bare, tmp_path).read_text(encoding="utf-8")


def test_a_venue_that_looks_like_code_is_words_and_fits(browser: Browser, tmp_path: Path) -> None:
    store, venue = database(), "</script><img src=x onerror=alert(1)> " + "Long " * 40
    for number in range(20):
        add_repository(store, f"r{number}", CODE["torch"])
        link = PaperLink(
            paper_id=f"p{number}",
            source="pwc",
            raw_link=f"https://github.com/o/r{number}",
            published=PublicationDate(dt.date(2020, 1, 1), "day"),
            venue=venue,
        )
        write(store, link_batch([link]))
    index = site_of(store, tmp_path)
    for file in ("index.html", "venues.html"):
        page = opened(browser, index.with_name(file), width=380)
        assert "onerror" in page.text_content("#main")
        assert page.query_selector("img") is None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.faults == []
        page.context.close()


def test_what_no_source_tells_cannot_be_chosen_and_says_why(
    browser: Browser, tmp_path: Path
) -> None:
    bare = database()
    add_repository(bare, "a", CODE["torch"])
    add_paper(bare, "p", "a")
    page = opened(browser, site_of(bare, tmp_path))
    options = f"{page.text_content('#control-axis')}{page.text_content('#control-stars')}"
    assert "needs GitHub metadata" in options
    assert "no star counts" in options
    assert page.is_disabled("#control-axis option[value=created]")
    page.context.close()


def test_an_empty_database_makes_pages_that_say_so(browser: Browser, tmp_path: Path) -> None:
    index = site_of(database(), tmp_path)
    files = sorted(file.name for file in index.parent.glob("*.html"))
    missing = {"popularity.html", "then-and-now.html", "migration.html"}
    assert set(PAGES) - set(files) == missing
    for file in files:
        page = opened(browser, index.with_name(file))
        assert page.faults == []
        page.context.close()
    assert "No year has" in index.read_text(encoding="utf-8")
    assert "adoption collect metadata" in index.with_name("data.html").read_text(encoding="utf-8")


def test_images_and_data_of_the_view_are_a_button_away(overview: Page) -> None:
    choose(overview, "period=quarter")
    for button, ending, start in (
        ("[data-image=png]", ".png", b"\x89PNG"),
        ("[data-image=svg]", ".svg", b"<svg"),
        ("[data-csv]", ".csv", b"period,family,papers,n,share"),
    ):
        with overview.expect_download() as waiting:
            overview.click(f"#share {button}")
        assert waiting.value.suggested_filename == f"share{ending}"
        assert Path(waiting.value.path()).read_bytes().startswith(start)


def test_a_picture_says_what_it_shows_of_how_many_papers_and_who_made_it(overview: Page) -> None:
    choose(overview, "area=learning")
    with overview.expect_download() as waiting:
        overview.click("#share [data-image=svg]")
    svg = Path(waiting.value.path()).read_text(encoding="utf-8")
    picture = " ".join(re.sub(r"<[^>]*>", " ", svg).split())
    for words in ("PyTorch's share over time", "The chart counts", "Source: Did research move"):
        assert words in picture


def test_a_picture_of_stacks_has_a_legend_with_the_rare_frameworks_in_one(
    browser: Browser, three_frameworks: Path, tmp_path: Path
) -> None:
    page = opened(browser, three_frameworks)
    with page.expect_download() as waiting:
        page.click("#frameworks [data-image=svg]")
    waiting.value.save_as(picture := tmp_path / "picture.svg")
    page.goto(picture.as_uri())
    assert page.locator(".legendtext").all_text_contents() == ["PyTorch", "TensorFlow 1.x", "other"]
    assert page.evaluate(COVERED) == []
    page.context.close()


COVERED = """() => {
    const boxes = (selector) => [...document.querySelectorAll(selector)]
        .map((text) => [text, text.getBoundingClientRect()]);
    return boxes("svg:root > text").flatMap(([own, a]) =>
        boxes("text").filter(([other, b]) => other !== own && b.width &&
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map(([other]) => [own.textContent, other.textContent]));
}"""
"""Which words around the chart of a picture overlap others."""


@pytest.mark.parametrize("anchor", ["coverage", "agreement"])
def test_the_words_of_a_picture_cover_no_legend_and_no_axis(
    browser: Browser, site: Path, tmp_path: Path, anchor: str
) -> None:
    page = opened(browser, site / f"{anchor}.html")
    with page.expect_download() as waiting:
        page.click(f"#{anchor} [data-image=svg]")
    waiting.value.save_as(picture := tmp_path / "picture.svg")
    page.goto(picture.as_uri())
    assert page.locator("svg:root > text").count() == 3
    assert page.evaluate(COVERED) == []
    page.context.close()


COPIED = "navigator.clipboard.readText()"


def test_a_link_shows_the_chart_in_its_present_view(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", "#area=learning")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#frameworks [data-link]")
    page.wait_for_selector("#frameworks button:has-text('Copied')")
    address = page.evaluate(COPIED)
    assert address == f"{(site / 'index.html').as_uri()}#area=learning&chart=frameworks"
    other = opened(browser, site / "index.html", "#" + address.split("#")[1])
    assert other.input_value("#control-area") == "learning"
    wait_until(lambda: other.evaluate("scrollY") > 500)
    page.context.close()
    other.context.close()


def test_an_embedded_chart_stands_alone_and_names_its_source(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", "#framework=jax&denominator=any_framework")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#share [data-frame]")
    page.wait_for_selector("#share button:has-text('Copied')")
    (host := site / "host.html").write_text(page.evaluate(COPIED), encoding="utf-8")
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-drawn]").wait_for()
    assert frame.locator("#title-share").inner_text() == "JAX's share over time"
    assert frame.locator(".source").inner_text().startswith("Source: Did research move")
    hidden = ("nav", "#controls", "footer", "#frameworks", "#share .tools")
    assert [name for name in hidden if frame.locator(name).first.is_visible()] == []
    host.unlink()
    page.context.close()


@pytest.mark.parametrize(
    ("file", "anchor"), [("index", "share"), ("index", "frameworks"), ("agreement", "agreement")]
)
def test_an_embedded_chart_fits_its_frame_and_is_accessible(
    browser: Browser, site: Path, file: str, anchor: str
) -> None:
    page = opened(browser, site / f"{file}.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(f"#{anchor} [data-frame]")
    page.wait_for_selector(f"#{anchor} button:has-text('Copied: for this computer only')")
    (host := site / "host.html").write_text(page.evaluate(COPIED), encoding="utf-8")
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-drawn]").wait_for()
    too_high = "element => element.scrollHeight - element.clientHeight"
    wait_until(lambda: frame.locator("html").evaluate(too_high) == 0)
    host.unlink()
    alone = opened(browser, site / f"{file}.html", f"#embed={anchor}")
    assert violations(alone) == []
    page.context.close()
    alone.context.close()


def test_a_citation_has_the_version_the_day_and_the_public_address(
    browser: Browser, tmp_path: Path
) -> None:
    store = database()
    add_repository(store, "a", CODE["torch"])
    add_paper(store, "p", "a")
    page = opened(browser, site_of(store, tmp_path, "https://example.org/adoption"))
    page.click("#share [data-cite]")
    day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    text, bibtex = page.inner_text("#cite-text"), page.inner_text("#cite-bibtex")
    for said in (text, bibtex):
        assert f"adoption {__version__}, snapshot of {day}" in said
        assert "https://example.org/adoption/index.html#chart=share" in said
    assert bibtex.startswith("@misc{adoption-share-")
    page.click("#cite-close")
    assert not page.is_visible("#cite")
    page.context.close()


def test_a_preview_shows_the_share_to_other_sites(tmp_path: Path) -> None:
    store = database()
    for number in range(12):
        add_repository(store, f"r{number}", CODE["torch" if number < 9 else "tf1"])
        add_paper(store, f"p{number}", f"r{number}", year=2019)
    index = site_of(store, tmp_path, "https://example.org/")
    html = index.read_text(encoding="utf-8")
    assert 'property="og:image" content="https://example.org/preview.png"' in html
    with Image.open(index.with_name("preview.png")) as picture:
        assert picture.size == (1200, 630)
        colours = {colour for _, colour in picture.getcolors(2**20) or []}
    assert ImageColor.getrgb(colour("pytorch")) in colours


def test_the_sql_is_copied(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "coverage.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#coverage details.sql summary")
    page.click("[data-copy]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#sql-coverage")
    page.context.close()


@pytest.mark.parametrize("file", [name for name in PAGES if name not in WITHOUT_SCRIPTS])
def test_every_table_holds_what_its_sql_gives(
    browser: Browser, site: Path, store: duckdb.DuckDBPyConnection, file: str
) -> None:
    page = opened(browser, site / file)
    for section in page.query_selector_all("section:has(details.sql)"):
        sql = section.query_selector("pre code")
        assert sql is not None
        rows = len(store.sql(sql.text_content() or "").fetchall())
        if not section.query_selector("[data-live]"):
            assert len(section.query_selector_all("table.data tbody tr")) == min(rows, 500)
    page.context.close()


def test_every_file_of_the_data_page_holds_the_rows_it_tells(site: Path, browser: Browser) -> None:
    page = opened(browser, site / "data.html")
    links = [link.get_attribute("href") for link in page.query_selector_all("td a[download]")]
    counts = [int(cell.inner_text()) for cell in page.query_selector_all("td:nth-child(2)")]
    assert len(links) == 2 * len(counts)
    for count, (as_csv, as_parquet) in zip(
        counts, zip(links[::2], links[1::2], strict=True), strict=True
    ):
        with (site / str(as_csv)).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == count
        assert pq.read_table(site / str(as_parquet)).num_rows == count
    page.context.close()


def test_the_headline_is_the_last_year_of_the_database(
    overview: Page, store: duckdb.DuckDBPyConnection
) -> None:
    year, share, n = store.sql(
        "select year, share, n from share_by_year where denominator = 'pytorch_tensorflow' and "
        "family = 'pytorch' and n >= 10 order by year desc limit 1"
    ).fetchall()[0]
    said = overview.inner_text(".answer")
    assert f"In {year}, {share:.0%} of the papers here" in said
    assert f"n\u00a0=\u00a0{n}" in said


def test_repositories_that_changed_their_framework_have_a_page(
    browser: Browser, tmp_path: Path
) -> None:
    store = database()
    move(store, "moved")
    page = opened(browser, site_of(store, tmp_path).with_name("migration.html"))
    assert "TensorFlow 1.x → PyTorch" in page.inner_text("#chart-migration-by-year")
    assert "2021-01-01" in page.locator("#table-migrations td").all_inner_texts()
    links = page.locator("#table-migrations td a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "search.html#repository=github.com/o/moved",
        f"https://github.com/o/moved/commit/{'a' * 40}",
        f"https://github.com/o/moved/commit/{'b' * 40}",
    ]
    assert page.faults == []
    page.context.close()


def test_the_site_is_small_and_has_one_plotly_of_the_version_that_figures_are_made_for(
    site: Path,
) -> None:
    files = [file for file in site.iterdir() if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 10e6
    copies = [file for file in files if b"plotly.js (" in file.read_bytes()[:200]]
    assert len(copies) == 1
    assert f"v{get_plotlyjs_version()}\n".encode() in copies[0].read_bytes()[:200]
