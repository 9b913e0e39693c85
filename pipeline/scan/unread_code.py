"""Counts the code of a target in languages that the scanner cannot read."""

from __future__ import annotations

from collections.abc import Container

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

_MOST_PATHS = 100_000
"""Files whose paths are kept; those after them count all the same."""

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
        self._of_paths: dict[tuple[str, str], int | None] = {}
        """Bytes by path and language, as far as paths are kept."""
        self._counts: dict[str, tuple[int, int | None]] = {}
        """Files and bytes by language, of the paths that are not kept."""

    @property
    def paths(self) -> set[str]:
        """The files that count, as far as their paths are kept."""
        return {path for path, _ in self._of_paths}

    def add(self, path: str, language: str, size: int | None) -> None:
        """Count a file. `size` is None if it is unknown."""
        language = language[:_LONGEST_NAME]
        if len(self._of_paths) < _MOST_PATHS:
            self._of_paths[path, language] = size
        else:
            _count(self._counts, language, 1, size)

    def add_all(self, other: UnreadCounts) -> None:
        """Count what the other counts."""
        for (path, language), size in other._of_paths.items():
            self.add(path, language, size)
        for language, (files, size) in other._counts.items():
            _count(self._counts, language, files, size)

    def drop(self, paths: Container[str]) -> None:
        """Count these files no more."""
        self._of_paths = {
            (path, language): size
            for (path, language), size in self._of_paths.items()
            if path not in paths
        }

    def counts(self) -> list[UnreadCode]:
        """The counts, in the order of the languages."""
        counts = dict(self._counts)
        for (_, language), size in sorted(self._of_paths.items(), key=_language):
            _count(counts, language, 1, size)
        return [UnreadCode(language, *counts[language]) for language in sorted(counts)]


def _language(item: tuple[tuple[str, str], int | None]) -> str:
    return item[0][1]


def _count(
    counts: dict[str, tuple[int, int | None]], language: str, files: int, size: int | None
) -> None:
    if language not in counts and len(counts) >= _MOST_LANGUAGES:
        language = _OTHER
    files_before, size_before = counts.get(language, (0, 0))
    both = None if size is None or size_before is None else size_before + size
    counts[language] = files_before + files, both
