"""Text of any encoding as UTF-8: by its byte order mark, or by what a Python file declares."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from stringzilla import find

_ENCODING_OF_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # begins with the mark of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_MARKS = tuple(_ENCODING_OF_MARK)
_FIRST_OF_MARKS = frozenset(mark[:1] for mark in _MARKS)

_CODING = b"coding"
_DECLARATION_BYTES = 400
"""A declaration stands in the first two lines, which are no longer in practice."""

_DECLARATION = re.compile(
    rb"(?:[ \t\f]*+(?:#[^\r\n]*+)?(?:\r\n|\r|\n))??"
    rb"[ \t\f]*+#[^\r\n]*?coding[:=][ \t]*+([-.\w]++)"
)
"""https://peps.python.org/pep-0263/"""

_NOT_ASCII_ALWAYS = frozenset(
    "big5 big5hkscs cp932 cp949 cp950 gb18030 gbk hz johab shift_jis shift_jis_2004 shift_jisx0213 "
    "utf-7 unicode-escape raw-unicode-escape".split()
)
"""Encodings in which an ASCII byte may be part of another character, such as a backslash."""

_ISO_2022 = "iso2022"
_OF_AN_EDITOR = re.compile(r"-(?:unix|dos|mac)\Z")
"""Emacs names the ends of lines behind the encoding."""


def may_be_encoded(content: bytes) -> bool:
    """Whether a Python file may hold words that its bytes do not show as ASCII."""
    is_declared: bool = find(content, _CODING, 0, _DECLARATION_BYTES) >= 0
    return is_declared or content[:1] in _FIRST_OF_MARKS


def without_mark(content: bytes) -> bytes:
    """UTF-8, where a byte order mark names the encoding; the content itself where none does."""
    if not content.startswith(_MARKS):
        return content
    mark = next(mark for mark in _MARKS if content.startswith(mark))
    return content.decode(_ENCODING_OF_MARK[mark], "replace").encode("utf-8", "replace")


def in_utf8(content: bytes) -> bytes:
    """A Python file in UTF-8, by its mark or by the encoding that it declares.

    Left as it is: what declares nothing, or an encoding in which every ASCII byte is itself.
    Where the declaration is wrong, the content is UTF-8 if it can be.
    """
    if content.startswith(_MARKS):
        return without_mark(content)
    declared = _DECLARATION.match(content)
    codec = _codec(declared[1].decode()) if declared is not None else None
    if codec is None:
        return content
    try:
        text = content.decode(codec)
    except UnicodeError:
        if _is_utf8(content):
            return content
        text = content.decode(codec, "replace")
    return text.encode("utf-8", "replace")


def text_of(content: bytes) -> str:
    """Text of a file in any language but Python, with `\\n` for every end of a line."""
    text = without_mark(content).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=256)
def _codec(declared: str) -> str | None:
    """The codec to decode with; None where there is none, or no need of one."""
    try:
        name = codecs.lookup(_OF_AN_EDITOR.sub("", declared)).name
    except LookupError:
        return None
    return name if name in _NOT_ASCII_ALWAYS or name.startswith(_ISO_2022) else None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
