"""Which mistakes in the SQL would no test notice?

    python -m tests.mutate_sql [name ...]

Changes one thing at a time in the statements of sql/views, runs the tests that read what the
statement defines, and prints the changes that all of them pass. A name is that of a view or macro
(share_by_year), of a file (due/names) or of a folder (sql/due, sql/write, sql/recipes).

A change that cannot change any answer stands with its reason in tests/sql/equivalent_mutants.csv.
The exit code is 1 when tests notice fewer than 95 % of the other changes, when they notice a change
of that list, or when a change of that list is no longer made.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tests.sql.laboratory import Finding, Laboratory, UnusableTestsError, sql_files, statements_of

EQUIVALENT = Path(__file__).parent / "sql" / "equivalent_mutants.csv"
ENOUGH = 0.95


def main(names: list[str]) -> int:
    started = time.monotonic()
    work = _asked(names or ["sql/views"])
    equivalent = _equivalent({name for _, name in work})
    try:
        findings = list(_findings(work))
    except UnusableTestsError as error:
        print(error, file=sys.stderr)
        return 2
    unnoticed = [finding for finding in findings if finding.outcome == "unnoticed"]
    survivors = [finding for finding in unnoticed if _key(finding) not in equivalent]
    for finding in survivors:
        mutant = finding.mutant
        print(f"{finding.file}:{mutant.line} {mutant.name}: {mutant.change}")
    wrong = equivalent - {_key(finding) for finding in unnoticed}
    for name, change in sorted(wrong):
        print(f"{EQUIVALENT.name}: {name}: {change} is noticed, or no longer made")
    counts = Counter(finding.outcome for finding in findings)
    tried = counts["noticed"] + len(survivors)
    share = counts["noticed"] / tried if tried else 1.0
    print(
        f"{len(findings)} mutants in {time.monotonic() - started:.0f} s: DuckDB refuses "
        f"{counts['refused']}, {counts['unnoticed'] - len(survivors)} are equivalent. "
        f"Of the other {tried}, tests notice {counts['noticed']} ({share:.1%})."
    )
    return int(share < ENOUGH or bool(wrong))


def _asked(names: list[str]) -> list[tuple[Path, str]]:
    """Files, each with what its statements define, of which the names ask one or the folder."""
    return [
        (file, name)
        for file in sql_files()
        for name in dict.fromkeys(statement.name for statement in statements_of(file))
        if name in names or f"sql/{file.parent.name}" in names
    ]


def _findings(work: list[tuple[Path, str]]) -> Iterator[Finding]:
    """What became of every mutant, in the order of the work; as many at once as there are cores.

    Says on stderr how each view fared as soon as it is done, for a run takes long.
    """
    context = get_context("spawn")  # a forked process cannot use the threads of DuckDB
    with ProcessPoolExecutor(os.cpu_count(), context) as pool:
        done = pool.map(_findings_of, *zip(*work, strict=True))
        for (_, name), found in zip(work, done, strict=True):
            unnoticed = sum(finding.outcome == "unnoticed" for finding in found)
            print(f"{name}: {len(found)} changes, {unnoticed} unnoticed", file=sys.stderr)
            yield from found


_laboratory = cache(Laboratory)
"""One a process."""


def _findings_of(file: Path, name: str) -> list[Finding]:
    return list(_laboratory().findings(file, name))


def _key(finding: Finding) -> tuple[str, str]:
    return finding.mutant.name, finding.mutant.change


def _equivalent(names: set[str]) -> set[tuple[str, str]]:
    """Name and change of the mutants of these names that are listed as equivalent."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["change"]) for row in csv.DictReader(file)]
    return {(name, change) for name, change in rows if name in names}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
