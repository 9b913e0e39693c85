"""The databases that benchmarks fill with SQL have the present schema."""

from pathlib import Path

from benchmarks import bench_collect, bench_store
from benchmarks.synthetic import add_entries, add_papers
from dashboards.search import write_search
from pipeline.scan.records import SCANNER_VERSION
from pipeline.store.connections import quoted
from pipeline.store.database import due_rows, now, open_store
from tests.facts_of import Store, add_paper, add_repository, database, database_file


def test_the_known_repositories_are_due_for_metadata_alone(tmp_path: Path) -> None:
    bench_collect.fill(tmp_path, 3)
    with open_store(tmp_path / "work" / "adoption.duckdb") as store:
        days = {"now": now(), "recheck_days": 30}
        names = due_rows(store, "names", refresh_days=0, **days)
        assert [row["name"] for row in names] == ["r0", "r1", "r2"]
        assert due_rows(store, "units", scanner_version=SCANNER_VERSION, **days) == []


def test_many_units_are_copies_of_those_of_the_sample(tmp_path: Path) -> None:
    sample, working = tmp_path / "sample.duckdb", database_file(tmp_path / "working.duckdb")
    with database() as store:
        for name in "ab":
            add_repository(store, name, {"net.py": "import torch"})
            add_paper(store, name, name, 2019)
        bench_store.number_units(store)
        store.execute(f"attach '{quoted(sample)}' as sample")
        store.execute("copy from database memory to sample")
    bench_store.load(working, sample, 1, 4)
    with open_store(working) as store:
        assert store.sql("select unit_id, label from repo_label order by all").fetchall() == [
            ("github.com/o-0/b", "pytorch"),
            ("github.com/o-1/a", "pytorch"),
            ("github.com/o-1/b", "pytorch"),
        ]


def test_the_search_of_synthetic_papers_can_be_written(tmp_path: Path) -> None:
    with database() as store:
        add_papers(store, 20)
        add_entries(store)
        assert store.sql("select count(distinct paper_id) from dated_paper").fetchall() == [(20,)]
        write_search(store, tmp_path)
    assert (tmp_path / "search" / "directory.js").exists()


def test_synthetic_papers_and_entries_leave_every_view_its_columns() -> None:
    with database() as store:
        before = columns(store)
        add_papers(store, 1)
        add_entries(store)
        assert before == {name: columns(store)[name] for name in before}


def columns(store: Store) -> dict[str, list[str]]:
    rows = store.sql("""
        select table_name, list(column_name order by column_name)
        from duckdb_columns() where not internal group by table_name
    """).fetchall()
    return {str(name): names for name, names in rows}
