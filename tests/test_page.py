"""The page in a real browser: no network, no errors, the database's own numbers."""

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from facts_of import add_paper, add_repository, database
from playwright.sync_api import Page, sync_playwright

from dashboards.build import build_site
from dashboards.look import name

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and "CI" not in os.environ,
        reason="Chromium is not installed and could not be: apt install chromium",
    ),
]


@pytest.fixture(scope="module")
def store() -> duckdb.DuckDBPyConnection:
    store = database()
    for number in range(60):
        module = "torch" if number % 3 else "tensorflow"
        add_repository(store, str(number), {"a.py": f"import {module}"})
        year = 2016 + number % 4
        add_paper(store, f"p{number}", str(number), year=year, label="pytorch")
    add_paper(store, "unread", "not to be had", year=2019)
    return store


@pytest.fixture(scope="module")
def faults() -> list[str]:
    """What the page asked of a network or complained of."""
    return []


@pytest.fixture(scope="module", params=[(1200, "light"), (380, "dark")], ids=["wide", "phone"])
def page(
    request: pytest.FixtureRequest,
    store: duckdb.DuckDBPyConnection,
    tmp_path_factory: pytest.TempPathFactory,
    faults: list[str],
) -> Iterator[Page]:
    width, scheme = request.param
    index = build_site(store, tmp_path_factory.mktemp("site"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda sent: _note_network(faults, sent.url))
        page.goto(Path(index).as_uri())
        page.wait_for_selector("#chart-agreement .plot-container")
        yield page
        browser.close()


def _note_network(faults: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        faults.append(url)


def test_it_opens_from_disk_without_network_or_errors(page: Page, faults: list[str]) -> None:
    assert page.title()
    assert faults == []


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chart_shows_the_numbers_of_the_database(
    page: Page, store: duckdb.DuckDBPyConnection
) -> None:
    drawn = page.evaluate(
        """() => {
            const drawn = document.getElementById("chart-share").calcdata
                .find((points) => points[0].trace.mode === "lines+markers");
            return drawn.map((point) => [point.x, point.y]);
        }"""
    )
    rows = store.sql(
        "select year, share from share_by_year "
        "where denominator = 'pytorch_tensorflow' and framework = 'pytorch' order by year"
    ).fetchall()
    assert [tuple(point) for point in drawn] == rows


def test_the_headline_is_the_last_year_of_the_database(page: Page) -> None:
    assert "67% use PyTorch" in page.inner_text(".answer")
    assert "n = 15" in page.inner_text(".answer")


def test_only_papers_whose_code_was_read_are_counted(page: Page) -> None:
    assert "60 repositories of 60 papers" in page.locator("p.doubt").inner_text()


def test_every_chart_has_its_numbers_and_its_sql(
    page: Page, store: duckdb.DuckDBPyConnection
) -> None:
    for section in page.query_selector_all("section"):
        code = section.query_selector("pre code")
        assert code is not None
        rows = store.sql(code.text_content() or "").fetchall()
        assert len(section.query_selector_all("table tbody tr")) == len(rows)


def test_every_framework_of_the_taxonomy_has_a_name_that_people_write() -> None:
    with Path("data/frameworks.csv").open(encoding="utf-8") as file:
        frameworks = {row["framework"] for row in csv.DictReader(file)}
    assert {key for key in frameworks if name(key) == key} <= {"tinygrad"}
