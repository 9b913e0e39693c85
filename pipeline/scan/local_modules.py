"""Which imported names a repository answers to itself.

Python looks for `import keras` in the importing script's folder and on its path: a keras.py or
a keras/__init__.py there hides the installed package. A folder without __init__.py does not
(an installed package comes before it), nor does a module inside of a package (Python 3 imports
are absolute). Lua's `require 'nn'` finds nn.lua or nn/init.lua in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from posixpath import basename, dirname, split, splitext

from pipeline.scan.records import ImportFact, LocalModule

_ROOT = re.compile(r"[^./]+")
_PACKAGE_FILES = {"python": "__init__", "lua": "init"}
_LANGUAGES = {".py": "python", ".pyx": "python", ".lua": "lua"}


def local_modules(paths: Sequence[str], imports: Sequence[ImportFact]) -> list[LocalModule]:
    """The modules that `paths` define under a name that `imports` use."""
    modules = {(fact.language, fact.module) for fact in imports}
    wanted = {(language, root[0]) for language, name in modules if (root := _ROOT.match(name))}
    found: dict[tuple[str, str, str], LocalModule] = {}
    for path in paths:
        defined = _defined(path)
        if defined is not None and (defined.language, defined.module) in wanted:
            found.setdefault((defined.language, defined.directory, defined.module), defined)
    candidates = {defined.directory for defined in found.values()}
    packages = candidates & {dirname(path) for path in paths if basename(path) == "__init__.py"}
    packages |= _with_relative_imports(imports, candidates)
    in_python = sorted(name for language, name in modules if language == "python")
    packages |= {folder for folder in candidates if _is_imported(folder, in_python)}
    return [defined for defined in found.values() if defined.directory not in packages]


def _defined(path: str) -> LocalModule | None:
    folder, name = split(path)
    stem, suffix = splitext(name)
    language = _LANGUAGES.get(suffix)
    if language is None:
        return None
    if stem != _PACKAGE_FILES[language]:
        return LocalModule(stem, language, folder, path)
    directory, package = split(folder)
    return LocalModule(package, language, directory, path) if package else None


def _with_relative_imports(imports: Iterable[ImportFact], folders: Collection[str]) -> set[str]:
    """Those of the folders that are packages because code in them says `from . import net`."""
    most_dots: dict[str, int] = {}
    for fact in imports:
        if fact.module[:1] == "." and fact.language == "python":
            dots = len(fact.module) - len(fact.module.lstrip("."))
            folder = dirname(fact.path)
            most_dots[folder] = max(dots, most_dots.get(folder, 0))
    return {
        above
        for folder, dots in most_dots.items()
        for above in islice(_with_parents(folder), dots)
        if above in folders
    }


def _with_parents(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the top, which is empty."""
    while folder:
        yield folder
        folder = dirname(folder)
    yield folder


def _is_imported(folder: str, modules: Sequence[str]) -> bool:
    """Whether a folder is a package because a module in it is imported by its path.

    For `backends.torch.net` those are `backends` and `backends/torch`, in any folder. Such a folder
    needs no __init__.py. The modules must be sorted.
    """
    if "." not in folder and _is_among(folder.replace("/", "."), modules):
        return True  # `from backends import net`
    return any("." not in end and _begins(end, modules) for end in _ends_of(folder))


def _is_among(module: str, modules: Sequence[str]) -> bool:
    place = bisect_left(modules, module)
    return place < len(modules) and modules[place] == module


def _begins(folder: str, modules: Sequence[str]) -> bool:
    """Whether a module lies in this folder or below."""
    package = folder.replace("/", ".") + "."
    place = bisect_left(modules, package)
    return place < len(modules) and modules[place].startswith(package)


def _ends_of(folder: str) -> Iterator[str]:
    """The paths of a folder relative to each folder above it: `a/b` and `b` for a/b."""
    while folder:
        yield folder
        folder = folder.partition("/")[2]
