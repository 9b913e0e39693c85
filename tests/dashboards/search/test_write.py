"""What the folder search/ holds: keys, results and entries, from a few papers."""

from pathlib import Path
from typing import Any

import pytest

from tests.dashboards.search.facts import (
    NOW,
    THEN,
    add,
    add_code,
    add_code_of_paper,
    directory_of,
    rows_of,
    searched,
)
from tests.facts_of import Store, database, given

CORRECTIONS = [(1, "venue", "corrected", "CVPR"), (2, "label", "github.com/o/corrected", "jax")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search of papers that have one thing each. It is written once: that takes seconds."""
    store = database()
    moved = {"title": "GPT-2: Émile’s été", "venue": "NIPS 2017", "arxiv_id": "1701.00001"}
    add(store, "arxiv:1701.00001", "Some-Lab/GPT_Code", **moved, source_stars=90)
    add_code(store, {"a.py": "import torch", "tests/b.py": "\nimport jax"}, "Some-Lab/GPT_Code")
    theano = {"c.py": "import theano"}
    add_code_of_paper(store, "arxiv:1701.00001", theano, "Some-Lab/GPT_Code")
    add(store, "bare", "o/bare", title=None, published=None)
    add(store, "elsewhere", "o/elsewhere", host="codeberg.org", source_label="tf", source_stars=5)
    add_code(store, {"a.py": "import torch"}, "o/elsewhere", host="codeberg.org")
    add(store, "tensorflow", "o/tensorflow", source_label="tf")
    add_code(store, {"a.py": "import tensorflow as tf\ntf.Session()"}, "o/tensorflow")
    add(store, "unusable", "only-an-owner")
    add(store, "corrected", "o/corrected", venue="NIPS")
    add_code(store, {"a.py": "import torch"}, "o/corrected")
    add(store, "many", "o/a")
    add(store, "many", "o/b", source_stars=9)
    add(store, "many", "o/bare", is_official=True)
    add(store, "two", "o/famous", source_stars=3)
    add(store, "two", "o/decides")
    add_code(store, {"a.py": "import torch"}, "o/decides")
    verdict = ("codeberg.org/o/elsewhere", "pwc", "ours", "It imports torch.")
    given(store, "adjudication", "unit_id source verdict reason", [verdict])
    why = {"reason": "It is wrong.", "author": "Ada", "decided_on": "2026-11-01"}
    given(store, "override", "csv_row kind item new", CORRECTIONS, **why)
    given(store, "repo_lookup", "name_key repo_id status", [("o/a", 7, "ok")])
    given(store, "repo", "repo_id owner name", [(7, "New", "Name")])
    return searched(store, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def entries(folder: Path) -> dict[str, Any]:
    return {entry["paper"]["id"]: entry for entry in rows_of(folder / "entries")}


def repository(entries: dict[str, Any], paper: str) -> dict[str, Any]:
    """The only repository of a paper."""
    (only,) = entries[paper]["repositories"]
    return only


def keys_of(folder: Path, number: int) -> set[str]:
    """The keys that find this paper and no other."""
    return {key for key, packed in rows_of(folder / "keys") if packed == number}


@pytest.mark.slow
def test_a_paper_is_found_by_its_words_venue_ids_and_repository(folder: Path) -> None:
    assert keys_of(folder, 0) == {
        *("gpt", "2", "gpt2", "emile", "s", "ete"),
        *("nips", "neurips", "1701.00001"),
        *("some", "lab", "somelab", "code", "some-lab/gpt_code"),
    }
    keys = dict(rows_of(folder / "keys"))
    assert {"2017", "cvpr"} <= set(keys)


@pytest.mark.slow
def test_a_repository_is_found_by_its_old_and_its_present_name(folder: Path) -> None:
    keys = dict(rows_of(folder / "keys"))
    assert keys["o/a"] == keys["new/name"]


def test_papers_with_most_stars_come_first_then_the_newest(folder: Path) -> None:
    ids = [record[0] for record in rows_of(folder / "records")]
    assert ids[:3] == ["arxiv:1701.00001", "many", "elsewhere"]
    assert ids[-1] == "bare"


def test_a_result_has_title_date_venue_and_label(folder: Path) -> None:
    records = {record[0]: record[1:] for record in rows_of(folder / "records")}
    title = "GPT-2: Émile’s été"
    assert records["arxiv:1701.00001"] == [
        *(title, "2017-01-01", "month", "NeurIPS"),
        *("theano", "pytorch"),
    ]
    assert records["two"][-2:] == ["pytorch", None]
    assert records["bare"] == ["bare", None, None, None, None, None]


def test_every_id_leads_to_the_shard_of_its_entry(folder: Path) -> None:
    ids = rows_of(folder / "ids")
    assert [paper for paper, _ in ids] == sorted(paper for paper, _ in ids)
    assert {shard for _, shard in ids} == {0}
    assert len(ids) == directory_of(folder)["papers"] == 8


def test_an_entry_has_the_label_then_and_now_each_with_its_lines(entries: dict[str, Any]) -> None:
    row = repository(entries, "arxiv:1701.00001")
    assert (row["owner"], row["name"]) == ("Some-Lab", "GPT_Code")
    then, newest = row["at_paper"], row["newest"]
    assert (then["code"], then["commit"], then["day"]) == ("theano", THEN, "2017-01-31")
    assert (then["lag"], then["is_of_time"]) == (0, True)
    assert then["reasons"] == ["last commit before or soon after the paper"]
    assert row["at_paper_proof"]["frameworks"][0]["lines"] == [["c.py", 1, "theano"]]
    assert (newest["code"], newest["commit"]) == ("pytorch", NOW)
    assert newest["base"] == f"https://github.com/Some-Lab/GPT_Code/blob/{NOW}/"
    assert newest["anchor"] == "#L"
    proof = row["newest_proof"]
    assert (proof["label"], proof["confidence"], proof["share"]) == ("pytorch", "medium", 0.8)
    assert [
        (found["framework"], found["weight"], found["lines"]) for found in proof["frameworks"]
    ] == [
        ("pytorch", 1, [["a.py", 1, "torch"]]),
        ("jax", 0.25, [["tests/b.py", 2, "jax"]]),
    ]


def test_what_voted_less_has_its_reason_and_its_first_line(entries: dict[str, Any]) -> None:
    proof = repository(entries, "arxiv:1701.00001")["newest_proof"]
    assert proof["lowered_groups"] == 1
    assert proof["lowered"] == [
        {
            "framework": "jax",
            "weight": 0.25,
            "imports": 1,
            "why": "the path belongs to tests, examples, documents or packaging",
            "line": ["tests/b.py", 2, "jax"],
        }
    ]


SHARED = {
    "variant": None,
    "unit": "github.com/some-lab/gpt_code",
    "alike": 1,
    "judged": 1,
    "is_of_time": True,
}


def test_an_entry_says_what_the_paper_counts_as_and_what_charts_show(
    entries: dict[str, Any],
) -> None:
    assert entries["arxiv:1701.00001"]["paper"]["counted"] == [
        SHARED
        | {"moment": "then", "label": "theano", "family": "theano", "in_charts": False}
        | {"left_out": "they count newest code, and its newest code could not be judged"},
        SHARED
        | {"moment": "now", "label": "pytorch", "family": "pytorch", "in_charts": True}
        | {"left_out": None},
    ]
    assert entries["bare"]["paper"]["counted"] == []


def test_the_repository_that_decides_comes_first_with_its_moments(entries: dict[str, Any]) -> None:
    rows = [(row["name"], row["decides"]) for row in entries["two"]["repositories"]]
    assert rows == [("decides", ["now"]), ("famous", [])]
    assert repository(entries, "arxiv:1701.00001")["decides"] == ["then", "now"]


def test_the_id_of_a_paper_gives_the_address_of_its_page(store: Store, tmp_path: Path) -> None:
    pages = {
        "list:openreview.net/forum?id=-3G": "https://openreview.net/forum?id=-3G",
        "openreview:-3G": "https://openreview.net/forum?id=-3G",
        "anthology:2020.coling-main.1": "https://aclanthology.org/2020.coling-main.1",
        "pmlr:v80/chen18a": "https://proceedings.mlr.press/v80/chen18a.html",
        "bare": None,
        "list:a title": None,
    }
    for paper in pages:
        add(store, paper)
    entries = rows_of(searched(store, tmp_path) / "entries")
    assert {entry["paper"]["id"]: entry["paper"]["page"] for entry in entries} == pages


def test_a_host_without_addresses_of_lines_has_none(entries: dict[str, Any]) -> None:
    row = repository(entries, "elsewhere")
    assert row["newest"]["base"] is None
    assert row["newest_proof"]["label"] == "pytorch"


def test_code_that_could_not_be_read_says_why(entries: dict[str, Any]) -> None:
    row = repository(entries, "bare")
    assert row["newest"]["code"] == "not collected"
    assert row["newest_proof"] is None


def test_the_label_of_the_source_stands_beside_ours_with_the_verdict(
    entries: dict[str, Any],
) -> None:
    claim = {"source": "pwc", "label": "tf"}
    verdict = {"agrees": False, "verdict": "ours", "reason": "It imports torch."}
    assert repository(entries, "elsewhere")["claims"] == [claim | verdict]
    agreed = {"agrees": True, "verdict": None, "reason": None}
    assert repository(entries, "tensorflow")["claims"] == [claim | agreed]


def test_the_variant_of_tensorflow_has_its_names(entries: dict[str, Any]) -> None:
    proof = repository(entries, "tensorflow")["newest_proof"]
    assert (proof["variant"], proof["names"]) == ("1.x", [["a.py", 2, "tensorflow.Session"]])


def test_a_link_that_names_no_repository_has_its_reason(entries: dict[str, Any]) -> None:
    assert entries["unusable"]["repositories"] == []
    (link,) = entries["unusable"]["paper"]["unusable"]
    assert link["link"] == "https://github.com/only-an-owner"
    assert link["why"]


def test_corrections_stand_at_the_paper_and_at_the_repository(entries: dict[str, Any]) -> None:
    assert [row["new"] for row in entries["corrected"]["paper"]["corrections"]] == ["CVPR"]
    row = repository(entries, "corrected")
    assert [correction["new"] for correction in row["corrections"]] == ["jax"]
    assert row["newest_proof"]["basis"] == "corrected"


def test_official_repositories_come_first_then_those_with_stars(entries: dict[str, Any]) -> None:
    rows = entries["many"]["repositories"]
    assert [row["name"] for row in rows] == ["bare", "b", "a"]
    assert [row["papers"] for row in rows] == [2, 1, 1]


@pytest.mark.slow
def test_lines_of_one_scan_are_stored_once(store: Store, tmp_path: Path) -> None:
    add(store, "p")
    add_code(store, {"a.py": "import torch"})
    (scan_id,) = store.sql("select scan_id from scan").fetchall()[0]
    same = {"paper_id": "p", "unit_id": "github.com/o/r", "scan_id": scan_id, "status": "ok"}
    given(store, "paper_scan", "moment", [("then",), ("now",)], **same)
    (entry,) = rows_of(searched(store, tmp_path) / "entries")
    (row,) = entry["repositories"]
    assert row["is_same"]
    assert row["at_paper_proof"]["label"] == "pytorch"
    assert row["newest_proof"] is None


@pytest.mark.slow
def test_a_new_search_leaves_nothing_of_the_one_before(store: Store, tmp_path: Path) -> None:
    (tmp_path / "search" / "keys").mkdir(parents=True)
    (tmp_path / "search" / "keys" / "99.js").touch()
    directory = directory_of(searched(store, tmp_path))
    assert list((tmp_path / "search" / "keys").iterdir()) == []
    assert directory["papers"] == 0
    assert directory["keys"] == directory["ids"] == directory["records"] == []


@pytest.mark.slow
def test_no_search_or_entry_is_large_where_everything_is_skewed(
    store: Store, tmp_path: Path
) -> None:
    """All titles share a word that begins 20,000 others, and one paper has 300 repositories."""
    store.execute(
        "insert into paper (paper_id, title, seen_at) "
        "select 'p' || i, repeat('long ', 60) || 'deep deep' || i, now() from range(20000) as t (i)"
    )
    links = [(f"github.com/o/r{number}", f"r{number}") for number in range(300)]
    given(store, "paper_link", "unit_id name", links, paper_id="p7", host="github.com", owner="o")
    moments = [(unit, moment) for unit, _ in links for moment in ("then", "now")]
    given(store, "paper_moment", "unit_id moment", moments, paper_id="p7", scan_id="s", code="jax")
    given(store, "scan", "scan_id unit_id", [("s", "github.com/o/r0")])
    given(store, "repo_label", "scan_id label", [("s", "pytorch")])
    path = "a_long_name_of_a_folder/" * 8
    evidence = [{"path": f"{path}{line}.py", "line": line, "module": "torch"} for line in range(5)]
    given(store, "repo_framework", "scan_id framework evidence", [("s", "pytorch", evidence)])
    folder = searched(store, tmp_path)
    largest = {
        part.name: max(file.stat().st_size for file in part.iterdir())
        for part in folder.iterdir()
        if part.is_dir()
    }
    directory = (folder / "directory.js").stat().st_size
    per_key = largest["keys"] + max(largest["keys"], largest["prefixes"])
    assert 5 * per_key + 50 * largest["records"] + directory < 1_000_000
    assert largest["ids"] + largest["entries"] + directory < 200_000
    assert len(list((folder / "keys").iterdir())) > 5
    prefixes = dict(rows_of(folder / "prefixes"))
    assert {"d", "de", "dee", "deep", "deep1"} <= set(prefixes)
    parts = [row for row in rows_of(folder / "entries") if row["paper"]["id"] == "p7"]
    assert [part["is_last"] for part in parts] == [False] * (len(parts) - 1) + [True]
    names = [row["name"] for part in parts for row in part["repositories"]]
    assert sorted(names) == sorted(name for _, name in links)
    assert {part["total"] for part in parts} == {300}
