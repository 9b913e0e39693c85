"""What shell commands install, and the Python code that they run."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.scan.lines import LineNumbers
from pipeline.scan.python import imports_of_text
from pipeline.scan.records import Import
from pipeline.scan.requirement import required_package

_CONTINUED = re.compile(r"\\[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*")
"""A backslash at the end of a line, and lines of comment after it, which Docker permits there."""

_WORD = re.compile(
    r"(?P<comment>(?<![^\s;&|()])#[^\n]*)"
    r"|(?P<end>[\n;&|()`])"
    r"|(?P<word>(?:[^\s;&|()`'\"\\]++|\\.|\"(?:[^\"\\]++|\\.)*+\"|'[^']*+'"
    r"|(?<=[\w\]])\([^()\n]*+\))++)"
    r"|['\"\\]",
    re.DOTALL,
)
_QUOTES = re.compile(r"['\"\\]")
_INSTALLER = re.compile(
    r"[%!]?(?:\S*/)?(?:pip[0-9.]*|conda|mamba|micromamba|pipenv|poetry|uv|pdm|rye|pixi|pipx"
    r"|easy_install[0-9.-]*)"
)
_EASY_INSTALL = "easy_install"
_INSTALLS = frozenset("install add create inject download wheel upgrade".split())
_TAKES_VALUE = frozenset(
    (
        "-c -f -i -r -t -n -p -G -E -b -d "
        "--abi --build --cache-dir --cert --channel --config-settings --constraint --exists-action "
        "--extra --extra-index-url --extras --file --find-links --global-option --group "
        "--implementation --index --index-url --install-option --log --name --no-binary "
        "--only-binary --platform --prefix --progress-bar --proxy --python --python-version "
        "--requirement --retries --root --solver --source --src --target --timeout --trusted-host "
        "--upgrade-strategy --use-feature"
    ).split()
)

_MOST_OPTIONS = 100
"""Words between an installer and its verb."""

_PYTHON = r"(?:^|[\s;&|(`!/])(?:python|ipython|pypy)[0-9.]*"
_PYTHON_COMMAND = re.compile(
    _PYTHON + r"(?:[ \t]++-(?!\w*c\b)(?:[WXQ][ \t]++\S++|\w++))*+[ \t]++-\w*c[ \t]*+"
    r"(?:\"(?P<double>(?:[^\"\\]++|\\.)*+)\"|'(?P<single>[^']*+)')",
    re.DOTALL,
)
_HERE_DOCUMENT = re.compile(
    _PYTHON + r"\b[^\n|;#]{0,300}<<-?[ \t]*+(?P<quote>['\"]?)(?P<mark>\w+)(?P=quote)"
    r"[^\n]*+(?:\n|\Z)"
)
_ESCAPED = re.compile(r"\\([\"$`\\])")
_ONE_WORD_LINE = re.compile(r"^[ \t]*(\w+)[ \t]*$", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)


def installed_packages(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each package that `pip install` or a similar command installs."""
    for words in _commands(text):
        yield from _installed(words)


def python_run(text: str) -> list[Import]:
    """Imports of the Python code in `python -c "..."` and `python <<EOF`."""
    text = _COMMENT_LINE.sub("", text)
    lines = LineNumbers(text, "\n", 0)
    found: list[Import] = []
    for start, code in sorted([*_commands_of_python(text), *_here_documents(text)]):
        lines_before = lines.of(start)
        found += (item._replace(line=item.line + lines_before) for item in imports_of_text(code))
    return found


def _commands_of_python(text: str) -> Iterator[tuple[int, str]]:
    """Where the code of each `python -c` begins, and the code."""
    for run in _PYTHON_COMMAND.finditer(text):
        if run["double"] is None:
            yield run.start("single"), run["single"]
        else:
            yield run.start("double"), _ESCAPED.sub(r"\1", run["double"])


def _here_documents(text: str) -> Iterator[tuple[int, str]]:
    """Where the code of each `python <<EOF` begins, and the code as far as its mark."""
    ends: dict[str, list[int]] = {}
    for line in _ONE_WORD_LINE.finditer(text):
        ends.setdefault(line[1], []).append(line.start())
    end = 0
    for run in _HERE_DOCUMENT.finditer(text):
        of_mark = ends.get(run["mark"], [])
        place = bisect_left(of_mark, run.end())
        if run.start() >= end and place < len(of_mark):
            end = of_mark[place]
            yield run.end(), text[run.end() : end]


_Words = list[tuple[int, str]]
"""A command: line and text of each word, without quotes."""


def _commands(text: str) -> Iterator[_Words]:
    joined = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
    words: _Words = []
    line, counted = 1, 0
    for match in _WORD.finditer(joined):
        if match["word"]:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            words.append((line, _QUOTES.sub("", match["word"])))
        elif match["end"] and words:
            yield words
            words = []
    yield words


def _installed(words: _Words) -> Iterator[tuple[int, str]]:
    """The packages of a command, if it installs any."""
    for place, (_, word) in enumerate(words):
        if _INSTALLER.fullmatch(word):
            rest = place + 1 if word.startswith(_EASY_INSTALL) else _after_install(words, place)
            if rest is not None:
                yield from _arguments(words[rest:])
                return


def _after_install(words: _Words, installer: int) -> int | None:
    """Where the arguments begin of `pip --quiet install ...`; None where another verb follows."""
    place, last = installer + 1, installer + _MOST_OPTIONS
    while place < min(last, len(words)) and words[place][1].startswith("-"):
        place += 2 if words[place][1] in _TAKES_VALUE else 1
    return place + 1 if place < len(words) and words[place][1] in _INSTALLS else None


def _arguments(words: _Words) -> Iterator[tuple[int, str]]:
    is_value = False
    for line, word in words:
        is_option = word.startswith("-")
        if not is_value and not is_option and (name := required_package(word)):
            yield line, name
        is_value = word in _TAKES_VALUE
