"""Imports of languages in which one pattern can tell them from strings and comments.

Each pattern has alternatives for the comments and strings of its language, which match first
and name no group, and one for the import, whose groups hold the modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from pipeline.scan.records import MOST_IN_FILE, Import

_LUA = re.compile(
    r"--\[(=*)\[.*?(?:\]\1\]|\Z)"
    r"|--[^\n]*+"
    r"|(?<![\w.:])require\s*(?P<open>[(,]?)\s*"
    r"(?:'(?P<a>[^'\n]*)'|\"(?P<b>[^\"\n]*)\"|\[\[(?P<c>[^\]\n]*)\]\])(?!\s*\.\.)"
    r"|'(?:[^'\\\n]++|\\.)*+'?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|\[(=*)\[.*?(?:\]\6\]|\Z)",
    re.DOTALL,
)
_R = re.compile(
    r"#[^\n]*+"
    r"|(?<![\w.])(?:library|require|requireNamespace|loadNamespace|import_from)\s*\(\s*"
    r"(?:(?:package|pkg)\s*=\s*)?(?:'(?P<a>[\w.]+)'|\"(?P<b>[\w.]+)\"|(?P<c>[A-Za-z][\w.]*))\s*[,)]"
    r"|(?<![\w.])(?P<d>[A-Za-z][\w.]*):::?(?=[A-Za-z.])"
    r"|'(?:[^'\\]++|\\.)*+'?"
    r'|"(?:[^"\\]++|\\.)*+"?',
    re.DOTALL,
)
_JULIA = re.compile(
    r"#=.*?(?:=#|\Z)"
    r"|#[^\n]*+"
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)'
    r'|"(?:[^"\\]++|\\.)*+"?'
    r"|(?:^|(?<=;))[ \t]*(?:@\w+[ \t]+)?(?:using|import)[ \t]+"
    r"(?P<list>\.*\w[\w.!]*(?:[ \t]+as[ \t]+\w+)?(?:\s*,\s*\.*\w[\w.!]*(?:[ \t]+as[ \t]+\w+)?)*+)",
    re.DOTALL | re.MULTILINE,
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
_JAVA = re.compile(
    r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
    r"|//[^\n]*+"
    r"|(?:^|(?<=;))[ \t]*import[ \t]+(?:static[ \t]+)?"
    r"(?P<a>[A-Za-z_$][\w.$]*[\w$])(?:\.\*)?[ \t]*(?:;|$)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'(?:[^'\\\n]++|\\.){1,4}+'",
    re.DOTALL | re.MULTILINE,
)
_MATLAB = re.compile(
    r"^[ \t]*%\{[ \t]*$.*?(?:^[ \t]*%\}[ \t]*$|\Z)"
    r"|%[^\n]*+"
    r"|(?<![\w)\]}.'])'(?:[^'\n]|'')*+'?"
    r'|"(?:[^"\n]|"")*+"?'
    r"|^[ \t]*import[ \t]+(?P<a>[A-Za-z]\w*(?:\.\w+)*)(?:\.\*)?[ \t]*(?:;|$|(?=%))"
    r"|(?<![\w.])(?P<b>vl_\w+|(?:caffe|dagnn)\.\w+|dlnetwork|trainNetwork|trainnet|layerGraph"
    r"|convolution2dLayer|import(?:Keras|Caffe|ONNX|TensorFlow)Network)\b",
    re.DOTALL | re.MULTILINE,
)
_MATLAB_WORDS = (
    "import vl_ caffe. dagnn. dlnetwork trainNetwork trainnet layerGraph convolution2dLayer".split()
)
"""One of them is in all that the pattern finds."""

_OBJECTIVE_C = re.compile(
    r"^[ \t]*(?:#[ \t]*(?:import|include)|@interface|@implementation)\b", re.M
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

_R_CHUNK = re.compile(r"^[ \t]*```+\s*\{[rR][^}\n]*\}[^\n]*\n(.*?)^[ \t]*```+", re.DOTALL | re.M)


def lua_imports(content: bytes) -> list[Import]:
    """`require 'torch'` in all its spellings; `pcall(require, 'cudnn')` is guarded."""
    if b"require" not in content:
        return []
    text = _text(content)
    return _numbered(text, _lua_modules(_LUA.finditer(text)))


def r_imports(content: bytes) -> list[Import]:
    """`library(torch)`, `require(keras)`, `requireNamespace("x")` and `torch::nn_linear`."""
    text = _text(content)
    found = ((match.start(), _first(match, "abcd"), "static") for match in _R.finditer(text))
    return _numbered(text, found)


def r_markdown_imports(content: bytes) -> list[Import]:
    """As `r_imports`, for the R chunks of a Markdown document."""
    text = _text(content)
    code, end = [], 0
    for chunk in _R_CHUNK.finditer(text):
        code += ["\n" * text.count("\n", end, chunk.start(1)), chunk[1]]
        end = chunk.end(1)
    return r_imports("".join(code).encode("utf-8", "replace"))


def julia_imports(content: bytes) -> list[Import]:
    """`using Flux`, `using Flux: Dense`, `import CUDA, Zygote`; `..Local` keeps its dots."""
    if b"using" not in content and b"import" not in content:
        return []
    text = _text(content)
    return _numbered(text, _julia_modules(_JULIA.finditer(text)))


def cpp_imports(content: bytes) -> list[Import]:
    """`#include <torch/extension.h>` of C, C++ and CUDA: the path as written."""
    text = _upto_last(content, "include", "import")
    found = ((match.start(), _first(match, "ab"), "static") for match in _CPP.finditer(text))
    return _numbered(text, found)


def java_imports(content: bytes) -> list[Import]:
    """`import org.deeplearning4j.nn.*;` of Java, Scala and Kotlin: the path without the star."""
    text = _upto_last(content, "import")
    found = ((match.start(), match["a"], "static") for match in _JAVA.finditer(text))
    return _numbered(text, found)


def matlab_imports(content: bytes) -> list[Import]:
    """`import caffe.*`, and the functions by which MATLAB code calls a framework.

    MATLAB needs no import: `vl_nnconv` and `dagnn.DagNN` are MatConvNet, `caffe.Net` is Caffe,
    `trainNetwork` the Deep Learning Toolbox. Of Objective-C, which shares the suffix: nothing.
    """
    text = _text(content)
    if not any(word in text for word in _MATLAB_WORDS) or _OBJECTIVE_C.search(text):
        return []
    found = ((match.start(), _first(match, "ab"), "static") for match in _MATLAB.finditer(text))
    return _numbered(text, found)


def swift_imports(content: bytes) -> list[Import]:
    """`import TensorFlow`, `import struct TensorFlow.Tensor`."""
    text = _upto_last(content, "import")
    found = ((match.start(), match["a"], "static") for match in _SWIFT.finditer(text))
    return _numbered(text, found)


def caffe_net(content: bytes) -> list[Import]:
    """The first layer of a Caffe net, the first setting of a solver: `layer`, `solver`.

    Both are text of Caffe's own protocol buffers; the suffix alone is also used by others.
    """
    text = _text(content)
    firsts = [
        (name, pattern.search(text))
        for name, (words, pattern) in _PROTOTXT.items()
        if any(word in text for word in words)
    ]
    found = sorted((match.start(), name, "static") for name, match in firsts if match is not None)
    return _numbered(text, iter(found))


_Found = tuple[int, str | None, str]


def _lua_modules(matches: Iterator[re.Match[str]]) -> Iterator[_Found]:
    for match in matches:
        kind = "guarded" if match["open"] == "," else "static"
        yield match.start(), _first(match, "abc"), kind


def _julia_modules(matches: Iterator[re.Match[str]]) -> Iterator[_Found]:
    for match in matches:
        for name in (match["list"] or "").split(","):
            yield match.start(), name.split(" as ")[0].strip().rstrip("."), "static"


def _first(match: re.Match[str], groups: str) -> str | None:
    return next((match[group] for group in groups if match[group]), None)


def _numbered(text: str, found: Iterator[_Found]) -> list[Import]:
    """Imports with their lines, each once a line."""
    hits = list(islice((hit for hit in found if hit[1]), MOST_IN_FILE))
    lines, line = [], 1
    for before, here in pairwise([0, *(offset for offset, _, _ in hits)]):
        line += text.count("\n", before, here)
        lines.append(line)
    unique = {
        (line, module): Import(line, module.strip(), kind)
        for line, (_, module, kind) in zip(lines, hits, strict=True)
        if module
    }
    return list(unique.values())


def _upto_last(content: bytes, *keywords: str) -> str:
    """The text as far as the last line that can hold an import of one line."""
    text = _text(content)
    last = max(text.rfind(keyword) for keyword in keywords)
    end = text.find("\n", last)
    return "" if last < 0 else text if end < 0 else text[:end]


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
