"""Finds the language of each notebook cell, and removes IPython's own lines from its code.

A cell magic can name the language of the cell (`%%R`, `%%bash`). After `%%writefile net.py` the
cell has the language of that file. Under any other magic (`%%time`, `%%capture`) the cell has the
language of the notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.cells import Cell
from pipeline.scan.language_names import language_or_name, named_language
from pipeline.scan.lines import Comments, LineNumbers

_ABOVE = r"(?:[ \t]*(?:#(?!!)[^\n]*)?\n)*[ \t]*"
"""Blank lines and comments, such as the titles that Colab gives to cells."""

_CELL_MAGIC = re.compile(rf"{_ABOVE}%%(?P<name>[\w!.#+-]+)[ \t]*(?P<rest>[^\n]*)\n?")
_SWITCH = re.compile(rf"{_ABOVE}%(?P<name>[A-Za-z#+]+)[ \t]*(?:\n|\Z)")
"""Databricks' `%r`, alone on the first line."""

_SECTION = re.compile(r"^#!(?P<name>[A-Za-z#+]+)[ \t]*(?:\n|\Z)", re.MULTILINE)
""".NET Interactive's `#!python`, alone on any line."""
_WRITES = ("writefile", "file")
_OPTION = re.compile(r"(?<!\S)-{1,2}\w[\w-]*[ \t]*")
_OF_THE_NOTEBOOK = ("spark", "local")
"""Magics of Sparkmagic: the cell has the notebook's language. A kernel `spark` means Scala."""

_LINE = re.compile(
    r"(?:#[^\n]*|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+(?:\"\"\"|\Z)"
    r"|'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?)"
    r"|^[ \t]*+(?:[\w.,() ]++=[ \t]*+(?=[%!]))?"
    r"(?P<magic>[%!?](?:[^\n\\]|\\.)*+|(?:pip3?|conda|mamba)[ \t]+install\b(?:[^\n\\]|\\.)*+)",
    re.MULTILINE | re.DOTALL,
)
_TIMED = re.compile(
    r"%(?:time|timeit|prun|memit|mprun|lprun|px|debug)[ \t]+(?:-\w+[ \t]+(?:\d+[ \t]+)?)*"
)
_IN_OTHER_LANGUAGE = re.compile(r"%(?P<name>\w+)[ \t]+(?P<code>.*)", re.DOTALL)
_SHELL_LINE = re.compile(
    r"!{1,2}|%(?:sx|system)\b"
    r"|%(?=(?:pip|conda|mamba|micromamba|uv|env|set_env|tensorflow_version)\b)"
)
"""Magics that run a command, require a version or set a variable."""
_BARE_INSTALL = ("pip", "conda", "mamba")
_CALLED = re.compile(
    r"\.(?:system|getoutput|check_call|check_output|call|run|Popen|run_line_magic)\s*\("
    r"\s*(?:[ufr]?(?P<command>'[^'\n]*'|\"[^\"\n]*\")|(?P<words>\[[^\[\]]*\]))"
    r"(?:\s*,\s*(?P<more>'[^'\n]*'|\"[^\"\n]*\"))?"
)
_INSTALL = "install"


def cells_of(text: str, first_line: int, language: str) -> Iterator[Cell]:
    """The parts of one notebook cell, one for each language.

    `language` is the language of a cell that names none.
    """
    start, line = 0, first_line
    for section in filter(_is_of_language, _SECTION.finditer(text)):
        yield from _cells_of_section(text[start : section.start()], line, language)
        line += text.count("\n", start, section.end())
        start, language = section.end(), named_language(section["name"]) or ""
    yield from _cells_of_section(text[start:], line, language)


def _cells_of_section(text: str, line: int, language: str) -> Iterator[Cell]:
    """The parts of code below any number of cell magics."""
    start = 0
    while (magic := _CELL_MAGIC.match(text, start)) is not None:
        line += text.count("\n", start, magic.end())
        start = magic.end()
        if not _is_of_the_notebook(magic["name"].lower()):
            yield from _by_magic(magic, text[start:], line)
            return
    if (switch := _SWITCH.match(text, start)) is not None and _is_of_language(switch):
        line += text.count("\n", start, switch.end())
        start, language = switch.end(), named_language(switch["name"]) or ""
    yield from _in_language(text[start:], line, language)


def _is_of_the_notebook(magic: str) -> bool:
    """Whether the cell below a magic has the language of the notebook."""
    if magic in (*_WRITES, "script", "!"):
        return False
    return magic in _OF_THE_NOTEBOOK or named_language(magic) is None


def _by_magic(magic: re.Match[str], rest: str, line: int) -> Iterator[Cell]:
    """The cell below a cell magic, in the language that the magic gives it."""
    name, arguments = magic["name"].lower(), _OPTION.sub("", magic["rest"]).strip()
    if name in _WRITES:
        yield Cell(line, "", rest, path=arguments.strip("'\""))
    elif name == "script":
        program = arguments.split(" ")[0].rpartition("/")[2]
        yield Cell(line, language_or_name(program), rest)
    elif name == "!":
        yield Cell(line, "shell", rest)
    else:
        yield from _in_language(rest, line, named_language(name) or "")


def _is_of_language(line: re.Match[str]) -> bool:
    return named_language(line["name"]) is not None


def _in_language(text: str, line: int, language: str) -> Iterator[Cell]:
    if language != "python":
        yield Cell(line, language, text)
        return
    others: list[Cell] = []
    if any(sign in text for sign in ("%", "!", "?", _INSTALL)):
        text = _without_magics(text, line, others)
    yield Cell(line, language, text)
    yield from others


def _without_magics(text: str, first_line: int, others: list[Cell]) -> str:
    """Python code with IPython's lines blanked; what they hold in other languages is added."""

    lines = LineNumbers(text, "\n", first_line)

    def replaced(match: re.Match[str]) -> str:
        magic = match["magic"]
        if magic is None:
            return match[0]
        line = lines.of(match.start("magic"))
        if timed := _TIMED.match(magic):
            return match[0][: match.start("magic") - match.start()] + magic[timed.end() :]
        if magic.startswith(_BARE_INSTALL):
            others.append(Cell(line, "shell", magic))
        elif shell := _SHELL_LINE.match(magic):
            others.append(Cell(line, "shell", magic[shell.end() :]))
        elif (other := _IN_OTHER_LANGUAGE.match(magic)) and named_language(other["name"]):
            others.append(Cell(line, named_language(other["name"]) or "", other["code"]))
        return "\n" * magic.count("\n")

    if _INSTALL in text:
        others += _called_commands(text, first_line)
    return _LINE.sub(replaced, text)


def _called_commands(text: str, first_line: int) -> Iterator[Cell]:
    """Commands in `os.system("pip install torch")` and `subprocess.run([..., "pip", ...])`."""
    lines, comments = LineNumbers(text, "\n", first_line), Comments(text, "\n", "#")
    for call in _CALLED.finditer(text):
        if not comments.hold(call.start()):
            words = [call["command"] or call["words"], call["more"] or ""]
            command = re.sub(r"[\[\]'\",]", " ", " ".join(words))
            yield Cell(lines.of(call.start()), "shell", command)
