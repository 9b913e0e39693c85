"""The label rule: a few files, and the framework people would name."""

import pytest

from tests.facts_of import Store, add_repositories, add_repository

LABELS = {
    "pytorch": ({"a.py": "import torch"}, "pytorch", "pytorch"),
    "a library counts for what it stands on": ({"a.py": "import timm"}, "pytorch", "pytorch"),
    "a library of several counts for none": ({"a.py": "import transformers"}, "none", "none"),
    "the longest prefix wins": (
        {"a.py": "import tensorflow_probability.substrates.jax"},
        "jax",
        "jax",
    ),
    "most files win": (
        {"a.py": "import torch", "b.py": "import torch", "c.py": "import tensorflow"},
        "pytorch",
        "pytorch",
    ),
    "keras and tensorflow vote as one family": (
        {
            "a.py": "import keras",
            "b.py": "import keras",
            "c.py": "import tensorflow",
            "d.py": "import torch",
            "e.py": "import torch",
        },
        "keras",
        "tensorflow",
    ),
    "tests and examples weigh less": (
        {
            "net.py": "import torch",
            "tests/a.py": "import jax",
            "tests/b.py": "import jax",
            "examples/c.py": "import jax",
        },
        "pytorch",
        "pytorch",
    ),
    "a vendored copy does not outvote the code": (
        {"net.py": "import torch"}
        | {f"third_party/tf/{n}.py": "import tensorflow" for n in range(15)},
        "pytorch",
        "pytorch",
    ),
    "a local folder is not the framework of that name": (
        {"run.py": "import keras", "keras/__init__.py": ""},
        "none",
        "none",
    ),
    "a file does not import itself": ({"torch.py": "import torch"}, "pytorch", "pytorch"),
    "a module inside of a package shadows nothing": (
        {"run.py": "import jax", "pack/__init__.py": "", "pack/jax.py": "import jax"},
        "jax",
        "jax",
    ),
    "Lua's torch is Torch7": ({"a.lua": "require 'torch'"}, "torch7", "torch7"),
    "logging for TensorBoard does not flip a label": (
        {
            "net.py": "import torch",
            "log1.py": "import tensorflow as tf\nw = tf.summary.FileWriter('x')",
            "log2.py": "import tensorflow as tf\ns = tf.Summary(value=[])",
        },
        "pytorch",
        "pytorch",
    ),
    "converting weights does not flip a label": (
        {
            "net.py": "import torch",
            "convert_tf_checkpoint.py": "import tensorflow as tf\ntf.get_variable('x')",
            "tf_to_pytorch.py": "import tensorflow as tf\ntf.get_variable('x')",
        },
        "pytorch",
        "pytorch",
    ),
    "TensorFlow's own use is a full vote": (
        {"a.py": "import tensorflow as tf\ntf.Session()", "b.py": "import tensorflow as tf"},
        "tensorflow",
        "tensorflow",
    ),
    "a declared package answers where nothing is imported": (
        {"run.sh": "", "main.py": "print()", "requirements.txt": "torch==1.0\n"},
        "pytorch",
        "pytorch",
    ),
    "a declared package answers where there is no source": (
        {"Dockerfile": "RUN pip install mxnet-cu101"},
        "mxnet",
        "mxnet",
    ),
    "a declared package never outweighs an import": (
        {"tests/a.py": "try:\n    import jax\nexcept E: pass", "requirements.txt": "torch\nkeras"},
        "jax",
        "jax",
    ),
    "MATLAB": ({"a.m": "net = vl_simplenn(net, x);"}, "matconvnet", "matconvnet"),
    "a Caffe net": ({"net.prototxt": "layer {\n name: 'a'\n}"}, "caffe", "caffe"),
    "Swift": ({"a.swift": "import TensorFlow"}, "tensorflow", "tensorflow"),
    "a log viewer is no use of TensorFlow": (
        {"a.py": "from tensorflow.tensorboard import x"},
        "none",
        "none",
    ),
}


def labels(store: Store, columns: str) -> dict[str, tuple[object, ...]]:
    """Columns of repo_label, by the name of the repository."""
    rows = store.sql(f"select name, {columns} from repo_label inner join scan using (scan_id)")
    return {name: tuple(values) for name, *values in rows.fetchall()}


@pytest.mark.slow
def test_every_repository_has_the_label_that_people_would_give_it(store: Store) -> None:
    add_repositories(store, {case: files for case, (files, _, _) in LABELS.items()})
    expected = {case: (label, family) for case, (_, label, family) in LABELS.items()}
    assert labels(store, "label, family") == expected


@pytest.mark.slow
def test_a_failed_scan_has_no_label(store: Store) -> None:
    add_repository(store, "r", {"a.py": "import torch"}, status="truncated")
    assert store.sql("select * from repo_label").fetchall() == []


def test_evidence_names_the_weightiest_lines_first(store: Store) -> None:
    add_repository(store, "r", {"tests/t.py": "import torch", "net.py": "\nimport torch.nn"})
    evidence = store.sql("select evidence from repo_framework").fetchall()[0][0]
    assert evidence == [
        {"path": "net.py", "line": 2, "module": "torch.nn"},
        {"path": "tests/t.py", "line": 1, "module": "torch"},
    ]


def test_every_module_means_a_framework_of_the_table(store: Store) -> None:
    unknown = store.sql("from framework_module anti join framework using (framework)")
    assert unknown.fetchall() == []


def test_every_family_is_a_framework_that_is_its_own_family(store: Store) -> None:
    chained = store.sql(
        """
        select framework.framework
        from framework
        anti join framework as head
            on framework.family = head.framework and head.framework = head.family
        """
    )
    assert chained.fetchall() == []


VARIANTS = {
    "a session is 1.x, graph": ("import tensorflow as tf\ntf.Session()", ("1.x", "graph")),
    "a tape is 2.x, eager": ("import tensorflow as tf\ntf.GradientTape()", ("2.x", "eager")),
    "contrib is 1.x": ("from tensorflow.contrib import slim", ("1.x", None)),
    "compat.v1 is 1.x": ("import tensorflow.compat.v1 as tf\ntf.placeholder(x)", ("1.x", "graph")),
    "tf.keras layers are 2.x": ("from tensorflow.keras.layers import Dense", ("2.x", None)),
    "eager 1.x": ("import tensorflow as tf\ntf.enable_eager_execution()", ("1.x", "eager")),
    "a name in a comment tells nothing": ("import tensorflow as tf\n# tf.Session", (None, None)),
    "a name in a string tells nothing": ("import tensorflow as tf\n'tf.Session'", (None, None)),
}


@pytest.mark.slow
def test_names_tell_tensorflows_variant_and_style(store: Store) -> None:
    add_repositories(store, {case: {"a.py": code} for case, (code, _) in VARIANTS.items()})
    expected = {case: variant_and_style for case, (_, variant_and_style) in VARIANTS.items()}
    assert labels(store, "variant, style") == expected


@pytest.mark.slow
def test_the_variant_is_that_of_most_files_with_the_lines_that_prove_it(
    store: Store,
) -> None:
    old = "import tensorflow as tf\nwith tf.Session() as s:\n    pass"
    new = "import tensorflow as tf\n@tf.function\ndef f(): pass"
    add_repository(store, "r", {"a.py": old, "b.py": new, "c.py": new})
    rows = store.sql("select variant, dominance, evidence[1] from repo_variant").fetchall()
    proof = {"path": "b.py", "line": 2, "name": "tensorflow.function"}
    assert rows == [("2.x", pytest.approx(2 / 3), proof)]


CONFIDENCE = {
    "one framework": ({"a.py": "import torch"}, "high"),
    "two in balance": ({"a.py": "import torch", "b.py": "import jax"}, "low"),
    "two to one": (
        {"a.py": "import torch", "b.py": "import torch", "c.py": "import jax"},
        "medium",
    ),
    "tests only": ({"tests/a.py": "import torch"}, "low"),
    "declared only": ({"a.py": "", "requirements.txt": "torch"}, "low"),
    "none": ({"a.py": "import os"}, "high"),
    "none with a file left out": ({"a.py": "import os", "b.ipynb": "{"}, "medium"),
}


@pytest.mark.slow
def test_the_confidence_of_a_label(store: Store) -> None:
    add_repositories(store, {case: files for case, (files, _) in CONFIDENCE.items()})
    expected = {case: (confidence,) for case, (_, confidence) in CONFIDENCE.items()}
    assert labels(store, "confidence") == expected


def test_what_is_kept_from_voting_says_why(store: Store) -> None:
    files = {"run.py": "import keras", "keras.py": "", "net.py": "import torch"}
    add_repository(store, "r", files | {"requirements.txt": "mxnet"})
    rows = store.sql("select module, weight, why from framework_import order by module").fetchall()
    assert rows == [
        ("keras", 0.0, "the repository defines a module of this name"),
        ("mxnet", 0.0, "only declared, but the code imports a framework"),
        ("torch", 1.0, ""),
    ]
