"""The package that a requirement names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.requirement import required_package
from tests.properties import reached, reaching

NAMED = {
    "bare": ("torch", "torch"),
    "pinned": ("torch==1.4.0", "torch"),
    "with extras and a marker": ('jax[cuda12] >= 0.4 ; python_version > "3"', "jax"),
    "with the version in parentheses": ("torch (>=1.0)", "torch"),
    "as pip list prints it": ("torch     1.0.1", "torch"),
    "with hashes": ("torch==1.0 --hash=sha256:ab --hash=sha256:cd", "torch"),
    "with a comment": ("torch  # see git+https://x.org/y#egg=jax", "torch"),
    "quoted, with a comma": ('"torch>=1.0",', "torch"),
    "conda's build": ("pytorch=1.0=py36_cuda9", "pytorch"),
    "conda's channel": ("conda-forge/linux-64::pytorch>=1.0", "pytorch"),
    "conda's brackets": ("pytorch[version='>=1.6',build=*cuda*]", "pytorch"),
    "a direct reference": ("torch @ https://x.org/cu102/torch-1.7.0-cp37.whl", "torch"),
    "a wheel's address": ("https://x.org/whl/torch-1.7.0%2Bcu101-cp37-cp37m-linux.whl", "torch"),
    "a wheel beside": ("./wheels/tensorflow_gpu-1.4.0-cp36-none-any.whl", "tensorflow_gpu"),
    "a wheel here": ("jaxlib-0.1.55+cuda101-cp36-none-manylinux2010_x86_64.whl", "jaxlib"),
    "a source archive": ("https://x.org/scikit-learn-0.20.1.tar.gz", "scikit-learn"),
    "conda's archive": ("https://x.org/linux-64/pytorch-1.0-py3.7_cuda.tar.bz2", "pytorch"),
    "a repository with an egg": ("git+https://github.com/a/b.git@v1#egg=flax&x=y", "flax"),
    "a repository": ("git+https://github.com/Theano/Theano.git@rel-1.0", "Theano"),
    "a repository by ssh": ("git+ssh://git@github.com/google/jax", "jax"),
    "a repository's archive": (
        "https://github.com/tensorpack/tensorpack/archive/master.zip",
        "tensorpack",
    ),
}


@pytest.mark.parametrize(("text", "name"), NAMED.values(), ids=NAMED)
def test_a_requirement_names_a_package(text: str, name: str) -> None:
    assert required_package(text) == name


NAMELESS = {
    "blank": "",
    "comment": "# torch",
    "a repository in a comment": "  # -e git+https://github.com/a/b#egg=torch",
    "another list": "-r torch.txt",
    "a list's name": "requirements.txt",
    "an index": "--index-url https://x.org/torch",
    "a folder": "./torch",
    "this folder": ".[gpu]",
    "prose": "You need a card with much memory",
    "an address": "https://download.pytorch.org/whl/torch_stable.html",
    "a variable": "$TORCH",
    "a long line": "torch " * 999,
}


@pytest.mark.parametrize("text", NAMELESS.values(), ids=NAMELESS)
def test_what_names_no_package(text: str) -> None:
    assert required_package(text) is None


names = st.from_regex(r"[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*", fullmatch=True).filter(
    lambda name: not name.lower().endswith((".txt", ".in", ".py", ".cfg", ".whl", ".zip", ".gz"))
)
specifiers = st.sampled_from(
    ["", "==1.0", ">=1,<2", "[x]", "[a,b]~=1", " ; os_name == 'nt'", "@ https://x.org", "  # c"]
)


@pytest.mark.slow
@reaching(100)
@given(names, specifiers, st.sampled_from(["", " ", "'", '"']))
def test_whatever_follows_a_name_it_is_the_package(name: str, rest: str, before: str) -> None:
    reached()
    assert required_package(before + name + rest) == name
