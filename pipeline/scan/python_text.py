"""Which parts of a Python file are code, and which are strings and comments."""

from __future__ import annotations

import re

from stringzilla import find, rfind

from pipeline.scan.text_encoding import in_utf8, may_be_encoded

_STRING_OR_COMMENT = re.compile(
    rb"#[^\n]*+"
    rb'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\\?\Z)'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)"
    rb'|"(?:[^"\\\n]++|\\.)*+"?'
    rb"|'(?:[^'\\\n]++|\\.)*+'?",
    re.DOTALL,
)
_F_PREFIX = re.compile(rb"(?<![A-Za-z0-9_\x80-\xff])(?:[fF][rR]?|[rR][fF])\Z")
_FIELD_BYTES = 1000
"""How far before a position in an f-string the braces around it are looked for."""
_MAY_HIDE = re.compile(rb"[#'\"]")
_BACKSLASH = ord("\\")
_DOUBLE, _SINGLE = b'"""', b"'''"


def normalised(content: bytes) -> bytes:
    """UTF-8 or any encoding that begins with ASCII, with newlines as the language reads them."""
    if may_be_encoded(content):
        content = in_utf8(content)
    return with_newlines(content)


def with_newlines(content: bytes) -> bytes:
    """The content with `\\n` for every end of a line."""
    if find(content, b"\r") >= 0:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


class TripleQuotedStrings:
    """Follows the triple-quoted strings of a file from one to the next, as far as is asked."""

    __slots__ = ("_content", "_double", "_token", "code", "next", "opener")

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._token = 0  # a position in code, where a string or comment ended
        self._double = double = _found(content, _DOUBLE, 0, len(content))
        self.next = _found(content, _SINGLE, 0, double)  # no string opens before it
        self.opener = 0  # where the string that ended at `code` began
        self.code = 0

    def code_from(self, line_start: int) -> int:
        """Where code goes on, for a line that begins in a string; else not after its start.

        Lines must be asked in ascending order.
        """
        content, token, opener, code = self._content, self._token, self.opener, self.code
        double, quotes = self._double, self.next
        while quotes < line_start:
            line = rfind(content, b"\n", token, quotes) + 1 or token
            before = content[line:quotes]
            if (before and not before.isspace()) or content[line - 2] == _BACKSLASH:
                token = self._hidden_until(quotes, token)
            else:
                token = quotes  # a docstring, like most
            if token == quotes:
                opener, code = quotes, _string_end(content, quotes)
                token = code
            if double < token:
                double = _found(content, _DOUBLE, token, len(content))
            quotes = _found(content, _SINGLE, token, double)
        self._token, self.opener, self.code = token, opener, code
        self._double, self.next = double, quotes
        return code

    def _hidden_until(self, quotes: int, token: int) -> int:
        """The end of the comment or plain string that the quotes stand in; themselves if none."""
        content = self._content
        start, _ = logical_line(content, token, quotes, len(content))
        if _MAY_HIDE.search(content, start, quotes) is None:
            return quotes
        hiding = _STRING_OR_COMMENT.search(content, start)
        while hiding is not None and hiding.end() <= quotes:
            hiding = _STRING_OR_COMMENT.search(content, hiding.end())
        return hiding.end() if hiding is not None and hiding.start() < quotes else quotes


def _string_end(content: bytes, opener: int) -> int:
    """The end of the triple-quoted string that begins at the opener."""
    body = opener + 3
    close: int = find(content, content[opener:body], body)
    if close < 0:
        return len(content)
    if content[close - 1] != _BACKSLASH:
        return close + 3
    string = _STRING_OR_COMMENT.match(content, opener)
    return string.end() if string is not None else len(content)


def _found(content: bytes, quotes: bytes, start: int, end: int) -> int:
    """Where the quotes stand next; the end where they do not stand before it."""
    at = find(content, quotes, start, end)
    return int(at) if at >= 0 else end


def logical_line(content: bytes, floor: int, start: int, end: int) -> tuple[int, int]:
    """Start and end of the line, or lines joined by backslashes, that hold a stretch of bytes.

    `end` must be at a newline or the content's end; nothing before `floor` is looked at.
    """
    start = content.rfind(b"\n", floor, start) + 1 or floor
    while start - 2 >= floor and content[start - 2] == _BACKSLASH:
        start = content.rfind(b"\n", floor, start - 1) + 1 or floor
    while end < len(content) and content[end - 1] == _BACKSLASH:
        end = content.find(b"\n", end + 1)
        end = len(content) if end < 0 else end
    return start, end


class Code:
    """Tells whether a position is code or lies in a string or comment.

    Positions must be asked in ascending order: what was lexed is not lexed again.
    """

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self._content = content
        self._end = end
        self._match = _STRING_OR_COMMENT.search(content, start, end)

    def holds(self, position: int) -> bool:
        match = self._match
        while match is not None and match.end() <= position:
            match = _STRING_OR_COMMENT.search(self._content, match.end(), self._end)
        self._match = match
        return match is None or position < match.start()

    def holds_field(self, position: int) -> bool:
        """As `is_in_field`, for the string that holds a position for which `holds` was asked."""
        return self._match is not None and is_in_field(self._content, self._match.start(), position)


class CodeLines:
    """Tells whether positions are code. Only the lines that hold them are lexed.

    Positions must be asked in ascending order.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._strings = TripleQuotedStrings(content)
        self._line_end = -1
        self._code_start = 0
        self._code = Code(content, 0, 0)

    def holds(self, position: int) -> bool:
        if position > self._line_end:
            self._go_to_line_of(position)
        return self._code_start <= position and self._code.holds(position)

    def _go_to_line_of(self, position: int) -> None:
        content = self._content
        line_start = rfind(content, b"\n", self._line_end + 1, position) + 1
        line_start = line_start or self._line_end + 1
        self._line_end = _found(content, b"\n", position, len(content))
        if line_start > self._strings.next:
            self._strings.code_from(line_start)
        self._code_start = max(line_start, self._strings.code)
        self._code = Code(content, self._code_start, self._line_end)


def is_f_string(content: bytes, string: int) -> bool:
    """Whether the string that begins with the quotes at `string` has an f for a prefix."""
    return _F_PREFIX.search(content, max(0, string - 3), string) is not None


def is_in_field(content: bytes, string: int, position: int) -> bool:
    """Whether a position in the string that begins at `string` is code in an f-string's braces."""
    if not is_f_string(content, string):
        return False
    nearest = max(string, position - _FIELD_BYTES)
    text = content[nearest:position].replace(b"{{", b"").replace(b"}}", b"")
    return text.count(b"{") > text.count(b"}")
