"""What a vote weighs and how sure a label is: the seeds, and the tables of docs/method.md."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from tests.facts_of import Store, add_repository

METHOD = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
_NUMBER = r"([0-9.]+)"

ROLES = {
    # other people's code
    "third_party/tf/net.py": "third_party",
    "src/Third-Party/net.py": "third_party",
    "venv/lib/python3.6/site-packages/torch/nn.py": "third_party",
    "externals/net.py": "third_party",
    "external.py": "code",
    # verb and object
    "convert_tf_checkpoint.py": "conversion",
    "tools/convert-weights.py": "conversion",
    "convertmodel.py": "conversion",
    "export_onnx.py": "conversion",
    "export_tflite.py": "conversion",
    "port_model.py": "conversion",
    "ported_weights.py": "conversion",
    "export_mtcnn_caffemodel.m": "conversion",
    # camel case
    "ConvertTrainingModelToTF.py": "conversion",
    "ExportOnnx.java": "conversion",
    "portModel.py": "conversion",
    # two formats
    "torch2onnx.py": "conversion",
    "keras_to_tf.py": "conversion",
    "KerasToCaffe.py": "conversion",
    "convertTFtoTorch.py": "conversion",
    # inside another word
    "transport_model.py": "code",
    "OptimalTransportModel.py": "code",
    "import_keras.py": "code",
    "report_model.py": "code",
    "support_tf.py": "code",
    "airport_models.py": "code",
    "AirPortModel.py": "code",
    "PortedModel.py": "conversion",
    "PortfolioModel.py": "code",
    "portfolio_weights.py": "code",
    "convertible_model.py": "code",
    "plot_feature_importance_model.py": "code",
    "convert_modelnet40.py": "code",
    "export_weighted_graph.py": "code",
    "export_netflow.py": "code",
    "tf2_keras.py": "code",
    # a verb or an object alone, or in a folder's name
    "convert.py": "code",
    "model.py": "code",
    "convert_model/net.py": "code",
    # tests, examples, documents
    "tests/net.py": "peripheral",
    "Examples/net.py": "peripheral",
    "docs/conf.py": "peripheral",
    "test_net.py": "peripheral",
    "net_test.py": "peripheral",
    "setup.py": "peripheral",
    "contest/net.py": "code",
    "testing.py": "code",
    # well-known libraries, each in a folder of its project
    "fairseq/fairseq/models/a.py": "copy",
    "code/fairseq-main/fairseq/a.py": "copy",
    "transformers-4.2.1/src/transformers/a.py": "copy",
    "mmdetection/mmdet/models/a.py": "copy",
    "lib/caffe-fast-rcnn/python/caffe/net.py": "copy",
    "PyTorch-1.0/torch/nn/a.py": "copy",
    "lib/caffe-fast-rcnn/src/caffe/net.cpp": "copy",
    "models-master/research/object_detection/model.py": "copy",
    "research/object_detection/model.py": "code",
    "src/caffe/net.cpp": "code",
    # what Jupyter keeps of a file
    ".ipynb_checkpoints/net-checkpoint.py": "copy",
    "src/.ipynb_checkpoints/train-checkpoint.ipynb": "copy",
    "mmdet/models/a.py": "code",
    "fairseq/models/a.py": "code",
    "models/transformers/a.py": "code",
    "keras/keras_net.py": "code",
    "my_fairseq/fairseq/a.py": "code",
    # the lower weight counts
    "tests/third_party/net.py": "third_party",
    "tests/convert_tf_weights.py": "conversion",
    "third_party/convert_tf_weights.py": "third_party",
}


@pytest.mark.parametrize(("path", "role"), ROLES.items(), ids=ROLES)
def test_role_of_a_path(store: Store, path: str, role: str) -> None:
    assert store.execute("select role_of(?)", [path]).fetchall() == [(role,)]


def test_an_optimal_transport_model_votes_as_code(store: Store) -> None:
    add_repository(store, "r", {"transport_model.py": "import torch"})
    assert store.sql("select weight from framework_import").fetchall() == [(1,)]


def test_every_role_has_a_weight(store: Store) -> None:
    assert store.sql("from path_role anti join vote_weight on role = circumstance").fetchall() == []


def test_products_of_weights_are_exact(store: Store) -> None:
    # of these three kinds of circumstance one each can apply; others weigh 0 or 1
    role, use, kind = (
        [w for (w,) in store.sql(f"select weight from vote_weight where {which}").fetchall()]
        for which in (
            "circumstance = 'code' or circumstance in (select role from path_role)",
            "circumstance = 'interoperability'",
            "circumstance in ('guarded', 'dynamic', 'net')",
        )
    )
    smallest = min(a * b * c for a, b, c in product(role, use, kind))
    assert smallest == Decimal("0.0005")
    assert all(
        (a * b * c).quantize(Decimal("0.000001")) == a * b * c
        for a, b, c in product(role, use, kind)
    )


def test_the_method_says_what_every_circumstance_weighs(store: Store) -> None:
    rows = re.findall(rf"^\| `(\w+)` \| {_NUMBER} \| [a-zA-Z]", METHOD, re.MULTILINE)
    told = {circumstance: Decimal(weight) for circumstance, weight in rows}
    assert told == dict(store.sql("select circumstance, weight from vote_weight").fetchall())


def test_the_method_says_what_every_confidence_asks(store: Store) -> None:
    numbers = rf" \| {_NUMBER}" * 4
    rows = re.findall(rf"^\| `(\w+)`{numbers} \|$", METHOD, re.MULTILINE)
    told = {name: tuple(map(Decimal, asked)) for name, *asked in rows}
    levels = store.sql(
        "select confidence, (weight_from, vote_from, share_from, code_share_from) "
        "from confidence_level"
    )
    assert told == dict(levels.fetchall())
