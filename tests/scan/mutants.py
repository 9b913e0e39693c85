"""Damaged files for every scanner; none may fail, lie or be slow.

A mutant is a real file with imports and decoys put in and bytes cut, flipped and repeated. Where
`ast` still parses it, the scanner's facts must be the oracle's; everywhere it must come back, and
soon. `make bench-mutants` tries 100,000 of them.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.scan.languages import file_reader
from tests.scan.oracle import imports_by_ast

SLOWEST_S = 2.0
"""Of the processor: a busy machine makes no file slow."""

STATEMENTS = [
    b"import torch",
    b"import os, tensorflow as tf, sys",
    b"from torch.nn import (\n    Linear,\n    functional as F,\n)",
    b"from . import a, b",
    b"from ..x.y import *",
    b"from a \\\n    .b import c",
    b"import a.b \\\n    as c, d",
    b"x = 1; import jax; y = 2",
    b"if True: import flax",
    b"try: import keras\nexcept ImportError: import mxnet",
    b"try:\n    import chainer\nexcept ImportError:\n    chainer = None",
    b"def f():\n    from theano import tensor\n    return tensor",
    b"class A:\n    import caffe",
    b"import importlib; importlib.import_module('torch')",
    b"m = __import__('tensor' 'flow')",
    b"importlib.import_module(  # why\n    name='jax')",
    b"import_module((\n'flax'))",
    b"lambda: __import__('cntk')",
    b"x = f\"{{{__import__('dynet')}}}\" + rf'{y}{import_module(\"neon\").z}'",
    b"importlib.import_module('.nn', package='torch')",
    b"torch = pytest.importorskip('torch', minversion='1')",
    b"tf1, tf, version = try_import_tf()",
    b"import \xef\xbd\x94\xef\xbd\x8f\xef\xbd\x92\xef\xbd\x83\xef\xbd\x88",
]
DECOYS = [
    b"# import torch",
    b"'import torch'",
    b'"""\nimport torch\n"""',
    b"'''from jax import x'''",
    b's = "\\\nimport torch"',
    b"x = 'a' # import 'b'",
    b"important = importlib = import_ = 0",
    b"__import__('torch' + x)",
    b"import_module(f'jax')",
    b"import_module('%s' % x)",
    b"import_module(b'torch')",
    b"def import_module(name): pass",
    b'r"\\""; x = """ import a """',
    b"u'''\\''' import b '''",
    b'"""a""" """\nimport b"""',
    b"x.importer('torch')",
    b"lazy = important; lazy.importer()",
    b"# pytest.importorskip('torch')",
    b"'try_import_torch()'",
    b"importorskip(name)",
    b"def try_import_tf(): pass",
    b"f'{x!r:>{width}} import y'",
    b'f\'{{__import__("a")}} {x} import_module("b")\'',
    b"if'{__import__(\"a\")}': pass",
]
FRAGMENTS = [
    *(b'"""', b"'''", b"\\\n", b"\\", b'"', b"'", b"#", b";", b"\r\n", b"\r", b"\0", b"\f"),
    *(b"(", b")", b"{", b"%", b",", b".", b"\xff", b"\n    ", b"import ", b"from ", b" as "),
]


@dataclass(frozen=True)
class Fault:
    """A mutant that a scanner could not stand."""

    path: str
    what: str
    source: bytes


def mutant(rng: random.Random, source: bytes) -> bytes:
    """One to five changes: whole lines that keep the file valid, or damage."""
    for _ in range(rng.randint(1, 5)):
        source = rng.choice(_CHANGES)(rng, source)
    return source


def _insert_line(rng: random.Random, source: bytes) -> bytes:
    lines = source.split(b"\n")
    at = rng.randrange(len(lines))
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(b" "))]
    text = rng.choice(STATEMENTS if rng.random() < 0.6 else DECOYS)
    lines.insert(at, b"\n".join(indent + line for line in text.split(b"\n")))
    return b"\n".join(lines)


def _insert_bytes(rng: random.Random, source: bytes) -> bytes:
    at = rng.randint(0, len(source))
    return source[:at] + rng.choice(FRAGMENTS) + source[at:]


def _cut(rng: random.Random, source: bytes) -> bytes:
    at = rng.randint(0, len(source))
    return source[:at] + source[at + rng.randint(1, 80) :]


def _flip(rng: random.Random, source: bytes) -> bytes:
    if not source:
        return source
    at = rng.randrange(len(source))
    return source[:at] + bytes([source[at] ^ (1 << rng.randrange(8))]) + source[at + 1 :]


def _repeat(rng: random.Random, source: bytes) -> bytes:
    at = rng.randint(0, len(source))
    return source[:at] + source[at : at + rng.randint(1, 200)] * rng.randint(2, 20) + source[at:]


_CHANGES = (_insert_line, _insert_line, _insert_line, _insert_bytes, _cut, _flip, _repeat)


def fault(path: str, source: bytes) -> Fault | None:
    """What is wrong with the scan of a file, if anything."""
    start = time.thread_time()
    try:
        facts = file_reader(path).facts(source)
    except Exception as error:
        return Fault(path, f"raised {error!r}", source)
    seconds = time.thread_time() - start
    if seconds > SLOWEST_S:
        return Fault(path, f"took {seconds:.1f} s", source)
    expected = imports_by_ast(source) if PurePosixPath(path).suffix == ".py" else None
    found = {(item.line, item.module) for item in facts.imports}
    if expected is not None and found != expected:
        return Fault(path, f"missed {expected - found}, invented {found - expected}", source)
    return None
