"""Writes rows of JSON into many small scripts (shards), of which a page loads the few it needs.

A page that was opened from disk may load a script, but no other file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

Mark = TypeVar("Mark")

_ESCAPES = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Characters that can end a script. In JSON they are in strings alone, where an escape may be."""


class Row(NamedTuple, Generic[Mark]):
    """A row of JSON. `mark`: what readers find it by. `starts_shard`: it begins a shard."""

    mark: Mark
    json: str
    starts_shard: bool = False


def write_shards(folder: Path, rows: Iterable[Row[Mark]], most_bytes: int) -> list[Mark]:
    """Write rows in their order into folder/0.js, folder/1.js and so on.

    A shard holds the rows that fit into `most_bytes`. A larger row has a shard to itself. Returns
    the mark of the first row of each shard.
    """
    folder.mkdir(parents=True)
    marks: list[Mark] = []
    shard: list[bytes] = []
    size = 0
    for row in rows:
        content = script_text(row.json).encode()
        if not shard or row.starts_shard or size + len(content) > most_bytes:
            _write_shard(folder, len(marks) - 1, shard)
            marks.append(row.mark)
            shard, size = [], 0
        shard.append(content)
        size += len(content) + 1
    _write_shard(folder, len(marks) - 1, shard)
    return marks


def _write_shard(folder: Path, number: int, rows: list[bytes]) -> None:
    if rows:
        start = f'shard("{folder.name}/{number}",['.encode()
        (folder / f"{number}.js").write_bytes(start + b",".join(rows) + b"]);\n")


def script_text(json: str) -> str:
    """The same JSON, safe inside any script."""
    return json.translate(_ESCAPES)
