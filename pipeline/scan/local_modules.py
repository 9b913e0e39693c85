"""Which imported names a repository answers to itself.

Python looks for `import keras` in the importing script's folder and on its path: a keras.py or
a keras/__init__.py there hides the installed package. A folder without __init__.py does not
(an installed package comes before it), nor does a module inside of a package (Python 3 imports
are absolute). Lua's `require 'nn'` finds nn.lua or nn/init.lua in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import split, splitext

from pipeline.scan.records import ImportFact, LocalModule

_ROOT = re.compile(r"[^./]+")
_PACKAGE_FILES = {"python": "__init__", "lua": "init"}
_LANGUAGES = {".py": "python", ".pyx": "python", ".lua": "lua"}


def local_modules(paths: Iterable[str], imports: Iterable[ImportFact]) -> list[LocalModule]:
    """The modules that `paths` define under a name that `imports` use."""
    modules = {(fact.language, fact.module) for fact in imports}
    wanted = {(language, root[0]) for language, name in modules if (root := _ROOT.match(name))}
    files = [(path, *split(path)) for path in paths]
    packages = {folder for _, folder, name in files if name == "__init__.py"}
    found: dict[tuple[str, str, str], LocalModule] = {}
    for path, folder, name in files:
        defined = _defined(path, folder, name)
        if (
            defined is not None
            and (defined.language, defined.module) in wanted
            and defined.directory not in packages
        ):
            found.setdefault((defined.language, defined.directory, defined.module), defined)
    return list(found.values())


def _defined(path: str, folder: str, name: str) -> LocalModule | None:
    stem, suffix = splitext(name)
    language = _LANGUAGES.get(suffix)
    if language is None:
        return None
    if stem != _PACKAGE_FILES[language]:
        return LocalModule(stem, language, folder, path)
    directory, package = split(folder)
    return LocalModule(package, language, directory, path) if package else None
