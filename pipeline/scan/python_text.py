"""Which parts of Python source are code, and which are strings and comments."""

from __future__ import annotations

import re

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
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BACKSLASH = ord("\\")


def normalised(source: bytes) -> bytes:
    """UTF-8 or any ASCII superset, with newlines as the language reads them."""
    if source.startswith(UTF16_MARKS):
        source = source.decode("utf-16", "replace").encode()
    if source.startswith(b"\xef\xbb\xbf"):
        source = source[3:]
    if b"\r" in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return source


class TripleQuotedStrings:
    """Follows the triple-quoted strings of a source from one to the next, as far as is asked."""

    __slots__ = ("_seen", "_source", "_token", "code", "opener")

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._token = 0  # a position in code, where a string or comment ended
        self._seen = 0  # no string opens between the token and here
        self.code = 0
        self.opener = 0  # where the string that ended at `code` began

    def code_from(self, line_start: int) -> int:
        """Where code goes on, for a line that begins in a string; else not after its start.

        Lines must be asked in ascending order.
        """
        source = self._source
        while self._seen < line_start:
            quotes = source.find(b'"""', self._seen, line_start)
            single = source.find(b"'''", self._seen, line_start if quotes < 0 else quotes)
            quotes = quotes if single < 0 else single
            if quotes < 0:
                self._seen = line_start
            elif (hidden_until := self._hidden_until(quotes)) > quotes:
                self._token = self._seen = hidden_until
            else:
                self.opener = quotes
                self._token = self._seen = self.code = self._end(quotes)
        return self.code

    def _hidden_until(self, quotes: int) -> int:
        """The end of the comment or plain string that the quotes stand in; 0 for an opener."""
        start = self._source.rfind(b"\n", self._token, quotes) + 1 or self._token
        if self._source[start - 2 : start] != b"\\\n" and _is_blank(self._source[start:quotes]):
            return 0  # a docstring, like most
        start, _ = logical_line(self._source, self._token, quotes, len(self._source))
        if _MAY_HIDE.search(self._source, start, quotes) is None:
            return 0
        token = _STRING_OR_COMMENT.search(self._source, start)
        while token is not None and token.end() <= quotes:
            token = _STRING_OR_COMMENT.search(self._source, token.end())
        return token.end() if token is not None and token.start() < quotes else 0

    def _end(self, opener: int) -> int:
        """The end of the string that begins at the opener."""
        body = opener + 3
        close = self._source.find(self._source[opener:body], body)
        if close < 0:
            return len(self._source)
        if self._source[close - 1] != _BACKSLASH:
            return close + 3
        string = _STRING_OR_COMMENT.match(self._source, opener)
        return string.end() if string is not None else len(self._source)


def _is_blank(text: bytes) -> bool:
    return not text or text.isspace()


def logical_line(source: bytes, floor: int, start: int, end: int) -> tuple[int, int]:
    """Start and end of the line, or lines joined by backslashes, that hold a stretch of source.

    `end` must be at a newline or the source's end; nothing before `floor` is looked at.
    """
    start = source.rfind(b"\n", floor, start) + 1 or floor
    while start - 2 >= floor and source[start - 2] == _BACKSLASH:
        start = source.rfind(b"\n", floor, start - 1) + 1 or floor
    while end < len(source) and source[end - 1] == _BACKSLASH:
        end = source.find(b"\n", end + 1)
        end = len(source) if end < 0 else end
    return start, end


class Code:
    """Tells whether a position is code or lies in a string or comment.

    Positions must be asked in ascending order: what was lexed is not lexed again.
    """

    def __init__(self, source: bytes, start: int, end: int) -> None:
        self._source = source
        self._end = end
        self._match = _STRING_OR_COMMENT.search(source, start, end)

    def holds(self, position: int) -> bool:
        match = self._match
        while match is not None and match.end() <= position:
            match = _STRING_OR_COMMENT.search(self._source, match.end(), self._end)
        self._match = match
        return match is None or position < match.start()

    def holds_field(self, position: int) -> bool:
        """As `is_in_field`, for the string that holds a position for which `holds` was asked."""
        return self._match is not None and is_in_field(self._source, self._match.start(), position)


def is_in_field(source: bytes, string: int, position: int) -> bool:
    """Whether a position in the string that begins at `string` is code in an f-string's braces."""
    if _F_PREFIX.search(source, max(0, string - 3), string) is None:
        return False
    nearest = max(string, position - _FIELD_BYTES)
    text = source[nearest:position].replace(b"{{", b"").replace(b"}}", b"")
    return text.count(b"{") > text.count(b"}")
