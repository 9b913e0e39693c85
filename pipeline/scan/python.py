"""Imports of Python 2 and 3 code, without parsing it.

`import` is a keyword in every Python, so outside of strings and comments it stands in import
statements only (and inside the names of functions such as `import_module`). Each line that holds
the word is judged by itself: only triple-quoted strings and backslashes reach over lines, and
those are followed. A line of the usual shape is decided at one look, and remembered; any other is
lexed. So a file that does not parse still gives the imports that are there.
docs/decisions/0003-lexing-not-parsing.md says what else was tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from operator import itemgetter

from stringzilla import count, find, rfind

from pipeline.scan.python_calls import IMPORTING_CALL, LAZY_PART, called_module, lazily_loaded
from pipeline.scan.python_text import (
    Code,
    TripleQuotedStrings,
    is_f_string,
    is_in_field,
    logical_line,
    normalised,
    with_newlines,
)
from pipeline.scan.records import MOST_IN_FILE, Import
from pipeline.scan.text_encoding import may_be_encoded

_WS = rb"(?:[ \t\f]|\\\n)"
_NAME = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*+"
_NO_NAME = rb"(?![A-Za-z0-9_\x80-\xff])"
_DOTTED = _NAME + rb"(?:" + _WS + rb"*+\." + _WS + rb"*+" + _NAME + rb")*+"

_NO_NAME_BEFORE = rb"(?<![A-Za-z0-9_\x80-\xff])"
_NEEDLE = re.compile(_NO_NAME_BEFORE + rb"(?:(import)|(" + IMPORTING_CALL + rb"))" + _NO_NAME)
_LAZY = b"lazy"
_CALL = re.compile(_NO_NAME_BEFORE + IMPORTING_CALL + _NO_NAME)
_PLAIN_STATEMENT = re.compile(
    rb"([ \t]*+)"
    rb"(?:from[ \t]++((?![ \t])\.*+(?:" + _NAME + rb"(?:\." + _NAME + rb")*+)?+)[ \t]++)?+"
    rb"import(?=[ \t]++[A-Za-z_]|(?(2)[ \t]*+[(*]|(?!)))"
    rb"([A-Za-z0-9_\x80-\xff.,()* \t\f]*+)(?:#.*+)?+"
)
"""A line of one import statement, and nothing else that could be a statement or string."""
_STATEMENT_BEGINS = re.compile(rb"(?:[^;:]*+[;:])*?[ \t\f]*+(?:from|import)" + _NO_NAME, re.DOTALL)
_STATEMENT = re.compile(
    rb"(?:\A|[\n;:])(" + _WS + rb"*+(?:lazy" + _WS + rb"++(?=from|\Z))?+)"
    rb"(?:from" + _NO_NAME + rb"((?:[ \t\f.]|\\\n)*+(?:" + _DOTTED + rb")?+)" + _WS + rb"*+)?+\Z"
)
_FROM_TARGET = re.compile(_WS + rb"*+(?:[(*]|" + _NAME + rb")")
_AS = _WS + rb"++as" + _NO_NAME + _WS + rb"*+" + _NAME
_IMPORTED = re.compile(_WS + rb"*+(" + _DOTTED + rb")(?:" + _AS + rb")?+" + _WS + rb"*+(,?)")
_INDENTED = re.compile(rb"[ \t\f]*+(?=[^\s#])")
_GUARD = rb"(?:(?:try|except|else|finally|elif)\b|if\b(?!\s*\(?\s*__name__))"
_SCOPE = rb"(?:(?:async\s+)?def\b|class\b)"
_HEADER = rb"(?P<indent>[ \t\f]*+)(?:(?P<guard>" + _GUARD + rb")|(?P<scope>" + _SCOPE + rb"))?"
_FIRST_LINE = re.compile(_HEADER)
_GUARDED_SUITE = re.compile(rb"[ \t\f]*+" + _GUARD)

_IMPORT = b"import"
_NEWLINE = b"\n"
_BLANKS = b" \t\f\n\\"
_BACKSLASH = ord("\\")
_PLAIN_BYTES = 400
"""A longer line is lexed."""

_LINES_REMEMBERED = 2**16

_CLAUSE_BYTES = 5000
_CLAUSE_CHARACTERS = bytes(
    code for code in range(256) if code >= 128 or chr(code).isalnum() or chr(code) in "_. \t\f\\\n"
)
"""How far back the beginning of a statement is looked for, and what it is made of."""

_BLOCK_BYTES = 2**15
"""How far above an indented import the block that it stands in is looked for."""

_fact = partial(tuple.__new__, Import)
"""Import(*values), at half the price."""

_Plain = tuple[int, tuple[str, ...]]
"""Indent and modules of a plain import statement."""

_NOTHING: _Plain = (-1, ())

_Found = tuple[int, str, str]
"""Offset of the statement, module, kind."""


def python_imports(content: bytes) -> list[Import]:
    """Every import of a Python file, in order.

    A module is as written: `a.b` for `import a.b` and `from a.b import c`, `.x` for a relative
    one. The line is that of the statement. Kinds: static, guarded (in a try or if block),
    dynamic (by a call with a literal name: `importlib.import_module("x")`).
    Never raises; time is linear in the length of the content.
    """
    if find(content, _IMPORT) < 0 and not may_be_encoded(content):
        return []
    return _imports(normalised(content))


def imports_of_text(text: str) -> list[Import]:
    """As `python_imports`, for code in a file of another language, whose encoding is known."""
    return _imports(with_newlines(text.encode("utf-8", "replace")))


def _imports(content: bytes) -> list[Import]:
    """The imports of code in UTF-8, with newlines."""
    at = find(content, _IMPORT)
    strings = TripleQuotedStrings(content)
    found: list[Import] = []
    line, counted, done, code = 1, 0, 0, 0
    kind, block, next_line = "static", 0, -1
    while at >= 0 and len(found) < MOST_IN_FILE:
        start = rfind(content, _NEWLINE, done, at) + 1
        end = find(content, _NEWLINE, at)
        if end < 0:
            end = len(content)
        plain = _plain_statements[content[start:end]] if content[start - 2] != _BACKSLASH else None
        if plain is _NOTHING:
            at = find(content, _IMPORT, end)
            continue
        if start == next_line:
            line += 1  # the line before was code, and so is this
        else:
            if start > strings.next:
                code = strings.code_from(start)
                if code > at:
                    found += _in_fields(content, strings.opener, at, code, (line, counted))
                    at = find(content, _IMPORT, code)
                    continue
            line += count(content, _NEWLINE, counted, start)
        counted = start
        if plain is None:
            start, end = logical_line(content, max(done, code), max(start, code), end)
            line += content.count(b"\n", counted, start) - content.count(b"\n", start, counted)
            counted = start
            found += _lexed(content, start, end, line)
            done = end
        else:
            indent, modules = plain
            if indent != block or start != next_line:
                kind = _block_kind(content, start, indent) if indent else "static"
                block = indent
            next_line = end + 1
            for module in modules:
                found.append(_fact((line, module, kind)))
            done = end
        at = find(content, _IMPORT, done)
    lazy = find(content, LAZY_PART)
    return found if lazy < 0 else _with_lazy_loads(content, found, lazy)


class _PlainStatements(dict[bytes, _Plain | None]):
    """Indent and modules of lines that are one plain import statement; None where one may not be.

    _NOTHING is of a line that imports nothing whatever stands above it.
    """

    def __missing__(self, line: bytes) -> _Plain | None:
        if len(line) > _PLAIN_BYTES:
            return None
        if len(self) >= _LINES_REMEMBERED:
            self.clear()
        plain: _Plain | None = _NOTHING
        statement = _PLAIN_STATEMENT.fullmatch(line)
        if statement is not None:
            clause = statement[2]
            modules = (
                (_text(clause),) if clause else tuple(dict.fromkeys(_imported(statement[3], 0)))
            )
            plain = statement.end(1), modules
        elif _STATEMENT_BEGINS.match(line) or find(line, _LAZY) >= 0 or _holds_call(line):
            plain = None
        self[line] = plain
        return plain


_plain_statements = _PlainStatements()


def _holds_call(line: bytes) -> bool:
    """Whether a line holds the name of a function that imports."""
    may_be = (
        find(line, b"import_") >= 0 or find(line, b"_import") >= 0 or find(line, b"orskip") >= 0
    )
    return may_be and _CALL.search(line) is not None


def _with_lazy_loads(content: bytes, found: list[Import], lazy: int) -> list[Import]:
    """The imports and the modules that a lazy loader gives, in the order of their lines."""
    line, counted = 1, 0
    for offset, module in lazily_loaded(content, lazy):
        line += content.count(b"\n", counted, offset)
        counted = offset
        found.append(Import(line, module, "dynamic"))
    return sorted(found, key=itemgetter(0)) if counted else found


def _lexed(content: bytes, start: int, end: int, line: int) -> list[Import]:
    """The imports of a logical line of any shape, which begins as code at `start` on `line`."""
    if _NEEDLE.search(content, start, end) is None:
        return []
    found: dict[tuple[int, str], Import] = {}
    counted = start
    keyword = 0
    code = Code(content, start, end)
    for needle in _NEEDLE.finditer(content, start, end):
        at = needle.start()
        if not (code.holds(at) or (needle[1] is None and code.holds_field(at))):
            continue
        for offset, module, kind in _judge(content, needle, keyword):
            line += content.count(b"\n", counted, offset)
            counted = offset
            found.setdefault((line, module), Import(line, module, kind))
        if needle[1] is not None:
            keyword = needle.end()
        if len(found) >= MOST_IN_FILE:
            break
    return list(found.values())


def _in_fields(
    content: bytes, string: int, at: int, end: int, counted: tuple[int, int]
) -> Iterator[Import]:
    """Imports called in the braces of a triple-quoted f-string, from the first `import` in it.

    `counted` is a line and where it begins, at or before the string.
    """
    if not is_f_string(content, string):
        return
    for needle in _NEEDLE.finditer(content, max(0, at - 2), end):
        if needle[1] is None and is_in_field(content, string, needle.start()):
            for offset, module, kind in _dynamic(content, needle):
                line = counted[0] + content.count(b"\n", counted[1], offset)
                yield Import(line, module, kind)


def _judge(content: bytes, needle: re.Match[bytes], floor: int) -> Iterator[_Found]:
    """What a needle in code imports: nothing where it is not a statement or call of its own.

    A statement holds the keyword once, so it begins after `floor`, where the last one ended.
    """
    if needle[1] is None:
        yield from _dynamic(content, needle)
        return
    start = needle.start()
    statement = _STATEMENT.search(content, _clause_start(content, floor, start), start)
    if statement is None:
        return
    clause = statement[2]
    kind = _kind(content, statement.start(1))
    if clause is None:
        for module in _imported(content, needle.end()):
            yield statement.end(1), module, kind
    elif (module := _name(clause)) and _FROM_TARGET.match(content, needle.end()) is not None:
        yield statement.end(1), module, kind


def _clause_start(content: bytes, floor: int, keyword: int) -> int:
    """Where to look for the beginning of the statement: its logical line, or what is near."""
    if content[keyword - 1 : keyword] in (b"\n", b";", b":") and content[keyword - 2] != _BACKSLASH:
        return keyword - 1
    nearest = max(floor, keyword - _CLAUSE_BYTES)
    start = content.rfind(b"\n", nearest, keyword)
    while start > nearest and content[start - 1] == _BACKSLASH:
        start = content.rfind(b"\n", nearest, start)
    start = max(start, nearest)
    before = content[start:keyword].rstrip(_CLAUSE_CHARACTERS)
    return max(start, start + len(before) - 1)


def _imported(content: bytes, position: int) -> Iterator[str]:
    """The modules of `import a.b as c, d`, from after the keyword."""
    while (item := _IMPORTED.match(content, position)) is not None:
        yield _name(item[1])
        if not item[2]:
            return
        position = item.end()


def _name(raw: bytes) -> str:
    """A dotted name without the blanks the grammar allows, as the language compares it."""
    return _text(raw.translate(None, _BLANKS))


def _text(name: bytes) -> str:
    """A name as the language compares it."""
    if name.isascii():
        return name.decode()
    return unicodedata.normalize("NFKC", name.decode("utf-8", "replace"))


def _dynamic(content: bytes, needle: re.Match[bytes]) -> Iterator[_Found]:
    module = called_module(content, needle[2], needle.end())
    if module is not None:
        yield needle.start(), module, "dynamic"


def _kind(content: bytes, statement: int) -> str:
    """guarded when a statement stands in a try or if block of its own function."""
    line_start = content.rfind(b"\n", max(0, statement - _PLAIN_BYTES), statement) + 1
    if content[statement - 1 : statement] == b":" and _GUARDED_SUITE.match(content, line_start):
        return "guarded"
    line = _INDENTED.match(content, line_start)
    return _block_kind(content, line_start, len(line[0]) if line is not None else 0)


def _block_kind(content: bytes, line_start: int, indent: int) -> str:
    """guarded when the line at `line_start` stands in a try or if block of its own function."""
    top = max(0, line_start - _BLOCK_BYTES)
    while indent and line_start > 0:
        header = _header(indent).match(content, top, line_start - 1)
        if header is None:
            header = _FIRST_LINE.match(content, 0, line_start - 1) if top == 0 else None
        if header is None or header["scope"]:
            break
        if header["guard"]:
            return "guarded"
        line_start, indent = header.start("indent"), len(header["indent"])
    return "static"


@lru_cache(maxsize=256)
def _header(indent: int) -> re.Pattern[bytes]:
    """The last line of a stretch that is neither blank nor a comment and less indented."""
    deeper = rb"(?![ \t\f]{%d}|[ \t\f]*+(?:[#\n]|\Z))" % indent
    return re.compile(rb"(?s:.*)\n" + deeper + _HEADER)
