"""Finds the Keras backend and the TensorFlow version that a file requires.

Imports show neither the backend of Keras nor the version of TensorFlow. The scanner stores a
requirement as a name: `KERAS_BACKEND=jax`, `tensorflow==1.x`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from stringzilla import find

from pipeline.scan.lines import Comments, LineNumbers
from pipeline.scan.records import ApiUse

_BACKEND = re.compile(
    rb"\bKERAS_BACKEND\\?[\"']?\]?(?:\s*+(?:=(?!=)|[:,])\s*+|(?=[^\S ]*+ )\s++)\\?[\"']?(\w+)"
    rb"|\bkeras\.config\.set_backend\(\s*\\?[\"'](\w+)"
)
_BACKEND_MARKS = (b"KERAS_BACKEND", b"set_backend")
_BACKEND_FILE = re.compile(rb'"(backend)"\s*:\s*"(\w+)"')
_BACKENDS = frozenset(("tensorflow", "jax", "torch", "theano", "cntk", "mxnet"))

_VERSION_MARK = b"tensorflow"
_VERSION = re.compile(
    rb"""(?<![\w.-])(?:
        tensorflow(?:[-_](?:gpu|cpu|rocm))?(?:\[[^\]\n]{0,200}+\])?\\?["']?[ \t]*+
        (?:=[ \t]*+(?:\{[ \t]*+version[ \t]*+=[ \t]*+)?["'][ \t]*+)?(?:\([ \t]*+)?
        (?P<clauses>(?:[<>=!~^]{0,3}[ \t]*+v?\d++(?:\.[\w*]++)*+[ \t]*+,?[ \t]*+){1,4})
        |tensorflow[-_](?:gpu-)?(?P<wheel>\d+\.\d)[\w.]*-[\w.-]*\.whl
        |tensorflow/tensorflow:(?P<image>\d+\.\d)
        |tensorflow_version[ \t]+(?P<magic>\d)
    )""",
    re.VERBOSE,
)
_MOST_DIGITS = 9
_CLAUSE = re.compile(r"([<>=!~^]{0,3})[ \t]*v?(\d+(?:\.\d+)*)")
_RELEASES = ((0, 12), *((1, minor) for minor in range(16)), *((2, minor) for minor in range(100)))
"""TensorFlow's versions by major and minor number, with room for future versions."""


def asked_backends(content: bytes) -> list[ApiUse]:
    """`KERAS_BACKEND=jax` where a file of any language sets the backend of Keras."""
    if not any(find(content, mark) >= 0 for mark in _BACKEND_MARKS):
        return []
    return _each_once(content, _backends(_BACKEND.finditer(content)))


def asked_backends_of_settings(content: bytes) -> list[ApiUse]:
    """The same for keras.json, the settings file of Keras."""
    return _each_once(content, _backends(_BACKEND_FILE.finditer(content)))


def asked_versions(content: bytes) -> list[ApiUse]:
    """`tensorflow==1.x` or `2.x`, if a list of packages or a command allows only this version."""
    if find(content, _VERSION_MARK) < 0:
        return []
    return _each_once(content, _versions(content))


def _backends(settings: Iterable[re.Match[bytes]]) -> Iterator[tuple[int, str]]:
    for setting in settings:
        backend = setting[setting.lastindex or 0].decode("utf-8", "replace")
        if backend in _BACKENDS:
            yield setting.start(), f"KERAS_BACKEND={backend}"


def _versions(content: bytes) -> Iterator[tuple[int, str]]:
    for asked in _VERSION.finditer(content):
        text = next(filter(None, asked.groups())).decode("utf-8", "replace")
        admitted = _variants(text)
        if len(admitted) == 1:
            yield asked.start(), f"tensorflow=={min(admitted)}"


@lru_cache(maxsize=256)
def _variants(text: str) -> frozenset[str]:
    """The variants of which a requirement admits a release."""
    clauses = [(operator, _major_and_minor(version)) for operator, version in _CLAUSE.findall(text)]
    return frozenset(
        "2.x" if release >= (2, 0) else "1.x"
        for release in _RELEASES
        if all(_admits(operator, version, release) for operator, version in clauses)
    )


def _major_and_minor(version: str) -> tuple[int, int]:
    major, minor, *_ = (*(int(part[:_MOST_DIGITS]) for part in version.split(".")), 0)
    return major, minor


def _admits(operator: str, version: tuple[int, int], release: tuple[int, int]) -> bool:
    """Whether a release is of the version's variant, or on the right side of a bound."""
    if operator == "!=":
        return True
    if operator in ("<", "<="):
        return release < version or (operator == "<=" and release == version)
    if operator in (">", ">="):
        return release >= version
    return (release >= (2, 0)) == (version >= (2, 0))


def _each_once(content: bytes, found: Iterable[tuple[int, str]]) -> list[ApiUse]:
    """Names where they first stand, outside of comments that begin with a number sign."""
    first: dict[str, int] = {}
    comments, lines = Comments(content, b"\n", b"#"), LineNumbers(content, b"\n")
    for offset, name in found:
        if not comments.hold(offset) and name not in first:
            first[name] = lines.of(offset)
    return [ApiUse(line, name) for name, line in first.items()]
