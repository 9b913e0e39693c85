"""The label rule: a few files, and the framework people would name."""

import pytest
from facts_of import add_repository, database

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
    "a log viewer is no use of TensorFlow": (
        {"a.py": "from tensorflow.tensorboard import x"},
        "none",
        "none",
    ),
}


@pytest.mark.parametrize(("files", "label", "family"), LABELS.values(), ids=LABELS)
def test_label(files: dict[str, str], label: str, family: str) -> None:
    store = database()
    add_repository(store, "r", files)
    assert store.sql("select label, family from repo_label").fetchall() == [(label, family)]


def test_a_failed_scan_has_no_label() -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"}, status="truncated")
    assert store.sql("select * from repo_label").fetchall() == []


def test_evidence_names_the_weightiest_lines_first() -> None:
    store = database()
    add_repository(store, "r", {"tests/t.py": "import torch", "net.py": "\nimport torch.nn"})
    evidence = store.sql("select evidence from repo_framework").fetchall()[0][0]
    assert evidence == [
        {"path": "net.py", "line": 2, "module": "torch.nn"},
        {"path": "tests/t.py", "line": 1, "module": "torch"},
    ]


def test_every_framework_of_the_taxonomy_has_one_family() -> None:
    mixed = database().sql(
        "select framework from framework_module group by all having count(distinct family) > 1"
    )
    assert mixed.fetchall() == []
