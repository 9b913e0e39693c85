"""How fast and how large the site is, with 300,000 judged papers behind it.

Loads the overview from disk in headless Chromium and changes every control, many times; prints
medians and worst cases. python -m benchmarks.bench_page
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import duckdb
from playwright.sync_api import Page

from benchmarks.synthetic import add_papers
from dashboards.build import build_site
from pipeline.store.database import migrate
from tests.dashboards.browsing import chromium

_LOADS = 7
_STATES = (
    "code=now",
    "code=anybody",
    "period=month",
    "period=quarter",
    "axis=commit",
    "axis=created",
    "denominator=any_framework",
    "denominator=with_code",
    "framework=jax",
    "keras=out",
    "official=only",
    "venue=Venue+3",
    "stars=100",
    "language=cpp",
    "axis=commit&period=month&keras=out&official=only&denominator=with_code",
)
_LOADED_MS = """() => new Promise((done) => {
    const told = () => document.body.dataset.drawn ? done(performance.now()) : setTimeout(told, 2);
    told();
})"""
_CHANGE_MS = """(state) => new Promise((done) => {
    history.replaceState(null, "", "#" + state);
    delete document.body.dataset.drawn;
    const started = performance.now();
    let first = 0;
    const told = () => document.body.dataset.drawn
        ? done([first, performance.now() - started, document.body.dataset.drawn])
        : setTimeout(told, 2);
    dispatchEvent(new PopStateEvent("popstate"));
    first = performance.now() - started;
    told();
})"""
"""Goes to a state as a link would.

Gives the times until the first and the last chart are drawn, and the state that they show.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as store:
        migrate(store)
        add_papers(store)
        started = time.perf_counter()
        index = build_site(store, Path(folder))
        rows = store.sql("from share_cube").to_arrow_table().num_rows
        print(f"built in {time.perf_counter() - started:.1f} s; the cube has {rows:,} rows")
        files = [file for file in index.parent.iterdir() if file.is_file()]
        print(f"site without downloads: {sum(file.stat().st_size for file in files) / 1e6:.2f} MB")
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            _tell("overview loaded and drawn", [_load(page, index) for _ in range(_LOADS)])
            for state in _STATES:
                first, last = _changes(page, state)
                _tell(f"to {state} and back", first)
                _tell("    the charts below", last)


def _load(page: Page, index: Path) -> float:
    page.goto("about:blank")
    page.goto(index.as_uri())
    return float(page.evaluate(_LOADED_MS))


def _changes(page: Page, state: str) -> tuple[list[float], list[float]]:
    """Times until the first and until the last chart show a state, there and back five times."""
    firsts, lasts = [], []
    for _ in range(5):
        for wanted in (state, ""):
            first, last, drawn = page.evaluate(_CHANGE_MS, wanted)
            if set(drawn.removeprefix("#").split("&")) != set((wanted or "default").split("&")):
                raise SystemExit(f"The page was asked for {wanted!r} and drew {drawn!r}.")
            firsts.append(float(first))
            lasts.append(float(last))
    return firsts, lasts


def _tell(what: str, times: list[float]) -> None:
    print(f"{what:75} median {statistics.median(times):6.0f} ms, worst {max(times):6.0f} ms")


if __name__ == "__main__":
    main()
