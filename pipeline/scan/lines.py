"""Lines of a text, for offsets in ascending order: each part of the text is read only once."""

from __future__ import annotations

from typing import AnyStr, Generic


class LineNumbers(Generic[AnyStr]):
    """Numbers of lines. Offsets must be asked in ascending order."""

    def __init__(self, text: AnyStr, newline: AnyStr, first: int = 1) -> None:
        self._text: AnyStr = text
        self._newline: AnyStr = newline
        self._line, self._counted = first, 0

    def of(self, offset: int) -> int:
        """The number of the line that an offset lies in."""
        self._line += self._text.count(self._newline, self._counted, offset)
        self._counted = offset
        return self._line


class Comments(Generic[AnyStr]):
    """Tells whether a number sign stands before an offset on its line.

    Offsets must be asked in ascending order.
    """

    def __init__(self, text: AnyStr, newline: AnyStr, sign: AnyStr) -> None:
        self._text: AnyStr = text
        self._newline: AnyStr = newline
        self._sign: AnyStr = sign
        self._is_comment, self._looked = False, 0

    def hold(self, offset: int) -> bool:
        """Whether the offset lies in a comment."""
        line_start = self._text.rfind(self._newline, self._looked, offset) + 1
        if line_start:
            self._is_comment = False
        start = line_start or self._looked
        self._is_comment |= self._text.find(self._sign, start, offset) >= 0
        self._looked = offset
        return self._is_comment
