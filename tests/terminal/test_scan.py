"""`adoption scan` labels targets in batches: each answer is its own target's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle

import pytest

from pipeline.scan.records import ScanResult
from pipeline.terminal.scan import Report, reports
from tests.facts_of import result_of

pytestmark = pytest.mark.slow

TORCH = {"net.py": "import torch", "tests/test_net.py": "import torch, jax"}
JAX = {"a.py": "import jax", "b.py": "import jax.numpy"}
NOTHING = {"a.py": "import os"}


def named(target: str, files: dict[str, str]) -> ScanResult:
    return replace(result_of(files), target=target)


def reports_of(results: Iterable[ScanResult]) -> Iterator[Report]:
    return (report for _, report in reports(results))


def test_each_report_holds_the_facts_of_its_own_target() -> None:
    results = [named("t", TORCH), named("j", JAX), named("n", NOTHING)]
    torch, jax, nothing = reports_of(results)
    assert [(one["target"], one["label"]) for one in (torch, jax, nothing)] == [
        ("t", "pytorch"),
        ("j", "jax"),
        ("n", "none"),
    ]
    modules = {name: found["modules"] for name, found in torch["frameworks"].items()}
    assert modules == {"pytorch": {"torch": 2}, "jax": {"jax": 1}}
    assert list(jax["frameworks"]) == ["jax"]
    assert jax["frameworks"]["jax"]["modules"] == {"jax": 1, "jax.numpy": 1}
    assert nothing["frameworks"] == {}


def test_a_target_named_twice_has_the_same_answer_twice() -> None:
    first, second = reports_of([named("t", TORCH), named("t", TORCH)])
    assert first == second
    assert first["frameworks"]["pytorch"]["files"] == 2


def test_more_targets_than_a_batch_keep_their_order() -> None:
    kinds = [TORCH, JAX, NOTHING]
    results = [named(str(number), kinds[number % 3]) for number in range(130)]
    answers = [(report["target"], report["label"]) for report in reports_of(results)]
    labels = ["pytorch", "jax", "none"]
    assert answers == [(str(number), labels[number % 3]) for number in range(130)]


def test_the_first_report_does_not_wait_for_the_last_target() -> None:
    endless = cycle([named("t", TORCH)])
    assert next(reports_of(endless))["label"] == "pytorch"
