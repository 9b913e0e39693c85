"""Which imported names a repository answers to itself.

Python looks for `import keras` in the importing script's folder and on its path: a keras.py or
a keras/__init__.py there hides the installed package. A folder without __init__.py does not
(an installed package comes before it), nor does a module inside of a package (Python 3 imports
are absolute). Lua's `require 'nn'` finds nn.lua or nn/init.lua in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname, split, splitext

from pipeline.scan.records import ImportFact, LocalModule

_ROOT = re.compile(r"[^./]+")
_PACKAGE_FILES = {"python": "__init__", "lua": "init"}
_LANGUAGES = {".py": "python", ".pyx": "python", ".lua": "lua"}


def local_modules(paths: Iterable[str], imports: Sequence[ImportFact]) -> list[LocalModule]:
    """The modules that `paths` define under a name that `imports` use."""
    modules = {(fact.language, fact.module) for fact in imports}
    wanted = {(language, root[0]) for language, name in modules if (root := _ROOT.match(name))}
    files = [(path, *split(path)) for path in paths]
    packages = {folder for _, folder, name in files if name == "__init__.py"}
    packages |= _with_relative_imports(imports)
    in_python = [name for language, name in modules if language == "python"]
    packages |= {name.replace(".", "/") for name in in_python}  # `from backends import net`
    imported = set(_imported_folders(in_python))
    found: dict[tuple[str, str, str], LocalModule] = {}
    for path, folder, name in files:
        defined = _defined(path, folder, name)
        if (
            defined is not None
            and (defined.language, defined.module) in wanted
            and defined.directory not in packages
            and imported.isdisjoint(_ends_of(defined.directory))
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


def _with_relative_imports(imports: Iterable[ImportFact]) -> set[str]:
    """Folders that are packages because their code says `from . import net`."""
    relative = {
        (fact.path, len(fact.module) - len(fact.module.lstrip(".")))
        for fact in imports
        if fact.module[:1] == "." and fact.language == "python"
    }
    folders = set()
    for path, dots in relative:
        folder = dirname(path)
        for _ in range(dots):
            folders.add(folder)
            folder = dirname(folder)
    return folders


def _imported_folders(modules: Iterable[str]) -> Iterator[str]:
    """The folders of a module's packages: `backends`, `backends/torch` for backends.torch.net.

    Such a folder is a package even without an __init__.py.
    """
    for module in modules:
        parts = module.split(".")
        for count in range(1, len(parts)):
            yield "/".join(parts[:count])


def _ends_of(folder: str) -> Iterator[str]:
    """The paths of a folder relative to each folder above it: `a/b` and `b` for a/b."""
    while folder:
        yield folder
        folder = folder.partition("/")[2]
