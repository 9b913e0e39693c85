"""Which folders define a module that an import may mean."""

import tracemalloc

import pytest

from tests.facts_of import result_of

FILES = {
    "a module beside the script": ({"run.py": "import torch", "torch.py": ""}, [("torch", "")]),
    "a package beside the script": (
        {"run.py": "import keras", "keras/__init__.py": ""},
        [("keras", "")],
    ),
    "in a folder of scripts": (
        {"code/run.py": "import keras", "code/keras.py": ""},
        [("keras", "code")],
    ),
    "in a package": (
        {"net/__init__.py": "", "net/torch.py": "", "run.py": "import torch"},
        [],
    ),
    "in a package without __init__.py, by an import": (
        {"net/torch/__init__.py": "import torch", "run.py": "import net.torch.layers"},
        [],
    ),
    "in a package without __init__.py, from which code imports": (
        {"net/torch.py": "import torch", "run.py": "from net import torch"},
        [],
    ),
    "in such a package below another folder": (
        {"src/net/torch.py": "import torch", "src/run.py": "from net.torch import Model"},
        [],
    ),
    "in a folder with a relative import": (
        {"net/torch.py": "import torch", "net/run.py": "from .data import load"},
        [],
    ),
    "above a folder with a relative import": (
        {"net/torch.py": "import torch", "net/a/run.py": "from ..data import load"},
        [],
    ),
    "in a folder whose like is imported elsewhere": (
        {"net/torch.py": "", "net/a.py": "import torch", "run.py": "import nets.torch"},
        [("torch", "net")],
    ),
    "of Lua": ({"run.lua": "require 'nn'", "lib/nn/init.lua": ""}, [("nn", "lib")]),
}


@pytest.mark.parametrize(("files", "expected"), FILES.values(), ids=FILES)
def test_local_modules(files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = {(module.module, module.directory) for module in result_of(files).local_modules}
    framework = {(module, folder) for module, folder in found if module in ("torch", "keras", "nn")}
    assert framework == set(expected)


@pytest.mark.slow
def test_deep_names_and_folders_take_little_memory() -> None:
    folders = [f"{number}/" + "a/" * 190 for number in range(300)]
    files = {f"{folder}torch.py": "import torch" for folder in folders}
    files |= {f"{folder}run.py": "from " + "." * 150 + " import x" for folder in folders}
    files["run.py"] = "\n".join(f"import m{number}{'.b' * 240}" for number in range(900))
    tracemalloc.start()
    result = result_of(files)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.local_modules == []
    assert most < 8_000_000
