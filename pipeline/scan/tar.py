"""Members of a tar stream, in one pass and without a copy of what is not read.

The standard library's tarfile spends more time on a member than its inflation takes. What is
read here: ustar, pax and GNU headers; a name, a size and whether it is a regular file.
https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = 512
_REGULAR = (b"0", b"\0", b"7")
_FOLDER = b"5"
_LONG_NAME, _LONG_LINK = b"L", b"K"
_PAX, _PAX_OF_ALL = b"x", b"g"
_OLD_SPARSE = b"S"
_COMMENT_OF_GIT = re.compile(rb"\d+ comment=[0-9a-f]{40}")
_LONGEST_HEADER = 2**20
"""Bytes of a pax header or long name; GNU tar's and git's have some hundred."""


_LONGEST_LENGTH = 10
"""Digits; Python refuses to convert thousands of them."""


class TarError(Exception):
    """What comes is no tar archive, or it is damaged."""


class TarEntry(NamedTuple):
    """A member's header. `is_regular` and `is_folder` are both false of links and devices."""

    path: str
    size: int
    is_regular: bool
    is_folder: bool


class TarReader:
    """Entries of a stream of blocks; what an entry holds can be read until the next is asked for.

    `position` counts the bytes that were taken from the blocks. `is_of_git` is set where a header
    says that `git archive` made the archive.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.position = 0
        self.is_of_git = False
        self._blocks = blocks
        self._block = b""
        self._at = 0

    def __iter__(self) -> Iterator[TarEntry]:
        """Entries, in order; ends after the archive's end mark.

        Raises:
            TarError: damaged, or no archive at all.
            EOFError: the stream ends before the archive does.
        """
        named: dict[str, str] = {}
        while (header := self.read(_BLOCK)).strip(b"\0"):
            _check(header)
            size = _number(header[124:136])
            flag = header[156:157]
            end = self.position + -(-size // _BLOCK) * _BLOCK
            if flag in (_PAX, _LONG_NAME):
                if size > _LONGEST_HEADER:
                    raise TarError(f"a header of {size:,} bytes")
                value = self.read(size)
                named |= _pax(value) if flag == _PAX else {"path": _text(value)}
            elif flag == _PAX_OF_ALL:
                self.is_of_git |= _COMMENT_OF_GIT.match(self.read(min(size, _BLOCK))) is not None
            elif flag != _LONG_LINK:
                entry = _entry(header, flag, size, named)
                if flag == _OLD_SPARSE:
                    self._pass_sparse_map(header)
                end = self.position + -(-entry.size // _BLOCK) * _BLOCK
                named = {}
                yield entry
            self._pass(end - self.position)

    def read(self, size: int) -> bytes:
        """The next bytes of the stream.

        Raises:
            EOFError: there are fewer; TarError where that is so of the first header.
        """
        self.position += size
        end = self._at + size
        if end <= len(self._block):
            taken = self._block[self._at : end]
            self._at = end
            return taken
        parts = [self._block[self._at :]]
        missing = size - len(parts[0])
        while missing > 0:
            self._next_block()
            parts.append(self._block[:missing])
            self._at = len(parts[-1])
            missing -= self._at
        return b"".join(parts)

    def pass_all(self) -> None:
        """Read the stream to its end."""
        for block in self._blocks:
            self.position += len(block)

    def _pass(self, size: int) -> None:
        self.position += size
        self._at += size
        while self._at > len(self._block):
            beyond = self._at - len(self._block)
            self._next_block()
            self._at = beyond

    def _next_block(self) -> None:
        self._block = next(self._blocks, b"")
        self._at = 0
        if not self._block:
            if self.position <= _BLOCK:
                raise TarError("it is shorter than a header")
            raise EOFError("it ends before its end mark")

    def _pass_sparse_map(self, header: bytes) -> None:
        """A sparse file of old GNU tar has more of its map in blocks of their own."""
        goes_on = header[482]
        while goes_on:
            goes_on = self.read(_BLOCK)[504]


def _check(header: bytes) -> None:
    if header[257:262] == b"ustar":
        return
    blank = header[:148] + b" " * 8 + header[156:]
    checksum = header[148:156].strip(b" \0")
    if not checksum.isdigit() or sum(blank) != _number(checksum):
        raise TarError("there is no tar header where one should be")


def _entry(header: bytes, flag: bytes, size: int, named: dict[str, str]) -> TarEntry:
    path = named.get("path")
    if path is None:
        path = _text(header[:100])
        if header[257:263] == b"ustar\0" and header[345]:
            path = f"{_text(header[345:500])}/{path}"
    if "size" in named:
        size = _number(named["size"].encode(), 10)
    is_folder = flag == _FOLDER or (flag == b"\0" and path.endswith("/"))
    is_stored = flag in _REGULAR or flag == _OLD_SPARSE or not flag.isdigit()
    return TarEntry(path, size if is_stored else 0, flag in _REGULAR and not is_folder, is_folder)


def _number(field: bytes, base: int = 8) -> int:
    """A size: octal text, or binary where the first bit says so."""
    if field[0] & 0x80:
        number = int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    else:
        try:
            number = int(field.partition(b"\0")[0].strip() or b"0", base)
        except ValueError:
            number = -1
    if number < 0:
        raise TarError("a size that is no number")
    return number


def _pax(records: bytes) -> dict[str, str]:
    """Path and size of a pax header: records of `length key=value` and a newline."""
    found = {}
    while records:
        length, blank, _ = records.partition(b" ")
        is_number = blank != b"" and length.isdigit() and len(length) < _LONGEST_LENGTH
        if not is_number or not 0 < int(length) <= len(records):
            raise TarError("a pax header that is none")
        key, _, value = records[len(length) + 1 : int(length) - 1].partition(b"=")
        if key in (b"path", b"size"):
            found[key.decode()] = _text(value)
        records = records[int(length) :]
    return found


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "backslashreplace")
