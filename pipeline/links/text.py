"""Links in text, as people and programs write them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from pipeline.links.hosts import HOSTS, PAGE_SUFFIXES, SHORTENERS, may_be_code

_LONGEST_SNIPPET = 300
# a slash after owner and name ends the link: what follows is the next word
_WRAPPED_LINK = re.compile(r"(https?://(?:[^\s{}]*[-_]|[^\s{}/]+(?:/[^\s{}/]+)?/))\n\s*(?=\w)")
_BLANK = re.compile(r"\s")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# the mark of a footnote is no part of a name; NFKC would make it a digit of one
_FOOTNOTE = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089\u2020\u2021\u00a7\u00b6]")
_LATEX_LINK = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_ANCHOR = re.compile(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)[^>]*>(?:.*?</a>)?""", re.I | re.S)
_HOST_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_LINK_START = re.compile(
    rf"(?:(?:git\+)?(?:https?|git|ssh)\s?:\s?/{{1,3}}\s?|(?<!(?:[^\W_]|[@.-])))"
    rf"(?:[\w.-]+(?::[^\s@/]*)?@)?(?:www\.)?(?P<host>{_HOST_NAME})(?::\d+)?(?=[/:?#]|\b)",
    re.IGNORECASE,
)
_LOST_DOT_BLANK = re.compile(
    r"(?i)\b(github|gitlab)\s?\.\s(?=com\b)|\b(github|gitlab)\s\.(?=com\b)"
)
_PATH = re.compile(r"[^\s<>\"'`{}|\\^\[\],;\u2018-\u201f\u2039\u203a\u00ab\u00bb\u300a-\u3011]*")
_BLANK_IN_NAME = re.compile(r"( [A-Za-z0-9][\w.-]*)+(?:/[\w.-]+)*/?(?=$|[?#])")
_BLANK_AT_SLASH = re.compile(r"\s+/\s*(?=[\w.-])")
_LATEX_MARK = re.compile(r"\{?\\([_%#~&-])\}?|\{([_%#~-])\}|\$\\?([_~-])\$")
_LATEX_WORD = re.compile(
    r"\\text(underscore|asciitilde)(?:\{\}|\s)?|\\(?:allowbreak|linebreak|slash)\b\s?"
)
_EMPHASIS = re.compile(r"[_*~]+$")
_SECOND_LINK = re.compile(r"(?i)(?:git\+)?https?:/{1,2}")
_QUERY_LINK = re.compile(r"(?i)[?&][\w.-]+=((?:https?:|https?%3a)[^&\s]+)")
_AFTER_LINK = re.compile(
    r"(?i)\s*(?:and|or|with|for|is|are|the|in|at|on|code|pytorch|implementation|official|see|also|"
    r"we|our|to|of|by|from|page|project|using|data)\b"
)


def link_snippets(text: str) -> list[str]:
    """The words of running text that may name a paper's code, as they stand there.

    Of hosts that hold code, project pages, anonymous copies and shortened links; other links are
    left out. A link that was wrapped after a hyphen, an underscore or the slash behind its host or
    owner is joined. `parse_link` of a snippet gives the link.
    """
    text = _LOST_DOT_BLANK.sub(_joined, _WRAPPED_LINK.sub(r"\1", text))
    starts = list(_LINK_START.finditer(text))
    snippets = []
    for index, start in enumerate(starts):
        if may_be_code(start["host"].lower()):
            limit = starts[index + 1].start() if index + 1 < len(starts) else len(text)
            # in running text a blank ends a link
            end = _BLANK.search(text, start.end(), limit)
            snippets.append(text[start.start() : end.start() if end else limit][:_LONGEST_SNIPPET])
    return snippets


def unwrapped(raw: str) -> str:
    """The text without HTML, LaTeX and markdown around its links, in plain characters."""
    text = unicodedata.normalize("NFKC", _FOOTNOTE.sub(" ", html.unescape(raw)))
    text = _INVISIBLE.sub("", text)
    text = _ANCHOR.sub(r" \1 ", text)
    text = _LATEX_LINK.sub(r" \1 ", text)
    text = _LATEX_WORD.sub(
        lambda word: {"underscore": "_", "asciitilde": "~"}.get(word[1], ""), text
    )
    text = _LATEX_MARK.sub(lambda mark: mark[1] or mark[2] or mark[3], text)
    text = _MARKDOWN_LINK.sub(r" \1 ", _MARKDOWN_IMAGE.sub("", text))
    text = _QUERY_LINK.sub(lambda link: f" {unquote(link[1])} ", text)
    return _WRAPPED_LINK.sub(r"\1", _LOST_DOT_BLANK.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}."


def found_links(text: str) -> Iterator[tuple[str, str]]:
    """(host, path) of each link of an unwrapped text; a path keeps blanks inside a name."""
    starts = list(_LINK_START.finditer(text))
    end = 0
    for index, start in enumerate(starts):
        inner = start.start() < end
        if inner and not _begins_again(start, text):
            continue
        host = start["host"].lower()
        limit = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        path = _PATH.match(text, start.end(), len(text))
        assert path is not None
        whole, end = path[0], path.end()
        if second := _SECOND_LINK.search(whole):
            whole = whole[: second.start()]
        if ")" in whole and "(" not in whole:
            whole = whole.partition(")")[0]
        if emphasis := _EMPHASIS.search(text, 0, start.start()):
            whole = whole.removesuffix(emphasis[0][::-1])
        rest = text[end:limit] if end < limit else ""
        if whole.count("/") == 1 and (slash := _BLANK_AT_SLASH.match(rest)):
            name = _PATH.match(rest, slash.end())
            assert name is not None
            whole, end = f"{whole}/{name[0]}", end + name.end()
        elif not _AFTER_LINK.match(rest) and (blank := _BLANK_IN_NAME.match(rest)):
            whole, end = whole + blank[0], end + blank.end()
        known = host in HOSTS or host in SHORTENERS or host.endswith(PAGE_SUFFIXES)
        if whole or known or "://" in start[0]:
            yield host, whole


def _begins_again(start: re.Match[str], text: str) -> bool:
    """Whether a link stands inside the path of another: pasted twice, archived, shown by a mirror.

    A name may hold a host's name (someone.github.io); only whole addresses begin again.
    """
    if "://" in start[0] or _SECOND_LINK.match(start[0]):
        return True
    before = text[start.start() - 1 : start.start()]
    return before == "/" and start["host"].lower() in HOSTS and text[start.end() :][:1] == "/"
