"""Code chunks of R Markdown, Quarto, Sweave and Weave.jl documents, whatever their engine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.cells import Cell
from pipeline.scan.language_names import language_or_name, named_language
from pipeline.scan.text_encoding import text_of

_FENCE = re.compile(r"[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<header>[^\n`]*+)\Z")
_ENGINE = re.compile(r"\{[ \t]*(?P<engine>[A-Za-z][\w+#-]*)")
"""Chunks with a class (`{.python}`) or with doubled braces only show code and never run it."""

_PLAIN_ENGINE = re.compile(r"\{?[ \t]*(?P<engine>[A-Za-z][\w+#-]*)")
_OPTION = re.compile(r"\bengine\s*=\s*['\"](?P<engine>[\w+#-]+)['\"]")
_SWEAVE_BEGINS = re.compile(r"<<(?P<header>.*)>>=")


def fenced_chunks(content: bytes) -> list[Cell]:
    """Chunks of .Rmd and .qmd, which begin with a fence such as ```` ```{python} ````."""
    return list(_fenced(text_of(content), _ENGINE))


def weave_chunks(content: bytes) -> list[Cell]:
    """Chunks of .jmd, where ```` ```julia ```` runs too."""
    return list(_fenced(text_of(content), _PLAIN_ENGINE))


def sweave_chunks(content: bytes) -> list[Cell]:
    """Chunks of .Rnw: from `<<>>=` to a line that begins with `@`."""
    return list(_sweave(text_of(content)))


def _fenced(text: str, engine: re.Pattern[str]) -> Iterator[Cell]:
    lines: list[str] = []
    language: str | None = None
    first_line, opened = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        fence = _FENCE.match(line)
        if not opened:
            if fence is not None:
                lines, first_line, opened = [], number + 1, fence["fence"]
                language = _language(fence["header"], engine)
        elif fence is not None and fence["fence"].startswith(opened) and not fence["header"]:
            if language is not None:
                yield Cell(first_line, language, "\n".join(lines))
            opened = ""
        else:
            lines.append(line)
    if opened and language is not None:
        yield Cell(first_line, language, "\n".join(lines))


def _language(header: str, engine: re.Pattern[str]) -> str | None:
    """The language of a chunk with this header; None for a fence around text that is only shown."""
    named = _OPTION.search(header) or engine.match(header)
    if named is None:
        return None
    is_run = header.startswith("{")
    return language_or_name(named["engine"]) if is_run else named_language(named["engine"]) or None


def _sweave(text: str) -> Iterator[Cell]:
    lines: list[str] | None = None
    language, first_line = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if begins := _SWEAVE_BEGINS.match(line):
            lines, first_line = [], number + 1
            option = _OPTION.search(begins["header"])
            language = language_or_name(option["engine"]) if option is not None else "r"
        elif lines is not None and line.startswith("@"):
            yield Cell(first_line, language, "\n".join(lines))
            lines = None
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        yield Cell(first_line, language, "\n".join(lines))
