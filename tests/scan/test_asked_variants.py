"""The backends of Keras and the versions of TensorFlow that files ask for."""

import pytest

from pipeline.scan.asked_variants import (
    asked_backends,
    asked_backends_of_settings,
    asked_versions,
)
from pipeline.scan.languages import file_reader
from pipeline.scan.records import ApiUse
from tests.facts_of import result_of

VERSIONS = {
    "1.x": [
        "tensorflow==1.13.1",
        "tensorflow-gpu == 1.4",
        "tensorflow>=1.4,<2",
        "tensorflow >=1.13, <1.15",
        "tensorflow<2.0",
        "tensorflow<=1.15",
        "tensorflow~=1.15",
        "tensorflow==0.12",
        "tensorflow!=1.5,<2",
        "  - tensorflow=1.14.0=py36_0",
        "tensorflow-gpu 1.12.0 h0d30ee6_0",
        "'tensorflow (>=1.0,<1.9)',",
        'tensorflow = "^1.15"',
        'tensorflow = {version = "1.15", optional = true}',
        '    install_requires=["numpy", "tensorflow==1.8"],',
        "RUN pip install tensorflow==1.15",
        "FROM tensorflow/tensorflow:1.15.0-gpu-py3",
        "https://example.org/tensorflow_gpu-1.4.0-cp27-none-linux_x86_64.whl",
        "tensorflow_version 1.x",
    ],
    "2.x": [
        "tensorflow==2.3.0",
        "tensorflow==2.*",
        "tensorflow>=2",
        "tensorflow>2.1",
        "tensorflow[and-cuda]==2.15",
        "tensorflow>=2.16",
        "FROM tensorflow/tensorflow:2.4.1",
        "%tensorflow_version 2.x",
    ],
    None: [
        "tensorflow",
        "tensorflow>=1.4",
        "tensorflow>=1.15,<3",
        "tensorflow<=2.0",
        "tensorflow<2.4",
        "# tensorflow==1.13",
        "tensorflow-probability==0.7",
        "tensorflow-estimator==1.15",
        "my-tensorflow==1.0",
        "FROM tensorflow/tensorflow:latest",
    ],
}


@pytest.mark.parametrize(
    ("line", "variant"), [(line, variant) for variant, lines in VERSIONS.items() for line in lines]
)
def test_the_variant_that_a_version_admits(line: str, variant: str | None) -> None:
    names = [] if variant is None else [f"tensorflow=={variant}"]
    assert [use.name for use in asked_versions(line.encode())] == names


BACKENDS = {
    'os.environ["KERAS_BACKEND"] = "jax"': "jax",
    "os.environ['KERAS_BACKEND']='theano'": "theano",
    'os.environ.setdefault("KERAS_BACKEND", "torch")': "torch",
    'os.environ.update({"KERAS_BACKEND": "jax"})': "jax",
    "KERAS_BACKEND=theano python train.py": "theano",
    "ENV KERAS_BACKEND tensorflow": "tensorflow",
    "  KERAS_BACKEND: cntk": "cntk",
    'keras.config.set_backend("jax")': "jax",
    'if os.environ["KERAS_BACKEND"] == "jax":': None,
    '# os.environ["KERAS_BACKEND"] = "jax"': None,
    "MY_KERAS_BACKEND=jax": None,
    "KERAS_BACKEND=plaidml": None,
    'backend = os.environ["KERAS_BACKEND"]': None,
}


@pytest.mark.parametrize(("line", "backend"), BACKENDS.items(), ids=BACKENDS)
def test_the_backend_that_a_line_sets(line: str, backend: str | None) -> None:
    names = [] if backend is None else [f"KERAS_BACKEND={backend}"]
    assert [use.name for use in asked_backends(line.encode())] == names


def test_keras_own_file_of_settings_names_the_backend() -> None:
    settings = b'{\n  "floatx": "float32",\n  "backend": "theano"\n}'
    assert asked_backends_of_settings(settings) == [ApiUse(3, "KERAS_BACKEND=theano")]


def test_what_is_asked_for_often_is_one_fact() -> None:
    lines = b"numpy\ntensorflow==1.4\ntensorflow==1.5\ntensorflow==2.0"
    assert asked_versions(lines) == [ApiUse(2, "tensorflow==1.x"), ApiUse(4, "tensorflow==2.x")]


def notebook(*lines: str) -> str:
    cell = ", ".join(f'"{line}\\n"' for line in lines)
    return f'{{"cells": [{{"cell_type": "code", "source": [{cell}]}}], "nbformat": 4}}'


FILES = {
    "a list of packages": ("requirements.txt", "tensorflow==1.4", "tensorflow==1.x"),
    "a setup script": ("setup.py", "setup(install_requires=['tensorflow<2'])", "tensorflow==1.x"),
    "a Dockerfile": ("Dockerfile", "ENV KERAS_BACKEND=jax", "KERAS_BACKEND=jax"),
    "a shell script": ("run.sh", "KERAS_BACKEND=theano python a.py", "KERAS_BACKEND=theano"),
    "settings of Keras": ("docker/keras.json", '{"backend": "cntk"}', "KERAS_BACKEND=cntk"),
    "code": (
        "a.py",
        "import os\nos.environ['KERAS_BACKEND'] = 'jax'",
        "KERAS_BACKEND=jax",
    ),
    "code in R": ("a.R", 'Sys.setenv(KERAS_BACKEND = "theano")', "KERAS_BACKEND=theano"),
    "Colab's magic": ("a.ipynb", notebook("%tensorflow_version 1.x"), "tensorflow==1.x"),
    "an install from a notebook": (
        "a.ipynb",
        notebook("!pip install tensorflow==2.3"),
        "tensorflow==2.x",
    ),
    "a variable of a notebook": (
        "a.ipynb",
        notebook("%env KERAS_BACKEND=jax"),
        "KERAS_BACKEND=jax",
    ),
}


@pytest.mark.parametrize(("path", "text", "name"), FILES.values(), ids=FILES)
def test_files_that_are_looked_at(path: str, text: str, name: str) -> None:
    assert [(use.path, use.name) for use in result_of({path: text}).api_uses] == [(path, name)]


def test_code_that_quotes_a_version_does_not_ask_for_it() -> None:
    assert result_of({"a.py": "x = 'tensorflow==1.4'\nimport os"}).api_uses == []


@pytest.mark.parametrize("zeros", [0, 4400])
def test_a_version_of_any_length(zeros: int) -> None:
    line = b"tensorflow==1" + b".0" * 2 + b"0" * zeros
    assert asked_versions(line) == [ApiUse(1, "tensorflow==1.x")]
    assert asked_versions(b"tensorflow>=" + b"9" * 5000) == []


def test_a_comment_ends_with_its_line() -> None:
    lines = b"# tensorflow==1.4 KERAS_BACKEND=jax\nx; tensorflow==1.5 # tensorflow==2.0\n"
    assert asked_versions(lines) == [ApiUse(2, "tensorflow==1.x")]
    assert asked_backends(lines) == []


@pytest.mark.parametrize("name", ["not_keras.json", "keras.json.bak", "mykeras.json"])
def test_a_file_of_a_name_that_only_ends_alike_sets_no_backend(name: str) -> None:
    assert file_reader(f"a/{name}") is None
