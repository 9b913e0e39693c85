"""Maps the names in kernels, magics, chunks and first lines to languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAMES = {
    "python": (
        "python py ipython pyspark pysparkkernel sparkpython pythonkernel sage sagemath xpython "
        "xeus-python pypy pyodide pyodide-python shinylive-python cython uv"
    ),
    "r": "r ir irkernel rscript sparkr sparkrkernel xr littler targets webr webr-r shinylive-r",
    "julia": "julia ijulia",
    "lua": "lua luajit itorch th xlua",
    "java": "java ijava groovy",
    "scala": "scala spark sparkkernel toree almond spylon-kernel amm kotlin",
    "cpp": "c c++ cc cpp cuda cu nvcc xcpp cling rcpp objective-c++",
    "matlab": "matlab octave octave-cli imatlab xoctave",
    "swift": "swift",
    "shell": "shell bash sh zsh ksh dash system sx shellscript",
}
_NOT_READ = {
    "javascript": "javascript js node nodejs ijavascript ojs",
    "typescript": "typescript ts tslab deno",
    "c#": "c# csharp .net-csharp",
    "f#": "f# fsharp .net-fsharp",
    "visual basic": "vb",
    "go": "go gonb gophernotes",
    "rust": "rust evcxr",
    "haskell": "haskell ihaskell",
    "mathematica": "mathematica wolfram wolframscript mathics",
    "powershell": "powershell pwsh .net-powershell",
    "ruby": "ruby iruby",
    "batch": "cmd",
    **{
        name: name
        for name in (
            "clojure coq crystal dart elixir erlang fortran gap maxima nim ocaml perl php prolog "
            "racket sas scheme stata tcl"
        ).split()
    },
}
"""The names that `pipeline.scan.unread_code` has for them, too."""

_NOT_CODE = (
    "html css svg latex tex markdown md sql mysql postgresql bigquery sparksql kql mermaid dot "
    "graphviz yaml json xml text plaintext raw asis verbatim comment block block2 cat stan embed "
    "glue configure polyglot-notebook dotnet-interactive sos "
    # bookdown's texts, and programs that skip a cell: %%script false
    "theorem lemma corollary proposition conjecture definition example exercise hypothesis proof "
    "remark solution echo false true"
)
_LANGUAGE = {
    **dict.fromkeys(_NOT_CODE.split(), ""),
    **{
        name: language for language, names in (_NOT_READ | _NAMES).items() for name in names.split()
    },
}
_NAME = re.compile(r"[a-z][a-z+#_-]*")
_VERSION = re.compile(r"(?<=[a-z+#])[\s_-]*v?\d[\d.]*\Z")

_INTERPRETER = re.compile(
    rb"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-\S+[ \t]+|\w+=\S*[ \t]+)*(?:\S*/)?)?(?P<program>[\w.+-]+)"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HANDED_TO_PYTHON = re.compile(rb"#![^\n]*\bi?python[0-9.]*\b")
"""`#!/usr/bin/env -S poetry run python`, or nix-shell's second line `#! nix-shell -i python3`."""

_MODE_LINE = re.compile(
    rb"#[^\n]*(?:-\*-[ \t]*(?:[^\n]*;[ \t]*)?(?:mode:[ \t]*)?"
    rb"|\bvim?:[^\n]*\b(?:ft|filetype|syntax)=)(?P<mode>python|julia|lua|r)\b"
)
"""What Emacs and vim read: `# -*- mode: python -*-`, `# vim: ft=python`."""

_HEAD_BYTES = 300
_RUN_BY_PYTHON = re.compile(rb"exec\b[^\n]*\bpython")


def named_language(name: str) -> str | None:
    """The language that a name means: python for `PySpark3`, julia for `julia-1.5`.

    Includes languages that the scanner cannot read. Empty for markup, queries and settings, which
    are not code. None for an unknown name.
    """
    name = name.strip().lower()
    return _LANGUAGE.get(name, _LANGUAGE.get(_VERSION.sub("", name)))


def language_or_name(name: str) -> str:
    """The language that a name means; the name itself if it is unknown but can be a language's."""
    language = named_language(name)
    if language is not None:
        return language
    unknown = _NAME.match(name.strip().lower())
    return unknown[0] if unknown is not None else ""


def script_language(content: bytes) -> str | None:
    """The language of a script by its first line: an interpreter, or the mode of an editor."""
    head = content.removeprefix(_BYTE_ORDER_MARK)[:_HEAD_BYTES]
    interpreter = _INTERPRETER.match(head)
    if interpreter is None:
        mode = _MODE_LINE.match(head)
        return None if mode is None else mode["mode"].decode()
    language = named_language(interpreter["program"].decode("ascii", "replace"))
    if language == "shell" and _RUN_BY_PYTHON.search(head):
        return "python"  # a shell starts it, and hands it over
    if language is None and _HANDED_TO_PYTHON.search(head):
        return "python"
    return language


_LINE = r"^[ \t]*"
_SHOWS = {
    "python": (
        rf"{_LINE}(?:from[ \t]+[\w.]+[ \t]+import\b|import[ \t]+\w[\w.]*(?:[ \t]+as[ \t]+\w+)?"
        r"(?:[ \t]*,[ \t]*\w[\w.]*(?:[ \t]+as[ \t]+\w+)?)*[ \t]*(?:#.*)?$"
        r"|(?:async[ \t]+)?def[ \t]+\w+\(|(?:if|elif|for|while|with|class)\b[^\n{]*:[ \t]*(?:#.*)?$"
        r"|(?:else|try|finally):)"
    ),
    "julia": (
        rf"{_LINE}(?:using[ \t]+[\w.]+|import[ \t]+\w[\w.]*(?:[ \t]*:.*|[ \t]*,.*)?$"
        r"|(?:mutable[ \t]+)?struct[ \t]+\w|function[ \t]+[\w.!]+\(|end[ \t]*$|@\w+[ \t]+\w"
        r"|println\()"
    ),
    "r": r"^(?:[^#\n]*<-|[ \t]*(?:library|require|suppress\w+)\(|[^#\n]*%>%)",
    "lua": rf"{_LINE}(?:local[ \t]+\w|require[ \t]*[('\"]|function[ \t]+[\w.:]+\(|end[ \t]*$|--)",
    "scala": rf"{_LINE}(?:va[lr][ \t]+\w+|def[ \t]+\w+[^\n]*=|import[ \t]+\w+\."
    r"|(?:case[ \t]+)?class[ \t]+\w+\(|object[ \t]+\w+|fun[ \t]+\w+\()",
    "java": rf"{_LINE}(?:import[ \t]+[\w.*]+;|(?:public|private|final|static)[ \t]+\w)",
    "cpp": rf"{_LINE}#[ \t]*(?:include|define|pragma)\b",
    "matlab": rf"{_LINE}(?:%[^%\w]|function[ \t]+[^\n(]*=|end;?[ \t]*$|(?:clear|close)[ \t]+all\b)",
    "swift": rf"{_LINE}(?:import[ \t]+\w+[ \t]*$|(?:let|var)[ \t]+\w+|func[ \t]+\w+\()",
    "shell": rf"{_LINE}(?:#!/bin/|export[ \t]+\w+=|echo[ \t]|cd[ \t]|sudo[ \t]|fi$|done$)",
}
_NOT_READ_SHOWS = {
    "c#": rf"{_LINE}(?:using[ \t]+[\w.]+[^\n]*;|var[ \t]+\w+[ \t]*=|public[ \t]|Console\.)",
    "f#": rf"{_LINE}(?:open[ \t]+[\w.]+[ \t]*$|let[ \t]+\w)",
    "javascript": rf"{_LINE}(?:const|let|var|function|import[ \t][^\n]*\bfrom[ \t]+['\"])\b",
}
_PATTERN = {
    language: re.compile(shows, re.MULTILINE)
    for language, shows in (_SHOWS | _NOT_READ_SHOWS).items()
}


def written_language(named: Iterable[str], text: str) -> str:
    """The language that code is written in, where metadata name some languages, the surest first.

    1. Of the languages that are named, the one that most lines show; the surest at a tie.
    2. Where no line shows any of these, the language that is read and that most lines show.
    3. Where no line shows a language, the surest one; Python where none is named.
    """
    languages = list(dict.fromkeys(named))
    if len(languages) == 1 and _is_shown(languages[0], text):
        return languages[0]
    for candidates in (languages, list(_SHOWS)):
        shown = {each: _lines_that_show(each, text) for each in candidates}
        best = max(candidates, key=shown.__getitem__, default="")
        if best and shown[best]:
            return best
    return languages[0] if languages else "python"


def _is_shown(language: str, text: str) -> bool:
    return language in _PATTERN and _PATTERN[language].search(text) is not None


def _lines_that_show(language: str, text: str) -> int:
    pattern = _PATTERN.get(language)
    return 0 if pattern is None else sum(1 for _ in pattern.finditer(text))
