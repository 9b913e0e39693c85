"""Modules that Python code imports by a call with literal names.

`importlib.import_module("torch")` and `__import__("torch")`, and the functions by which libraries
hand over a module: pytest's `importorskip`, lazy loaders, RLlib's `try_import_torch`.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib.util import resolve_name
from itertools import islice

from stringzilla import find

from pipeline.scan.python_text import CodeLines

_STRING = (
    rb"[rRuU]?(?:"
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+')"
)
_BLANK = rb"(?:\s++|\\\n|#[^\n]*+)*+"
_OPENS = re.compile(_BLANK + rb"\(")
_CLOSES = re.compile(_BLANK + rb"\)")
_KEYWORD = re.compile(_BLANK + rb"([A-Za-z_]\w*+)" + _BLANK + rb"=(?!=)")
_LITERAL = re.compile(_BLANK + rb"((?:" + _STRING + _BLANK + rb")++)", re.DOTALL)
_NAME = re.compile(_BLANK + rb"[\w.]++(?:" + _BLANK + rb"\(" + _BLANK + rb"\))?+")
"""An argument that is a name, or a call of one without arguments such as `globals()`."""

_ENDS = re.compile(_BLANK + rb"([,)])")
_MOST_ARGUMENTS = 6
_MOST_NAMES = 20
"""Largest number of names that a file gives to lazy_loader's function."""

_NAME_GOES_ON = re.compile(rb"[A-Za-z0-9_\x80-\xff]")
_MODULE = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")

_Arguments = dict[str, str]
"""Literal arguments of a call by keyword, or by place: "0", "1" and so on."""


def _first(arguments: _Arguments) -> str | None:
    return arguments.get("0", arguments.get("name"))


def _in_package(arguments: _Arguments) -> str | None:
    """`import_module(".nn", package="torch")` imports torch.nn."""
    module = _first(arguments)
    package = arguments.get("1", arguments.get("package"))
    if module is None or package is None:
        return module
    try:
        return resolve_name(module, package)
    except ImportError:  # it leads out of the package
        return module


def _by_any_name(arguments: _Arguments) -> str | None:
    names = ("0", "name", "modname", "module", "module_name", "import_name", "package", "fullname")
    return next((arguments[name] for name in names if name in arguments), None)


def _last(arguments: _Arguments) -> str | None:
    """TensorFlow's `LazyLoader("tf", globals(), "tensorflow")` imports its third argument."""
    return arguments.get("2", arguments.get("name")) or _by_any_name(arguments)


_MODULE_OF: dict[str, Callable[[_Arguments], str | None]] = {
    "__import__": _first,
    "import_module": _in_package,
    **dict.fromkeys(
        (
            "importorskip lazy_import lazy_import_module lazy_module lazy_callable lazy_class "
            "try_import try_import_module optional_import optional_import_module import_optional "
            "import_optional_module import_optional_dependency import_or_none import_if_available "
            "safe_import soft_import maybe_import delayed_import deferred_import import_string "
            "import_from_string LazyImport LazyModule"
        ).split(),
        _by_any_name,
    ),
    "LazyLoader": _last,
    # RLlib's: each gives the framework, or None where it is not installed
    "try_import_tf": lambda _: "tensorflow",
    "try_import_torch": lambda _: "torch",
    "try_import_jax": lambda _: "jax",
    "try_import_tfp": lambda _: "tensorflow_probability",
}
LAZY_PART = b"azy"
"""Letters two to four in the names of all lazy loaders. A search for them is fast."""

_LAZY = [name for name in _MODULE_OF if "import" not in name]
_LAZY_LOADER = b"lazy_loader"
_LOADER = re.compile(
    rb"import[ \t]++lazy_loader\b(?:[ \t]++as[ \t]++(\w++))?+"
    rb"|from[ \t]++lazy_loader[ \t]++import\b[^\n]{0,300}?\bload\b(?:[ \t]++as[ \t]++(\w++))?+"
)
"""How the package lazy-loader is imported, whose function is called load."""


def any_of(names: Iterable[str]) -> bytes:
    """A pattern of words, of which the longest matches."""
    return rb"(?:" + "|".join(sorted(names, key=len, reverse=True)).encode() + rb")"


IMPORTING_CALL = any_of(name for name in _MODULE_OF if name not in _LAZY)
"""Names of functions that import what their arguments name; `import` is part of each."""

_LAZY_CALL = re.compile(any_of(_LAZY) + rb"(?=\s*+\()")

_Call = tuple[int, bytes, int]
"""Where the function's name begins, the function in _MODULE_OF, where its name ends."""


def called_module(content: bytes, name: bytes, end: int) -> str | None:
    """The module that a call imports; None where it is no call, or not of a literal name.

    The function's name ends at `end`.
    """
    arguments = _literal_arguments(content, end)
    defined = content[max(0, end - len(name) - 4) : end - len(name)] == b"def "
    if arguments is None or defined:
        return None
    module = _MODULE_OF[name.decode()](arguments)
    if module is None or _MODULE.fullmatch(module) is None:
        return None
    return unicodedata.normalize("NFKC", module)


def lazily_loaded(content: bytes, first: int) -> Iterator[tuple[int, str]]:
    """Offset and module of calls without `import` in their name, such as `LazyLoader(...)`.

    `first` is where the content first holds LAZY_PART.
    """
    found = list(_lazy_calls(content, first))
    if find(content, _LAZY_LOADER) >= 0:
        found += _load_calls(content)
    if not found:
        return
    lines = CodeLines(content)
    for start, name, end in sorted(found):
        if lines.holds(start) and (module := called_module(content, name, end)) is not None:
            yield start, module


def _lazy_calls(content: bytes, at: int) -> Iterator[_Call]:
    """Calls of lazy loaders by their original names."""
    while at >= 0:
        call = _LAZY_CALL.match(content, at - 1) if at else None
        if call is not None and _NAME_GOES_ON.match(content, at - 2, at - 1) is None:
            yield at - 1, call[0], call.end()
        at = find(content, LAZY_PART, at + 1)


def _load_calls(content: bytes) -> Iterator[_Call]:
    """Calls of lazy_loader's function by the alias in the code."""
    for load in islice(dict.fromkeys(islice(_load_functions(content), 1000)), _MOST_NAMES):
        for call in re.finditer(rb"%b(?=\s*+\()" % re.escape(load), content):
            if _NAME_GOES_ON.match(content, call.start() - 1, call.start()) is None:
                yield call.start(), b"lazy_module", call.end()


def _load_functions(content: bytes) -> Iterator[bytes]:
    """What the code calls lazy_loader's load: `lazy.load`, `load`."""
    for imported in _LOADER.finditer(content):
        if imported[0].startswith(b"import"):
            yield (imported[1] or _LAZY_LOADER) + b".load"
        else:
            yield imported[2] or b"load"


def _literal_arguments(content: bytes, position: int) -> _Arguments | None:
    """Literal arguments of the call that opens at a position, as far as they can be read."""
    opens = _OPENS.match(content, position)
    if opens is None:
        return None
    found: _Arguments = {}
    position = opens.end()
    for place in range(_MOST_ARGUMENTS):
        keyword = _KEYWORD.match(content, position)
        value, position = _argument(content, keyword.end() if keyword is not None else position)
        ends = _ENDS.match(content, position)
        if ends is None:
            break
        if value is not None:
            found[keyword[1].decode() if keyword is not None else str(place)] = value
        position = ends.end()
        if ends[1] == b")":
            break
    return found


def _argument(content: bytes, position: int) -> tuple[str | None, int]:
    """The value of a literal argument, in parentheses or not, and where it ends."""
    depth = 0
    while (opens := _OPENS.match(content, position)) is not None:
        position, depth = opens.end(), depth + 1
    literal = _LITERAL.match(content, position)
    if literal is None:
        name = _NAME.match(content, position)
        return None, name.end() if name is not None and not depth else position
    position = literal.end()
    for _ in range(depth):
        closes = _CLOSES.match(content, position)
        if closes is None:
            return None, position
        position = closes.end()
    return _value(literal[1]), position


def _value(literal: bytes) -> str | None:
    """The value of one or more adjacent string literals."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(f"({literal.decode('utf-8', 'replace')})")
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, str) else None
