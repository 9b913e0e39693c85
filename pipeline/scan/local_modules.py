"""Which imported names a repository answers to itself.

Python looks for `import keras` in the importing script's folder and on its path: a keras.py or
a keras/__init__.py there hides the installed package. A folder without __init__.py does not
(an installed package comes before it), nor does a module inside of a package (Python 3 imports
are absolute). Lua's `require 'nn'` finds nn.lua or nn/init.lua in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pipeline.scan.records import ImportFact, LocalModule

_ROOT = re.compile(r"[^./]+")
_PACKAGE_FILES = {"python": "__init__", "lua": "init"}
_LANGUAGES = {".py": "python", ".pyx": "python", ".lua": "lua"}


def local_modules(paths: Iterable[str], imports: Iterable[ImportFact]) -> list[LocalModule]:
    """The modules that `paths` define under a name that `imports` use."""
    wanted = {(fact.language, root[0]) for fact in imports if (root := _ROOT.match(fact.module))}
    files = [PurePosixPath(path) for path in paths]
    packages = {str(file.parent) for file in files if file.name == "__init__.py"}
    found = {
        (module.language, module.directory, module.module): module
        for file in files
        for module in _defined(file)
        if (module.language, module.module) in wanted and module.directory not in packages
    }
    return [_rooted(module) for module in found.values()]


def _defined(file: PurePosixPath) -> Iterator[LocalModule]:
    language = _LANGUAGES.get(file.suffix)
    if language is None:
        return
    if file.stem == _PACKAGE_FILES[language]:
        if file.parent.name:
            directory = str(file.parent.parent)
            yield LocalModule(file.parent.name, language, directory, str(file))
    else:
        yield LocalModule(file.stem, language, str(file.parent), str(file))


def _rooted(module: LocalModule) -> LocalModule:
    """The repository's root is '' in facts, where pathlib says '.'."""
    if module.directory != ".":
        return module
    return LocalModule(module.module, module.language, "", module.path)
