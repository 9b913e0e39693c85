"""Files that are not the target's own have no facts; installed packages are recorded."""

import json
from itertools import permutations
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


NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "import torch"}]})
COPY = ".ipynb_checkpoints/a-checkpoint.ipynb"
ORIGINALS_NOT_READ = {
    "damaged": NOTEBOOK[:-10],
    "in Git LFS": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n",
    "empty": "",
}


@pytest.mark.parametrize("original", ORIGINALS_NOT_READ.values(), ids=ORIGINALS_NOT_READ)
def test_a_checkpoint_of_a_file_that_was_not_read_keeps_its_facts(original: str) -> None:
    files = {"a.ipynb": original, COPY: NOTEBOOK, "z.py": "import os"}
    for order in permutations(files.items()):
        result = result_of(dict(order))
        assert (COPY, "torch") in {(fact.path, fact.module) for fact in result.imports}
        assert result.files_scanned == 2


def test_a_checkpoint_of_a_file_that_was_read_has_no_facts_in_any_order() -> None:
    files = {"a.ipynb": NOTEBOOK, COPY: NOTEBOOK.replace("torch", "jax"), "z.py": "import os"}
    for order in permutations(files.items()):
        result = result_of(dict(order))
        assert {fact.module for fact in result.imports} == {"torch", "os"}
        assert result.files_scanned == 2


NOT_IMPORTS = {
    "a list of packages": ("requirements.txt", "torch\n"),
    "a language without a reader": ("plot.js", "let x"),
    "a script without an ending": ("train", "#!/usr/bin/env python\nimport torch"),
}


@pytest.mark.parametrize(("name", "text"), NOT_IMPORTS.values(), ids=NOT_IMPORTS)
def test_checkpoints_of_files_of_other_kinds_add_nothing(name: str, text: str) -> None:
    stem, dot, ending = name.partition(".")
    copy = f".ipynb_checkpoints/{stem}-checkpoint{dot}{ending}"
    alone, both = result_of({name: text}), result_of({copy: text, name: text})
    assert (both.imports, both.unread) == (alone.imports, alone.unread)


ENVIRONMENTS = {
    "the settings of venv": {"env/pyvenv.cfg": "home = /usr", "env/bin/run.py": "import jax"},
    "programs beside packages": {
        "env/lib/python3.8/site-packages/jax/a.py": "import jax",
        "env/bin/run.py": "import jax",
    },
    "programs of Windows": {
        "my env/Lib/site-packages/jax/a.py": "import jax",
        "my env/Scripts/run.py": "import jax",
        "my env/Include/jax.h": "#include <jax/a.h>",
    },
    "conda": {
        "tools/conda/conda-meta/history": "",
        "tools/conda/bin/run.py": "import jax",
        "tools/conda/share/jax/a.lua": "require 'jax'",
    },
    "a script without an ending": {
        "env/pyvenv.cfg": "",
        "env/bin/jaxrun": "#!/usr/bin/python\nimport jax",
    },
    "the top": {"pyvenv.cfg": "", "bin/run.py": "import jax"},
    "code without a reader": {"env/pyvenv.cfg": "", "env/share/jupyter/a.js": "let x"},
}


@pytest.mark.parametrize("files", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_an_environment_is_foreign_whatever_shows_it(
    files: dict[str, str], is_reversed: bool
) -> None:
    members = {"a.py": "import torch", **files, "z/net.py": "import torch"}
    result = result_of(dict(reversed(members.items())) if is_reversed else members)
    assert {fact.module for fact in result.imports} == {"torch"}
    assert (result.files_scanned, result.unread) == (2, [])
    assert {problem.problem for problem in result.problems} == {"installed_packages"}


OWN_CODE = {
    "beside the folders of the environment": {"env/pyvenv.cfg": "", "env/net.py": "import torch"},
    "programs without packages": {"tools/bin/net.py": "import torch", "tools/lib/a.py": ""},
    "programs beside packages at the top": {
        "bin/net.py": "import torch",
        "lib/python3.8/site-packages/jax/a.py": "",
    },
    "a name that only ends alike": {"env/my-pyvenv.cfg": "", "env/bin/net.py": "import torch"},
    "a library at the top of an environment": {"pyvenv.cfg": "", "lib/net.py": "import torch"},
}


@pytest.mark.parametrize("files", OWN_CODE.values(), ids=OWN_CODE)
def test_code_that_an_environment_does_not_hold_counts(files: dict[str, str]) -> None:
    assert [fact.module for fact in result_of(files).imports] == ["torch"]


def test_a_target_that_holds_only_an_environment_has_no_code() -> None:
    result = result_of({"env/pyvenv.cfg": "", "env/bin/run.py": "import jax"})
    assert (result.status, result.imports) == ("no_code", [])
    assert [problem.path for problem in result.problems] == ["env/bin"]
