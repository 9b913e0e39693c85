"""Code of Jupyter notebooks: nbformat 3 and 4, whole or broken off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

_PYTHON_CELL_MAGIC = re.compile(r"%%(?:time|timeit|capture|prun|python[23]?|py)\b[^\n]*")
_OTHER_CELL_MAGIC = re.compile(r"\s*%%\w")
_TIMED_STATEMENT = re.compile(r"^([ \t]*)%(?:time|timeit|prun)[ \t]+(?:-\w+[ \t]+)*", re.MULTILINE)
_SHELL_OR_MAGIC_LINE = re.compile(r"^[ \t]*[%!?][^\n]*$", re.MULTILINE)

_MOST_VALUES = 2_000_000
"""More are the numbers of some output, a hundred bytes of memory each."""

_CELL_TYPE = re.compile(r'"cell_type"\s*:\s*"(\w+)"')
_CODE_KEY = re.compile(r'"(?:source|input)"\s*:\s*(\[)?\s*')
_STRING_END = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell. Lines count through the notebook's concatenated code cells, from 1."""

    first_line: int
    code: bytes


@dataclass(frozen=True, slots=True)
class Notebook:
    """Code cells without IPython's own lines. `broken` says why some may be missing."""

    language: str
    cells: list[Cell]
    broken: str | None = None


def read_notebook(content: bytes) -> Notebook:
    """The code cells of a notebook; of one that is no whole JSON document, those that are there.

    Each cell is to be scanned on its own, so that a broken one hides nothing of the next.
    """
    try:
        notebook = _parsed(content)
    except (ValueError, RecursionError) as error:
        text = content.decode("utf-8-sig", "replace")
        return Notebook("python", _numbered(_salvaged_cells(text)), broken=str(error))
    return Notebook(_language(notebook), _numbered(_code_cells(notebook)))


def _parsed(content: bytes) -> Any:
    """
    Raises:
        ValueError: it is no JSON, or of more values than fit in memory.
    """
    if len(content) > 2 * _MOST_VALUES and content.count(b",") + content.count(b"[") > _MOST_VALUES:
        raise ValueError(f"it has more than {_MOST_VALUES:,} values")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:  # strict: knows no NaN, no half of a surrogate pair
        return json.loads(content.decode("utf-8-sig", "replace"))


def _numbered(cells: Iterator[str]) -> list[Cell]:
    numbered, line = [], 1
    for cell in cells:
        numbered.append(Cell(line, _without_magics(cell).encode("utf-8", "replace")))
        line += cell.count("\n") + 1
    return numbered


def _without_magics(cell: str) -> str:
    """The cell with IPython's own lines blanked; every line keeps its number."""
    if _PYTHON_CELL_MAGIC.match(cell.lstrip()):
        cell = _PYTHON_CELL_MAGIC.sub("", cell, count=1)
    elif _OTHER_CELL_MAGIC.match(cell):
        return ""
    if "%" not in cell and "!" not in cell and "?" not in cell:
        return cell
    return _SHELL_OR_MAGIC_LINE.sub("", _TIMED_STATEMENT.sub(r"\1", cell))


def _language(notebook: Any) -> str:
    """Language of the kernel in lower case; python where the notebook does not say."""
    metadata = _as_dict(_as_dict(notebook).get("metadata"))
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        name = _as_dict(metadata.get(section)).get(key)
        if isinstance(name, str) and name:
            return _kernel_language(name)
    name = metadata.get("language")
    return _kernel_language(name) if isinstance(name, str) and name else "python"


def _kernel_language(name: str) -> str:
    name = name.lower()
    return "python" if name.startswith(("python", "ipython", "sage")) else name


def _code_cells(notebook: Any) -> Iterator[str]:
    document = _as_dict(notebook)
    sheets = [document, *_as_list(document.get("worksheets"))]
    for sheet in sheets:
        for cell in map(_as_dict, _as_list(_as_dict(sheet).get("cells"))):
            if cell.get("cell_type") == "code":
                yield _text(cell.get("source", cell.get("input")))


def _text(lines: Any) -> str:
    if isinstance(lines, str):
        return lines
    return "".join(line for line in _as_list(lines) if isinstance(line, str))


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _salvaged_cells(text: str) -> Iterator[str]:
    """Code cells of a document that broke off: the strings that follow a source or input key."""
    decoder = json.JSONDecoder()
    kinds = [(match.start(), match[1]) for match in _CELL_TYPE.finditer(text)]
    kind_index, kind = 0, "code"
    for key in _CODE_KEY.finditer(text):
        while kind_index < len(kinds) and kinds[kind_index][0] < key.start():
            kind = kinds[kind_index][1]
            kind_index += 1
        if kind == "code":
            yield "".join(_strings(text, key.end(), decoder, many=key[1] is not None))


def _strings(text: str, position: int, decoder: json.JSONDecoder, *, many: bool) -> Iterator[str]:
    while text.startswith('"', position):
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError:
            return
        yield value
        separator = _STRING_END.match(text, position)
        if not many or separator is None:
            return
        position = separator.end()
