"""The page that finds papers, in a real browser, from disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.build import build_site
from pipeline.store.database import open_published
from pipeline.store.publish import publish
from tests.dashboards.browsing import NEEDS_CHROMIUM, opened, violations
from tests.dashboards.search.facts import NOW, THEN, add, add_code, add_code_of_paper
from tests.facts_of import database

pytestmark = NEEDS_CHROMIUM

HOSTILE = '</script><img src=x onerror=alert(1)>\u2028 & "quotes" Hostile'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search page of a site with sixty papers, a famous one, and one with many repositories."""
    store = database()
    ids = {"venue": "NeurIPS 2017", "arxiv_id": "1706.03762"}
    add(store, "arxiv:1706.03762", "Lab/Attention", title="Attention Is All You Need", **ids)
    add_code(store, {"a b#.py": "\nimport torch", "n.ipynb": NOTEBOOK}, "Lab/Attention")
    add_code_of_paper(store, "arxiv:1706.03762", {"c.py": "import theano"}, "Lab/Attention")
    add(store, "undated", "o/code", title="Without a date", published=None)
    add_code(store, {"a.py": "import jax"}, "o/code")
    add(store, "undated", "o/another", published=None)
    for number in range(60):
        add(store, f"p{number}", f"o/shared{number % 2}", title=f"Deep Model {number}")
    add(store, "list:openreview.net/forum?id=-3G", "o/review", title="A paper of OpenReview")
    add(store, "list:x?a=1&b=2", "o/hostile", title=HOSTILE)
    for number in range(300):
        add(store, "large", f"owner/{number}-{'x' * 90}", title="Large")
    folder = tmp_path_factory.mktemp("site")
    publish(store, folder / "published.duckdb")  # its answers are stored, so the site takes seconds
    with open_published(folder / "published.duckdb") as published:
        return build_site(published, folder).with_name("search.html")


NOTEBOOK = '{"cells": [{"cell_type": "code", "source": ["import torch"]}]}'


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page = opened(browser, site)
    yield page
    assert page.faults == []
    page.context.close()


def ask(page: Page, text: str) -> list[str]:
    """Type a text; gives the titles of the results."""
    page.fill("#find-box", text)
    page.wait_for_function(
        "text => document.body.dataset.drawn === `#q=${encodeURIComponent(text)}`", arg=text
    )
    return page.locator(".results a").all_inner_texts()


@pytest.mark.parametrize(
    "text",
    [
        "atténtion YOU",
        "attention is all you need",
        "arXiv:1706.03762v5",
        "https://arxiv.org/abs/1706.03762",
        "lab/attention",
        "https://github.com/Lab/Attention.git",
        "neurips 2017",
    ],
)
def test_a_paper_is_found_by_what_a_reader_has_of_it(page: Page, text: str) -> None:
    assert ask(page, text) == ["Attention Is All You Need"]
    assert page.inner_text("#find-status").startswith("1 paper")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("attenton need", "No paper has “attenton”, so this is “attention”. 1 paper."),
        ("attention zebra", "No paper has “zebra”. 1 paper."),
        ("arxiv:1706.03762 zebra", "No paper has “zebra”. 1 paper."),
        ("arxiv:1901.00001", "arXiv:1901.00001 is not in this database."),
    ],
)
def test_a_word_that_no_paper_has_is_named_and_the_rest_is_found(
    page: Page, text: str, said: str
) -> None:
    found = ask(page, text)
    assert page.inner_text("#find-status").startswith(said)
    assert found == (["Attention Is All You Need"] if "1 paper" in said else [])


@pytest.mark.parametrize("text", ["list:x?a=1&b=2", "https://openreview.net/forum?id=-3G"])
def test_an_id_and_the_address_of_a_page_show_the_entry(page: Page, text: str) -> None:
    ask(page, text)
    title = HOSTILE if text.startswith("list") else "A paper of OpenReview"
    assert page.inner_text("#entry-title").startswith(title[:10])


def test_a_result_of_a_paper_that_moved_has_both_frameworks(page: Page) -> None:
    ask(page, "attention")
    assert page.inner_text(".results .facts").endswith("Theano; now PyTorch")


def test_many_results_are_counted_and_fifty_are_shown(page: Page) -> None:
    assert len(ask(page, "deep m")) == 50
    assert page.inner_text("#find-status") == "60 papers. The first 50:"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zebra quagga", "No paper here has all of these words: zebra quagga."),
        ("1901.00001", "arXiv:1901.00001 is not in this database."),
        ("nobody/nothing", "No paper here links to a repository nobody/nothing."),
        ("https://cvpr.org/1", "No paper here has this id or page: https://cvpr.org/1."),
    ],
)
def test_what_is_not_there_gets_a_sentence_of_its_own(page: Page, text: str, words: str) -> None:
    assert ask(page, text) == []
    assert words in page.inner_text("#find-status")


def test_the_keyboard_moves_through_results_and_back_returns_to_them(page: Page) -> None:
    ask(page, "attention")
    page.press("#find-box", "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#entry-title")).to_have_text("Attention Is All You Need")
    expect(page.locator("#entry-title")).to_be_focused()
    assert page.title().startswith("Attention Is All You Need")
    page.go_back()
    expect(page.locator(".results a")).to_have_count(1)
    assert page.input_value("#find-box") == "attention"
    page.go_forward()
    expect(page.locator("#entry-title")).to_be_visible()
    page.reload()
    expect(page.locator("#entry-title")).to_have_text("Attention Is All You Need")
    ask(page, "deep")
    page.press("#find-box", "ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#find-box")).to_be_focused()


def test_an_entry_links_each_line_to_its_commit(browser: Browser, site: Path) -> None:
    page = opened(browser, site, "#paper=arxiv:1706.03762", width=380, color_scheme="dark")
    base = "https://github.com/Lab/Attention"
    links = page.locator(".moment li a").evaluate_all("all => all.map((link) => link.href)")
    assert links == [
        f"{base}/blob/{THEN}/c.py#L1",
        f"{base}/blob/{NOW}/a%20b%23.py#L2",
        f"{base}/blob/{NOW}/n.ipynb",
    ]
    shown = page.inner_text("#shown")
    assert (
        "counts as Theano (code from the time of the paper); now PyTorch (newest commit)." in shown
    )
    assert "decides what the paper counts as" in shown
    assert "n.ipynb, line 1 of the code cells" in shown
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.faults == []
    page.context.close()


def test_an_entry_says_why_charts_leave_the_paper_out_and_by_which_code_it_counts(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site, "#paper=undated")
    assert page.inner_text("#shown .summary") == (
        "This paper counts as JAX (newest commit). The default charts leave it out: the "
        "paper has no known date."
    )
    facts = page.locator("#shown .repository > .facts").all_inner_texts()
    assert facts == ["decides what the paper counts as now", ""]
    commands = page.locator(".repository > .words").all_inner_texts()
    assert commands == ["All lines: adoption explain o/code"]
    page.context.close()


def test_a_hostile_title_is_text_in_results_and_entry(browser: Browser, site: Path) -> None:
    page = opened(browser, site, "#q=hostile")
    page.click(".results a")
    expect(page.locator("#entry-title")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.query_selector("#shown img") is None
    assert page.faults == []
    page.context.close()


def test_a_repository_of_one_paper_shows_it_and_of_many_lists_them(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site, "#repository=github.com/lab/attention:folder@v1")
    assert page.inner_text("#entry-title") == "Attention Is All You Need"
    page.goto(f"{site.as_uri()}#repository=github.com/o/shared1")
    expect(page.locator("#find-status")).to_have_text("30 papers link to o/shared1.")
    page.context.close()


def test_a_large_entry_shows_its_repositories_part_by_part(browser: Browser, site: Path) -> None:
    page = opened(browser, site, "#paper=large")
    more = page.locator("#shown button")
    first = page.locator(".repository").count()
    assert first < 300
    while more.count():
        shown = page.locator(".repository").count()
        more.click()
        page.wait_for_function(
            "shown => document.querySelectorAll('.repository').length > shown", arg=shown
        )
    assert page.locator(".repository").count() == 300
    page.context.close()


@pytest.mark.parametrize("state", ["#q=deep", "#paper=arxiv:1706.03762", "#q=zebra"])
def test_results_and_entries_are_accessible(browser: Browser, site: Path, state: str) -> None:
    page = opened(browser, site, state, reduced_motion="reduce")
    assert violations(page) == []
    page.context.close()


def test_the_first_page_has_a_box_that_leads_to_the_search(browser: Browser, site: Path) -> None:
    page = opened(browser, site.with_name("index.html"))
    page.fill("#find-first", "lab/attention")
    page.press("#find-first", "Enter")
    expect(page.locator(".results a")).to_have_text("Attention Is All You Need")
    assert page.url.endswith("search.html#q=lab%2Fattention")
    page.context.close()
