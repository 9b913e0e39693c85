"""Finds the names that Python code uses from some libraries: classes, functions, modules.

The names of TensorFlow distinguish 1.x from 2.x. The names of transformers show the framework. The
names of keras and torchvision distinguish networks from data sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from stringzilla import find

from pipeline.scan.python_text import CodeLines, normalised
from pipeline.scan.records import LONGEST_NAME, MOST_IN_FILE, ApiUse, Import

LIBRARIES = frozenset(
    "art baselines foolbox imageai keras stable_baselines tensorflow tf_keras torchaudio torchtext "
    "torchvision transformers".split()
)
"""Libraries whose names the scanner stores."""

_NAMES = rb"((?:\.[A-Za-z_][A-Za-z0-9_]*){1,3})"
_GOES_ON = re.compile(rb"[A-Za-z0-9_.\x80-\xff]")
_IMPORTS = (b"from ", b"import ")
_USUAL_ALIAS = {"tensorflow": b"tf"}
_KEYWORD_BYTES = 30
"""How far before a library's name the keyword is looked for."""

_MOST_IMPORTS = 1000
_MOST_NAMES = 20
"""Largest number of names that a file gives to a library, and of imports that give it one."""

_FROM_KEYWORD = re.compile(rb"\bfrom[ \t]+\Z")
_IMPORT_KEYWORD = re.compile(rb"\bimport[ \t]+\Z")
_ALIAS = re.compile(rb"[ \t]+as[ \t]+(\w+)")
_FROM = re.compile(
    rb"from[ \t]+(\w+(?:\.\w+)*)[ \t]+import\b[ \t]*"
    rb"(?:\((?P<group>[^()]*)\)|(?P<line>(?:[^\n;#\\]++|\\\n)*+))"
)
_COMMENT = re.compile(rb"#[^\n]*")
_IMPORTED = re.compile(rb"[A-Za-z_]\w*|\*")


def libraries_of(imports: Iterable[Import]) -> frozenset[str]:
    """The libraries whose names the scanner stores for a file with these imports."""
    return LIBRARIES.intersection(item.module.partition(".")[0] for item in imports)


def library_uses(content: bytes, libraries: frozenset[str]) -> list[ApiUse]:
    """Names that code uses from these libraries, each with its first position.

    A name that code uses has at most three parts after the library:
    `tensorflow.compat.v1.placeholder`. A name that code imports has all of its parts. Strings and
    comments do not count.
    """
    if not libraries:
        return []
    content = normalised(content)
    lines = CodeLines(content)
    first: dict[str, int] = {}
    for offset, name in sorted([*_used(content, libraries), *_imported(content, libraries)]):
        if name not in first and lines.holds(offset):
            first[name] = offset
            if len(first) >= MOST_IN_FILE:
                break
    found, line, counted = [], 1, 0
    for name, offset in first.items():
        line += content.count(b"\n", counted, offset)
        counted = offset
        found.append(ApiUse(line, name))
    return found


def _used(content: bytes, libraries: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Offset and name of each `tf.Session`, `transformers.Trainer` outside of import statements."""
    for library in libraries:
        written = {library.encode(): None, _USUAL_ALIAS.get(library, library.encode()): None}
        aliases = _aliases(content, library.encode())
        written |= dict.fromkeys(islice(aliases, _MOST_IMPORTS))
        for root in islice(written, _MOST_NAMES):
            # the pattern begins with plain text, which `re` finds fast
            for use in re.finditer(re.escape(root) + _NAMES, content):
                start = use.start()
                is_name = _GOES_ON.match(content, start - 1, start) is None
                if is_name and not content[max(0, start - 7) : start].endswith(_IMPORTS):
                    yield start, library + use[1].decode()


def _aliases(content: bytes, library: bytes) -> Iterator[bytes]:
    """The aliases that `import library as name` gives to a library."""
    for keyword in _keywords(content, library, _IMPORT_KEYWORD):
        if alias := _ALIAS.match(content, keyword.end() + len(library)):
            yield alias[1]


def _statements(content: bytes, libraries: Iterable[str]) -> Iterator[re.Match[bytes]]:
    for library in libraries:
        line_end = 0
        for keyword in _keywords(content, library.encode(), _FROM_KEYWORD):
            if keyword.start() < line_end:
                continue  # it is in a statement that was read
            if statement := _FROM.match(content, keyword.start()):
                line_end = statement.end("line")
                yield statement


def _keywords(
    content: bytes, library: bytes, keyword: re.Pattern[bytes]
) -> Iterator[re.Match[bytes]]:
    """The keywords in front of a library's name: few, beside all the words `from` and `import`."""
    at = find(content, library)
    while at >= 0:
        if content[at - 1 : at] in (b" ", b"\t") and (
            found := keyword.search(content, max(0, at - _KEYWORD_BYTES), at)
        ):
            yield found
        at = find(content, library, at + len(library))


def _imported(content: bytes, libraries: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Offset of the statement and name of each `from transformers import Trainer`."""
    for statement in _statements(content, libraries):
        module = statement[1][:LONGEST_NAME].decode("utf-8", "replace")
        if module.partition(".")[0] not in libraries:
            continue
        names = _COMMENT.sub(b"", statement["group"] or statement["line"] or b"")
        for item in names.replace(b"\\\n", b" ").split(b","):
            if name := _IMPORTED.match(item.strip()):
                yield statement.start(), f"{module}.{name[0].decode('utf-8', 'replace')}"
