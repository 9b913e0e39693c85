"""The numbers of the papers that a key finds, as JSON: in whichever form is shortest.

One paper is its number. A few are a list: the first number, then the difference of each from the
one before. Many are a text in base64: a bit for each paper of the site, the lowest bit of each byte
first. So no key needs more than a sixth of a byte for each paper.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
import orjson

from dashboards.search.shards import Row


def posting_row(key: str, numbers: Sequence[int], papers: int) -> Row[str]:
    """The row `[key, numbers]`. `papers`: the papers of the site."""
    return Row(key, f"[{orjson.dumps(key).decode()},{packed(numbers, papers)}]")


def packed(numbers: Sequence[int], papers: int) -> str:
    """Numbers in ascending order, all below `papers`, as JSON."""
    if len(numbers) == 1:
        return str(numbers[0])
    listed = _differences(numbers)
    return listed if len(listed) <= _bitmap_length(papers) else _bitmap(numbers, papers)


def _bitmap_length(papers: int) -> int:
    return 2 + -(-papers // 24) * 4


def _differences(numbers: Sequence[int]) -> str:
    differences = np.diff(np.asarray(numbers), prepend=0)
    return f"[{','.join(map(str, differences.tolist()))}]"


def _bitmap(numbers: Sequence[int], papers: int) -> str:
    bits = np.zeros(papers, dtype=bool)
    bits[np.asarray(numbers)] = True
    packed_bits = np.packbits(bits, bitorder="little").tobytes()
    return f'"{base64.b64encode(packed_bits).decode()}"'
