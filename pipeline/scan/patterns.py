"""Imports of languages in which one pattern can tell them from strings and comments.

Each pattern has alternatives for the comments and strings of its language, which match first
and name no group, and one for the import, whose groups hold the modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.matches import Found, first_group, numbered, upto_last
from pipeline.scan.records import Import
from pipeline.scan.text_encoding import text_of

_LUA = re.compile(
    r"--\[(=*)\[.*?(?:\]\1\]|\Z)"
    r"|--[^\n]*+"
    r"|(?<![\w.:])require\s*+(?:(?P<open>[(,])\s*+)?"
    r"(?:'(?P<a>[^'\n]*)'|\"(?P<b>[^\"\n]*)\"|\[\[(?P<c>[^\]\n]*)\]\])(?!\s*\.\.)"
    r"|'(?:[^'\\\n]++|\\.)*+'?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|\[(=*)\[.*?(?:\]\6\]|\Z)",
    re.DOTALL,
)
_CPP = re.compile(
    r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
    r"|//[^\n]*+"
    r"|^[ \t]*#[ \t]*(?:include|import)[ \t]*(?:<(?P<a>[^>\n]+)>|\"(?P<b>[^\"\n]+)\")"
    r'|(?<!\w)(?:u8|[uUL])?R"(?P<raw>[^()\\\s"]{0,16})\(.*?(?:\)(?P=raw)"|\Z)'
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'(?:[^'\\\n]++|\\.){1,4}+'",
    re.DOTALL | re.MULTILINE,
)
_FOLDER_OF_LIBRARY = re.compile(
    r"\A(?:.*/)?(?:(?:third[_-]?party|3rd[_-]?party|externals?)/(?:py/|org_\w+/)?|include/)(?=[^/])"
)
_SWIFT = re.compile(
    r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
    r"|//[^\n]*+"
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)'
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|^[ \t]*(?:@\w+[ \t]+)?import[ \t]+"
    r"(?:(?:struct|class|enum|func|protocol|var|typealias)[ \t]+)?"
    r"(?P<a>[A-Za-z_][\w.]*)",
    re.DOTALL | re.MULTILINE,
)
_PROTOTXT = {
    "layer": (("layer",), re.compile(r"^[ \t]*layers?[ \t]*:?[ \t]*\{", re.MULTILINE)),
    "solver": (
        ("base_lr", "solver_mode", "lr_policy"),
        re.compile(r"^[ \t]*(?:base_lr|solver_mode|lr_policy)[ \t]*:", re.MULTILINE),
    ),
}
"""Words of which one is in all that the pattern finds, and the pattern."""


def lua_imports(content: bytes) -> list[Import]:
    """`require 'torch'` in all its spellings; `pcall(require, 'cudnn')` is guarded."""
    if b"require" not in content:
        return []
    text = text_of(content)
    return numbered(text, _lua_modules(_LUA.finditer(text)))


def cpp_imports(content: bytes) -> list[Import]:
    """`#include <torch/extension.h>` of C, C++ and CUDA: the path as written.

    But without the folder of a library in front: `third_party/tensorflow/core/public/session.h`
    and `libtorch/include/torch/script.h` are headers of TensorFlow and PyTorch.
    """
    text = upto_last(content, "include", "import")
    return numbered(text, _headers(_CPP.finditer(text)))


def swift_imports(content: bytes) -> list[Import]:
    """`import TensorFlow`, `import struct TensorFlow.Tensor`."""
    text = upto_last(content, "import")
    found = ((match.start(), match["a"], "static") for match in _SWIFT.finditer(text))
    return numbered(text, found)


def caffe_net(content: bytes) -> list[Import]:
    """The first layer of a Caffe net, the first setting of a solver: `layer`, `solver`.

    Both are text of Caffe's own protocol buffers; the suffix alone is also used by others.
    """
    text = text_of(content)
    firsts = [
        (name, pattern.search(text))
        for name, (words, pattern) in _PROTOTXT.items()
        if any(word in text for word in words)
    ]
    found = sorted((match.start(), name, "static") for name, match in firsts if match is not None)
    return numbered(text, iter(found))


def without_folder(header: str) -> str:
    """The path of a header without the folder that a library lies in."""
    return _FOLDER_OF_LIBRARY.sub("", header)


def _headers(matches: Iterator[re.Match[str]]) -> Iterator[Found]:
    for match in matches:
        if (path := first_group(match, "ab")) is not None:
            yield match.start(), without_folder(path), "static"


def _lua_modules(matches: Iterator[re.Match[str]]) -> Iterator[Found]:
    for match in matches:
        kind = "guarded" if match["open"] == "," else "static"
        yield match.start(), first_group(match, "abc"), kind
