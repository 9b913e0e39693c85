"""The manifest of a published file, and exports that are the same for the same content."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from pydantic import SecretStr

from dashboards.build import build_site
from pipeline import __version__
from pipeline.settings import Settings
from pipeline.store.database import open_published
from pipeline.store.export import export_published
from pipeline.store.publish import publish
from pipeline.terminal.status import status
from tests.facts_of import Store, add_paper, add_repository, database, given

pytestmark = pytest.mark.slow  # databases are published

Published = Callable[[str], tuple[Store, Path]]


def filled(names: str = "ab") -> Store:
    """A database with a paper and a repository for each letter, in this order."""
    store = database()
    for name in names:
        add_repository(store, name, {"run.py": "import torch", "net.py": "import jax"})
        add_paper(store, f"p{name}", name)
    store.execute("update scan set commit_id = md5(unit_id)")
    return store


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A database that is filled with these names, and the file that was published of it."""

    @cache
    def publish_once(names: str) -> tuple[Store, Path]:
        store, file = filled(names), tmp_path_factory.mktemp(names) / "adoption.duckdb"
        publish(store, file, {"site_url": "https://example.org"})
        return store, file

    return publish_once


def entries(store: duckdb.DuckDBPyConnection, part: str) -> dict[str, str]:
    return dict(store.execute("select name, value from manifest where part = ?", [part]).fetchall())


def test_a_published_file_says_what_it_was_made_of(tmp_path: Path) -> None:
    store, target = filled(), tmp_path / "adoption.duckdb"
    drawn = [("github.com/o/a", "nlp"), ("github.com/o/b", "pwc"), ("github.com/o/c", "pwc")]
    same = {"year": 2020, "place": 1, "cell_size": 1, "weight": 1.0}
    given(store, "sample_repository", "repository stratum", drawn, **same)
    settings = Settings(github_token=SecretStr("s3cret"), data=tmp_path)
    publish(store, target, settings.without_secrets())
    with open_published(target) as reader:
        assert entries(reader, "count") == {
            "linked_papers": "2",
            "judged_papers": "2",
            "undated_papers": "0",
            "read_repositories": "2",
            "imports": "4",
            "scanned_commits": "2",
            "corrections": "0",
        }
        assert entries(reader, "stratum") == {"nlp": "1", "pwc": "2"}
        assert entries(reader, "version")["adoption"] == __version__
        assert {len(value) for value in entries(reader, "hash").values()} == {64}
        assert entries(reader, "setting")["data"] == str(tmp_path)
        assert "s3cret" not in str(reader.sql("from manifest").fetchall())
        assert "github_token" not in entries(reader, "setting")


def test_status_and_the_foot_of_each_page_show_it(published: Published, tmp_path: Path) -> None:
    store, target = published("ab")
    rules = entries(store, "hash")["rules"][:10]
    shown = [line for line in status(store, Settings(data=target.parent)) if rules in line]
    assert len(shown) == 1
    with open_published(target) as reader:
        site = build_site(reader, tmp_path / "site").parent
    for page in site.glob("*.html"):
        assert f"by version {__version__}, rules {rules}" in page.read_text(), page.name
    # a column that can hold long values breaks them, so that the table fits
    assert (
        'read_repositories</th><td class="long" data-label="value">2</td>'
        in (site / "data.html").read_text()
    )


def test_each_parquet_file_says_what_it_was_made_of(published: Published, tmp_path: Path) -> None:
    _, target = published("ab")
    (file,) = export_published(target, tmp_path / "one", ["share_by_year"])
    metadata = pq.read_metadata(file).metadata
    with open_published(target) as reader:
        rules = entries(reader, "hash")["rules"]
    assert metadata[b"version.adoption"].decode() == __version__
    assert metadata[b"hash.rules"].decode() == rules
    assert metadata[b"count.judged_papers"] == b"2"
    assert not [name for name in metadata if name.startswith((b"time", b"setting"))]


def test_the_hash_of_commits_tells_whether_other_commits_were_scanned(
    published: Published,
) -> None:
    hashes = {
        names: entries(published(names)[0], "hash")["commits"] for names in ("ab", "ba", "ac", "a")
    }
    assert hashes["ab"] == hashes["ba"]
    assert len(set(hashes.values())) == 3


def test_the_same_content_gives_the_same_exports_byte_for_byte(
    published: Published, tmp_path: Path
) -> None:
    exports = []
    for names in ("ab", "ba"):
        _, file = published(names)
        exports.append({f.name: f for f in export_published(file, tmp_path / names)})
    different = {
        name
        for name, file in exports[0].items()
        if file.read_bytes() != exports[1][name].read_bytes()
    }
    with_times = {"manifest", "paper", "paper_link", "progress_mark", "scan"}
    with_times |= {"corrected_link", "corrected_paper"}
    assert different <= {f"{name}.parquet" for name in with_times}
