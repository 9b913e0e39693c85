"""Turns matches of patterns in a text into imports with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.scan.records import MOST_IN_FILE, Import
from pipeline.scan.text_encoding import text_of

Found = tuple[int, str | None, str]
"""Offset in the text, module (if any) and kind."""


class Hit(NamedTuple):
    """An import with its language: R code, for example, can import Python modules."""

    offset: int
    language: str
    module: str
    kind: str = "static"


def numbered(text: str, found: Iterator[Found]) -> list[Import]:
    """Imports with their lines, each once a line, for offsets in ascending order."""
    hits = list(islice((hit for hit in found if hit[1]), MOST_IN_FILE))
    lines, line = [], 1
    for before, here in pairwise([0, *(offset for offset, _, _ in hits)]):
        line += text.count("\n", before, here)
        lines.append(line)
    unique = {
        (line, module): Import(line, module.strip(), kind)
        for line, (_, module, kind) in zip(lines, hits, strict=True)
        if module
    }
    return list(unique.values())


def by_language(language: str, text: str, hits: Iterable[Hit]) -> dict[str, list[Import]]:
    """Imports with their lines, by language: the text's own and those embedded in it."""
    of_language: dict[str, list[Found]] = {language: []}
    for hit in sorted(islice(hits, MOST_IN_FILE), key=itemgetter(0)):
        of_language.setdefault(hit.language, []).append((hit.offset, hit.module, hit.kind))
    return {name: numbered(text, iter(found)) for name, found in of_language.items()}


def first_group(match: re.Match[str], groups: str) -> str | None:
    """The text of the first of these groups that is not empty."""
    return next((match[group] for group in groups if match[group]), None)


def upto_last(content: bytes, *keywords: str) -> str:
    """The text up to the last line that can contain a one-line import."""
    text = text_of(content)
    last = max(text.rfind(keyword) for keyword in keywords)
    end = text.find("\n", last)
    return "" if last < 0 else text if end < 0 else text[:end]
