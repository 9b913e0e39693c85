"""Reads both sides of a file with git's conflict markers."""

from __future__ import annotations

import re

from stringzilla import find

_OPENS = b"<<<<<<< "
_MARKER = re.compile(rb"^(?:<{7} [^\n]*|\|{7}[^\n]*|={7}\r?|>{7} [^\n]*)$", re.MULTILINE)
_OUTSIDE, _OURS, _BASE, _THEIRS = range(4)
_NEXT = {
    (_OUTSIDE, b"<"): _OURS,
    (_OURS, b"|"): _BASE,
    (_OURS, b"="): _THEIRS,
    (_BASE, b"="): _THEIRS,
    (_THEIRS, b">"): _OUTSIDE,
}


def sides(content: bytes) -> list[bytes]:
    """The two sides of a file with conflict markers, each line at its number; else the content."""
    if find(content, _OPENS) < 0:
        return [content]
    ours, theirs = bytearray(), bytearray()
    section, start, conflicts = _OUTSIDE, 0, 0
    for marker in _MARKER.finditer(content):
        following = _NEXT.get((section, marker[0][:1]))
        if following is None:
            continue
        _add(ours, content[start : marker.start()], shown=section in (_OUTSIDE, _OURS))
        _add(theirs, content[start : marker.start()], shown=section in (_OUTSIDE, _THEIRS))
        conflicts += following == _OUTSIDE
        section, start = following, marker.end()
    if conflicts == 0 or section != _OUTSIDE:
        return [content]
    return [bytes(ours + content[start:]), bytes(theirs + content[start:])]


def _add(side: bytearray, text: bytes, *, shown: bool) -> None:
    side += text if shown else b"\n" * text.count(b"\n")
