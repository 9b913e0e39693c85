"""Counts the code of a target in languages that the scanner cannot read."""

from __future__ import annotations

from pipeline.scan.records import UnreadCode

SUFFIXES = {
    "ada": "adb ads",
    "agda": "agda lagda",
    "assembly": "asm s",
    "c#": "cs csx",
    "clojure": "clj cljc cljs",
    "cobol": "cbl cob",
    "coffeescript": "coffee",
    "coq": "coq",
    "crystal": "cr",
    "dart": "dart",
    "elixir": "ex exs",
    "erlang": "erl hrl",
    "f#": "fs fsi fsx",
    "fortran": "f f77 f90 f95 f03 f08 for",
    "go": "go",
    "haskell": "hs lhs",
    "idris": "idr",
    "isabelle": "thy",
    "javascript": "js cjs mjs jsx vue svelte",
    "lean": "lean",
    "lisp": "lisp lsp el",
    "mathematica": "nb wl wls",
    "matlab live script": "mlx",
    "metal": "metal",
    "mojo": "mojo",
    "nim": "nim",
    "ocaml": "ml mli",
    "opencl": "cl",
    "pascal": "pas dpr",
    "perl": "pl pm",
    "php": "php",
    "powershell": "ps1 psm1",
    "prolog": "prolog",
    "purescript": "purs",
    "racket": "rkt",
    "ruby": "rb",
    "rust": "rs",
    "sas": "sas",
    "scheme": "scm ss",
    "shader": "glsl hlsl vert frag comp wgsl",
    "smalltalk": "st",
    "solidity": "sol",
    "standard ml": "sml",
    "stata": "do ado",
    "tcl": "tcl",
    "typescript": "ts tsx cts mts",
    "verilog": "v sv svh vh",
    "vhdl": "vhd vhdl",
    "visual basic": "vb bas vbs",
    "zig": "zig",
}
"""File extensions of each language that the scanner cannot read."""

_BY_SUFFIX = {
    suffix: language for language, suffixes in SUFFIXES.items() for suffix in suffixes.split()
}
_GENERATED = (".min.js", ".bundle.js", "-min.js")
_MOST_LANGUAGES = 100
"""Notebooks may name any; those above the number count together."""

_LONGEST_NAME = 40
_OTHER = "other"


def unread_language(path: str) -> str | None:
    """The language of a file by its name, if the scanner cannot read it; else None."""
    lower = path[path.rfind("/") + 1 :].lower()
    stem, _, suffix = lower.rpartition(".")
    return _BY_SUFFIX.get(suffix) if stem and not lower.endswith(_GENERATED) else None


class UnreadCounts:
    """Counts the files and bytes of unread code by language."""

    def __init__(self) -> None:
        self._files: dict[str, int] = {}
        self._bytes: dict[str, int | None] = {}

    def add(self, language: str, size: int | None) -> None:
        """Count a file. `size` is None if it is unknown."""
        language = language[:_LONGEST_NAME]
        if language not in self._files and len(self._files) >= _MOST_LANGUAGES:
            language = _OTHER
        self._files[language] = self._files.get(language, 0) + 1
        before = self._bytes.get(language, 0)
        self._bytes[language] = None if size is None or before is None else before + size

    def counts(self) -> list[UnreadCode]:
        """The counts, in the order of the languages."""
        return [
            UnreadCode(language, files, self._bytes[language])
            for language, files in sorted(self._files.items())
        ]
