"""Imports of Python 2 and 3 source, without parsing it.

`import` is a keyword in every Python, so outside of strings and comments it stands in import
statements only (and inside `import_module` and `__import__`). Each line that holds the word is
judged by itself: only triple-quoted strings and backslashes reach over lines, and those are
followed. A line of the usual shape is decided at one look, and remembered; any other is lexed.
So a file that does not parse still gives the imports that are there.
docs/decisions/0003-lexing-not-parsing.md says what else was tried.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import lru_cache, partial

from stringzilla import count, find, rfind

from pipeline.scan.python_text import (
    UTF16_MARKS,
    Code,
    TripleQuotedStrings,
    is_f_string,
    is_in_field,
    logical_line,
    normalised,
)
from pipeline.scan.records import MOST_IN_FILE, Import

_WS = rb"(?:[ \t\f]|\\\n)"
_NAME = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*+"
_NO_NAME = rb"(?![A-Za-z0-9_\x80-\xff])"
_DOTTED = _NAME + rb"(?:" + _WS + rb"*+\." + _WS + rb"*+" + _NAME + rb")*+"

_NEEDLE = re.compile(
    rb"(?<![A-Za-z0-9_\x80-\xff])(?:(import)|(import_module)|(__import__))" + _NO_NAME
)
_PLAIN_STATEMENT = re.compile(
    rb"([ \t]*+)"
    rb"(?:from[ \t]++((?![ \t])\.*+(?:" + _NAME + rb"(?:\." + _NAME + rb")*+)?+)[ \t]++)?+"
    rb"import(?=[ \t]++[A-Za-z_]|(?(2)[ \t]*+[(*]|(?!)))"
    rb"([A-Za-z0-9_\x80-\xff.,()* \t\f]*+)(?:#.*+)?+"
)
"""A line of one import statement, and nothing else that could be a statement or string."""
_STATEMENT_BEGINS = re.compile(rb"(?:[^;:]*+[;:])*?[ \t\f]*+(?:from|import)" + _NO_NAME, re.DOTALL)
_STATEMENT = re.compile(
    rb"(?:\A|[\n;:])(" + _WS + rb"*+)"
    rb"(?:from" + _NO_NAME + rb"((?:[ \t\f.]|\\\n)*+(?:" + _DOTTED + rb")?+)" + _WS + rb"*+)?+\Z"
)
_FROM_TARGET = re.compile(_WS + rb"*+(?:[(*]|" + _NAME + rb")")
_AS = _WS + rb"++as" + _NO_NAME + _WS + rb"*+" + _NAME
_IMPORTED = re.compile(_WS + rb"*+(" + _DOTTED + rb")(?:" + _AS + rb")?+" + _WS + rb"*+(,?)")
_STRING = (
    rb"[rRuU]?(?:"
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+')"
)
_BLANK = rb"(?:\s++|\\\n|#[^\n]*+)*+"
_KEYWORD = rb"(?:name" + _BLANK + rb"=" + _BLANK + rb")?+"
_LITERAL = rb"((?:" + _STRING + _BLANK + rb")++)"
_LITERAL_CALL = re.compile(
    _BLANK
    + (rb"\(" + _BLANK + _KEYWORD)
    + (rb"(?:" + _LITERAL + rb"[,)]|(?:\(" + _BLANK + rb")++" + _LITERAL + rb"\))"),
    re.DOTALL,
)
"""In parentheses of its own, a literal with a comma is a tuple and names no module."""

_MODULE = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_INDENTED = re.compile(rb"[ \t\f]*+(?=[^\s#])")
_GUARD = rb"(?:(?:try|except|else|finally|elif)\b|if\b(?!\s*\(?\s*__name__))"
_SCOPE = rb"(?:(?:async\s+)?def\b|class\b)"
_HEADER = rb"(?P<indent>[ \t\f]*+)(?:(?P<guard>" + _GUARD + rb")|(?P<scope>" + _SCOPE + rb"))?"
_FIRST_LINE = re.compile(_HEADER)
_GUARDED_SUITE = re.compile(rb"[ \t\f]*+" + _GUARD)

_IMPORT = b"import"
_NEWLINE = b"\n"
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


def python_imports(source: bytes) -> list[Import]:
    """Every import of a Python file, in order.

    A module is as written: `a.b` for `import a.b` and `from a.b import c`, `.x` for a relative
    one. The line is that of the statement. Kinds: static, guarded (in a try or if block),
    dynamic (`importlib.import_module("x")` and `__import__("x")` with a literal name).
    Never raises; time is linear in the length of the source.
    """
    at = find(source, _IMPORT)
    if at < 0 and not source.startswith(UTF16_MARKS):
        return []
    whole = normalised(source)
    if whole is not source:
        source = whole
        at = find(source, _IMPORT)
    strings = TripleQuotedStrings(source)
    found: list[Import] = []
    line, counted, done, code = 1, 0, 0, 0
    kind, block, next_line = "static", 0, -1
    while at >= 0 and len(found) < MOST_IN_FILE:
        start = rfind(source, _NEWLINE, done, at) + 1
        end = find(source, _NEWLINE, at)
        if end < 0:
            end = len(source)
        plain = _plain_statements[source[start:end]] if source[start - 2] != _BACKSLASH else None
        if plain is _NOTHING:
            at = find(source, _IMPORT, end)
            continue
        if start == next_line:
            line += 1  # the line before was code, and so is this
        else:
            if start > strings.next:
                code = strings.code_from(start)
                if code > at:
                    found += _in_fields(source, strings.opener, at, code, (line, counted))
                    at = find(source, _IMPORT, code)
                    continue
            line += count(source, _NEWLINE, counted, start)
        counted = start
        if plain is None:
            start, end = logical_line(source, max(done, code), max(start, code), end)
            line += source.count(b"\n", counted, start) - source.count(b"\n", start, counted)
            counted = start
            found += _lexed(source, start, end, line)
            done = end
        else:
            indent, modules = plain
            if indent != block or start != next_line:
                kind = _block_kind(source, start, indent) if indent else "static"
                block = indent
            next_line = end + 1
            for module in modules:
                found.append(_fact((line, module, kind)))
            done = end
        at = find(source, _IMPORT, done)
    return found


class _PlainStatements(dict[bytes, _Plain | None]):
    """Indent and modules of lines that are one plain import statement; None where one may not be.

    _NOTHING is of a line that imports nothing whatever stands above it.
    """

    def __missing__(self, line: bytes) -> _Plain | None:
        if len(line) > _PLAIN_BYTES:
            return None
        if len(self) >= _LINES_REMEMBERED:
            self.clear()
        plain: _Plain | None
        if (statement := _PLAIN_STATEMENT.fullmatch(line)) is not None:
            indent, clause, names = statement.groups()
            modules = (_text(clause),) if clause else tuple(dict.fromkeys(_imported(names, 0)))
            plain = len(indent), modules
        elif _STATEMENT_BEGINS.match(line) or b"import_module" in line or b"__import__" in line:
            plain = None
        else:
            plain = _NOTHING
        self[line] = plain
        return plain


_plain_statements = _PlainStatements()


def _lexed(source: bytes, start: int, end: int, line: int) -> list[Import]:
    """The imports of a logical line of any shape, which begins as code at `start` on `line`."""
    if _NEEDLE.search(source, start, end) is None:
        return []
    found: dict[tuple[int, str], Import] = {}
    counted = start
    keyword = 0
    code = Code(source, start, end)
    for needle in _NEEDLE.finditer(source, start, end):
        at = needle.start()
        if not (code.holds(at) or (needle[1] is None and code.holds_field(at))):
            continue
        for offset, module, kind in _judge(source, needle, keyword):
            line += source.count(b"\n", counted, offset)
            counted = offset
            found.setdefault((line, module), Import(line, module, kind))
        if needle[1] is not None:
            keyword = needle.end()
        if len(found) >= MOST_IN_FILE:
            break
    return list(found.values())


def _in_fields(
    source: bytes, string: int, at: int, end: int, counted: tuple[int, int]
) -> Iterator[Import]:
    """Imports called in the braces of a triple-quoted f-string, from the first `import` in it.

    `counted` is a line and where it begins, at or before the string.
    """
    if not is_f_string(source, string):
        return
    for needle in _NEEDLE.finditer(source, max(0, at - 2), end):
        if needle[1] is None and is_in_field(source, string, needle.start()):
            for offset, module, kind in _dynamic(source, needle):
                line = counted[0] + source.count(b"\n", counted[1], offset)
                yield Import(line, module, kind)


def _judge(source: bytes, needle: re.Match[bytes], floor: int) -> Iterator[_Found]:
    """What a needle in code imports: nothing where it is not a statement or call of its own.

    A statement holds the keyword once, so it begins after `floor`, where the last one ended.
    """
    if needle[1] is None:
        yield from _dynamic(source, needle)
        return
    start = needle.start()
    statement = _STATEMENT.search(source, _clause_start(source, floor, start), start)
    if statement is None:
        return
    clause = statement[2]
    kind = _kind(source, statement.start(1))
    if clause is None:
        for module in _imported(source, needle.end()):
            yield start, module, kind
    elif (module := _name(clause)) and _FROM_TARGET.match(source, needle.end()) is not None:
        yield statement.end(1), module, kind


def _clause_start(source: bytes, floor: int, keyword: int) -> int:
    """Where to look for the beginning of the statement: its logical line, or what is near."""
    if source[keyword - 1 : keyword] in (b"\n", b";", b":") and source[keyword - 2] != _BACKSLASH:
        return keyword - 1
    nearest = max(floor, keyword - _CLAUSE_BYTES)
    start = source.rfind(b"\n", nearest, keyword)
    while start > nearest and source[start - 1] == _BACKSLASH:
        start = source.rfind(b"\n", nearest, start)
    start = max(start, nearest)
    before = source[start:keyword].rstrip(_CLAUSE_CHARACTERS)
    return max(start, start + len(before) - 1)


def _imported(source: bytes, position: int) -> Iterator[str]:
    """The modules of `import a.b as c, d`, from after the keyword."""
    while (item := _IMPORTED.match(source, position)) is not None:
        yield _name(item[1])
        if not item[2]:
            return
        position = item.end()


def _name(raw: bytes) -> str:
    """A dotted name without the blanks the grammar allows, as the language compares it."""
    return _text(re.sub(rb"[ \t\f\n\\]", b"", raw))


def _text(name: bytes) -> str:
    """A name as the language compares it."""
    text = name.decode("utf-8", "replace")
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _dynamic(source: bytes, needle: re.Match[bytes]) -> Iterator[_Found]:
    call = _LITERAL_CALL.match(source, needle.end())
    defined = source[max(0, needle.start() - 4) : needle.start()] == b"def "
    if call is None or defined:
        return
    module = _literal(call[1] or call[2])
    if module is not None and _MODULE.fullmatch(module):
        yield needle.start(), unicodedata.normalize("NFKC", module), "dynamic"


def _literal(text: bytes) -> str | None:
    """The value of one or more adjacent string literals."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(f"({text.decode('utf-8', 'replace')})")
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def _kind(source: bytes, statement: int) -> str:
    """guarded when a statement stands in a try or if block of its own function."""
    line_start = source.rfind(b"\n", max(0, statement - _PLAIN_BYTES), statement) + 1
    if source[statement - 1 : statement] == b":" and _GUARDED_SUITE.match(source, line_start):
        return "guarded"
    line = _INDENTED.match(source, line_start)
    return _block_kind(source, line_start, len(line[0]) if line is not None else 0)


def _block_kind(source: bytes, line_start: int, indent: int) -> str:
    """guarded when the line at `line_start` stands in a try or if block of its own function."""
    top = max(0, line_start - _BLOCK_BYTES)
    while indent and line_start > 0:
        header = _header(indent).match(source, top, line_start - 1)
        if header is None:
            header = _FIRST_LINE.match(source, 0, line_start - 1) if top == 0 else None
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
