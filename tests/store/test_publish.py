"""What is published: the answers of the plain views, whichever way the file came about."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import duckdb
import pytest

from pipeline.errors import StoreError
from pipeline.store import stored_votes
from pipeline.store.export import export_answers, published_names
from pipeline.store.publish import publish
from pipeline.store.rules import view_files
from pipeline.store.snapshot import Snapshot, statements
from tests.facts_of import Store, add_paper, add_repository, database
from tests.recorded_facts import Facts, loaded, recorded_facts

# each test publishes a database
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("continued")]

_RELATIONS = """
    select table_name from information_schema.tables
    where table_catalog = current_database() and table_schema = 'main' order by table_name
"""
_VIEWS = "select view_name from duckdb_views() where not internal"
_OTHER_VIEWS = """
    select view_name, sql from duckdb_views() where not internal and not contains(sql, '"stored".')
"""
_OF_THE_PUBLICATION = {"manifest", "progress_mark"}

Rows = dict[str, tuple[int, str | None]]


def relations(store: Store) -> list[str]:
    return [name for (name,) in store.execute(_RELATIONS).fetchall()]


def rows_of(store: Store, names: list[str]) -> Rows:
    """The number of rows of each relation and a hash of them all, in any order."""
    hashes = "select count(*), sum(hash(rows::varchar))::varchar from {} as rows"
    return {name: store.execute(hashes.format(name)).fetchall()[0] for name in names}


def answered(store: Store) -> None:
    """Compute every plain view once: a table with its rows takes its place.

    In the order of their files, so each reads the rows of those before it. In another order, DuckDB
    would plan all of them together.
    """
    views = {name for (name,) in store.execute(_VIEWS).fetchall()}
    for name in view_files():
        if name in views:
            store.execute(f"create table answered as from {name}")
            store.execute(f"drop view {name}; alter table answered rename to {name}")


def published_rows(file: Path) -> Rows:
    """The rows of all that a file stores. A view on that has its SQL instead."""
    with duckdb.connect(str(file), read_only=True) as published:
        views = dict(published.execute(_OTHER_VIEWS).fetchall())
        stored = set(relations(published)) - _OF_THE_PUBLICATION - views.keys()
        return rows_of(published, sorted(stored)) | {name: (0, views[name]) for name in views}


@pytest.fixture(scope="module")
def sample() -> Facts:
    return recorded_facts()


def test_a_published_sample_has_the_rows_of_the_plain_views(sample: Facts, tmp_path: Path) -> None:
    with loaded(sample, threads=2) as store:
        names = sorted(set(relations(store)) - _OF_THE_PUBLICATION)
        publish(store, tmp_path / "adoption.duckdb")
        answered(store)
        expected = rows_of(store, names)
    with duckdb.connect(str(tmp_path / "adoption.duckdb"), read_only=True) as published:
        found = rows_of(published, sorted(set(relations(published)) - _OF_THE_PUBLICATION))
    assert [name for name in expected if found.get(name) != expected[name]] == []
    assert found.keys() == expected.keys()
    assert expected["import_fact"][0] > 2_000_000


def fill(store: Store, names: str) -> None:
    """A paper and a repository for each letter. The repositories import many things."""
    for name in names:
        files = {
            "net.py": f"import torch, {name}_own\nfrom torch import nn",
            "old.py": "import tensorflow as tf\ntf.Session()",
            "tests/test_net.py": "import jax",
            "bert.py": "import transformers\ntransformers.BertModel",
            "chat.py": "import openai",
        }
        add_repository(store, name, files)
        add_paper(store, f"p{name}", name)


def afresh(store: Store, folder: Path) -> Rows:
    """The rows of a file that does not continue an earlier one."""
    publish(store, folder / "afresh.duckdb")
    return published_rows(folder / "afresh.duckdb")


def change(file: Path, sql: str) -> None:
    """Change a published file behind the program's back."""
    with duckdb.connect(str(file)) as published:
        published.execute(sql)


def weights(file: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(file), read_only=True) as published:
        sql = "select framework, files from repo_framework order by scan_id, framework"
        return published.execute(sql).fetchall()


def test_a_file_that_continues_another_has_the_rows_of_one_that_does_not(tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "b")
    publish(store, target)
    fill(store, "ca")
    publish(store, target)
    rows = published_rows(target)
    assert rows == afresh(store, tmp_path)
    assert rows["scan"][0] == 3
    assert rows["framework_import"][0] == 3 * 5
    assert rows["hosted_model_import"][0] == 3


def test_the_votes_of_a_scan_are_computed_once(tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "a")
    publish(store, target)
    change(target, "update stored.repo_framework set files = 77")
    fill(store, "b")
    publish(store, target)
    files = [files for _, files in weights(target)]
    assert sorted(files) == [1, 1, 2, 77, 77, 77]


@pytest.mark.parametrize(
    "rule",
    [
        "update vote_weight set weight = 0.5 where circumstance = 'peripheral'",
        "update framework_module set framework = 'chainer' where module = 'torch'",
    ],
)
def test_a_rule_that_changed_labels_every_scan_again(rule: str, tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "ab")
    publish(store, target)
    change(target, "update stored.repo_framework set files = 77")
    store.execute(rule)
    publish(store, target)
    assert 77 not in [files for _, files in weights(target)]
    assert published_rows(target) == afresh(store, tmp_path)


_TOUCHED = ("unit", "repo_label", "label_agreement")
_KEPT_AFTER = {
    "update venue set area = 'nlp' where venue = 'AAAI'": [],
    "update vote_weight set weight = 0.5 where circumstance = 'peripheral'": ["unit"],
    "update confidence_level set vote_from = 2 where confidence = 'high'": ["unit"],
    "delete from adjudication": ["unit", "repo_label"],
}


@pytest.mark.parametrize(("rule", "kept"), _KEPT_AFTER.items())
def test_answers_that_do_not_rest_on_a_rule_are_kept_when_it_changes(
    rule: str, kept: list[str], tmp_path: Path
) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "a")
    publish(store, target)
    for answer in _TOUCHED:
        change(target, f"insert into {answer} (unit_id) values ('kept')")
    store.execute(rule)
    publish(store, target)
    with duckdb.connect(str(target), read_only=True) as published:
        rows = {name: published.table(name).filter("unit_id = 'kept'") for name in _TOUCHED}
        assert [name for name in _TOUCHED if rows[name].fetchall()] == kept


@pytest.mark.parametrize("rule", _KEPT_AFTER)
def test_answers_follow_a_rule_that_changes(rule: str, tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "a")
    store.execute("update paper set venue = 'AAAI 2019'")
    store.execute("insert into adjudication values ('github.com/o/a', 'pwc', 'ours', 'Read.')")
    publish(store, target)
    before = published_rows(target)
    store.execute(rule)
    publish(store, target)
    rows = published_rows(target)
    assert rows == afresh(store, tmp_path)
    assert rows != before


@pytest.fixture
def batch_for_each_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_votes, "_FILES_AT_ONCE", 1)


@pytest.mark.parametrize("threads", [1, 2])
def test_batches_give_the_rows_of_one_batch(
    threads: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    store.execute(f"set threads = {threads}")
    fill(store, "ab")
    for name, word in (("c", "Tokenizer"), ("d", "TFBertModel"), ("e", "FlaxBertModel")):
        add_repository(store, name, {"bert.py": f"import transformers\ntransformers.{word}"})
    rows = afresh(store, tmp_path)
    request.getfixturevalue("batch_for_each_scan")
    publish(store, target)
    assert published_rows(target) == rows
    assert rows["framework_import"][0] == 2 * 5 + 2


@pytest.mark.parametrize("step", ["batch_of_facts", "add_votes"])
@pytest.mark.usefixtures("batch_for_each_scan")
def test_an_error_in_a_batch_leaves_the_published_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "abc")
    publish(store, target)
    earlier = target.read_bytes()
    store.execute("update vote_weight set weight = 0.5 where circumstance = 'peripheral'")

    def damaged(name: str) -> str:
        return "select error('half a batch')" if name == step else statements(name)

    with monkeypatch.context() as patch, pytest.raises(StoreError, match="half a batch"):
        patch.setattr(stored_votes, "statements", damaged)
        publish(store, target)
    assert "half a batch" in capsys.readouterr().err
    assert target.read_bytes() == earlier
    publish(store, target)
    assert published_rows(target) == afresh(store, tmp_path)


def test_ctrl_c_between_two_statements_of_a_batch_ends_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_between = Event()
    statements_run: list[int] = []

    def compute_slowly(lane: Snapshot, *_: object) -> None:
        is_between.set()
        time.sleep(0.3)
        for number in range(100):
            lane.connection.execute("select max(hash(n)) from range(20_000_000) as numbers (n)")
            statements_run.append(number)

    def press_ctrl_c(*_: object) -> None:
        is_between.wait()
        raise KeyboardInterrupt

    store = database()
    fill(store, "a")
    monkeypatch.setattr(stored_votes, "_compute_batch", compute_slowly)
    monkeypatch.setattr(stored_votes, "_store_computed", press_ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        publish(store, tmp_path / "adoption.duckdb")
    assert len(statements_run) < 100


def test_a_name_that_is_imported_later_has_one_mention_and_keeps_it(tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    used, imported = "import transformers\ntransformers.BertModel", "import transformers.BertModel"
    for name, code in (("a", used), ("b", used), ("c", imported)):
        add_repository(store, name, {"bert.py": code})
        publish(store, target)
    assert mentions(target) == ["transformers", "transformers.BertModel"]
    store.execute("update vote_weight set weight = 0.5 where circumstance = 'peripheral'")
    publish(store, target)
    assert mentions(target) == ["transformers", "transformers.BertModel"]
    assert published_rows(target) == afresh(store, tmp_path)


def mentions(file: Path) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as published:
        rows = published.execute("select module from stored.mention order by module").fetchall()
    return [module for (module,) in rows]


@pytest.mark.parametrize(
    "other",
    [
        "update progress_mark set mark = 'other' where name = 'store'",
        "delete from scan where unit_id = 'github.com/o/a'",
    ],
    ids=["of another database", "with a scan that the database lacks"],
)
def test_a_file_of_other_facts_is_not_continued(
    other: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "ab")
    publish(store, target)
    change(target, "update stored.import_line set line = 77")
    store.execute(other)
    publish(store, target)
    capsys.readouterr()  # a scan that is missing leaves facts without one
    with duckdb.connect(str(target), read_only=True) as published:
        assert published.execute("select count(*) from import_fact where line = 77").fetchall() == [
            (0,)
        ]
        scans = "select (select count(*) from scan) = count(distinct scan_id) from import_fact"
        assert published.execute(scans).fetchall() == [(True,)]


@dataclass(frozen=True)
class Grown:
    """A database that grew since a file was published. Tests that damage a copy share it."""

    store: Store
    earlier: bytes
    """The file."""
    rows: Rows
    """Those of a file that is published now."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    store, folder = database(), tmp_path_factory.mktemp("grown")
    fill(store, "a")
    publish(store, folder / "earlier.duckdb")
    fill(store, "b")
    return Grown(store, (folder / "earlier.duckdb").read_bytes(), afresh(store, folder))


@pytest.mark.parametrize("content", [b"", b"no database" * 1000], ids=["empty", "text"])
def test_a_damaged_file_is_replaced(
    content: bytes, grown: Grown, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "adoption.duckdb"
    target.write_bytes(content)
    publish(grown.store, target)
    said = capsys.readouterr()
    assert f"{target} cannot be updated, so all of it is written again: " in said.err
    assert not said.out
    assert published_rows(target) == grown.rows


@pytest.mark.parametrize("tenth", [2, 5, 8])
def test_a_file_with_a_damaged_block_is_replaced(
    tenth: int, grown: Grown, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, content = tmp_path / "adoption.duckdb", bytearray(grown.earlier)
    start = len(content) * tenth // 10
    content[start : start + 4096] = bytes(255 - byte for byte in content[start : start + 4096])
    target.write_bytes(content)
    publish(grown.store, target)
    capsys.readouterr()  # it depends on what the block held
    assert published_rows(target) == grown.rows
    assert grown.rows["scan"][0] == 2


@pytest.mark.parametrize(
    "loss",
    ["delete from api_use", "drop table api_use", "delete from stored.import_line where line = 1"],
)
def test_a_file_that_lost_facts_is_replaced(
    loss: str, grown: Grown, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "adoption.duckdb"
    target.write_bytes(grown.earlier)
    change(target, loss)
    publish(grown.store, target)
    assert "written again" in capsys.readouterr().err
    assert published_rows(target) == grown.rows


def test_facts_without_a_scan_do_not_stop_publishing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "ab")
    store.execute("delete from scan where unit_id = 'github.com/o/a'")
    for _ in range(2):
        publish(store, target)
        assert published_rows(target)["scan"][0] == 1
    assert "It has other facts than the database." in capsys.readouterr().err


def test_what_a_killed_publication_left_is_removed(tmp_path: Path) -> None:
    store, target = database(), tmp_path / "adoption.duckdb"
    fill(store, "a")
    for name in ("adoption.next", "adoption.next.wal"):
        (tmp_path / name).write_bytes(b"half")
    publish(store, target)
    assert [file.name for file in tmp_path.iterdir()] == ["adoption.duckdb"]


def test_what_a_run_exports_has_no_files_and_lines(tmp_path: Path) -> None:
    target, exports = tmp_path / "adoption.duckdb", tmp_path / "export"
    publish(database(), target)
    exports.mkdir()
    for name in ("import_fact", "mine"):
        (exports / f"{name}.parquet").touch()
    export_answers(target, exports)
    exported = {file.stem for file in exports.iterdir()}
    assert set(published_names(target)) - exported == {
        *("api_use", "family_vote", "file_problem", "file_vote", "framework_import"),
        *("hosted_model_import", "import_fact", "import_or_name", "local_import"),
        *("local_module", "taken_name", "used_name"),
    }
    assert {"share_by_year", "mine"} < exported
