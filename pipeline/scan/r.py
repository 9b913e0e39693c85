"""Imports of R, and of the Python code that R runs through reticulate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice

from pipeline.scan.manifests import DECLARED, PACKAGE
from pipeline.scan.matches import Hit, by_language, numbered
from pipeline.scan.python import imports_of_text
from pipeline.scan.records import MOST_IN_FILE, Import
from pipeline.scan.text_encoding import text_of

_Arguments = list[tuple[str, str]]
"""Arguments of a call: the keyword, or an empty text, and the value as written."""

_STRING = r"'(?:[^'\\]++|\\.)*+'?|\"(?:[^\"\\]++|\\.)*+\"?"
_ARGUMENT_PART = re.compile(
    rf"(?P<comment>#[^\n]*+)|{_STRING}|(?P<opens>[(\[{{])|(?P<closes>[)\]}}])|(?P<comma>,)"
    r"|[^#'\"()\[\]{},]++",
    re.DOTALL,
)
_LONGEST_CALL = 5000
_MOST_PARTS = 200_000
"""Limit for the parts of arguments, and for values, in one file. No real code reaches it."""

_MOST_VARIABLES = 100
"""Largest number of variables of one file whose values the scanner looks up."""

_MOST_VALUES = 1000
"""Largest number of values of one variable."""

_KEYWORD = re.compile(r"\s*([\w.]+)\s*=(?!=)")
_BARE = re.compile(r"[A-Za-z][\w.]*\Z")
_LEADING = re.compile(r"([A-Za-z][\w.]*)\s*(?:\[|\Z)")
_QUOTED = re.compile(r"(?P<quote>['\"])(?:[\w.-]+/)?(?P<name>[\w.-]+)(?:@[\w.-]+)?(?P=quote)")
_GIVEN = re.compile(
    r"(?<![\w.])(?P<name>[A-Za-z][\w.]*+)\s*+(?:<-|=(?!=))\s*+(?P<value>c\([^()]*+\))"
    r"|\(\s*+(?P<each>[A-Za-z][\w.]*+)\s++in\s++(?P<of>c\([^()]*+\)|[\w.]++)\s*+\)"
)
"""`x <- c("torch")`, `for (x in c("torch"))`."""

_LITERAL = re.compile(r"(['\"])(?P<value>.*)\1\Z", re.DOTALL)
_ATTACHES = "library|require|requireNamespace|loadNamespace|attachNamespace"
_ATTACHED_EACH = re.compile(rf"(?:\w+::)?(?:{_ATTACHES})\Z")


def _first(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`library(torch)`; with `character.only`, what the variable holds."""
    given = [value for keyword, value in arguments if keyword in ("", "package", "pkg", "module")]
    if any(keyword == "character.only" for keyword, _ in arguments):
        yield from code.elements(given[0]) if given else ()
    elif given and (name := _one(given[0])):
        yield name


def _literal(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`import("torch")`."""
    return (name for name in _first(arguments[:1], code) if not _BARE.match(arguments[0][1]))


def _every(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`p_load(torch, "luz", char = c("keras"))`."""
    for keyword, value in arguments:
        if keyword in ("", "char"):
            name = _one(value)
            yield from [name] if name else code.elements(value)


def _each(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`lapply(c("torch", "luz"), library, character.only = TRUE)`."""
    if any(_ATTACHED_EACH.match(value) for _, value in arguments[1:]):
        yield from code.elements(arguments[0][1])


def _boxed(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`box::use(torch[...], k = keras)`."""
    return (name[1] for _, value in arguments if (name := _LEADING.match(value)))


def _from(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`import::from(torch, nn_module)`, `import::here(nn_module, .from = torch)`."""
    given = [value for keyword, value in arguments if keyword == ".from"]
    name = _one((given or [value for _, value in arguments] or [""])[0])
    return iter([name] if name else [])


def _installed(arguments: _Arguments, code: _Code) -> Iterator[str]:
    """`install.packages(c("torch", "luz"))`, `py_install("torch")`."""
    for keyword, value in arguments:
        if keyword in ("", "packages", "pkgs", "repo"):
            yield from (quoted["name"] for quoted in _QUOTED.finditer(value))


_CALLS: dict[str, tuple[str, Callable[[_Arguments, _Code], Iterator[str]]]] = {
    **dict.fromkeys([*_ATTACHES.split("|"), "import_from"], ("r", _first)),
    **dict.fromkeys(
        (
            "p_load p_load_gh p_load_current_gh shelf libraries packages pkg_attach pkg_attach2 "
            "pkg_load pkg_load2 groundhog.library"
        ).split(),
        ("r", _every),
    ),
    **dict.fromkeys("lapply sapply vapply walk map".split(), ("r", _each)),
    "box::use": ("r", _boxed),
    **dict.fromkeys(("import::from", "import::here", "import::into"), ("r", _from)),
    **dict.fromkeys(
        (
            "install.packages install_github pkg_install py_require py_install virtualenv_install "
            "conda_install"
        ).split(),
        (PACKAGE, _installed),
    ),
    "import": ("python", _literal),
}
_RUN_PYTHON = "py_run_string"
_FUNCTION = "|".join(re.escape(name) for name in sorted([*_CALLS, _RUN_PYTHON], key=len)[::-1])
_R = re.compile(
    r"#[^\n]*+"
    rf"|(?<![\w.])(?P<function>{_FUNCTION})\s*\("
    r"|(?<![\w.])(?P<package>[A-Za-z][\w.]*):::?(?=[A-Za-z.])"
    r"|[rR]\"(?P<dash>-*)\(.*?(?:\)(?P=dash)\"|\Z)"
    rf"|{_STRING}",
    re.DOTALL,
)
_NAMESPACE = re.compile(r"^[ \t]*import(?:From)?\([ \t\n]*\"?([A-Za-z][\w.]*)", re.MULTILINE)


def r_facts(content: bytes) -> dict[str, list[Import]]:
    """Imports by language: r, python and package.

    `library(torch)`, `p_load(torch, luz)` and `torch::nn_linear` are R's;
    `reticulate::import("torch")` is Python's; `install.packages("torch")` declares a package.
    """
    text = text_of(content)
    return by_language("r", text, _Code(text).hits())


def namespace_imports(content: bytes) -> list[Import]:
    """The packages of an R package's NAMESPACE: `import(torch)`, `importFrom(luz, fit)`."""
    text = text_of(content)
    found = ((item.start(), item[1], "static") for item in _NAMESPACE.finditer(text))
    return numbered(text, found)


class _Code:
    """R code, with ways to look up variables and arguments."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts_left = _MOST_PARTS
        self._elements: dict[str, list[str]] = {}

    def hits(self) -> Iterator[Hit]:
        for match in _R.finditer(self._text):
            at, function = match.start(), match["function"]
            if match["package"]:
                yield Hit(at, "r", match["package"])
            elif function == _RUN_PYTHON:
                for _, code in self._arguments(match.end())[:1]:
                    for item in imports_of_text(_python_code(code)):
                        yield Hit(at, "python", item.module)
            elif function:
                language, read = _CALLS[function]
                kind = DECLARED if language == PACKAGE else "static"
                for name in read(self._arguments(match.end()), self):
                    yield Hit(at, language, name, kind)

    def elements(self, value: str) -> list[str]:
        """The strings of `c("torch", "luz")`, also by the name of a variable or of a loop's."""
        if not _BARE.match(value):
            return _strings(value)
        if value not in self._elements and len(self._elements) < _MOST_VARIABLES:
            self._elements[value] = self._elements_of_variable(value)
        return self._elements.get(value, [])

    def _elements_of_variable(self, variable: str) -> list[str]:
        """Each string once that the code assigns to a variable, or to one that it stands for."""
        reached, elements = {variable: None}, dict[str, None]()
        for name in islice(_growing(reached), _MOST_VARIABLES):
            for given in self._given.get(name, ()):
                if _BARE.match(given):
                    reached.setdefault(given)
                else:
                    elements |= dict.fromkeys(_strings(given))
        return list(islice(elements, MOST_IN_FILE))

    @cached_property
    def _given(self) -> dict[str, list[str]]:
        """The values that the code assigns to each variable."""
        given: dict[str, list[str]] = {}
        for match in islice(_GIVEN.finditer(self._text), _MOST_PARTS):
            values = given.setdefault(match["name"] or match["each"], [])
            if len(values) < _MOST_VALUES:
                values.append(match["value"] or match["of"])
        return given

    def _arguments(self, position: int) -> _Arguments:
        """The arguments of the call whose parenthesis opens before a position."""
        written: list[list[str]] = [[]]
        depth = 0
        parts = _ARGUMENT_PART.finditer(self._text, position, position + _LONGEST_CALL)
        for part in islice(parts, self._parts_left):
            self._parts_left -= 1
            if part["comma"] and depth == 0:
                written.append([])
                continue
            depth += (part["opens"] is not None) - (part["closes"] is not None)
            if depth < 0:
                break
            if part["comment"] is None:
                written[-1].append(part[0])
        return [_argument("".join(parts)) for parts in written]


def _strings(value: str) -> list[str]:
    """The strings of `c("torch", "luz")`."""
    return [quoted["name"] for quoted in islice(_QUOTED.finditer(value), MOST_IN_FILE)]


def _growing(names: dict[str, None]) -> Iterator[str]:
    """Names of a dictionary, with those that are added while they are read."""
    read = 0
    while read < len(names):
        new = list(islice(names, read, None))
        read += len(new)
        yield from new


def _argument(written: str) -> tuple[str, str]:
    keyword = _KEYWORD.match(written)
    if keyword is None:
        return "", written.strip()
    return keyword[1], written[keyword.end() :].strip()


def _one(value: str) -> str | None:
    """The package that a bare word or a single string names."""
    quoted = _QUOTED.fullmatch(value)
    if quoted is not None:
        return quoted["name"]
    return value if _BARE.match(value) else None


def _python_code(literal: str) -> str:
    quoted = _LITERAL.match(literal)
    code = quoted["value"] if quoted is not None else ""
    return code.replace("\\n", "\n").replace('\\"', '"')
