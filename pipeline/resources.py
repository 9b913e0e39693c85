"""Where files lie: what comes with the package, and the published database."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "shipped"
# A wheel puts sql/ and data/ inside the package (pyproject.toml); a checkout has them beside it.
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

SQL = _ROOT / "sql"
DATA = _ROOT / "data"
SAMPLE = DATA / "sample"
OVERRIDES = DATA / "overrides.csv"

OUTPUT = Path("data")
"""Default of ADOPTION_DATA, under the current folder: nothing is written into the package."""


def published_in(folder: Path) -> Path:
    """The database that people query, in the folder of ADOPTION_DATA."""
    return folder / "adoption.duckdb"
