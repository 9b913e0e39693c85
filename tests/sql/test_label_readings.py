"""The labels that a person has read, and what docs/method.md says of them."""

import csv
import re
from collections import Counter
from pathlib import Path

from pipeline.resources import DATA
from tests.facts_of import Store

with (DATA / "label_readings.csv").open(encoding="utf-8", newline="") as file:
    READINGS = list(csv.DictReader(file))
METHOD = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
VERDICTS = ("right", "wrong", "undecided")


def test_the_method_counts_the_verdicts() -> None:
    counts = Counter((row["draw"], row["confidence"], row["verdict"]) for row in READINGS)
    read = Counter((row["draw"], row["confidence"]) for row in READINGS)
    numbers = r" \| (\d+)" * 4
    told = re.findall(rf"^ +\| (\w+) \| (\w+){numbers} \|$", METHOD, re.MULTILINE)
    assert {(draw, level): list(map(int, row)) for draw, level, *row in told} == {
        (draw, level): [*(counts[draw, level, verdict] for verdict in VERDICTS), n]
        for (draw, level), n in read.items()
    }


def test_a_label_is_right_where_it_is_the_word_of_the_reader() -> None:
    assert all(
        row["verdict"] in VERDICTS and (row["label"] == row["word"]) == (row["verdict"] == "right")
        for row in READINGS
    )


def test_no_repository_is_read_twice_in_a_draw() -> None:
    drawn = Counter((row["draw"], row["repository"].lower()) for row in READINGS)
    assert max(drawn.values()) == 1


def test_every_label_is_a_framework(store: Store) -> None:
    frameworks = {name for (name,) in store.sql("select framework from framework").fetchall()}
    assert {row["label"] for row in READINGS} <= frameworks
