"""How long DuckDB takes for a view of one paper: with all its optimizers, and with our settings."""

from __future__ import annotations

import sys
import time

from pipeline.store.connections import SETTINGS
from tests.facts_of import Store, add_paper, add_repository, database


def main(view: str) -> None:
    """Print both times, in seconds, and their ratio."""
    store = database()
    add_repository(store, "a", {"net.py": "import torch"})
    add_paper(store, "a", "a", 2019)
    ours = _seconds(store, view, str(SETTINGS["disabled_optimizers"]))
    others = _seconds(store, view, "")
    print(f"{view}: {others:.1f} s with all optimizers, {ours:.1f} s with our settings")
    print(f"ratio {others / ours:.1f}")


def _seconds(store: Store, view: str, disabled: str) -> float:
    store.execute(f"set disabled_optimizers = '{disabled}'")
    start = time.perf_counter()
    store.execute(f"from {view}").fetchall()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "claim_answer")
