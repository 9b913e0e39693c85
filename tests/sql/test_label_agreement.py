"""label_agreement: our label beside the claim of a paper source."""

import pytest

from tests.facts_of import Store, given
from tests.recorded_facts import loaded, recorded_facts


def compare(store: Store, family: str, claim: str | None, unit: str | None = "u") -> None:
    given(store, "paper_link", "paper_id unit_id source_label", [("p", unit, claim)])
    given(store, "latest_scan", "unit_id scan_id", [("u", "s")])
    label = [("s", f"label of {family}", family, 0.8, "medium")]
    given(store, "repo_label", "scan_id label family dominance confidence", label)


CLAIMS = [
    ("pytorch", "pytorch", True),
    ("tf", "tensorflow", True),
    ("tensorflow", "tensorflow", True),
    ("keras", "tensorflow", True),
    ("jax", "jax", True),
    ("mxnet", "mxnet", True),
    ("paddle", "paddle", True),
    ("mindspore", "mindspore", True),
    ("caffe2", "caffe", True),
    ("caffe2", "caffe2", True),
    ("caffe", "caffe", True),
    ("torch", "torch7", True),
    ("torch", "pytorch", False),
    ("tf", "pytorch", False),
    ("PyTorch", "pytorch", True),
    ("pytorch", "none", False),
]


@pytest.mark.parametrize(("claim", "family", "agrees"), CLAIMS)
def test_whether_a_claim_is_our_family(store: Store, claim: str, family: str, agrees: bool) -> None:
    compare(store, family, claim)
    assert store.sql("select agrees from label_agreement").fetchall() == [(agrees,)]


def test_a_row_says_who_claims_what_and_what_we_say(store: Store) -> None:
    compare(store, "pytorch", "tf")
    theirs = "unit_id, source, paper_id, source_label, source_family"
    rows = store.sql(f"select {theirs} from label_agreement").fetchall()
    assert rows == [("u", "pwc", "p", "tf", "tensorflow")]
    ours = "label, family, agrees, dominance, confidence, scan_id"
    rows = store.sql(f"select {ours} from label_agreement").fetchall()
    assert rows == [("label of pytorch", "pytorch", False, 0.8, "medium", "s")]


@pytest.mark.parametrize("claim", [None, "none", "unknown words"])
def test_what_claims_no_framework_is_no_claim(store: Store, claim: str | None) -> None:
    compare(store, "pytorch", claim)
    assert store.sql("select * from label_agreement").fetchall() == []


def test_a_claim_of_a_link_without_a_unit_is_left_out(store: Store) -> None:
    compare(store, "pytorch", "tf", unit=None)
    store.execute("insert into latest_scan (scan_id) values ('s')")
    assert store.sql("select * from label_agreement").fetchall() == []


def test_papers_with_one_repository_and_one_source_are_one_claim(store: Store) -> None:
    compare(store, "pytorch", "tf")
    links = [("p2", "pwc", "tf"), ("p1", "pwc", "pytorch"), ("p1", "joss", "tf")]
    given(store, "paper_link", "paper_id source source_label", links, unit_id="u")
    rows = "select source, paper_id, source_label from label_agreement order by source"
    assert store.sql(rows).fetchall() == [("joss", "p1", "tf"), ("pwc", "p1", "pytorch")]


def test_the_paper_is_one_that_makes_the_claim(store: Store) -> None:
    compare(store, "pytorch", "tf")
    links = [("p1", None), ("p2", "tf"), ("p3", "tf")]
    given(store, "paper_link", "paper_id source_label", links, unit_id="u")
    assert store.sql("select paper_id from label_agreement").fetchall() == [("p2",)]


def test_a_claim_of_a_unit_that_could_not_be_judged_is_left_out(store: Store) -> None:
    compare(store, "pytorch", "tf")
    store.execute("delete from repo_label")
    assert store.sql("select * from label_agreement").fetchall() == []


def adjudicate(store: Store, unit: str = "u", source: str = "pwc") -> None:
    verdict = [(unit, source, "ours", "It imports torch.")]
    given(store, "adjudication", "unit_id source verdict reason", verdict)


def test_a_disagreement_that_was_judged_has_its_verdict(store: Store) -> None:
    compare(store, "pytorch", "tf")
    adjudicate(store)
    rows = store.sql("select verdict, reason from label_agreement").fetchall()
    assert rows == [("ours", "It imports torch.")]


@pytest.mark.parametrize(("unit", "source"), [("v", "pwc"), ("u", "joss")])
def test_a_verdict_is_of_one_unit_and_one_source(store: Store, unit: str, source: str) -> None:
    compare(store, "pytorch", "tf")
    adjudicate(store, unit, source)
    assert store.sql("select verdict from label_agreement").fetchall() == [(None,)]


@pytest.mark.parametrize(("family", "claim"), [("tensorflow", "tf"), ("caffe2", "caffe2")])
def test_where_both_agree_an_old_verdict_is_left_out(store: Store, family: str, claim: str) -> None:
    compare(store, family, claim)
    adjudicate(store)
    assert store.sql("select verdict from label_agreement").fetchall() == [(None,)]


@pytest.mark.slow
def test_every_disagreement_of_the_sample_has_a_verdict() -> None:
    disagreements = "select unit_id, verdict from label_agreement where not agrees"
    with loaded(recorded_facts()) as store:
        rows = store.sql(disagreements).fetchall()
    assert rows
    assert [unit for unit, verdict in rows if verdict is None] == []
