"""A publication computes the answers about what changed. They are those of a whole computation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from pipeline.store import copied_tables
from pipeline.store.changed_answers import KEYS, NEAR
from pipeline.store.copied_tables import TOUCHED
from pipeline.store.publish import publish
from pipeline.store.rules import RULE_TABLES, definition, view_files
from tests.facts_of import Store, add_papers, add_repositories, database
from tests.store.test_publish import change, published_rows

_FILES: tuple[dict[str, str], ...] = (
    {"a.py": "import torch"},
    {"a.py": "import tensorflow as tf\ntf.Session()"},
    {"a.py": "import tensorflow as tf\ntf.function(f)", "b.py": "import torch"},
    {"a.py": "import jax", "b.m": "x = 1"},
    {"a.py": "import numpy"},
)
_PAPERS = 100
_ENVIRONMENT = f"""
    insert into repo by name
    select
        range as repo_id, 'github.com' as host, 'o' as owner, 'r' || range as name,
        'ok' as status, timestamp '2017-03-01' + to_days(range::integer) as created_at,
        range * 7 as stars, range as forks, 'graphql' as api, timestamp '2026-01-01' as fetched_at
    from range({_PAPERS});

    -- every sixth name is another name of the repository before it
    insert into repo_lookup by name
    select
        'github.com' as host, 'o/r' || range as name_key,
        range - (range % 6 = 5)::integer as repo_id,
        if(range % 11 = 3, 'not_found', 'ok') as status, timestamp '2026-01-01' as looked_up_at
    from range({_PAPERS});

    -- every fourth paper links to the code of its neighbour, too
    insert into paper_link by name
    select
        paper_link.* replace (
            'r' || (range + 1) as paper_id, 'pwc' as source, raw_link || '/other' as raw_link,
            false as is_official, 'tf' as source_label
        )
    from paper_link inner join range({_PAPERS}) on unit_id = 'github.com/o/r' || range
    where range % 4 = 1;

    update scan
    set commit_id = 'c' || (hash(scan_id) % 3), committed_at = scanned_at - interval 5 year;

    insert into paper_commit by name
    select distinct on (paper_id, unit_id)
        paper_id, unit_id, commit_id, committed_at, 'in_time' as status, [] as notes,
        (hash(unit_id) % 700)::integer as lag_days, timestamp '2026-01-01' as found_at
    from paper_link inner join scan using (unit_id)
    where hash(paper_id) % 3 <> 0;

    insert into repository_history by name
    select distinct
        unit_id, 'ok' as status, timestamp '2016-01-01' as first_committed_at,
        timestamp '2025-01-01' as last_committed_at, timestamp '2026-01-01' as found_at
    from scan where hash(unit_id) % 2 = 0;

    -- corrections under former ids: a link to other code, a link that is wrong, a date
    insert into paper by name
    select 'bare' as paper_id, date '2019-01-01' as published_on, timestamp '2026-01-01' as seen_at;
    insert into override by name
    select
        corrections.*, 'it is so' as reason, 'me' as author, date '2026-01-01' as decided_on,
        'github.com/o/fresh' as unit_id, 'github.com' as host, 'o' as owner, 'fresh' as name,
        '' as subdir, date '2018-01-01' as published_on, 'day' as date_precision
    from (
        values
        (1, 'link', 'former', null, 'https://github.com/o/fresh'),
        (2, 'link', 'older', 'https://github.com/o/r70', null),
        (3, 'date', 'oldest', null, '2018-01-01')
    ) as corrections (csv_row, kind, item, old, new);

    insert into year_end by name
    select distinct on (unit_id)
        unit_id, 2020 as year, commit_id, committed_at, timestamp '2026-01-01' as found_at
    from scan semi join repository_history using (unit_id);
"""
_CHANGES = (
    "update paper set published_on = '2012-01-01' where paper_id = 'r2'",
    "update paper set venue = 'NeurIPS' where paper_id = 'r9'",
    "delete from paper_link where paper_id = 'r16'",
    "update paper_link set unit_id = 'github.com/o/r25', name = 'r25' where paper_id = 'r23'",
    "update paper_commit set commit_id = 'c9' where paper_id = 'r30'",
    "update repo set created_at = '2011-01-01', stars = 5000 where repo_id = 37",
    "update repo_lookup set repo_id = 45 where name_key = 'o/r44'",
    "update repository_history set first_committed_at = '2021-01-01'"
    " where unit_id = (select min(unit_id) from year_end)",
    "update year_end set commit_id = 'c9' where unit_id = (select max(unit_id) from year_end)",
    "insert into paper_alias"
    " values ('former', 'r60', 'doi'), ('older', 'r70', 'doi'), ('oldest', 'bare', 'doi')",
    "update scan set is_head = false where unit_id = 'github.com/o/r51'",
)
_KEY = """
    select constraint_column_names[-1] from duckdb_constraints()
    where table_name = ? and constraint_type = 'PRIMARY KEY'
"""


def filled() -> Store:
    """Papers of eight years with repositories, some with several names, links and commits."""
    store = database()
    add_repositories(store, {f"r{n}": _FILES[n % len(_FILES)] for n in range(_PAPERS)})
    add_papers(store, {f"r{n}": 2015 + n % 8 for n in range(_PAPERS)})
    store.execute(_ENVIRONMENT)
    return store


def change_facts(store: Store, random: Random) -> None:
    """Add, remove or change a row of a table, with a value that another row has."""
    table = random.choice(list(TOUCHED))
    one, other = (random.choice(_rowids(store, table)) for _ in range(2))
    ((key,),) = store.execute(_KEY, [table]).fetchall()
    kinds = ["change"] * 4 if table == "scan" else ["change", "change", "add", "remove"]
    match random.choice(kinds):
        case "change":
            columns = [name for (name, *_) in store.execute(f"describe {table}").fetchall()]
            column = random.choice([name for name in columns if name != "scan_id"])
            value = f"(select {column} from {table} where rowid = {other})"
            sql = f"update {table} set {column} = {value} where rowid = {one}"
        case "add":
            sql = (
                f"insert into {table} select * replace ({key} || '1' as {key}) "
                f"from {table} where rowid = {one}"
            )
        case _:
            sql = f"delete from {table} where rowid = {one}"
    with suppress(duckdb.ConstraintException):  # another row has this key
        store.execute(sql)


def _rowids(store: Store, table: str) -> list[int]:
    rows = store.execute(f"select rowid from {table} order by all").fetchall()
    return [rowid for (rowid,) in rows]


def assert_updated_as_computed(store: Store, target: Path) -> None:
    """Publish to `target`, and to a copy of it all of whose answers are computed."""
    whole = Path(shutil.copyfile(target, target.with_name("whole.duckdb")))
    publish(store, target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copied_tables, "_FEW", -1)
        publish(store, whole)
    found, expected = published_rows(target), published_rows(whole)
    assert [name for name in expected if found.get(name) != expected[name]] == []
    assert found.keys() == expected.keys()


@pytest.mark.slow  # it publishes a database often
@pytest.mark.usefixtures("continued")
@pytest.mark.parametrize("seed", range(2))
def test_answers_after_changes_are_those_of_a_whole_computation(seed: int, tmp_path: Path) -> None:
    store, random, target = filled(), Random(seed), tmp_path / "adoption.duckdb"
    publish(store, target)
    for step in range(3):
        for _ in range(random.randint(1, 3)):
            change_facts(store, random)
        if random.random() < 0.3:
            files = random.choice(_FILES) | {"n.py": f"import n{step}"}
            add_repositories(store, {f"r{random.randrange(_PAPERS)}": files})
        assert_updated_as_computed(store, target)


@pytest.mark.slow  # it publishes a database twice
@pytest.mark.usefixtures("continued")
def test_each_kind_of_change_reaches_the_answers(tmp_path: Path) -> None:
    store, target = filled(), tmp_path / "adoption.duckdb"
    publish(store, target)
    for sql in _CHANGES:
        store.execute(sql)
    assert_updated_as_computed(store, target)


@pytest.mark.slow  # it publishes a database twice
@pytest.mark.usefixtures("continued")
def test_answers_about_other_papers_are_kept(tmp_path: Path) -> None:
    store, target = filled(), tmp_path / "adoption.duckdb"
    publish(store, target)
    change(target, "update paper_framework set label = 'kept' where paper_id in ('r30', 'r7')")
    store.execute("update paper_link set is_official = false where paper_id = 'r30'")
    publish(store, target)
    with duckdb.connect(str(target), read_only=True) as published:
        kept = "select distinct paper_id from paper_framework where label = 'kept'"
        assert published.execute(kept).fetchall() == [("r7",)]


@pytest.mark.parametrize("view", KEYS)
def test_an_answer_that_is_updated_reads_nothing_whose_changes_are_unknown(view: str) -> None:
    known = KEYS.keys() | TOUCHED.keys() | {name.split(".")[1] for name in NEAR}
    known |= {*RULE_TABLES, "corrected_link", "label_correction", "default_choice"}
    assert read_by(view) - known == set()


def read_by(view: str) -> set[str]:
    """The tables and views that the SQL of a view names."""
    sql = definition(view_files()[view]).partition(" as\n")[2]
    ((parsed,),) = duckdb.execute("select json_serialize_sql(?)", [sql]).fetchall()
    parts = list(_parts(json.loads(parsed)))
    own = {entry["key"] for part in parts if "cte_map" in part for entry in part["cte_map"]["map"]}
    return {part["table_name"] for part in parts if part.get("type") == "BASE_TABLE"} - own


def _parts(parsed: object) -> Iterator[dict[str, Any]]:
    """All objects of a JSON document."""
    if isinstance(parsed, dict):
        yield parsed
        parsed = list(parsed.values())
    if isinstance(parsed, list):
        for part in parsed:
            yield from _parts(part)
