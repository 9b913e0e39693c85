"""Imports of MATLAB and Octave, and of the Python code that MATLAB runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scan.matches import Hit, by_language
from pipeline.scan.python import imports_of_text
from pipeline.scan.records import Import
from pipeline.scan.text_encoding import text_of

TOOLBOX = (
    "dlnetwork dlarray dlfeval dlgradient adamupdate trainNetwork trainnet trainingOptions "
    "layerGraph DAGNetwork SeriesNetwork imageInputLayer sequenceInputLayer featureInputLayer "
    "convolution1dLayer convolution2dLayer convolution3dLayer transposedConv2dLayer "
    "maxPooling2dLayer averagePooling2dLayer batchNormalizationLayer reluLayer softmaxLayer "
    "fullyConnectedLayer classificationLayer lstmLayer bilstmLayer gruLayer "
    "importKerasNetwork importKerasLayers importCaffeNetwork importONNXNetwork "
    "importTensorFlowNetwork importNetworkFromPyTorch importNetworkFromTensorFlow "
    "importNetworkFromONNX"
).split()
"""Functions of the Deep Learning Toolbox, which needs no import."""

_MATLAB = re.compile(
    r"^[ \t]*[%#]\{[ \t]*$.*?(?:^[ \t]*[%#]\}[ \t]*$|\Z)"
    r"|(?:[%#]|\.\.\.)[^\n]*+"
    # run matconvnet/matlab/vl_setupnn, run('vl_setupnn.m')
    r"|(?<![\w.])run\b[^\n;%#]{0,300}?\b(?P<run>vl_setupnn)\b[^\n;]*+"
    r"|(?<![\w.])pyrun\s*+\(\s*+(?:\[\s*+)?(?P<code>\"(?:[^\"\n]|\"\")*+\"|'(?:[^'\n]|'')*+')"
    r"|(?<![\w.])py\.importlib\.import_module\s*\(\s*['\"](?P<named>[\w.]+)['\"]"
    r"|(?<![\w.])py\.(?P<py>[A-Za-z]\w*+(?:(?:\.\w++)++|(?!\s*\()))"  # py.list() is no module
    r"|(?<![\w)\]}.'])'(?:[^'\n]|'')*+'?"
    r'|"(?:[^"\n]|"")*+"?'
    r"|^[ \t]*import[ \t]+(?P<import>[A-Za-z]\w*(?:\.\w+)*)(?:\.\*)?[ \t]*(?:;|$|(?=[%#]))"
    rf"|(?<![\w.])(?P<function>vl_\w+|(?:caffe|dagnn|nnet)\.\w+|{'|'.join(TOOLBOX)})\b",
    re.DOTALL | re.MULTILINE,
)
_WORDS = ("import", "vl_", "caffe.", "dagnn.", "nnet.", "py.", "pyrun", *TOOLBOX)
"""Every match of the pattern contains one of these."""

_OBJECTIVE_C = re.compile(
    r"^[ \t]*(?:#[ \t]*(?:import|include)[ \t]*[<\"]|@(?:interface|implementation|import|class)\b)",
    re.MULTILINE,
)


def is_objective_c(content: bytes) -> bool:
    """Whether a file is Objective-C, which shares MATLAB's suffix."""
    return _OBJECTIVE_C.search(text_of(content)) is not None


def matlab_facts(content: bytes) -> dict[str, list[Import]]:
    """Imports by language: matlab and python.

    MATLAB needs no import: `vl_nnconv` and `dagnn.DagNN` are MatConvNet, `caffe.Net` is Caffe,
    `trainNetwork` and `nnet.layer.Layer` the Deep Learning Toolbox. `py.torch.ones(1)` is
    Python's torch.
    """
    text = text_of(content)
    if not any(word in text for word in _WORDS):
        return {"matlab": []}
    return by_language("matlab", text, _hits(text))


def _hits(text: str) -> Iterator[Hit]:
    for match in _MATLAB.finditer(text):
        if name := match["function"] or match["import"] or match["run"]:
            yield Hit(match.start(), "matlab", name)
        elif name := match["named"] or match["py"]:
            yield Hit(match.start(), "python", name)
        elif match["code"]:
            for item in imports_of_text(match["code"][1:-1]):
                yield Hit(match.start(), "python", item.module)
