"""Draws the pictures of the documentation: one of each chart, and one of the first page.

    python -m tests.dashboards.pictures

It presses the PNG button of each chart of dashboards/site and writes docs/charts/<function>.png and
docs/page.png.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.dashboards.browsing import chromium, opened

ROOT = Path(__file__).parents[2]
SITE = ROOT / "dashboards" / "site"
PICTURES = ROOT / "docs" / "charts"
CHARTS = {
    "share_over_time": ("index.html", "share"),
    "frameworks_over_time": ("index.html", "frameworks"),
    "papers_over_time": ("index.html", "papers"),
    "tensorflow_by_variant": ("tensorflow.html", "variants"),
    "style_over_time": ("tensorflow.html", "style"),
    "small_share": ("no-framework.html", "hosted-models-1"),
    "crossing": ("venues.html", "crossings"),
    "claim": ("claims.html", "claim-he-2019"),
    "papers_by_language": ("no-framework.html", "no-framework-languages"),
    "popularity": ("popularity.html", "stars"),
    "migration_by_year": ("migration.html", "migration-by-year"),
    "migration_rate": ("migration.html", "migration-rate"),
    "coverage": ("coverage.html", "coverage"),
    "label_agreement": ("agreement.html", "agreement"),
}
"""For each function of dashboards.charts, a page and the anchor of a chart that it draws there."""

FIRST_PAGE: ViewportSize = {"width": 1100, "height": 1465}
COLOURS = 128
"""Enough for flat colours and the edges of letters. A picture takes a quarter of the bytes."""


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with chromium() as browser:
        for name, (file, anchor) in CHARTS.items():
            write_chart(browser, SITE / file, anchor, PICTURES / f"{name}.png")
        write_first_page(browser, ROOT / "docs" / "page.png")


def write_chart(browser: Browser, file: Path, anchor: str, picture: Path) -> None:
    """Press the PNG button of a chart, and keep what it saves."""
    page = opened(browser, file, color_scheme="light")
    with page.expect_download() as waiting:
        page.click(f"[data-image=png][data-anchor={anchor}]")
    waiting.value.save_as(picture)
    page.context.close()
    reduce_colours(picture)


def write_first_page(browser: Browser, picture: Path) -> None:
    """Photograph the top of the first page."""
    page = opened(browser, SITE / "index.html", width=FIRST_PAGE["width"], color_scheme="light")
    page.set_viewport_size(FIRST_PAGE)
    page.screenshot(path=picture)
    page.context.close()
    reduce_colours(picture)


def reduce_colours(picture: Path) -> None:
    """Write a picture again with a palette, which takes less space."""
    with Image.open(picture) as image:
        reduced = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(picture, optimize=True)


if __name__ == "__main__":
    main()
