"""What a recording has: repositories drawn, had and judged, and judged papers by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.errors import Means, statuses
from pipeline.sample.record import Recorded


def report(recorded: Recorded) -> Iterator[str]:
    """The lines of the report.

    A repository is had if its newest commit was read, and judged if this commit has a label.
    """
    yield f"{'stratum':<12} {'in the lists':>12} {'drawn':>7} {'had':>7} {'judged':>7}"
    for stratum, counts in _by_stratum(recorded).items():
        yield f"{stratum:<12} " + _numbers(counts)
    yield ""
    yield f"{'papers of':<12} {'judged then':>12} {'judged now':>11}"
    for row in recorded.judged_papers:
        year = "no date" if row["year"] is None else str(row["year"])
        yield f"{year:<12} {row['judged_then']:>12,} {row['judged_now']:>11,}"


def _by_stratum(recorded: Recorded) -> dict[str, list[int]]:
    """In the lists, drawn, had and judged: repositories of each stratum, and of all."""
    read = statuses("code", Means.ANSWER)
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in recorded.outcomes:
        for stratum in (row["stratum"], "all"):
            first_of_cell = row["cell_size"] if row["place"] == 1 else 0
            found = (first_of_cell, 1, row["outcome"] in read, row["is_judged"])
            counts[stratum] = [
                known + more for known, more in zip(counts[stratum], found, strict=True)
            ]
    whole = counts.pop("all", [0, 0, 0, 0])
    return {**counts, "all": whole}


def _numbers(counts: list[int]) -> str:
    in_lists, drawn, had, judged = counts
    return f"{in_lists:>12,} {drawn:>7,} {had:>7,} {judged:>7,}"
