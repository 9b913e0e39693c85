"""Code in several languages within one file: cells of a notebook, chunks of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """Code in one language, which is empty for markup, queries and settings.

    `first_line` is its first line's number in the file, from 1. If a notebook saves the cell as a
    file, `path` is the name of the file and shows the language.
    """

    first_line: int
    language: str
    code: str
    path: str | None = None
