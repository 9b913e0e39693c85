"""`adoption sample record` from end to end: what is recorded is what is replayed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.resources import SAMPLE
from tests.git_history import commit, new_repository
from tests.stand_ins.command import ADOPTION, add_databases

LISTS = {
    "pwc.csv": (
        "paper_url,paper_title,paper_arxiv_id,repo_url,is_official\n"
        "https://paperswithcode.com/paper/a,A,1701.00001,https://github.com/o/moved,true\n"
    ),
    "conferences.csv": (
        "venue,year,title,arxiv_id,raw_link\n"
        "iclr,2020,C,2001.00003,https://github.com/o/late\n"
        "iclr,2020,E,2001.00005,https://github.com/o/gone\n"
    ),
}
MOVED = [(2016, "theano"), (2017, "theano"), (2018, "theano"), (2019, "pytorch")]


@pytest.fixture
def folder(tmp_path: Path, prefect: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the lists. Commands use the Prefect server that is there, and one process."""
    monkeypatch.setenv("PREFECT_API_URL", prefect)
    monkeypatch.setenv("ADOPTION_WORKERS", "1")
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def adoption(folder: Path, *command: str) -> str:
    """What a command prints."""
    settings = {"ADOPTION_DATA": str(folder / "data"), "ADOPTION_SITE": str(folder / "site")}
    add_databases(folder / "data")
    done = subprocess.run(
        [*ADOPTION, *command],
        env=os.environ | settings,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def record(folder: Path, sample: str = "sample", *more: str) -> str:
    """Record a sample of the two lists."""
    add_databases(folder / sample)
    lists = [
        option
        for name in LISTS
        for option in ("--links", name, "--origin", f"origin of {name}", "--licence", "CC0")
    ]
    return adoption(folder, "sample", "record", sample, *lists, "--code", "clones:clones", *more)


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as store:
        return store.sql(sql).fetchall()


def moved_and_late(folder: Path) -> None:
    """A repository that moves to PyTorch, and one whose code comes a year after its paper."""
    moved = new_repository(folder / "moved")
    commit(moved, "2016-12-01", {"net.py": "import theano", "data.py": "import numpy"})
    commit(moved, "2019-12-01", {"net.py": "import torch"})
    late = new_repository(folder / "late")
    commit(late, "2020-12-01", {"README.md": "Soon."})
    commit(late, "2021-01-01", {"net.py": "import jax"})


@pytest.mark.slow
def test_what_is_recorded_is_what_is_replayed_and_a_second_recording_continues(
    folder: Path,
) -> None:
    clones = folder / "clones" / "o"
    moved_and_late(clones)
    (clones / "late").rename(folder / "late")
    record(folder)
    working = folder / "sample" / "work" / "adoption.duckdb"
    scans = "select scan_id, scanned_at from scan where unit_id = 'github.com/o/moved' order by 1"
    scanned = rows(working, scans)
    assert len(scanned) == 2

    (folder / "late").rename(clones / "late")
    told = record(folder)
    assert rows(working, scans) == scanned
    assert [line.split() for line in told.splitlines() if line] == [
        ["stratum", "in", "the", "lists", "drawn", "had", "judged"],
        ["learning", "2", "2", "1", "1"],
        ["pwc", "1", "1", "1", "1"],
        ["all", "3", "3", "2", "2"],
        ["papers", "of", "judged", "then", "judged", "now"],
        ["2017", "1", "1"],
        ["2020", "1", "1"],
    ]
    sample = folder / "sample"
    drawn = pq.read_table(sample / "draw.parquet").to_pylist()
    assert {(row["name"], row["stratum"], row["outcome"]) for row in drawn} == {
        ("moved", "pwc", "ok"),
        ("late", "learning", "ok"),
        ("gone", "learning", "not_found"),
    }
    scans = pq.read_table(sample / "scan.parquet").to_pylist()
    (gone,) = [row for row in scans if row["status"] == "not_found"]
    assert gone["message"] == "github.com/o/gone had no copy when the sample was recorded."
    provenance = json.loads((sample / "provenance.json").read_text())
    assert [item["origin"] for item in provenance["lists"]] == [
        "origin of pwc.csv",
        "origin of conferences.csv",
    ]
    assert provenance["repositories_by_outcome"] == {"ok": 2, "not_found": 1}

    adoption(folder, "run", "--links", "sample/links.parquet", "--code", "recorded:sample")
    published = folder / "data" / "adoption.duckdb"
    assert rows(published, "from default_choice") == [("then",)]
    frameworks = (
        "select title, moment, label from paper_framework "
        "inner join paper using (paper_id) order by title, moment"
    )
    assert rows(published, frameworks) == [
        ("A", "now", "pytorch"),
        ("A", "then", "theano"),
        ("C", "now", "jax"),
        ("C", "then", "jax"),
    ]
    ends = (
        "select year, label from year_end_framework "
        "where unit_id = 'github.com/o/moved' order by year"
    )
    assert rows(published, ends) == MOVED
    moves = "select unit_id, from_family, to_family from framework_migration"
    assert rows(published, moves) == [("github.com/o/moved", "theano", "pytorch")]
    for table in ("paper_commit", "year_end", "repository_history"):
        # of a missing repository, the sample leaves out where the recording looked for it
        facts = f"select columns(lambda name: name <> 'message') from {table} order by all"
        assert rows(published, facts) == rows(working, facts)


@pytest.mark.slow
def test_a_repository_that_is_gone_keeps_the_facts_of_an_earlier_sample(folder: Path) -> None:
    clones = folder / "clones" / "o"
    moved_and_late(clones)
    record(folder, "first")
    shutil.rmtree(clones / "late")
    record(folder, "second", "--earlier", "first")
    newest = f"""
        select unit_id, string_agg(module order by module)
        from '{folder}/second/scan.parquet' inner join '{folder}/second/import_fact.parquet'
        using (scan_id) where is_head group by unit_id order by unit_id
    """
    assert duckdb.sql(newest).fetchall() == [
        ("github.com/o/late", "jax"),
        ("github.com/o/moved", "numpy,torch"),
    ]
    commits = "from '{}/paper_commit.parquet' where unit_id = 'github.com/o/late'"
    assert duckdb.sql(commits.format(folder / "second")).fetchall() == (
        duckdb.sql(commits.format(folder / "first")).fetchall()
    )


def test_the_sample_of_the_project_is_what_its_provenance_says() -> None:
    provenance = json.loads((SAMPLE / "provenance.json").read_text())
    drawn = pq.read_table(SAMPLE / "draw.parquet").to_pylist()
    outcomes = [row["outcome"] for row in drawn]
    assert {key: outcomes.count(key) for key in set(outcomes)} == (
        provenance["repositories_by_outcome"]
    )
    scans = pq.read_table(SAMPLE / "scan.parquet").to_pylist()
    assert len(scans) == provenance["scans"]
    assert sum(row["is_head"] for row in scans) == provenance["scans_of_newest_commits"]
    versions = [row["scanner_version"] for row in scans]
    assert {key: versions.count(key) for key in set(versions)} == (
        provenance["scans_by_scanner_version"]
    )
    assert all(row["commit_id"] for row in scans if row["status"] == "ok")
    assert pq.read_metadata(SAMPLE / "import_fact.parquet").num_rows == provenance["import_facts"]
    assert sum(file.stat().st_size for file in SAMPLE.iterdir()) < 20 * 2**20


def test_the_sample_of_the_project_holds_its_own_draw() -> None:
    design = json.loads((SAMPLE / "provenance.json").read_text())["draw"]
    cells: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in pq.read_table(SAMPLE / "draw.parquet").to_pylist():
        cells.setdefault((row["stratum"], row["year"]), []).append(row)
    for (stratum, year), rows in cells.items():
        assert sorted(row["place"] for row in rows) == list(range(1, len(rows) + 1))
        assert {row["weight"] for row in rows} == {rows[0]["cell_size"] / len(rows)}
        most = design["per_cell_of_year"].get(str(year), design["per_cell"])
        assert len(rows) <= most or stratum in design["whole"]
