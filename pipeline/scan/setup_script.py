"""Packages that a setup.py requires, read without running or parsing it: Python 2 or 3.

A requirement is a string in an argument, a list or a function whose name holds `require`, or in
what one of these refers to: `install_requires=deps` leads to `deps = ["torch"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.scan.requirement import required_package

_TOKEN = re.compile(
    r"(?P<blank>#[^\n]*|\\\n|[^\S\n]+)"
    r"|[rRuUbBfF]{0,2}(?:\"\"\"(?P<a>(?:[^\"\\]|\\.|\"(?!\"\"))*+)\"\"\""
    r"|'''(?P<b>(?:[^'\\]|\\.|'(?!''))*+)'''"
    r"|\"(?P<c>(?:[^\"\\\n]++|\\.)*+)\"?|'(?P<d>(?:[^'\\\n]++|\\.)*+)'?)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>\+=|[=!<>]=|.|\n)",
    re.DOTALL,
)
_STRING, _NAME, _SIGN = "string", "name", "sign"
_OPENS, _CLOSES = ("(", "[", "{"), (")", "]", "}")
_ENDS = (*_CLOSES, ",", ";", "\n", "")
_ADDS = frozenset(("append", "extend", "update", "insert", "add"))
_SPLIT = [".", "split", "(", ")"]
_LONGEST_TYPE = 20
_COMPARES = frozenset(("==", "!=", "in", "not"))


class _Token(NamedTuple):
    line: int
    kind: str
    text: str


def setup_requirements(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each package that a setup.py requires."""
    code = _Code(text)
    wanted = [name for name in code.values if "require" in name.lower()]
    reached = {*wanted, "python_requires"}
    found: list[tuple[int, str]] = []
    while wanted:
        strings, names = code.read(wanted.pop())
        found += strings
        further = (names & code.values.keys()) - reached
        reached |= further
        wanted += further
    for line, requirement in sorted(found):
        if name := required_package(requirement):
            yield line, name


class _Code:
    """Tokens of Python code, and where something is given to each name.

    That is by `x = ...`, `f(x=...)`, `x.append(...)`, `{"x": ...}`, `def x(): return ...`.
    """

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._closing = _closing(self._tokens)
        self._is_read = bytearray(len(self._tokens))
        self.values: dict[str, list[int]] = {}
        function = ""
        for place, token in enumerate(self._tokens):
            if token.kind == _NAME and token.text == "def":
                function = self._sign(place + 1)
            elif token.kind == _NAME and token.text == "return":
                self.values.setdefault(function, []).append(place + 1)
            elif (start := self._value_of(place)) is not None:
                self.values.setdefault(token.text, []).append(start)

    def read(self, name: str) -> tuple[list[tuple[int, str]], set[str]]:
        """What is given to a name: strings with their lines, and the names in it."""
        strings: list[tuple[int, str]] = []
        names: set[str] = set()
        for start in self.values[name]:
            if start < len(self._tokens) and self._is_read[start]:
                continue  # it is part of a value that was read
            for place in range(start, self._end(start)):
                token = self._tokens[place]
                self._is_read[place] = True
                if token.kind == _NAME:
                    names.add(token.text)
                elif token.kind == _STRING and not self._is_key_or_compared(place):
                    strings += self._requirements(place)
        return strings, names

    def _value_of(self, place: int) -> int | None:
        """Where the value begins that is given to the name, or the key, at a place."""
        after = self._sign(place + 1)
        if self._tokens[place].kind == _STRING:
            return place + 2 if after == ":" else None
        if self._tokens[place].kind == _SIGN:
            return None
        if after in ("=", "+="):
            return place + 2
        if after == "." and self._sign(place + 2) in _ADDS:
            return place + 3
        if after == "[":
            closing = self._closing.get(place + 1, place)
            return closing + 2 if self._sign(closing + 1) in ("=", "+=") else None
        return self._value_of_typed(place + 2) if after == ":" else None

    def _value_of_typed(self, place: int) -> int | None:
        """Where the value begins in `x: list[str] = ["torch"]`, for the place of the type."""
        for equals in range(place, place + _LONGEST_TYPE):
            if self._sign(equals) in ("=", "\n", ""):
                return equals + 1 if self._sign(equals) == "=" else None
        return None

    def _end(self, place: int) -> int:
        """Where the expression that begins at a place ends."""
        while (sign := self._sign(place, "string")) not in _ENDS:
            place = self._closing.get(place, len(self._tokens)) if sign in _OPENS else place
            place += 1
        return min(place, len(self._tokens))

    def _is_key_or_compared(self, place: int) -> bool:
        before, after = self._sign(place - 1), self._sign(place + 1)
        return after == ":" or after in _COMPARES or before in ("==", "!=")

    def _requirements(self, place: int) -> Iterator[tuple[int, str]]:
        """The requirements in a string: one, one a line, or words that are split."""
        line, _, text = self._tokens[place]
        is_split = [self._sign(place + ahead) for ahead in range(1, 5)] == _SPLIT
        lines = text.replace("\\n", "\n").split("\n")
        for number, requirement in enumerate(lines):
            parts = requirement.split() if is_split else [requirement]
            yield from ((line + number, part) for part in parts)

    def _sign(self, place: int, of_string: str = "") -> str:
        """The text of the name or sign at a place; empty where there is none."""
        if not 0 <= place < len(self._tokens):
            return ""
        token = self._tokens[place]
        return of_string if token.kind == _STRING else token.text


def _tokens(text: str) -> Iterator[_Token]:
    """Tokens with their lines; the end of a line is one outside of brackets only."""
    line, counted, depth = 1, 0, 0
    for match in _TOKEN.finditer(text):
        if match["blank"] is not None:
            continue
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match["name"] is not None:
            yield _Token(line, _NAME, match["name"])
        elif (sign := match["sign"]) is not None:
            depth = max(0, depth + (sign in _OPENS) - (sign in _CLOSES))
            if sign != "\n" or depth == 0:
                yield _Token(line, _SIGN, sign)
        else:
            string = next(match[group] for group in "abcd" if match[group] is not None)
            yield _Token(line, _STRING, string)


def _closing(tokens: list[_Token]) -> dict[int, int]:
    """Where each bracket is closed."""
    closing, opened = {}, []
    for place, token in enumerate(tokens):
        if token.kind == _SIGN and token.text in _OPENS:
            opened.append(place)
        elif token.kind == _SIGN and token.text in _CLOSES and opened:
            closing[opened.pop()] = place
    return closing
