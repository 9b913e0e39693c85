"""The same facts give the same answers, for every order of rows and number of threads."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.papers.records import PaperLink
from pipeline.store.database import write
from pipeline.store.paper_rows import link_batch
from pipeline.store.publish import publish
from tests.facts_of import Store, add_repository, given
from tests.recorded_facts import Facts, loaded, recorded_facts

ROUNDS = 20
# The scanned commits as commits of the time. Many are of one time, so ties have to be broken.
COMMITS = """
    select distinct
        paper_link.paper_id,
        paper_link.unit_id,
        scan.commit_id,
        scan.committed_at,
        'in_time' as status,
        date_diff('day', paper.published_on, scan.committed_at::date)::integer as lag_days,
        timestamp '2026-01-01' as found_at
    from paper_link
    inner join paper using (paper_id)
    inner join unit using (unit_id)
    inner join latest_scan using (unit_id)
    inner join scan using (scan_id)
"""
THREADS = (1, 2, 3, 4, 8)


@pytest.fixture(scope="module")
def sample() -> Facts:
    """The sample's facts and links, by table, and commits for both moments."""
    facts = recorded_facts()
    with loaded(facts) as store:
        return {**facts, "paper_commit": store.sql(COMMITS).to_arrow_table()}


def views(store: Store) -> list[str]:
    """Names of all views."""
    names = store.sql("select view_name from duckdb_views() where not internal order by 1")
    return [name for (name,) in names.fetchall()]


def answers(store: Store, names: list[str]) -> dict[str, str | None]:
    """A hash of the ordered rows of each view; None for a view without rows."""
    hashes = {}
    for name in names:
        text = "string_agg(answer::varchar, chr(10) order by answer::varchar)"
        hashes[name] = store.sql(f"select md5({text}) from {name} as answer").fetchall()[0][0]
    return hashes


@pytest.fixture(scope="module")
def expected(sample: Facts) -> dict[str, str | None]:
    """The answers of the views themselves: facts in the recorded order, one thread."""
    with loaded(sample) as store:
        assert store.sql("from default_choice").fetchall() == [("then",)]
        return answers(store, views(store))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_sample_has_the_same_answers_in_every_order(
    sample: Facts, expected: dict[str, str | None], tmp_path: Path, seed: int
) -> None:
    threads = THREADS[seed % len(THREADS)]
    with loaded(sample, seed, threads) as store:
        publish(store, tmp_path / "published.duckdb")
    with duckdb.connect(str(tmp_path / "published.duckdb"), read_only=True) as published:
        published.execute(f"set threads = {threads}")
        found = answers(published, list(expected))
    assert [name for name in found if found[name] != expected[name]] == []


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
