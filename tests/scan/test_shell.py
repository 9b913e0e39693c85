"""What shell commands install and run."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.scan.shell import installed_packages, python_run
from tests.properties import reached, reaching

INSTALLED = {
    "pip": ("pip install torch 'jax>=0.4' \"flax[all]\"", ["torch", "jax", "flax"]),
    "an option before": ("pip --no-cache-dir install torch", ["torch"]),
    "an option with a value before": ("pip3 --cache-dir torch install jax", ["jax"]),
    "as a module": ("python3.8 -m pip --quiet install -U torch", ["torch"]),
    "by its path": ("/opt/conda/bin/pip install torch", ["torch"]),
    "by the running Python": ("{sys.executable} -m pip install torch", ["torch"]),
    "as root": ("sudo -H pip3 install torch", ["torch"]),
    "options with values": (
        "pip install -r jax.txt -f https://x.org/flax --target mxnet torch --timeout 9",
        ["torch"],
    ),
    "conda": (
        "conda install -y -c pytorch -n keras mxnet pytorch::torchaudio",
        ["mxnet", "torchaudio"],
    ),
    "a new environment": ("conda create --name jax python=3.8 pytorch=1.0", ["python", "pytorch"]),
    "mamba": ("micromamba install pytorch", ["pytorch"]),
    "uv": ("uv pip install --system torch", ["torch"]),
    "uv's project": ("uv add 'torch>=2'", ["torch"]),
    "poetry": ('poetry add --group dev "torch@^1.0"', ["torch"]),
    "pipenv": ("pipenv install torch", ["torch"]),
    "within an environment": ("conda run -n jax pip install torch", ["torch"]),
    "easy_install": ("easy_install theano", ["theano"]),
    "several commands": (
        "cd jax && pip install torch; pip install flax | tee caffe",
        ["torch", "flax"],
    ),
    "a subshell": ("(pip install torch)", ["torch"]),
    "continued": ("pip install \\\n  torch \\\n  jax\nflax", ["torch", "jax"]),
    "a comment within": ("pip install \\\n  torch \\\n  # caffe\n\n  jax", ["torch", "jax"]),
    "a comment behind": ("pip install torch # jax", ["torch"]),
    "a marker": ("pip install \"torch; python_version > '3'\" jax", ["torch", "jax"]),
    "addresses": (
        "pip install -e git+https://github.com/a/b#egg=flax https://x.org/torch-1.0-py3.whl",
        ["flax", "torch"],
    ),
    "a notebook's line": ("%pip install torch\n!pip install jax", ["torch", "jax"]),
}


@pytest.mark.parametrize(("text", "names"), INSTALLED.values(), ids=INSTALLED)
def test_packages_that_a_command_installs(text: str, names: list[str]) -> None:
    assert [name for _, name in installed_packages(text)] == names


NOT_INSTALLED = {
    "a comment": "# pip install torch",
    "a comment behind a command": "ls # pip install torch",
    "words in quotes": "echo 'pip install torch'",
    "another verb": "pip uninstall torch\npip show torch\nconda activate torch",
    "what is no package": "pip install . -r torch.txt ./torch $TORCH",
}


@pytest.mark.parametrize("text", NOT_INSTALLED.values(), ids=NOT_INSTALLED)
def test_commands_that_install_nothing(text: str) -> None:
    assert list(installed_packages(text)) == []


def test_a_package_has_the_line_of_its_name() -> None:
    text = "# x\npip install a \\\n  b \\\n  # c\n  d\npip install e\n"
    assert list(installed_packages(text)) == [(2, "a"), (3, "b"), (5, "d"), (6, "e")]


RUN = {
    "double quotes": ('python -c "import torch; print(\\"x\\")"', [(1, "torch")]),
    "single quotes": ("x=$(python3 -c 'import jax')", [(1, "jax")]),
    "options before": ("cd x && python -u -W ignore -c 'import jax'", [(1, "jax")]),
    "flags before": ("python -u -B -c 'import jax'", [(1, "jax")]),
    "several lines": ("ls\npython -c '\nimport torch\nimport jax'", [(3, "torch"), (4, "jax")]),
    "a document": ("python - <<EOF\nimport torch\nEOF\nimport jax", [(2, "torch")]),
    "a quoted mark": ("python3 <<-'END' > x\nimport jax\n\tEND\n", [(2, "jax")]),
    "no mark at the end": ("python <<EOF\nimport torch\n", []),
    "another program's document": ("cat <<EOF\nimport torch\nEOF", []),
    "a comment": ("# python -c 'import torch'", []),
    "no Python": ("echo import torch", []),
}


@pytest.mark.parametrize(("text", "expected"), RUN.values(), ids=RUN)
def test_python_code_that_a_command_runs(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(item.line, item.module) for item in python_run(text)] == expected


words = st.sampled_from(
    [
        *("pip install", "torch", "jax", "python -c", "python <<EOF", "EOF", "import torch"),
        *("-c", "-r", "'", '"', "\\", "\n", "\n", "#", "&&", ";", " ", "é", "\0"),
    ]
)


texts = st.lists(words, max_size=15).map(" ".join)


@reaching(80)
@given(texts, texts)
def test_no_line_of_any_text_is_past_its_end(before: str, after: str) -> None:
    text = f"{before}\npip install jax; python -c 'import torch' {after}"
    lines = [line for line, _ in installed_packages(text)]
    lines += [item.line for item in python_run(text)]
    assume(lines)
    reached()
    assert max(lines) <= text.count("\n") + 1


def test_options_in_front_of_code() -> None:
    options = " ".join(["-W ignore", "-X dev -W -W"] * 40)
    text = f"python {options} -c 'import torch'\npython {options} a.py"
    assert [(item.line, item.module) for item in python_run(text)] == [(1, "torch")]


def test_a_text_handed_over_in_another_is_part_of_it() -> None:
    text = "python <<EOF\nimport torch\npython <<EOF\nimport jax\nEOF\n" * 2
    assert [(item.line, item.module) for item in python_run(text)] == [
        (2, "torch"),
        (4, "jax"),
        (7, "torch"),
        (9, "jax"),
    ]


def test_code_handed_over_by_the_last_line_is_missing() -> None:
    assert python_run("python <<EOF") == []
