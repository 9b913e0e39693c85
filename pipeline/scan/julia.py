"""Imports of Julia, and of the Python code that Julia runs through PyCall and PythonCall."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.matches import Hit, by_language
from pipeline.scan.python import imports_of_text
from pipeline.scan.records import Import
from pipeline.scan.text_encoding import text_of

_COMMENT = r"#=(?:[^=#]++|=(?!#)|#(?!=)|#=(?:[^=#]++|=(?!#)|#(?!=))*+=#)*+(?:=#|\Z)|#[^\n]*+"
"""Comments can be nested."""

_CHARACTER = r"(?<![\w)\]}'.!])'(?:[^'\\\n]|\\[^\n][^'\n]{0,9})'"
"""After a name or a bracket, a single quote means transpose, not a character."""

_NAME = r"\.*[^\W\d][\w.!]*"
_ITEM = rf"{_NAME}(?:[ \t]+as[ \t]+\w+)?"
_JULIA = re.compile(
    rf"{_COMMENT}|{_CHARACTER}"
    # py"import torch", py"""..."""
    r"|(?<!\w)py\"\"\"(?P<block>(?:[^\"\\]++|\\.|\"(?!\"\"))*+)(?:\"\"\"|\Z)"
    r"|(?<!\w)py\"(?P<line>(?:[^\"\\]++|\\.)*+)\""
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)'
    r'|"(?:[^"\\]++|\\.)*+"?'
    r"|`(?:[^`\\]++|\\.)*+`?"
    # @pyimport torch.nn as nn, @py import torch: nn
    r"|@(?:pyimport|py[ \t]+import)[ \t]+(?P<macro>\w[\w.]*(?:[ \t]+as[ \t]+\w+)?"
    r"(?:[ \t]*,[ \t]*\w[\w.]*(?:[ \t]+as[ \t]+\w+)?)*)"
    # pyimport("torch"), pyimport_conda("torch", "pytorch")
    r"|(?<![\w!])pyimport(?:_conda|_e)?\(\s*\"(?P<call>[\w.]+)\"\s*(?:[,)]|=>)"
    # using Flux: Dense, import CUDA, Zygote; anywhere, for these words are reserved
    rf"|(?<![\w.:@!])(?:using|import)[ \t]+(?P<list>{_ITEM}(?:\s*,\s*{_ITEM})*+)",
    re.DOTALL,
)
_RENAMED = re.compile(r"\s+as\s+\w+")


def julia_facts(content: bytes) -> dict[str, list[Import]]:
    """Imports by language: julia and python.

    `using Flux: Dense` and `import CUDA, Zygote` are Julia's, and `..Local` keeps its dots;
    `pyimport("torch")`, `@pyimport torch as t` and `py"import torch"` are Python's.
    """
    if b"using" not in content and b"import" not in content:
        return {"julia": []}
    text = text_of(content)
    return by_language("julia", text, _hits(text))


def _hits(text: str) -> Iterator[Hit]:
    for match in _JULIA.finditer(text):
        for language, names in (("julia", match["list"]), ("python", match["macro"])):
            for name in (names or "").split(","):
                if module := _RENAMED.sub("", name).strip().rstrip("."):
                    yield Hit(match.start(), language, module)
        if match["call"]:
            yield Hit(match.start(), "python", match["call"])
        for group in ("block", "line"):
            if match[group]:
                yield from _python(match[group], match.start(group))


def _python(code: str, start: int) -> Iterator[Hit]:
    """Imports of Python code that begins at an offset."""
    offsets = [start + line.start() for line in re.finditer(r"^", code, re.MULTILINE)]
    for item in imports_of_text(code):
        yield Hit(offsets[item.line - 1], "python", item.module)
