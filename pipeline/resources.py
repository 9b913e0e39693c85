"""Where the files that come with the package lie: SQL, seeds and the recorded sample. Read only."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "shipped"
# A wheel puts sql/ and data/ inside the package (pyproject.toml); a checkout has them beside it.
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

SQL = _ROOT / "sql"
DATA = _ROOT / "data"
SAMPLE = DATA / "sample"
