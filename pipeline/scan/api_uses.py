"""What Python code takes from TensorFlow: its names tell 1.x from 2.x where imports do not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.scan.python_text import Code, normalised
from pipeline.scan.records import ApiUse, Import

_ROOT = "tensorflow"
_USE = re.compile(
    rb"(?<![A-Za-z0-9_.\x80-\xff])(?:tf|tensorflow)((?:\.[A-Za-z_][A-Za-z0-9_]*){1,3})"
)


def imports_tensorflow(imports: Iterable[Import]) -> bool:
    return any(item.module == _ROOT or item.module.startswith(f"{_ROOT}.") for item in imports)


def tensorflow_uses(source: bytes) -> list[ApiUse]:
    """Names that code takes from `tf` or `tensorflow`, each where it first stands.

    A name has at most three parts after tensorflow: `tensorflow.compat.v1.placeholder`. What
    stands in a string or comment does not count. Meant for files that import tensorflow.
    """
    source = normalised(source)
    code = Code(source, 0, len(source))
    first: dict[bytes, int] = {}
    for use in _USE.finditer(source):
        if use[1] not in first and code.holds(use.start()):
            first[use[1]] = use.start()
    found, line, counted = [], 1, 0
    for name, offset in first.items():
        line += source.count(b"\n", counted, offset)
        counted = offset
        found.append(ApiUse(line, _ROOT + name.decode()))
    return found
