"""Finds the language of each notebook cell, and removes IPython's own lines from its code.

A cell magic can name the language of the cell (`%%R`, `%%bash`). After `%%writefile net.py` the
cell has the language of that file. Under any other magic (`%%time`, `%%capture`) the cell has the
language of the notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.cells import Cell
from pipeline.scan.language_names import named_language

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
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')"
    r"|^[ \t]*(?:[\w.,() ]+=[ \t]*(?=[%!]))?"
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
    section = next(filter(_is_of_language, _SECTION.finditer(text)), None)
    if section is not None:
        yield from cells_of(text[: section.start()], first_line, language)
        line = first_line + text.count("\n", 0, section.end())
        yield from cells_of(text[section.end() :], line, named_language(section["name"]) or "")
    elif (magic := _CELL_MAGIC.match(text)) is not None:
        after = first_line + text.count("\n", 0, magic.end())
        yield from _by_magic(magic, text[magic.end() :], after, language)
    elif (switch := _SWITCH.match(text)) is not None and _is_of_language(switch):
        after = first_line + text.count("\n", 0, switch.end())
        yield from _in_language(text[switch.end() :], after, named_language(switch["name"]) or "")
    else:
        yield from _in_language(text, first_line, language)


def _by_magic(magic: re.Match[str], rest: str, line: int, language: str) -> Iterator[Cell]:
    """The cell below a cell magic, in the language that the magic gives it."""
    name, arguments = magic["name"].lower(), _OPTION.sub("", magic["rest"]).strip()
    if name in _WRITES:
        yield Cell(line, "", rest, path=arguments.strip("'\""))
        return
    if name == "script":
        program = arguments.split(" ")[0].rpartition("/")[2]
        yield Cell(line, named_language(program) or "", rest)
    elif name == "!":
        yield Cell(line, "shell", rest)
    elif name in _OF_THE_NOTEBOOK or named_language(name) is None:
        yield from cells_of(rest, line, language)
    else:
        yield from _in_language(rest, line, named_language(name) or "")


def _is_of_language(line: re.Match[str]) -> bool:
    return named_language(line["name"]) is not None


def _in_language(text: str, line: int, language: str) -> Iterator[Cell]:
    if language != "python":
        if language:
            yield Cell(line, language, text)
        return
    others: list[Cell] = []
    if any(sign in text for sign in ("%", "!", "?", _INSTALL)):
        text = _without_magics(text, line, others)
    yield Cell(line, language, text)
    yield from others


def _without_magics(text: str, first_line: int, others: list[Cell]) -> str:
    """Python code with IPython's lines blanked; what they hold in other languages is added."""

    def replaced(match: re.Match[str]) -> str:
        magic = match["magic"]
        if magic is None:
            return match[0]
        line = first_line + text.count("\n", 0, match.start("magic"))
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
    for call in _CALLED.finditer(text):
        line_start = text.rfind("\n", 0, call.start()) + 1
        if "#" not in text[line_start : call.start()]:
            words = [call["command"] or call["words"], call["more"] or ""]
            command = re.sub(r"[\[\]'\",]", " ", " ".join(words))
            yield Cell(first_line + text.count("\n", 0, call.start()), "shell", command)
