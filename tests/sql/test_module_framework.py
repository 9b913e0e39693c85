"""module_framework: which framework an imported module means."""

from itertools import product

import pytest

from tests.facts_of import Store, given

TAXONOMY = [
    ("torch", "python", "pytorch"),
    ("torch", "lua", "torch7"),
    ("tensorflow", "python", "tensorflow"),
    ("tensorflow.keras", "python", "keras"),
    ("tensorflow.tensorboard", "python", "none"),
    ("caffe/proto", "cpp", "caffe2"),
    ("caffe", "cpp", "caffe"),
]


def means(store: Store, *modules: tuple[str, str]) -> list[tuple[object, ...]]:
    """Frameworks of (module, language) as (module, framework, family)."""
    given(store, "framework_module", "module language framework", TAXONOMY)
    facts = [("s", line, *module) for line, module in enumerate(modules)]
    given(store, "import_fact", "scan_id line module language", facts)
    rows = "select module, framework, family from module_framework order by all"
    return store.sql(rows).fetchall()


MEANT = {
    "the module itself": ("torch", "python", "pytorch", "pytorch"),
    "a module of it": ("torch.nn.functional", "python", "pytorch", "pytorch"),
    "another language": ("torch", "lua", "torch7", "torch7"),
    "the longest prefix": ("tensorflow.keras.layers", "python", "keras", "tensorflow"),
    "a header in a folder": ("caffe/layer.hpp", "cpp", "caffe", "caffe"),
    "a header in a deeper folder": ("caffe/proto/x.h", "cpp", "caffe2", "caffe2"),
    "a name that a longer prefix begins": (
        "tensorflow.keras_tuner",
        "python",
        "tensorflow",
        "tensorflow",
    ),
    "a header whose name a longer prefix begins": ("caffe/protocol.h", "cpp", "caffe", "caffe"),
}


@pytest.mark.parametrize(("module", "language", "framework", "family"), MEANT.values(), ids=MEANT)
def test_the_framework_of_a_module(
    store: Store, module: str, language: str, framework: str, family: str
) -> None:
    assert means(store, (module, language)) == [(module, framework, family)]


@pytest.mark.parametrize(
    ("module", "language"),
    [
        ("torchvision", "python"),
        ("torch_geometric", "python"),
        ("my.torch", "python"),
        ("torch", "r"),
        ("tensorflow.tensorboard", "python"),
        ("tensorflow.tensorboard.backend", "python"),
        ("caffe_x/layer.hpp", "cpp"),
        (".torch", "python"),
    ],
)
def test_a_module_that_means_no_framework(store: Store, module: str, language: str) -> None:
    assert means(store, (module, language)) == []


def test_a_module_that_is_imported_twice_is_one_row(store: Store) -> None:
    assert means(store, ("torch", "python"), ("torch", "python"), ("torch", "lua")) == [
        ("torch", "pytorch", "pytorch"),
        ("torch", "torch7", "torch7"),
    ]


def test_modules_are_matched_each_by_itself(store: Store) -> None:
    modules = [("tensorflow", "python"), ("tensorflow.keras", "python"), ("torch.nn", "python")]
    assert means(store, *modules) == [
        ("tensorflow", "tensorflow", "tensorflow"),
        ("tensorflow.keras", "keras", "tensorflow"),
        ("torch.nn", "pytorch", "pytorch"),
    ]


def test_names_of_a_library_mean_what_library_name_says_in_python_alone(store: Store) -> None:
    names = ["transformers.TFBertModel", "transformers.BertModel", "transformers.BertTokenizer"]
    assert means(store, *product(names, ["python", "r"]), ("torch", "python")) == [
        ("torch", "pytorch", "pytorch"),
        ("transformers.BertModel", "pytorch", "pytorch"),
        ("transformers.TFBertModel", "tensorflow", "tensorflow"),
    ]
    languages = store.sql("select distinct language from module_framework").fetchall()
    assert languages == [("python",)]


def test_a_name_that_tells_goes_before_the_module_of_the_library(store: Store) -> None:
    given(store, "framework_module", "module language framework", [("art", "python", "jax")])
    names = ["art.KerasClassifier", "art.attacks"]
    given(store, "import_fact", "scan_id module", [("s", name) for name in names])
    rows = store.sql("select module, framework from module_framework order by module").fetchall()
    assert rows == [("art.KerasClassifier", "tensorflow"), ("art.attacks", "jax")]


@pytest.mark.parametrize(
    ("module", "root"),
    [("torch", "torch"), ("torch.nn.x", "torch"), ("caffe/a.b", "caffe"), (".local", ""), ("", "")],
)
def test_the_root_of_a_module(store: Store, module: str, root: str) -> None:
    assert store.execute("select module_root(?)", [module]).fetchall() == [(root,)]


def test_the_key_of_a_repository_is_in_lower_case(store: Store) -> None:
    assert store.sql("select repository_key('Owner', 'Na.Me')").fetchall() == [("owner/na.me",)]
