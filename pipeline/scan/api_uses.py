"""What Python code takes from TensorFlow: its names tell 1.x from 2.x where imports do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from heapq import merge

from pipeline.scan.python_text import Code, normalised
from pipeline.scan.records import MOST_IN_FILE, ApiUse, Import

_ROOT = "tensorflow"
_NAMES = rb"((?:\.[A-Za-z_][A-Za-z0-9_]*){1,3})"
_USES = [re.compile(root + _NAMES) for root in (rb"tf", rb"tensorflow")]
"""Each begins with plain text, which `re` finds many times faster than a choice of two."""

_GOES_ON = re.compile(rb"[A-Za-z0-9_.\x80-\xff]")


def imports_tensorflow(imports: Iterable[Import]) -> bool:
    return any(item.module == _ROOT or item.module.startswith(f"{_ROOT}.") for item in imports)


def tensorflow_uses(content: bytes) -> list[ApiUse]:
    """Names that code takes from `tf` or `tensorflow`, each where it first stands.

    A name has at most three parts after tensorflow: `tensorflow.compat.v1.placeholder`. What
    stands in a string or comment does not count. Meant for files that import tensorflow.
    """
    content = normalised(content)
    code = Code(content, 0, len(content))
    uses = [pattern.finditer(content) for pattern in _USES]
    first: dict[bytes, int] = {}
    for use in merge(*uses, key=re.Match.start):
        start = use.start()
        if use[1] in first or _GOES_ON.match(content, start - 1, start):
            continue
        if code.holds(start):
            first[use[1]] = start
        if len(first) >= MOST_IN_FILE:
            break
    found, line, counted = [], 1, 0
    for name, offset in first.items():
        line += content.count(b"\n", counted, offset)
        counted = offset
        found.append(ApiUse(line, _ROOT + name.decode()))
    return found
