"""keras_backend: which framework Keras runs on, where it is not TensorFlow."""

import pytest

from tests.facts_of import Store, given

BACKENDS = {
    "jax": ([("a.py", "jax")], [], [("jax", "jax")]),
    "torch": ([("a.py", "torch")], [], [("pytorch", "pytorch")]),
    "theano": ([("a.py", "theano")], [], [("theano", "theano")]),
    "cntk": ([("a.py", "cntk")], [], [("cntk", "cntk")]),
    "tensorflow": ([("a.py", "tensorflow")], ["theano"], []),
    "an unknown one": ([("a.py", "plaidml")], [], []),
    "none is asked for": ([], ["keras"], []),
    "most files": (
        [("a.py", "jax"), ("b.py", "torch"), ("c.py", "torch")],
        [],
        [("pytorch", "pytorch")],
    ),
    "as many files: tensorflow": ([("a.py", "jax"), ("b.py", "tensorflow")], [], []),
    "as many files, none tensorflow: the alphabet": (
        [("a.py", "torch"), ("b.py", "jax")],
        [],
        [("jax", "jax")],
    ),
    "tests weigh less": (
        [("a.py", "jax"), ("tests/b.py", "torch"), ("tests/c.py", "torch")],
        [],
        [("jax", "jax")],
    ),
    "theano beside it": ([], ["theano.tensor", "keras"], [("theano", "theano")]),
    "theano and tensorflow beside it": ([], ["theano", "tensorflow.keras"], []),
    "a setting decides against theano beside it": (
        [("a.py", "jax")],
        ["theano"],
        [("jax", "jax")],
    ),
}


@pytest.mark.parametrize(("settings", "modules", "expected"), BACKENDS.values(), ids=BACKENDS)
def test_what_keras_runs_on(
    store: Store,
    settings: list[tuple[str, str]],
    modules: list[str],
    expected: list[tuple[str, str]],
) -> None:
    uses = [("s", path, 1, f"KERAS_BACKEND={backend}") for path, backend in settings]
    given(store, "api_use", "scan_id path line name", uses)
    imports = [("s", line, module) for line, module in enumerate(modules, 1)]
    given(store, "import_fact", "scan_id line module", imports)
    assert store.sql("select framework, family from keras_backend").fetchall() == expected


def test_every_scan_has_its_own_backend(store: Store) -> None:
    uses = [("s", "a.py", 1, "KERAS_BACKEND=jax"), ("t", "a.py", 1, "KERAS_BACKEND=torch")]
    given(store, "api_use", "scan_id path line name", uses)
    rows = [("r", 1, "theano", "python"), ("q", 1, "theano", "cpp"), ("t", 1, "theano", "python")]
    given(store, "import_fact", "scan_id line module language", rows)
    rows = "select scan_id, framework from keras_backend order by scan_id"
    assert store.sql(rows).fetchall() == [("r", "theano"), ("s", "jax"), ("t", "pytorch")]
