"""The same facts give the same answers, for every order of rows and number of threads."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.papers.records import PaperLink
from pipeline.store.connections import SETTINGS
from pipeline.store.database import write
from pipeline.store.paper_rows import link_batch
from pipeline.store.publish import publish
from tests.facts_of import Store, add_repository, given
from tests.recorded_facts import Facts, loaded, of_some_units, recorded_facts

Answers = dict[str, tuple[int, str | None]]
SOME = 300
THREADS = (1, 2, 3, 4, 8)
ROUNDS = 10
"""With some units of the sample. All units take ten times as long, so they have one round."""


@pytest.fixture(scope="module")
def sample() -> Facts:
    """The sample's facts and links, by table."""
    return recorded_facts()


@pytest.fixture(scope="module")
def part(sample: Facts) -> Facts:
    """The facts of some units of the sample."""
    return of_some_units(sample, SOME)


def views(store: Store) -> list[str]:
    """Names of all views."""
    names = store.sql("select view_name from duckdb_views() where not internal order by 1")
    return [name for (name,) in names.fetchall()]


def answers(store: Store, names: list[str]) -> Answers:
    """The number of rows of each view and a hash of them all, in any order."""
    hashes = "select count(*), sum(hash(answer::varchar))::varchar from {} as answer"
    return {name: store.sql(hashes.format(name)).fetchall()[0] for name in names}


def published_answers(facts: Facts, file: Path, threads: int, seed: int | None = None) -> Answers:
    """The answers of every view, from a published copy of a database with these facts."""
    with loaded(facts, seed, threads) as store:
        names = views(store)
        publish(store, file)
    with duckdb.connect(str(file), read_only=True, config=SETTINGS) as published:
        published.execute(f"set threads = {threads}")
        return answers(published, names)


@pytest.fixture(scope="module")
def expected(part: Facts, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The answers for a part of the sample in the recorded order, by one thread."""
    return published_answers(part, tmp_path_factory.mktemp("expected") / "it.duckdb", 1)


def changed(sample: Facts, file: Path, seed: int, expected: Answers) -> list[str]:
    """The views that answer otherwise when rows are shuffled and other threads read them."""
    found = published_answers(sample, file, THREADS[seed % len(THREADS)], seed)
    return [name for name in found if found[name] != expected[name]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_part_of_the_sample_has_the_same_answers_in_every_order(
    part: Facts, expected: Answers, tmp_path: Path, seed: int
) -> None:
    assert expected["repo_label"][0] > SOME / 2
    assert changed(part, tmp_path / "published.duckdb", seed, expected) == []


@pytest.mark.slow
def test_the_whole_sample_has_the_same_answers_in_another_order(
    sample: Facts, tmp_path: Path
) -> None:
    file = tmp_path / "published.duckdb"
    expected = published_answers(sample, file, threads=1)
    assert expected["repo_label"][0] > SOME
    eight_threads = THREADS.index(8)
    assert changed(sample, file, eight_threads, expected) == []


@pytest.mark.slow
def test_ten_tenths_tie_with_a_whole_vote_and_the_imports_decide(
    store: Store,
) -> None:
    # a sum of floating-point tenths is 0.9999... or 1, by the order of its rows
    tenths = {f"convert_{n}_torch.py": "import torch\nimport torch.nn" for n in range(10)}
    add_repository(store, "r", {"net.py": "import tensorflow as tf\ntf.Session()"} | tenths)
    assert store.sql("select family, score from repo_framework order by all").fetchall() == [
        ("pytorch", 1),
        ("tensorflow", 1),
    ]
    assert store.sql("select label, dominance from repo_label").fetchall() == [("pytorch", 0.5)]


@pytest.mark.slow
def test_of_two_frameworks_with_equal_votes_and_imports_the_first_by_the_alphabet_wins(
    store: Store,
) -> None:
    add_repository(store, "r", {"a.py": "import torch", "b.py": "import jax"})
    assert store.sql("select label from repo_label").fetchall() == [("jax",)]


def test_of_two_imports_on_the_first_line_the_first_by_the_alphabet_is_the_evidence(
    store: Store,
) -> None:
    add_repository(store, "r", {"a.py": "import torchvision, torch, timm\nimport apex"})
    assert store.sql("select evidence from repo_framework").fetchall() == [
        ([{"path": "a.py", "line": 1, "module": "timm"}],)
    ]


@pytest.mark.slow
def test_of_two_names_on_the_first_line_the_first_by_the_alphabet_proves_the_variant(
    store: Store,
) -> None:
    add_repository(store, "r", {"a.py": "import tensorflow as tf\ntf.Session(); tf.ConfigProto()"})
    assert store.sql("select evidence from repo_variant").fetchall() == [
        ([{"path": "a.py", "line": 2, "name": "tensorflow.ConfigProto"}],)
    ]


@pytest.mark.parametrize("names", [("O/R", "o/r"), ("o/r", "O/R")], ids=str)
def test_a_unit_has_the_first_spelling_by_the_alphabet_whichever_link_came_first(
    store: Store, names: tuple[str, str]
) -> None:
    for number, name in enumerate(names):
        link = PaperLink(paper_id=f"p{number}", source="pwc", raw_link=f"https://github.com/{name}")
        write(store, link_batch([link]))
    assert store.sql("select owner, name from unit").fetchall() == [("O", "R")]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_the_example_of_a_state_is_the_first_sentence_by_the_alphabet(
    store: Store, names: str
) -> None:
    lookups = [(name, f"{name} is gone.") for name in names]
    given(store, "repo_lookup", "name_key message", lookups, status="not_found")
    rows = store.sql("select items, example from collection_state where kind = 'repositories'")
    assert rows.fetchall() == [(2, "a is gone.")]
