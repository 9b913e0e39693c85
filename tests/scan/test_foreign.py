"""Files that are not the target's own have no facts; installed packages are recorded."""

from pathlib import Path

import pytest

from pipeline.scan.foreign import ForeignFiles, original_of
from pipeline.scan.paths import PathScan
from tests.facts_of import result_of
from tests.scan.test_targets import make_tar, write

FOLDERS = {
    "venv/lib/python3.8/site-packages/torch/nn.py": "venv/lib/python3.8",
    "env/Lib/site-packages/keras/models.py": "env/Lib/site-packages",
    "conda/lib/python3.10/os.py": "conda/lib/python3.10",
    "usr/lib64/python2.7/re.py": "usr/lib64/python2.7",
    "python/dist-packages/jax.py": "python/dist-packages",
    "site-packages/a.py": "site-packages",
    "__pypackages__/3.8/lib/torch/nn.py": "__pypackages__",
    "renv/library/R-4.2/torch/R/nn.R": "renv/library",
    "packrat/src/torch/a.R": "packrat/src",
    "torch/install/share/lua/5.1/nn/init.lua": "torch/install/share/lua/5.1",
    "lua_modules/nn/init.lua": "lua_modules",
}
CACHES = (
    ".git/hooks/a.py",
    "web/node_modules/a/b.js",
    "a/__pycache__/b.py",
    ".tox/py38/x.py",
    ".history/net_2020.py",
)
OWN = (
    "lib/python/net.py",
    "lib/net.py",
    "envs/cartpole.py",
    "library/net.R",
    "lua/nn.lua",
    "my-site-packages/a.py",
    "venv.py",
)


@pytest.mark.parametrize(("path", "folder"), FOLDERS.items())
def test_installed_packages_are_told_by_their_folder(path: str, folder: str) -> None:
    foreign = ForeignFiles()
    assert foreign.hold(path)
    assert list(foreign.problems) == [folder]


@pytest.mark.parametrize("path", CACHES)
def test_caches_are_left_out_without_a_word(path: str) -> None:
    foreign = ForeignFiles()
    assert foreign.hold(path)
    assert foreign.problems == {}


@pytest.mark.parametrize("path", OWN)
def test_files_of_the_project_itself(path: str) -> None:
    assert not ForeignFiles().hold(path)


INSTALLED = "env/lib/python3.9"


@pytest.mark.parametrize("kind", ["folder", "tar"])
def test_a_committed_environment_has_no_vote(kind: str, tmp_path: Path) -> None:
    files = {f"{INSTALLED}/site-packages/jax/m{number}.py": b"import jax" for number in range(9)}
    files |= {"env/pyvenv.cfg": b"home = /usr/bin", "own/net.py": b"import torch"}
    target = (
        write(tmp_path / "f", files) if kind == "folder" else make_tar(tmp_path / "a.tar.gz", files)
    )
    result = PathScan().scan(target)
    assert {fact.module for fact in result.imports} == {"torch"}
    assert [(item.path, item.problem) for item in result.problems] == [
        (INSTALLED, "installed_packages")
    ]


COPIES = {
    ".ipynb_checkpoints/a-checkpoint.ipynb": "a.ipynb",
    "src/.ipynb_checkpoints/net-checkpoint.py": "src/net.py",
    "src/net.py": None,
    "a-checkpoint.py": None,
    ".ipynb_checkpoints/a.py": None,
}


@pytest.mark.parametrize(("path", "original"), COPIES.items())
def test_the_file_that_a_checkpoint_is_a_copy_of(path: str, original: str | None) -> None:
    assert original_of(path) == original


def test_a_checkpoint_of_a_file_that_is_there_has_no_facts() -> None:
    copy = "m/.ipynb_checkpoints/net-checkpoint.py"
    result = result_of({copy: "import keras", "m/net.py": "import torch"})
    assert [fact.module for fact in result.imports] == ["torch"]
    assert (result.files_seen, result.files_scanned) == (2, 1)


def test_a_checkpoint_of_a_file_that_is_gone_is_all_there_is() -> None:
    result = result_of({".ipynb_checkpoints/net-checkpoint.py": "import keras"})
    assert [fact.module for fact in result.imports] == ["keras"]
