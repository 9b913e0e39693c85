"""Declared packages: what each sort of manifest asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.manifests import package_reader, script_packages
from tests.properties import reached, reaching

REQUIREMENTS = """# comment
torch==1.4.0
Torchvision >= 0.5 ; python_version > "3"
tensorflow_gpu
scikit.learn[extra]~=1.0  # why
numpy 1.2
-r other.txt
--index-url https://x.org/torch
git+https://github.com/a/b.git#egg=flax
You need a card with much memory
"""
CONDA = """name: env
channels:
  - mxnet
dependencies:
  - python=3.6
  - pytorch::pytorch=1.0=py36
  - pip:
    - jax==0.2
prefix: /home/x
"""
SETUP = """
from setuptools import setup
required = ['keras>=2', "h5py"]
setup(name='tensorflow-thing', install_requires=required + ["torch"],
      extras_require={'mx': ['mxnet']})
"""
PYPROJECT = """[project]
dependencies = ["torch>=2", "numpy"]
[project.optional-dependencies]
x = ["jax[cpu]"]
[tool.poetry.dependencies]
python = "^3.8"
keras = "2"
"""
DOCKER = """FROM nvidia/cuda
RUN pip3 install --no-cache-dir -f https://x.org torch==1.0 \\
    'tensorflow>=2' && rm -rf x
RUN conda install -y -c pytorch mxnet
"""
ENVIRONMENT = """name: x
channels:   # in this order
  - mxnet
dependencies:  # keep in step with setup.py
- python=3.8
- pip:   # of pip
  - torch==1.0  # why
  - git+https://github.com/a/b#egg=flax
  - -r jax.txt
- numpy
variables:
  - keras
"""
RECIPE = """{% set version = "1" %}
package:
  name: jax
requirements:
  build: [cmake]
  run:
    - pytorch >=1.0
    # - caffe
test:
  imports:
    - theano
"""
TOOLS = """[build-system]
requires = ["setuptools", "torch"]
[project]
name = "keras-thing"
requires-python = ">=3.8"
[dependency-groups]
train = ["torchvision>=0.2", {include-group = "test"}]
[tool.pdm.dev-dependencies]
gpu = ["jax>=0.4"]
[tool.hatch.envs.default]
dependencies = ["flax"]
[tool.hatch.envs.test]
extra-dependencies = ["optax"]
[tool.uv]
dev-dependencies = ["equinox"]
[tool.flit.metadata.requires-extra]
test = ["chainer"]
[tool.pixi.feature.gpu.pypi-dependencies]
mxnet = "*"
[tool.poetry]
keywords = ["caffe"]
[tool.poetry.group.dev.dependencies]
theano = { version = "1", extras = ["x"] }
lasagne = [{ version = "1", python = "3" }]
[tool.setuptools.dynamic]
dependencies = { file = ["requirements.txt"] }
"""
SETUP_CONFIG = """[metadata]
name = caffe
[options]
python_requires = 3.6
install_requires = torch>=1
    numpy
# keras
[options.extras_require]
all = mxnet
train =
    chainer>=7
[options.entry_points]
console_scripts =
    theano
"""
DOCKER_STEPS = """FROM jax/jax
# RUN pip install caffe
RUN pip3 install \\
    numpy \\
    # the framework
    torch==1.4.0
RUN ["pip", "install", "flax==0.1"]
RUN --mount=type=cache,target=/var/cache python -m pip --quiet install chainer
"""
FOUND = {
    "requirements": (
        "requirements.txt",
        REQUIREMENTS,
        ["torch", "torchvision", "tensorflow-gpu", "scikit-learn", "numpy", "flax"],
    ),
    "continued requirements": (
        "requirements-gpu.txt",
        "torch==1.0 \\\n  --hash=sha256:ab \\\n  --hash=sha256:cd\n-e git+https://x.org/y#egg=jax\n",
        ["torch", "jax"],
    ),
    "what pip froze": ("pip_freeze.txt", "torch==1.0\njax @ file:///tmp/jax\n", ["torch", "jax"]),
    "what conda exported": ("conda-env.txt", "# x\npytorch=1.0=py37_0\n", ["pytorch"]),
    "what conda calls explicit": (
        "spec-file.txt",
        "@EXPLICIT\nhttps://x.org/linux-64/pytorch-1.0-py3.7_0.tar.bz2\n",
        ["pytorch"],
    ),
    "requirements of uv": ("requirements.in", "torch\n", ["torch"]),
    "requirements without ending": ("requirements", "torch\n", ["torch"]),
    "requirements folder": ("requirements/base.txt", "chainer", ["chainer"]),
    "conda": ("environment.yml", CONDA, ["pytorch", "python", "jax"]),
    "conda with comments": ("env-gpu.yaml", ENVIRONMENT, ["python", "torch", "flax", "numpy"]),
    "conda in brackets": (
        "environment.yaml",
        'dependencies: [python=3.8,\n  "pytorch>=1", {pip: [torch]}]\nchannels: [mxnet]\n',
        ["python", "pytorch", "torch"],
    ),
    "conda's recipe": ("conda/meta.yaml", RECIPE, ["cmake", "pytorch"]),
    "setup.py": ("setup.py", SETUP, ["keras", "h5py", "torch", "mxnet"]),
    "setup.cfg": ("setup.cfg", SETUP_CONFIG, ["torch", "numpy", "mxnet", "chainer"]),
    "tox": ("tox.ini", "[testenv]\ndeps =\n  pytest\n  py37: torch>=1\n", ["pytest", "torch"]),
    "pyproject": ("pyproject.toml", PYPROJECT, ["torch", "numpy", "jax", "keras"]),
    "every tool's tables": (
        "pyproject.toml",
        TOOLS,
        (
            "setuptools torch torchvision jax flax optax equinox chainer mxnet theano lasagne"
        ).split(),
    ),
    "Hatch's own file": ("hatch.toml", '[envs.x]\ndependencies = ["torch"]\n', ["torch"]),
    "Pixi's own file": ("pixi.toml", "[dependencies]\npytorch = '*'\n", ["pytorch"]),
    "Pipenv": (
        "Pipfile",
        '[packages."jax[cuda]"]\ngit = "x"\n[gpu]\ntorch = "*"\n[requires]\npython_version = "3"\n',
        ["jax", "torch"],
    ),
    "docker": ("docker/Dockerfile.gpu", DOCKER, ["torch", "tensorflow", "mxnet"]),
    "steps of docker": ("Dockerfile", DOCKER_STEPS, ["numpy", "torch", "flax", "chainer"]),
    "a shell script": ("install.sh", "pip install torch\n", ["torch"]),
    "an R package": (
        "DESCRIPTION",
        "Package: keras\nImports: torch (>= 0.1),\n  luz\nSuggests: x\nTitle: y\n  tensorflow\n",
        ["torch", "luz"],
    ),
}


@pytest.mark.parametrize(("path", "text", "packages"), FOUND.values(), ids=FOUND)
def test_packages_declared(path: str, text: str, packages: list[str]) -> None:
    found = [item.module for item in package_reader(path)(text.encode())]
    assert sorted(found) == sorted(packages)


def test_the_line_is_where_a_package_first_stands() -> None:
    found = package_reader("requirements.txt")(b"numpy\ntorch\ntorch==1\n")
    assert [(item.line, item.module, item.kind) for item in found] == [
        (1, "numpy", "declared"),
        (2, "torch", "declared"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_with_a_byte_order_mark(encoding: str, end: str) -> None:
    content = f"numpy==1.17.0{end}torch==1.2.0{end}".encode(encoding)
    found = [(item.line, item.module) for item in package_reader("requirements.txt")(content)]
    assert found == [(1, "numpy"), (2, "torch")]


SCRIPTS = {
    "dependencies": (
        '# /// script\n# dependencies = ["torch", "jax>=0.4"]\n# ///\n',
        [(2, "torch"), (2, "jax")],
    ),
    "several lines": (
        "import x\n# /// script\n# dependencies = [\n#   'torch',\n# ]\n#\n# ///\n",
        [(4, "torch")],
    ),
    "old Windows lines": ("# /// script\r\n# dependencies = ['jax']\r\n# ///\r\n", [(2, "jax")]),
    "not closed": ("# /// script\n# dependencies = ['torch']\nx = 1\n", []),
    "another block": ("# /// other\n# dependencies = ['torch']\n# ///\n", []),
    "not TOML": ("# /// script\n# dependencies = [torch]\n# ///\n", []),
    "no comment": ("# dependencies = ['torch']\n", []),
}


@pytest.mark.parametrize(("text", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_packages_that_a_script_declares_in_a_comment(
    text: str, expected: list[tuple[int, str]]
) -> None:
    found = script_packages(text.encode())
    assert [(item.line, item.module) for item in found] == expected


@pytest.mark.parametrize(
    "path", ["readme.txt", "config.yml", "a.py", "pyproject.json", "MANIFEST.in", "environment"]
)
def test_other_files_are_no_manifests(path: str) -> None:
    assert package_reader(path) is None


@pytest.mark.parametrize(
    "path",
    (
        "requirements.txt env.yml setup.py setup.cfg pyproject.toml Pipfile Dockerfile install.sh "
        "DESCRIPTION"
    ).split(),
)
@reaching(100)
@given(text=st.one_of(st.binary(), st.text("torch\n -=[]<>#'\"\\:{}\t1.").map(str.encode)))
def test_any_content_gives_a_list(path: str, text: bytes) -> None:
    packages = package_reader(path)(text)
    reached()
    assert isinstance(packages, list)
