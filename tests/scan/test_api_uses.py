"""The names that Python code takes from libraries."""

import pytest

from pipeline.scan.api_uses import LIBRARIES, libraries_of, library_uses
from pipeline.scan.records import ApiUse, Import

TAKEN = {
    "an imported name": (
        "from transformers import BertModel",
        ["transformers.BertModel"],
    ),
    "several, some by another name": (
        "from transformers import BertModel as B, AdamW",
        ["transformers.AdamW", "transformers.BertModel"],
    ),
    "in parentheses, with comments": (
        "from transformers import (\n    BertModel,  # TFBertModel,\n    AdamW,\n)",
        ["transformers.AdamW", "transformers.BertModel"],
    ),
    "over a backslash": (
        "from transformers import BertModel, \\\n    AdamW",
        ["transformers.AdamW", "transformers.BertModel"],
    ),
    "of a module of it": (
        "from transformers.models.bert.modeling_bert import BertLayer",
        ["transformers.models.bert.modeling_bert.BertLayer"],
    ),
    "all names": ("from transformers import *", ["transformers.*"]),
    "two statements on a line": (
        "from keras import datasets; from transformers import AdamW",
        ["keras.datasets", "transformers.AdamW"],
    ),
    "a used name": ("import keras\nkeras.layers.Dense(3)", ["keras.layers.Dense"]),
    "three parts at most": ("import keras\nkeras.a.b.c.d", ["keras.a.b.c"]),
    "by another name": (
        "import transformers as tr\ntr.BertModel()",
        ["transformers.BertModel"],
    ),
    "tf is tensorflow": (
        "import tensorflow.compat.v1 as tf\ntf.Session()",
        ["tensorflow.Session"],
    ),
    "each name once": ("keras.a\nkeras.a\nkeras.b", ["keras.a", "keras.b"]),
    "not in strings and comments": ("'keras.a'\n# keras.b\n'''\nfrom keras import c\n'''", []),
    "not after a dot or in a word": ("my.keras.a\nmykeras.b", []),
    "not of other libraries": ("from numpy import linalg\nnumpy.ones", []),
    "a module that is imported whole": (
        "import keras.layers\nfrom keras.a import b",
        ["keras.a.b"],
    ),
}


@pytest.mark.parametrize(("code", "names"), TAKEN.values(), ids=TAKEN)
def test_names_that_code_takes(code: str, names: list[str]) -> None:
    assert [use.name for use in library_uses(code.encode(), LIBRARIES)] == names


def test_a_name_has_the_line_on_which_it_first_stands() -> None:
    code = b"import keras\r\n\r\nfrom keras import (\r\n    a,\r\n)\r\nkeras.b\r\nkeras.a\r\n"
    assert library_uses(code, LIBRARIES) == [ApiUse(3, "keras.a"), ApiUse(6, "keras.b")]


def test_the_libraries_of_a_file_are_those_that_it_imports() -> None:
    modules = ["numpy", "keras.layers", "mykeras", ".transformers", "tensorflow"]
    imports = [Import(1, module) for module in modules]
    assert libraries_of(imports) == {"keras", "tensorflow"}


def test_names_of_libraries_that_a_file_does_not_import_are_not_looked_for() -> None:
    assert library_uses(b"from transformers import AdamW", frozenset({"keras"})) == []
    assert library_uses(b"tf.Session()", frozenset()) == []


def test_statements_on_a_line_without_ends() -> None:
    code = b"from keras import a from keras import b\nfrom keras import c"
    names = [use.name for use in library_uses(code, frozenset(["keras"]))]
    assert names == ["keras.a", "keras.c"]


def test_a_name_in_a_string_and_in_code_on_one_line() -> None:
    code = b"""import tensorflow as tf
'tf.a'; tf.b; x = "tf.c"; tf.d  # tf.e
s = '''tf.f
tf.g'''; tf.h; 'tf.i'; tf.j"""
    names = [use.name.rpartition(".")[2] for use in library_uses(code, frozenset(["tensorflow"]))]
    assert names == ["b", "d", "h", "j"]


def test_the_name_of_a_module_is_kept_only_to_a_limit() -> None:
    code = b"from keras." + b"a" * 10**6 + b" import " + b"b, " * 50
    uses = library_uses(code, frozenset(["keras"]))
    assert max(len(use.name) for use in uses) < 1000
