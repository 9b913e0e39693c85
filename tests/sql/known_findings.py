"""What earlier runs found of the mutants, so that one that was stopped continues."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tests.sql.laboratory import Finding
from tests.sql.mutants import Mutant
from tests.sql.sql_tests import ROOT

_ON_WHICH_TESTS_REST = ("sql/**/*.sql", "data/*.csv", "pipeline/**/*.py", "tests/**/*.py")


class KnownFindings:
    """A file with one line of JSON for each finding; the last one of a mutant counts.

    A finding stands as long as neither the SQL nor the program nor a test changes. The test that
    noticed a mutant is known after that too: it is the first to try.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = _digest(
            file.read_bytes()
            for pattern in _ON_WHICH_TESTS_REST
            for file in sorted(ROOT.glob(pattern))
        )
        self._findings: dict[str, Finding] = {}
        self._noticed_by: dict[tuple[str, str], str] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in lines:
            self._read(json.loads(line))

    def _read(self, row: dict[str, str]) -> None:
        mutant = Mutant(row["name"], int(row["line"]), row["change"], "")
        if row["noticed_by"]:
            self._noticed_by[mutant.name, mutant.change] = row["noticed_by"]
        if row["state"] == self._state:
            finding = Finding(row["file"], mutant, row["outcome"], row["noticed_by"])
            self._findings[row["sql"]] = finding

    def of(self, mutant: Mutant) -> Finding | None:
        """The finding of a mutant, if it still stands."""
        return self._findings.get(_digest([mutant.sql.encode()]))

    def noticed_by(self, mutant: Mutant) -> str | None:
        """The test that noticed a mutant when it was last tried."""
        return self._noticed_by.get((mutant.name, mutant.change))

    def add(self, finding: Finding) -> None:
        """Write a finding to the file."""
        mutant = finding.mutant
        row = {
            "file": finding.file,
            "name": mutant.name,
            "line": mutant.line,
            "change": mutant.change,
            "outcome": finding.outcome,
            "noticed_by": finding.noticed_by,
            "sql": _digest([mutant.sql.encode()]),
            "state": self._state,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def _digest(contents: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(content)
    return found.hexdigest()
