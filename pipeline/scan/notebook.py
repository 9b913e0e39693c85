"""Code of Jupyter notebooks: nbformat 3 and 4, whole or broken off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from pipeline.scan.cells import Cell
from pipeline.scan.language_names import named_language, written_language
from pipeline.scan.magics import cells_of
from pipeline.scan.text_encoding import text_of, without_mark

_MOST_VALUES = 2_000_000
"""More are the numbers of some output, a hundred bytes of memory each."""

_CELL_TYPE = re.compile(r'"cell_type"\s*:\s*"(\w+)"')
_CODE_KEY = re.compile(r'"(?:source|input)"\s*:\s*(\[)?\s*')
_STRING_END = re.compile(r"\s*,\s*")

_CodeCell = tuple[str, str | None]
"""Text of a code cell, and the language that the cell itself names."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """Its code by languages; lines count through the concatenated code cells, from 1.

    `language` is that of cells which name none. `broken` says why some cells may be missing.
    """

    language: str
    cells: list[Cell]
    broken: str | None = None


def read_notebook(content: bytes) -> Notebook:
    """The code cells of a notebook; of one that is no whole JSON document, those that are there.

    Each cell is to be scanned by itself, so that a broken one hides nothing of the next.
    """
    try:
        document = _parsed(content)
    except (ValueError, RecursionError) as error:
        salvaged: list[_CodeCell] = [(text, None) for text in _salvaged_cells(text_of(content))]
        return _notebook([], salvaged, str(error))
    return _notebook(_named_languages(document), list(_code_cells(document)), None)


def _notebook(named: list[str], code_cells: list[_CodeCell], broken: str | None) -> Notebook:
    language = written_language(
        named, "\n".join(text for text, own_language in code_cells if own_language is None)
    )
    cells: list[Cell] = []
    line = 1
    for text, own_language in code_cells:
        cells += cells_of(text, line, language if own_language is None else own_language)
        line += text.count("\n") + 1
    return Notebook(language, cells, broken)


def _parsed(content: bytes) -> Any:
    """
    Raises:
        ValueError: it is no JSON, or of more values than fit in memory.
    """
    content = without_mark(content)
    if len(content) > 2 * _MOST_VALUES and content.count(b",") + content.count(b"[") > _MOST_VALUES:
        raise ValueError(f"it has more than {_MOST_VALUES:,} values")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:  # strict: knows no NaN, no half of a surrogate pair
        # Python refuses to convert integers of thousands of digits, and we need no number
        return json.loads(content.decode("utf-8", "replace"), parse_int=float)


def _named_languages(document: Any) -> list[str]:
    """Languages that the metadata name: the kernel's first, for it runs the notebook.

    The kernel's language counts even if the name is unknown. The kernel's own name counts only if
    it is known, because users choose it freely.
    """
    metadata = _as_dict(_as_dict(document).get("metadata"))
    kernel, info = _as_dict(metadata.get("kernelspec")), _as_dict(metadata.get("language_info"))
    mode = info.get("codemirror_mode")
    said = (
        (kernel.get("language"), True),
        (kernel.get("name"), False),
        (info.get("name"), True),
        (_as_dict(mode).get("name", mode), False),
        (_text(info.get("mimetype")).rpartition("x-")[2], False),
        (metadata.get("language"), True),
    )
    named = []
    for name, is_language in said:
        if isinstance(name, str) and name.strip():
            language = named_language(name)
            named.append(name.strip().lower() if language is None and is_language else language)
    return list(filter(None, named))


def _code_cells(document: Any) -> Iterator[_CodeCell]:
    whole = _as_dict(document)
    for sheet in [whole, *_as_list(whole.get("worksheets"))]:
        for cell in map(_as_dict, _as_list(_as_dict(sheet).get("cells"))):
            if cell.get("cell_type") == "code":
                yield _text(cell.get("source", cell.get("input"))), _own_language(cell)


def _own_language(cell: dict[str, Any]) -> str | None:
    """The language in a cell's metadata, for notebooks with several languages."""
    metadata = _as_dict(cell.get("metadata"))
    said = (
        _as_dict(metadata.get("polyglot_notebook")).get("kernelName"),
        _as_dict(metadata.get("dotnet_interactive")).get("language"),
        _as_dict(metadata.get("vscode")).get("languageId"),
        metadata.get("kernel"),
        metadata.get("language"),
    )
    names = (named_language(name) for name in said if isinstance(name, str))
    return next((name for name in names if name is not None), None)


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
