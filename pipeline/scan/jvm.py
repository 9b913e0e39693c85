"""Imports of Java, Scala, Kotlin and Groovy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.matches import Found, numbered, upto_last
from pipeline.scan.records import LONGEST_NAME, Import
from pipeline.scan.text_encoding import text_of

_PLAIN_COMMENT = r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
_NESTED_COMMENT = r"/\*(?:[^*/]++|\*(?!/)|/(?!\*)|/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/)*+(?:\*/|\Z)"
"""Comments can be nested in Scala and Kotlin."""

_STRINGS = (
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)'
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'(?:[^'\\\n]++|\\.){1,4}+'"
)
_CLAUSE = r"[A-Za-z_$`](?:[^;\n{}/\"']|\{[^{}]*\})*+"
_IMPORT = (
    r"|(?:^|(?<=[;{}])|(?<=\*/))[ \t]*import[ \t]+(?:static[ \t]+)?(?P<clause>" + _CLAUSE + r")"
)
_FLAGS = re.DOTALL | re.MULTILINE
_JAVA = re.compile(_PLAIN_COMMENT + r"|//[^\n]*+" + _IMPORT + _STRINGS, _FLAGS)
_SCALA = re.compile(_NESTED_COMMENT + r"|//[^\n]*+" + _IMPORT + _STRINGS, _FLAGS)

_ITEM = re.compile(
    r"\s*(?P<path>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*?)"
    r"(?:\.(?:_|\*|given)|\.\{(?P<selectors>[^{}]*)\})?"
    r"(?:\s+as\s+\w+|\s*=>\s*\w+)?\s*(?:,|\Z)"
)
_SELECTOR = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*(?:(?:=>|as\s)\s*\w+\s*)?\Z")


def java_imports(content: bytes) -> list[Import]:
    """`import org.deeplearning4j.nn.*;` of Java and Groovy: the path without the star."""
    return _imports(content, _JAVA)


def scala_imports(content: bytes) -> list[Import]:
    """As `java_imports`, for Scala and Kotlin: `import a.b.{C, D => E}` imports a.b.C and a.b.D."""
    return _imports(content, _SCALA)


def _imports(content: bytes, pattern: re.Pattern[str]) -> list[Import]:
    text = upto_last(content, "import")
    # the last import's selectors may go on below it
    if text.rfind("{", text.rfind("import")) >= 0:
        text = text_of(content)
    return numbered(text, _modules(pattern.finditer(text)))


def _modules(matches: Iterator[re.Match[str]]) -> Iterator[Found]:
    for match in matches:
        clause = (match["clause"] or "").replace("`", "")
        position = 0
        while position < len(clause) and (item := _ITEM.match(clause, position)) is not None:
            for module in _selected(item["path"][:LONGEST_NAME], item["selectors"]):
                yield match.start("clause"), module, "static"
            position = item.end()


def _selected(path: str, selectors: str | None) -> Iterator[str]:
    """The modules of `a.b.{C, D => E}`; a.b itself where all of it is imported."""
    names = [_SELECTOR.match(each) for each in selectors.split(",")] if selectors else []
    if not names:
        yield path
    for name in names:
        yield path if name is None or name[1] == "_" else f"{path}.{name[1]}"
