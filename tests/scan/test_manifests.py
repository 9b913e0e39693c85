"""Declared packages: what each sort of manifest asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.manifests import package_reader

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
FOUND = {
    "requirements": (
        "requirements.txt",
        REQUIREMENTS,
        ["torch", "torchvision", "tensorflow-gpu", "scikit-learn", "numpy", "flax"],
    ),
    "conda": ("environment.yml", CONDA, ["pytorch", "python", "jax"]),
    "setup.py": ("setup.py", SETUP, ["keras", "h5py", "torch", "mxnet"]),
    "pyproject": ("pyproject.toml", PYPROJECT, ["torch", "numpy", "jax", "keras"]),
    "setup.cfg": (
        "setup.cfg",
        "[options]\ninstall_requires =\n    torch>1\n    numpy\n[x]\ny = z",
        ["torch", "numpy"],
    ),
    "docker": ("docker/Dockerfile.gpu", DOCKER, ["torch", "tensorflow", "mxnet"]),
    "requirements folder": ("requirements/base.txt", "chainer", ["chainer"]),
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


@pytest.mark.parametrize("path", ["readme.txt", "config.yml", "a.py", "pyproject.json"])
def test_other_files_are_no_manifests(path: str) -> None:
    assert package_reader(path) is None


@pytest.mark.parametrize(
    "path", ["requirements.txt", "env.yml", "setup.py", "setup.cfg", "pyproject.toml", "Dockerfile"]
)
@given(text=st.one_of(st.binary(), st.text("torch\n -=[]<>#'\"\\:{}\t1.").map(str.encode)))
def test_any_content_gives_a_list(path: str, text: bytes) -> None:
    assert isinstance(package_reader(path)(text), list)
