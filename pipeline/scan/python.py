"""Imports of Python 2 and 3 source, without parsing it.

`import` is a keyword in every Python, so outside of strings and comments it stands in import
statements only (and inside `import_module` and `__import__`). Each occurrence is judged by the
bytes around it; only where a string or comment could hide it is the text before it lexed.
So a file that does not parse still gives the imports that are there, and most files are
never lexed at all. docs/decisions/0003-lexing-not-parsing.md says what else was tried.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator

from pipeline.scan.records import Import

_WS = rb"(?:[ \t\f]|\\\n)"
_NAME = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*+"
_DOTTED = _NAME + rb"(?:" + _WS + rb"*+\." + _WS + rb"*+" + _NAME + rb")*+"

_NEEDLE = re.compile(
    rb"(?<![A-Za-z0-9_\x80-\xff])(?:(import)|(import_module)|(__import__))(?![A-Za-z0-9_\x80-\xff])"
)
_STRING_OR_COMMENT = re.compile(
    rb"#[^\n]*+"
    rb'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\\?\Z)'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)"
    rb'|"(?:[^"\\\n]++|\\.)*+"?'
    rb"|'(?:[^'\\\n]++|\\.)*+'?",
    re.DOTALL,
)
_STATEMENT = re.compile(
    rb"(\A|[\n;:])(" + _WS + rb"*+)"
    rb"(?:from(?![A-Za-z0-9_\x80-\xff])((?:[ \t\f.]|\\\n)*+(?:"
    + _DOTTED
    + rb")?+)"
    + _WS
    + rb"*+)?+\Z"
)
_FROM_TARGET = re.compile(_WS + rb"*+(?:[(*]|" + _NAME + rb")")
_IMPORTED = re.compile(
    _WS
    + rb"*+("
    + _DOTTED
    + rb")(?:"
    + _WS
    + rb"++as(?![A-Za-z0-9_\x80-\xff])"
    + _WS
    + rb"*+"
    + _NAME
    + rb")?+"
    + _WS
    + rb"*+(,?)"
)
_STRING = (
    rb"[rRuU]?(?:"
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+')"
)
_BLANK = rb"(?:\s++|\\\n|#[^\n]*+)*+"
_LITERAL_CALL = re.compile(
    _BLANK
    + rb"\((?:"
    + _BLANK
    + rb"\()*+"
    + _BLANK
    + rb"(?:name"
    + _BLANK
    + rb"="
    + _BLANK
    + rb")?+((?:"
    + _STRING
    + _BLANK
    + rb")++)[,)]",
    re.DOTALL,
)
_MODULE = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_INDENTED = re.compile(rb"[ \t\f]*+(?=[^\s#])")
_GUARD = re.compile(rb"(?:try|except|else|finally|elif)\b|if\b(?!\s*\(?\s*__name__)")
_SCOPE = re.compile(rb"(?:async\s+)?def\b|class\b")

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BACKSLASH = ord("\\")

_Found = tuple[int, str, str]
"""Offset of the statement, module, kind."""

_CLAUSE_BYTES = 400
"""How far back a `from` clause is looked for; no real dotted name is longer."""

_GUARD_LINES = 400
"""How many lines above an indented import are searched for the block it stands in."""


def python_imports(source: bytes) -> list[Import]:
    """Every import of a Python file, in order.

    A module is as written: `a.b` for `import a.b` and `from a.b import c`, `.x` for a relative
    one. The line is that of the statement. Kinds: static, guarded (in a try or if block),
    dynamic (`importlib.import_module("x")` and `__import__("x")` with a literal name).
    Never raises; time is linear in the length of the source.
    """
    if b"import" not in source and not source.startswith(_UTF16_MARKS):
        return []
    source = _normalised(source)
    code = _Code(source)
    found: dict[tuple[int, str], Import] = {}
    line, counted = 1, 0
    for needle in _NEEDLE.finditer(source):
        for offset, module, kind in _judge(source, needle, code):
            line += source.count(b"\n", counted, offset)
            counted = offset
            found.setdefault((line, module), Import(line, module, kind))
    return list(found.values())


def _normalised(source: bytes) -> bytes:
    """UTF-8 or any ASCII superset, with newlines as the language reads them."""
    if source.startswith(_UTF16_MARKS):
        source = source.decode("utf-16", "replace").encode()
    if source.startswith(b"\xef\xbb\xbf"):
        source = source[3:]
    if b"\r" in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return source


class _Code:
    """Tells whether a position is code or lies in a string or comment.

    Positions must be asked in ascending order: what was lexed is not lexed again.
    """

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._match = _STRING_OR_COMMENT.search(source)
        firsts = [at for quote in (b'"""', b"'''") if (at := source.find(quote)) >= 0]
        self._first_triple_quote = min(firsts, default=len(source))

    def holds(self, position: int) -> bool:
        match = self._match
        while match is not None and match.end() <= position:
            match = _STRING_OR_COMMENT.search(self._source, match.end())
        self._match = match
        return match is None or position < match.start()

    def holds_line_start(self, position: int) -> bool:
        """As `holds`, for a position that only blanks or a from clause part from its line's start.

        Only a triple-quoted string or a continued line can hide such a position.
        """
        return position < self._first_triple_quote or self.holds(position)


def _judge(source: bytes, needle: re.Match[bytes], code: _Code) -> Iterator[_Found]:
    """What a needle imports: nothing where it is not a statement or call of its own."""
    if needle[1] is None:
        yield from _dynamic(source, needle, code)
        return
    start = needle.start()
    statement = _STATEMENT.search(source, _clause_start(source, start), start)
    if statement is None:
        return
    opener, clause = statement[1], statement[3]
    plain = opener == b"" or (opener == b"\n" and source[statement.start() - 1] != _BACKSLASH)
    if not (code.holds_line_start(start) if plain else code.holds(start)):
        return
    kind = _kind(source, statement.end(1), suite=opener == b":")
    if clause is None:
        for module in _imported(source, needle.end()):
            yield start, module, kind
    elif _FROM_TARGET.match(source, needle.end()) is not None:
        yield statement.end(2), _name(clause), kind


def _clause_start(source: bytes, keyword: int) -> int:
    """Where to look for the beginning of the statement: its logical line, or what is near."""
    if source[keyword - 1 : keyword] in (b"\n", b";", b":") and source[keyword - 2] != _BACKSLASH:
        return keyword - 1
    nearest = max(0, keyword - _CLAUSE_BYTES)
    start = source.rfind(b"\n", nearest, keyword)
    while start > nearest and source[start - 1] == _BACKSLASH:
        start = source.rfind(b"\n", nearest, start)
    return max(start, nearest)


def _imported(source: bytes, position: int) -> Iterator[str]:
    """The modules of `import a.b as c, d`, from after the keyword."""
    while (item := _IMPORTED.match(source, position)) is not None:
        yield _name(item[1])
        if not item[2]:
            return
        position = item.end()


def _name(raw: bytes) -> str:
    """A dotted name without the blanks the grammar allows, as the language compares it."""
    name = re.sub(rb"[ \t\f\n\\]", b"", raw).decode("utf-8", "replace")
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def _dynamic(source: bytes, needle: re.Match[bytes], code: _Code) -> Iterator[_Found]:
    call = _LITERAL_CALL.match(source, needle.end())
    defined = source[max(0, needle.start() - 4) : needle.start()] == b"def "
    if call is None or defined or not code.holds(needle.start()):
        return
    module = _literal(call[1])
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


def _kind(source: bytes, statement: int, *, suite: bool) -> str:
    """guarded when the statement stands in a try or if block of its own function."""
    line_start = source.rfind(b"\n", max(0, statement - _CLAUSE_BYTES), statement) + 1
    line = _INDENTED.match(source, line_start)
    if suite and line is not None and _GUARD.match(source, line.end()):
        return "guarded"
    indent = len(line[0]) if line is not None else 0
    for _ in range(_GUARD_LINES):
        if indent == 0 or line_start == 0:
            break
        line_end = line_start - 1
        line_start = source.rfind(b"\n", 0, line_end) + 1
        line = _INDENTED.match(source, line_start, line_end)
        if line is None or len(line[0]) >= indent:
            continue
        indent = len(line[0])
        if _GUARD.match(source, line.end()):
            return "guarded"
        if _SCOPE.match(source, line.end()):
            break
    return "static"
