"""How large the search is with 300,000 papers, and what a search and an entry load of it.

Writes the index and the entries of made-up papers, then searches them from disk in headless
Chromium. Fails if a search can load more than 1 MB or an entry more than 200 kB.
python -m benchmarks.bench_search
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, unquote, urlparse

import duckdb
from playwright.sync_api import Page

from benchmarks.synthetic import add_entries, add_papers
from dashboards.build import build_site
from dashboards.search import write_search
from pipeline.store.database import migrate
from tests.dashboards.browsing import chromium

_MOST_WORDS, _MOST_RESULTS = 5, 50
_MOST_SEARCH, _MOST_ENTRY = 1_000_000, 200_000
_SEARCHES = (
    *("l", "deep l", "deep learning for", "s t c d m", "1901", "venue 3 2019"),
    *("the of and for with", "siticotion", "segmentation adversarial attention"),
    "segmantation adversarial attention",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        with duckdb.connect() as empty:
            migrate(empty)
            index = build_site(empty, site)
        with duckdb.connect(str(Path(folder) / "facts.duckdb")) as store:
            migrate(store)
            add_papers(store)
            add_entries(store)
            _write(store, site)
            papers = store.sql(
                "select paper_id from paper using sample 5 (reservoir, 7)"
            ).fetchall()
        _check_sizes(site / "search")
        with chromium() as browser:
            page = browser.new_page()
            for text in _SEARCHES:
                _tell_load(page, index.with_name("search.html"), f"#q={quote(text)}")
            for (paper_id,) in papers:
                _tell_load(page, index.with_name("search.html"), f"#paper={quote(paper_id)}")


def _write(store: duckdb.DuckDBPyConnection, site: Path) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    write_search(store, site)
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"written in {time.perf_counter() - started:.0f} s "
        f"({time.process_time() - cpu:.0f} s of CPU), at most {most_mb:,.0f} MB of memory"
    )


def _check_sizes(search: Path) -> None:
    """Print the sizes of the shards, and the most that a search and an entry can load."""
    largest = {"directory": (search / "directory.js").stat().st_size}
    for folder in sorted(path for path in search.iterdir() if path.is_dir()):
        sizes = [file.stat().st_size for file in folder.iterdir()]
        largest[folder.name] = max(sizes)
        print(
            f"{folder.name:9} {len(sizes):6,} files, {sum(sizes) / 1e6:7.1f} MB, "
            f"the largest has {max(sizes):,} bytes"
        )
    word = largest["keys"] + max(largest["keys"], largest["prefixes"])
    records = _MOST_RESULTS * largest["records"]
    words = _MOST_WORDS + 1  # a misspelled word is looked up twice
    search_bytes = largest["directory"] + words * word + records
    entry_bytes = largest["directory"] + largest["ids"] + largest["entries"]
    print(f"directory: {largest['directory']:,} bytes")
    print(f"a search loads at most {search_bytes:,} bytes, an entry at most {entry_bytes:,}")
    if search_bytes > _MOST_SEARCH or entry_bytes > _MOST_ENTRY:
        raise SystemExit("A search or an entry can load too much.")


def _tell_load(page: Page, file: Path, state: str) -> None:
    """Open a state from disk; print what it loads of search/ and how long it takes."""
    loaded: set[Path] = set()
    page.goto("about:blank")
    page.on("request", lambda sent: loaded.add(Path(unquote(urlparse(sent.url).path))))
    started = time.perf_counter()
    page.goto(file.as_uri() + state)
    page.wait_for_selector("body[data-drawn]")
    took_ms = 1000 * (time.perf_counter() - started)
    shards = [path for path in loaded if "search" in path.parts[-3:-1] and path.exists()]
    size = sum(path.stat().st_size for path in shards if path.suffix == ".js")
    said = page.inner_text("#find-status").replace("\n", " ")
    print(f"{unquote(state):40} {len(loaded):3} files, {size:9,} bytes, {took_ms:5.0f} ms: {said}")


if __name__ == "__main__":
    main()
