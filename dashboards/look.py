"""The one look of all charts: a plotly template, a fixed colour and name for each framework.

Colours of the frequent frameworks are from Okabe and Ito's palette, made for all common kinds of
colour blindness. There are more frameworks than colours that everybody can tell apart: among the
rare ones some are close, and names, tables and pointing tell them.
Backgrounds are transparent and text mid-grey by default, so that a page can be light or dark.
"""

from __future__ import annotations

import plotly.graph_objects as go

LEAST_PAPERS = 5
"""Of fewer papers a share says nothing: a hollow point, not part of a line."""

COLOURS = {
    "pytorch": "#d55e00",
    "tensorflow": "#5d8fc4",
    "tensorflow 1.x": "#1764a8",
    "tensorflow 2.x": "#56b4e9",
    "jax": "#009e73",
    "keras": "#5a3fa0",
    "torch7": "#e69f00",
    "caffe": "#cc79a7",
    "theano": "#6a3d9a",
    "mxnet": "#7a7000",
    "mindspore": "#b0306a",
    "paddle": "#0f766e",
    "chainer": "#aa4466",
    "flux": "#6b8e23",
    "matconvnet": "#ddcc77",
    "matlab_dlt": "#a34a2a",
    "dynet": "#999933",
    "caffe2": "#dd99bb",
    "cntk": "#5a55c8",
    "knet": "#6699cc",
    "mlx": "#6f4e37",
    "jittor": "#88ccee",
    "oneflow": "#cc6677",
    "darknet": "#707070",
    "dl4j": "#8b5a00",
    "megengine": "#b98cff",
    "mocha": "#c49c6b",
    "nnabla": "#2f6f6f",
    "bigdl": "#e07b91",
    "tinygrad": "#4f5d95",
    "none": "#b5b5b5",
    "eager": "#117733",
}
OTHER_COLOUR = "#8a8a8a"
NAMES = {
    "pytorch": "PyTorch",
    "tensorflow": "TensorFlow",
    "tensorflow 1.x": "TensorFlow 1.x",
    "tensorflow 2.x": "TensorFlow 2.x",
    "jax": "JAX",
    "keras": "Keras",
    "torch7": "Torch7 (Lua)",
    "caffe": "Caffe",
    "caffe2": "Caffe2",
    "theano": "Theano",
    "mxnet": "MXNet",
    "mindspore": "MindSpore",
    "paddle": "PaddlePaddle",
    "chainer": "Chainer",
    "cntk": "CNTK",
    "dynet": "DyNet",
    "flux": "Flux (Julia)",
    "knet": "Knet (Julia)",
    "mocha": "Mocha (Julia)",
    "matconvnet": "MatConvNet (MATLAB)",
    "matlab_dlt": "Deep Learning Toolbox (MATLAB)",
    "mlx": "MLX",
    "jittor": "Jittor",
    "oneflow": "OneFlow",
    "megengine": "MegEngine",
    "nnabla": "NNabla",
    "dl4j": "Deeplearning4j",
    "bigdl": "BigDL",
    "darknet": "Darknet",
    "tinygrad": "tinygrad",
    "none": "no framework",
    "eager": "eager",
}
TEXT = "#6b7280"
LINE = "rgba(128, 128, 128, 0.25)"

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', sans-serif", "size": 13},
        "font_color": TEXT,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 48, "r": 16, "t": 16, "b": 36},
        "xaxis": {
            "gridcolor": LINE,
            "linecolor": LINE,
            "zeroline": False,
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {"gridcolor": LINE, "linecolor": LINE, "zeroline": False, "fixedrange": True},
        "hovermode": "x unified",
        # from the foot of the picture: from the axis, names and bars overlap once it was narrow
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "maxheight": 1,
            "traceorder": "normal",
        },
        "colorway": list(COLOURS.values()),
    }
)


def colour(framework: str) -> str:
    """The framework's colour on every chart."""
    return COLOURS.get(framework, OTHER_COLOUR)


def name(framework: str) -> str:
    """The framework's name as people write it."""
    return NAMES.get(framework, framework)


def translucent(hex_colour: str, alpha: float) -> str:
    """A #rrggbb colour with an alpha, as plotly takes it."""
    red, green, blue = (int(hex_colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha})"
