"""framework_import: what an import of a framework weighs, and why."""

from decimal import Decimal

import pytest

from tests.facts_of import Store, given

FRAMEWORKS = [
    ("torch", "python", "pytorch", "pytorch"),
    ("keras", "python", "keras", "tensorflow"),
    ("keras.layers", "python", "keras", "tensorflow"),
    ("keras.datasets", "python", "keras", "tensorflow"),
    ("tensorflow", "python", "tensorflow", "tensorflow"),
    ("tensorflow.keras", "python", "keras", "tensorflow"),
    ("tensorflow.compat.v1", "python", "tensorflow", "tensorflow"),
    ("tensorflow.compat.v2", "python", "tensorflow", "tensorflow"),
    ("tensorflow", "r", "tensorflow", "tensorflow"),
    ("torch", "package", "pytorch", "pytorch"),
]
Fact = tuple[object, ...]


def imports(store: Store, *facts: Fact, language: str = "python") -> None:
    """Imports as (path, module, kind) on lines 1, 2, ... of the scan s."""
    given(store, "module_framework", "module language framework family", FRAMEWORKS)
    rows = [("s", line, *fact) for line, fact in enumerate(facts, 1)]
    columns = "scan_id line path module kind"
    given(store, "import_fact", columns, rows, language=language)


def votes(store: Store) -> list[tuple[float, str]]:
    """Weight of each import, and the circumstances of which it gives the words."""
    circumstances = dict(store.sql("select why, circumstance from vote_weight").fetchall())
    rows = store.sql("select weight, why from framework_import order by line").fetchall()
    return [
        (float(weight), " ".join(circumstances[words] for words in why.split("; ") if words))
        for weight, why in rows
    ]


ALONE = "declared_alone"
WEIGHTS = {
    "code": ("net.py", "static", 1, ""),
    "a notebook": ("net.ipynb", "notebook", 1, ""),
    "tests": ("tests/net.py", "static", 0.25, "peripheral"),
    "examples": ("examples/net.py", "static", 0.25, "peripheral"),
    "documents": ("docs/net.py", "static", 0.25, "peripheral"),
    "conversion of weights": ("convert_torch_weights.py", "static", 0.1, "conversion"),
    "other people's code": ("third_party/net.py", "static", 0.05, "third_party"),
    "in a try or if block": ("net.py", "guarded", 0.5, "guarded"),
    "a call": ("net.py", "dynamic", 0.5, "dynamic"),
    "in a try block of a test": ("tests/net.py", "guarded", 0.125, "peripheral guarded"),
    "a call in a copy": ("vendor/net.py", "dynamic", 0.025, "third_party dynamic"),
    "declared alone": ("requirements.txt", "declared", 1, ALONE),
}


@pytest.mark.parametrize(("path", "kind", "weight", "circumstances"), WEIGHTS.values(), ids=WEIGHTS)
def test_what_an_import_weighs(
    store: Store, path: str, kind: str, weight: float, circumstances: str
) -> None:
    imports(store, (path, "torch", kind))
    assert votes(store) == [(weight, circumstances)]


def test_a_row_says_what_is_imported_where(store: Store) -> None:
    imports(store, ("tests/net.py", "keras", "guarded"))
    columns = "scan_id, path, line, module, language, kind, framework, family, role"
    assert store.sql(f"select {columns} from framework_import").fetchall() == [
        ("s", "tests/net.py", 1, "keras", "python", "guarded", "keras", "tensorflow", "peripheral")
    ]


def test_what_means_no_framework_has_no_vote(store: Store) -> None:
    imports(store, ("net.py", "numpy", "static"), ("net.py", "torch", "static"))
    assert votes(store) == [(1, "")]


# What an import of a repository's own module looks like: directory and path of the module, path
# of the import, and whether the import means that module.
LOCAL = {
    "at the root": ("", "keras.py", "run.py", True),
    "at the root, from below": ("", "keras.py", "a/b/run.py", True),
    "in src": ("src", "src/keras.py", "run.py", True),
    "in lib": ("lib", "lib/keras.py", "run.py", True),
    "in python": ("python", "python/keras.py", "run.py", True),
    "in the same folder": ("a", "a/keras.py", "a/run.py", True),
    "in a folder above": ("a", "a/keras.py", "a/b/run.py", True),
    "in another folder": ("a", "a/keras.py", "b/run.py", False),
    "in a folder whose name goes on": ("a", "a/keras.py", "ab/run.py", False),
    "in a folder below": ("a", "a/keras.py", "run.py", False),
    "in the importing file itself": ("", "keras.py", "keras.py", False),
    "in the package at the top that imports itself": (
        "",
        "keras/__init__.py",
        "keras/__init__.py",
        True,
    ),
    "in a package below that has the name": (
        "backends",
        "backends/keras/__init__.py",
        "backends/keras/__init__.py",
        False,
    ),
}


@pytest.mark.parametrize(
    ("directory", "module_path", "path", "is_local"), LOCAL.values(), ids=LOCAL
)
def test_a_module_of_the_repository_is_not_the_framework_of_that_name(
    store: Store, directory: str, module_path: str, path: str, is_local: bool
) -> None:
    imports(store, (path, "keras.layers", "static"), (path, "keras", "static"))
    local = [("s", "keras", "python", directory, module_path)]
    given(store, "local_module", "scan_id module language directory path", local)
    expected = (0, "local") if is_local else (1, "")
    assert votes(store) == [expected, expected]
    assert store.sql("select distinct is_local from framework_import").fetchall() == [(is_local,)]


@pytest.mark.parametrize(
    ("scan", "module", "language"),
    [("t", "keras", "python"), ("s", "k", "python"), ("s", "keras", "r")],
)
def test_a_module_of_another_scan_name_or_language_is_no_local_one(
    store: Store, scan: str, module: str, language: str
) -> None:
    imports(store, ("run.py", "keras", "static"))
    local = [(scan, module, language, "", "keras.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    assert votes(store) == [(1, "")]


def test_an_import_that_two_local_modules_answer_is_one_row(store: Store) -> None:
    imports(store, ("run.py", "keras", "static"), ("run.py", "torch", "static"))
    local = [("s", "keras", "python", name, f"{name}/keras.py") for name in ("src", "lib")]
    given(store, "local_module", "scan_id module language directory path", local)
    assert [weight for weight, _ in votes(store)] == [0, 1]


def test_of_modules_that_one_line_imports_only_the_local_one_has_no_vote(store: Store) -> None:
    imports(store, ("run.py", "keras", "static"), ("run.py", "torch", "static"))
    store.execute("update import_fact set line = 1")
    local = [("s", "keras", "python", "", "keras.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    rows = store.sql("select module, is_local from framework_import order by module").fetchall()
    assert rows == [("keras", True), ("torch", False)]


def test_of_files_that_import_on_the_same_line_only_that_of_the_local_module_has_no_vote(
    store: Store,
) -> None:
    imports(store, ("tools/run.py", "keras", "static"), ("net.py", "keras", "static"))
    store.execute("update import_fact set line = 1")
    local = [("s", "keras", "python", "tools", "tools/keras.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    rows = store.sql("select path, is_local from framework_import order by path").fetchall()
    assert rows == [("net.py", False), ("tools/run.py", True)]


def test_of_lines_in_two_languages_only_that_of_the_local_module_has_no_vote(store: Store) -> None:
    imports(store, ("run.Rmd", "tensorflow", "static"), ("run.Rmd", "tensorflow", "static"))
    store.execute("update import_fact set language = 'r' where line = 2")
    local = [("s", "tensorflow", "python", "", "tensorflow.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    rows = store.sql("select language, is_local from framework_import order by line").fetchall()
    assert rows == [("python", True), ("r", False)]


SHARED = "interoperability"
OWN, NEUTRAL = "tensorflow.own", "tensorflow.shared"
USES = {
    "its own names": ("tensorflow", "python", [OWN], 1, ""),
    "its own among others'": ("tensorflow", "python", [NEUTRAL, OWN], 1, ""),
    "what every framework's code takes": ("tensorflow", "python", [NEUTRAL], 0.1, SHARED),
    "compat.v1 for the same": ("tensorflow.compat.v1", "python", [NEUTRAL], 0.1, SHARED),
    "compat.v2 for the same": ("tensorflow.compat.v2", "python", [NEUTRAL], 0.1, SHARED),
    "nothing": ("tensorflow", "python", [], 0.1, SHARED),
    "a name that says nothing": ("tensorflow", "python", ["tensorflow.unknown"], 1, ""),
    "a module of it": ("tensorflow.keras", "python", [NEUTRAL], 1, ""),
    "a module, and of it only what every framework's code takes": (
        "tensorflow.keras",
        "python",
        ["tensorflow.keras.shared"],
        0.1,
        SHARED,
    ),
    "a neutral module": ("keras.datasets", "python", [], 0.1, SHARED),
    "another library, for neutral names": (
        "keras",
        "python",
        ["keras.datasets.mnist"],
        0.1,
        SHARED,
    ),
    "another library, for its own names": (
        "keras",
        "python",
        ["keras.datasets.mnist", "keras.layers"],
        1,
        "",
    ),
    "a module and a neutral name that begins like it": (
        "keras.layers",
        "python",
        ["keras.layers_shared"],
        1,
        "",
    ),
    "another library, without a known name": ("keras", "python", [], 1, ""),
    "names of another library": ("keras", "python", [NEUTRAL], 1, ""),
    "another language": ("tensorflow", "r", [NEUTRAL], 1, ""),
    "another framework": ("torch", "python", [NEUTRAL], 1, ""),
}


@pytest.mark.parametrize(
    ("module", "language", "names", "weight", "circumstance"), USES.values(), ids=USES
)
def test_a_library_for_what_every_framework_takes_from_it_weighs_a_tenth(
    store: Store, module: str, language: str, names: list[str], weight: float, circumstance: str
) -> None:
    imports(store, ("net.py", module, "static"), language=language)
    meanings = [(NEUTRAL, True), (OWN, False), ("tensorflow.keras.shared", True)]
    meanings += [
        (f"keras.{name}", True) for name in ("datasets", "datasets.mnist", "layers_shared")
    ]
    given(store, "api_meaning", "name is_interoperability", meanings)
    uses = [("s", "net.py", line, name) for line, name in enumerate(names, 2)]
    elsewhere = [("s", "other.py", 1), ("t", "net.py", 1)]
    others = [(*place, name) for place in elsewhere for name in (OWN, "keras.datasets.mnist")]
    given(store, "api_use", "scan_id path line name", uses + others)
    assert votes(store) == [(weight, circumstance)]


def test_an_import_in_another_language_says_nothing_of_a_files_use(store: Store) -> None:
    imports(store, ("run.Rmd", "keras.datasets", "static"), ("run.Rmd", "keras", "static"))
    store.execute("update import_fact set language = 'r' where line = 2")
    given(store, "api_meaning", "name is_interoperability", [("keras.datasets", True)])
    assert votes(store) == [(0.1, SHARED)]


def test_two_imports_of_a_library_in_one_file_weigh_alike(store: Store) -> None:
    imports(store, ("net.py", "keras.datasets", "static"), ("net.py", "keras.layers", "static"))
    given(store, "api_meaning", "name is_interoperability", [("keras.datasets", True)])
    assert votes(store) == [(1, ""), (1, "")]


def test_a_name_that_means_a_framework_votes_like_an_import(store: Store) -> None:
    imports(store, ("net.py", "transformers", "static"))
    names = [("transformers.BertModel", "python", "pytorch", "pytorch")]
    given(store, "module_framework", "module language framework family", names)
    given(
        store, "api_use", "scan_id path line name", [("s", "net.py", 1, "transformers.BertModel")]
    )
    columns = "path, line, module, kind, framework, weight"
    assert store.sql(f"select {columns} from framework_import").fetchall() == [
        ("net.py", 1, "transformers.BertModel", "static", "pytorch", 1)
    ]


def test_a_name_of_a_repositorys_own_copy_of_a_library_has_no_vote(store: Store) -> None:
    imports(store, ("net.py", "transformers", "static"))
    names = [("transformers.BertModel", "python", "pytorch", "pytorch")]
    given(store, "module_framework", "module language framework family", names)
    given(
        store, "api_use", "scan_id path line name", [("s", "net.py", 1, "transformers.BertModel")]
    )
    local = [("s", "transformers", "python", "", "transformers/__init__.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    assert votes(store) == [(0, "local")]


@pytest.mark.parametrize(("framework", "family"), [("jax", "jax"), (None, "tensorflow")])
def test_keras_counts_with_what_it_runs_on(
    store: Store, framework: str | None, family: str
) -> None:
    imports(store, ("net.py", "keras", "static"), ("net.py", "tensorflow", "static"))
    backends = [("s", framework, framework)] if framework else [("t", "jax", "jax")]
    given(store, "keras_backend", "scan_id framework family", backends)
    rows = store.sql("select framework, family from framework_import order by line").fetchall()
    assert rows == [("keras", family), ("tensorflow", "tensorflow")]


def test_a_file_that_describes_a_net_has_half_a_vote(store: Store) -> None:
    imports(store, ("a.prototxt", "layer", "static"), language="prototxt")
    nets = [("layer", "prototxt", "caffe", "caffe")]
    given(store, "module_framework", "module language framework family", nets)
    assert votes(store) == [(0.5, "net")]


def test_the_whole_weight_is_the_product_to_the_last_digit(store: Store) -> None:
    imports(store, ("third_party/net.py", "tensorflow", "guarded"))
    [(weight,)] = store.sql("select weight from framework_import").fetchall()
    assert weight == Decimal("0.05") * Decimal("0.1") * Decimal("0.5")
    store.execute("update vote_weight set weight = 0.11 where weight in (0.05, 0.1, 0.5)")
    [(weight,)] = store.sql("select weight from framework_import").fetchall()
    assert weight == Decimal("0.001331")


def declare(store: Store, *facts: Fact) -> list[tuple[float, str]]:
    """Votes of imports beside torch in a list of packages, which is the last."""
    imports(store, *facts, ("requirements.txt", "torch", "declared"))
    return votes(store)


def test_a_declared_package_has_no_vote_beside_an_import(store: Store) -> None:
    assert declare(store, ("tests/a.py", "keras", "guarded"))[-1] == (0, "declared_beside_imports")


def test_a_declared_package_votes_beside_other_declared_ones(store: Store) -> None:
    assert declare(store, ("setup.cfg", "keras", "declared")) == [
        (1, ALONE),
        (1, ALONE),
    ]


def test_a_declared_package_votes_beside_an_import_of_a_local_module(store: Store) -> None:
    local = [("s", "keras", "python", "", "keras.py")]
    given(store, "local_module", "scan_id module language directory path", local)
    assert declare(store, ("run.py", "keras", "static"))[-1] == (1, ALONE)


def test_an_import_of_another_scan_does_not_silence_a_declared_package(store: Store) -> None:
    declare(store)
    store.execute(
        "insert into import_fact (scan_id, path, line, module, language, kind) "
        "values ('t', 'a.py', 9, 'keras', 'python', 'static')"
    )
    assert votes(store) == [(1, ALONE), (1, "")]
