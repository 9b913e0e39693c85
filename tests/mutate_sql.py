"""Which mistakes in the SQL would no test notice?

    python -m tests.mutate_sql [name ...]

Changes one thing at a time in the statements of sql/, runs the tests that read what the statement
defines until one fails, and prints the changes that all of them pass, as soon as they are found. A
name is that of a view or macro (share_by_year), of a file (due/names) or of a folder (sql/due);
without a name, it tries sql/views, sql/due, sql/write and sql/recipes.

A change that cannot change any answer stands with its reason in tests/sql/equivalent_mutants.csv:
only the tests that read the statement directly are tried on it. The exit code is 1 when tests
notice fewer than 95% of the other changes, when they notice a change of that list, or when a
change of that list is no longer made.

What is found goes to tests/sql/.findings.jsonl too. The same command continues a run that was
stopped. When the SQL or a test has changed since, it tries each change again, but first the test
that noticed it last time.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tests.sql.known_findings import KnownFindings
from tests.sql.laboratory import (
    FOLDERS,
    Finding,
    Laboratory,
    Reading,
    Trial,
    sql_files,
    statements_of,
)
from tests.sql.mutants import Mutant, Statement, mutants
from tests.sql.sql_tests import ROOT, UnusableTestsError

EQUIVALENT = ROOT / "tests" / "sql" / "equivalent_mutants.csv"
FINDINGS = ROOT / "tests" / "sql" / ".findings.jsonl"
ENOUGH = 0.95
Equivalent = set[tuple[str, str]]
"""Name and change of the mutants that cannot change an answer."""


def main(names: list[str]) -> int:
    started = time.monotonic()
    equivalent = _equivalent()
    try:
        asked = names or [f"sql/{folder}" for folder in FOLDERS]
        findings = list(_told(_findings(asked, equivalent), equivalent))
    except UnusableTestsError as error:
        print(error, file=sys.stderr)
        return 2
    changed = {found.mutant.name for found in findings}
    unnoticed = {_key(found.mutant) for found in findings if found.outcome == "unnoticed"}
    wrong = {key for key in equivalent - unnoticed if key[0] in changed}
    for name, change in sorted(wrong):
        print(f"{EQUIVALENT.name}: {name}: {change} is noticed, or no longer made")
    counts = Counter(found.outcome for found in findings)
    tried = counts["noticed"] + len(unnoticed - equivalent)
    share = counts["noticed"] / tried if tried else 1.0
    print(
        f"{len(findings)} mutants in {time.monotonic() - started:.0f} s: DuckDB refuses "
        f"{counts['refused']}, {len(unnoticed & equivalent)} are equivalent. "
        f"Of the other {tried}, tests notice {counts['noticed']} ({share:.1%})."
    )
    return int(share < ENOUGH or bool(wrong))


@dataclass(frozen=True)
class Work:
    """A statement to change, its file and its place there, and all its mutants."""

    file: Path
    place: int
    statement: Statement
    mutants: Sequence[Mutant]


def _asked(names: Sequence[str]) -> list[Work]:
    """The statements of which the names ask one or the folder."""
    return [
        Work(file, place, statement, list(mutants(statement)))
        for file in sql_files()
        for place, statement in enumerate(statements_of(file))
        if statement.name in names or f"sql/{file.parent.name}" in names
    ]


def _told(findings: Iterable[Finding], equivalent: Equivalent) -> Iterator[Finding]:
    """The findings. Prints each survivor at once and, on stderr, how far the run is."""
    for count, found in enumerate(findings, start=1):
        mutant = found.mutant
        if found.outcome == "unnoticed" and _key(mutant) not in equivalent:
            print(f"{found.file}:{mutant.line} {mutant.name}: {mutant.change}", flush=True)
        if count % 100 == 0:
            print(f"{count} changes tried, the last in {mutant.name}", file=sys.stderr, flush=True)
        yield found


def _findings(names: Sequence[str], equivalent: Equivalent) -> Iterator[Finding]:
    """What becomes of every mutant, as soon as it is known; as many at once as there are cores."""
    processes = os.cpu_count() or 1
    context = get_context("spawn")  # a forked process cannot use the threads of DuckDB
    with ProcessPoolExecutor(processes, context) as pool:
        parts = [pool.submit(_readings_of, part, processes) for part in range(processes)]
        work, known = _asked(names), KnownFindings(FINDINGS)
        readings = [reading for part in parts for reading in part.result()]
        tried = []
        for asked in work:
            tests = _tests_of(asked.statement.name, readings)
            for mutant in asked.mutants:
                if finding := known.of(mutant):
                    yield finding
                    continue
                chosen = tests.direct if _key(mutant) in equivalent else tests.all
                first = known.noticed_by(mutant)
                trial = Trial(asked.file, asked.place, mutant, chosen, first)
                tried.append(pool.submit(_finding_of, trial))
        for done in as_completed(tried):
            known.add(done.result())
            yield done.result()


@dataclass(frozen=True)
class Tests:
    """Names of the tests that read a statement, and of those that read it directly.

    Those that read it directly come first, and of these the fastest.
    """

    all: Sequence[str]
    direct: Sequence[str]


def _tests_of(name: str, readings: Iterable[Reading]) -> Tests:
    near = sorted(
        (reading.reads[name], reading.seconds, reading.test)
        for reading in readings
        if name in reading.reads
    )
    return Tests(
        [test for _, _, test in near], [test for distance, _, test in near if distance == 0]
    )


_laboratory = cache(Laboratory)
"""One a process."""


def _readings_of(part: int, parts: int) -> list[Reading]:
    return _laboratory().readings(part, parts)


def _finding_of(trial: Trial) -> Finding:
    return _laboratory().finding(trial)


def _key(mutant: Mutant) -> tuple[str, str]:
    return mutant.name, mutant.change


def _equivalent() -> Equivalent:
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["name"], row["change"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
