"""Pages of the site in a real browser, opened from disk."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.waiting import AT_MOST_S

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
_IS_MISSING = "Chromium is missing. As root on Debian, 'make browser' installs it."
NEEDS_CHROMIUM = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason=_IS_MISSING),
]
AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
WITHOUT_SCRIPTS = ("method.html", "data.html")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, until the end of the block."""
    if CHROMIUM is None:
        raise FileNotFoundError(_IS_MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu"],
            timeout=1000 * AT_MOST_S,
        )
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, state: str = "", width: int = 1200, **looks: str) -> Page:
    """A page, drawn; what it asked of a network or complained of is in `page.faults`."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, accept_downloads=True, **looks
    )
    context.set_default_timeout(1000 * AT_MOST_S)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda sent: _note_network(faults, sent.url))
    page.faults = faults
    page.goto(file.as_uri() + state)
    if file.name not in WITHOUT_SCRIPTS:
        page.wait_for_selector("body[data-drawn]")
    return page


def _note_network(faults: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        faults.append(url)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core says against the page as it is: the rule, and the elements."""
    if not AXE.exists():
        pytest.skip("axe-core is missing. 'make node' installs it from npm.")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"
    found = page.evaluate(run)
    return [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found]
