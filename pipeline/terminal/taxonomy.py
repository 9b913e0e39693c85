"""Compares the frameworks that packages require with the frameworks in the taxonomy.

Every row of data/framework_modules.csv with the language `package` names a distribution. pip reads
its requirements from the package index in pip's configuration, and installs nothing.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.resources import DATA

_AT_A_TIME = 4
_TIMEOUT_S = 120.0
_PIP = (
    *"-m pip install --dry-run --ignore-installed --no-deps --ignore-requires-python".split(),
    *"--only-binary :all: --disable-pip-version-check --no-input --quiet --report -".split(),
)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")
_OPTIONAL = re.compile(r";.*\bextra\b")
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Checked:
    """A package: the framework we give it, those it requires (frameworks alone), and a verdict.

    `verdict`: agrees, differs, silent (it requires no framework) or unknown (the index has no
    such package that can be looked at without building it).
    """

    package: str
    framework: str
    required: tuple[str, ...]
    verdict: str


def check_taxonomy(names: Sequence[str] = ()) -> Iterator[Checked]:
    """Every package of the taxonomy, or those of `names`, in the taxonomy's order.

    Raises:
        InputError: a name is no package of the taxonomy, or pip cannot be run.
    """
    packages, families = _packages(), _families()
    if unknown := [name for name in names if name not in packages]:
        raise InputError(f"{unknown[0]!r} is not a package in data/framework_modules.csv.")
    chosen = list(names or packages)
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for name, required in zip(chosen, pool.map(_requirements, chosen), strict=True):
            ours = packages[name]
            theirs = sorted({packages[item] for item in required or () if item in packages})
            agrees = families[ours] in {families[item] for item in theirs}
            verdict = "agrees" if agrees else "differs" if theirs else "silent"
            yield Checked(name, ours, tuple(theirs), "unknown" if required is None else verdict)


def _packages() -> dict[str, str]:
    rows = _rows("framework_modules.csv")
    return {row["module"]: row["framework"] for row in rows if row["language"] == "package"}


def _families() -> dict[str, str]:
    return {row["framework"]: row["family"] for row in _rows("frameworks.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _requirements(name: str) -> list[str] | None:
    """Names of what the newest version requires whatever its extras; None where there is none."""
    try:
        done = subprocess.run(
            [sys.executable, *_PIP, name],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if "No module named pip" in done.stderr:
        raise InputError(f"pip is missing: {sys.executable} -m ensurepip installs it.")
    if done.returncode:
        return None
    metadata = json.loads(done.stdout)["install"][0]["metadata"]
    return [
        _SEPARATORS.sub("-", named[1]).lower()
        for text in metadata.get("requires_dist", [])
        if not _OPTIONAL.search(text) and (named := _REQUIREMENT.match(text))
    ]
