"""Samples: the same draw for ever, and what is recorded is what is replayed."""

import json
from pathlib import Path
from unittest.mock import ANY

import pyarrow.parquet as pq

from pipeline.code.clones import Clones
from pipeline.papers.identity import arxiv_month
from pipeline.papers.paper_lists import list_links
from pipeline.papers.records import PaperLink
from pipeline.resources import SAMPLE
from pipeline.sample.record import Recording, draw, record
from pipeline.settings import Settings
from pipeline.store.database import write
from pipeline.store.paper_rows import link_batch
from pipeline.store.replay import replay
from tests.facts_of import database


def paper(number: int, arxiv: str, repository: str) -> PaperLink:
    return PaperLink(
        f"p{number}", "pwc", f"https://github.com/{repository}", published=arxiv_month(arxiv)
    )


LINKS = [paper(n, f"{15 + n % 5}01.00001", f"o/r{n}") for n in range(200)]


def test_a_draw_is_the_same_for_ever_and_takes_as_many_of_each_year() -> None:
    drawn = draw(LINKS, "s", 3)
    assert drawn == draw(reversed(LINKS), "s", 3)
    assert {year: sum(item.year == year for item in drawn) for year in range(2015, 2020)} == (
        dict.fromkeys(range(2015, 2020), 3)
    )


def test_a_larger_draw_contains_the_smaller_and_another_seed_draws_others() -> None:
    assert set(draw(LINKS, "s", 3)) < set(draw(LINKS, "s", 9))
    assert {item.repository for item in draw(LINKS, "s", 3)} != {
        item.repository for item in draw(LINKS, "t", 3)
    }


def test_a_repository_of_several_papers_belongs_to_the_year_of_the_first() -> None:
    links = [paper(1, "1901.00001", "o/r"), paper(2, "1601.00001", "O/R")]
    (drawn,) = draw(links, "s", 5)
    assert (drawn.repository, drawn.year) == ("github.com/o/r", 2016)


def test_what_is_recorded_is_what_is_replayed(tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_text(
        "repo_url,paper_arxiv_id\nhttps://github.com/o/here,1901.00001\n"
        "https://github.com/o/gone,1901.00002\n"
    )
    here = tmp_path / "clones" / "o" / "here"
    here.mkdir(parents=True)
    (here / "net.py").write_text("import torch")
    clones = Clones(tmp_path / "clones", Settings().scan_limits)
    settings = Settings(links=str(links))
    recording = Recording("s", 5, "a list", "CC0")
    counts = record(settings, recording, clones, tmp_path / "sample", lambda _: None)
    assert counts == {"ok": 1, "not_found": 1}
    store = database()
    write(store, link_batch(list_links(tmp_path / "sample" / "links.parquet")))
    assert sorted(replay(store, tmp_path / "sample", 30)) == [
        ("github.com/o/gone", "not_found", ANY),
        ("github.com/o/here", "ok", None),
    ]
    assert store.sql("select path, module from import_fact").fetchall() == [("net.py", "torch")]


def test_the_sample_of_the_project_is_what_its_provenance_says() -> None:
    provenance = json.loads((SAMPLE / "provenance.json").read_text())
    drawn = pq.read_table(SAMPLE / "draw.parquet").to_pylist()
    outcomes = [row["outcome"] for row in drawn]
    assert {key: outcomes.count(key) for key in set(outcomes)} == (
        provenance["repositories_by_outcome"]
    )
    scans = pq.read_table(SAMPLE / "scan.parquet").to_pylist()
    assert len(scans) == provenance["units"]
    assert all(row["commit_id"] for row in scans if row["status"] == "ok")
    assert pq.read_metadata(SAMPLE / "import_fact.parquet").num_rows == provenance["import_facts"]
    assert sum(file.stat().st_size for file in SAMPLE.iterdir()) < 8 * 2**20


def test_the_sample_of_the_project_holds_its_own_draw() -> None:
    provenance = json.loads((SAMPLE / "provenance.json").read_text())["draw"]
    rows = pq.read_table(SAMPLE / "draw.parquet").to_pylist()
    strata: dict[int, list[int]] = {}
    for row in rows:
        strata.setdefault(row["year"], []).append(row["place"])
    for places in strata.values():
        assert sorted(places) == list(range(1, len(places) + 1))
        assert len(places) <= provenance["per_year"]
