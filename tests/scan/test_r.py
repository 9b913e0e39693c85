"""Imports of R, and of Python in R."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.languages import file_reader
from pipeline.scan.r import r_facts
from pipeline.scan.records import MOST_IN_FILE
from tests.properties import reached, reaching


def modules(text: str, language: str = "r") -> list[str]:
    return [item.module for item in r_facts(text.encode()).get(language, [])]


ATTACHED = {
    "library": ('library(torch)\nrequire("keras")\n# library(x)', ["torch", "keras"]),
    "library with options": ("library(package = 'torch', quietly = TRUE)", ["torch"]),
    "quietly": ("suppressPackageStartupMessages(library(torch))", ["torch"]),
    "a namespace": ("if (requireNamespace('torch', quietly = TRUE)) 1", ["torch"]),
    "a double colon": ("x <- torch::torch_tensor(1); keras:::y", ["torch", "keras"]),
    "pacman": (
        "p_load(torch, 'luz', # jax, x\n  keras, install = FALSE)",
        ["torch", "luz", "keras"],
    ),
    "pacman by strings": ("p_load(char = c('torch', \"luz\"))", ["torch", "luz"]),
    "pacman from GitHub": ("pacman::p_load_gh('mlverse/torch')", ["pacman", "torch"]),
    "librarian": (
        "librarian::shelf(luz, mlverse/torch, 'rstudio/keras')",
        ["librarian", "luz", "keras"],
    ),
    "box": ("box::use(torch[nn_module], k = keras, ./local)", ["torch", "keras"]),
    "import": (
        "import::from(torch, nn_module)\nimport::here(fit, .from = 'luz')",
        ["torch", "luz"],
    ),
    "applied to a vector": (
        "invisible(lapply(c('torch', 'luz'), library, character.only = TRUE))",
        ["torch", "luz"],
    ),
    "applied to a variable": (
        "pk <- c('torch',\n 'luz')\nsapply(pk, require, character.only = T)",
        ["torch", "luz"],
    ),
    "in a loop": ("for (p in c('torch')) library(p, character.only = TRUE)", ["torch"]),
    "in a loop over a variable": (
        "ps = c('torch')\nfor (p in ps) { library(p, character.only = TRUE) }",
        ["torch"],
    ),
    "raw strings": ('x <- r"(library(no) ")"\nlibrary(torch)', ["torch"]),
}


@pytest.mark.parametrize(("text", "expected"), ATTACHED.values(), ids=ATTACHED)
def test_packages_that_r_attaches(text: str, expected: list[str]) -> None:
    assert [name for name in modules(text) if name not in ("box", "import")] == expected


NOT_ATTACHED = {
    "a string": "s <- 'library(torch)'",
    "an escaped quote": "s <- 'it\\'s library(torch)'",
    "help": "library(help = torch)",
    "another function": "my.library(torch); lapply(c('torch'), print)",
    "a comment in a call": "p_load(\n  # torch\n)",
    "a variable that nobody gives a value": "library(p, character.only = TRUE)",
}


@pytest.mark.parametrize("text", NOT_ATTACHED.values(), ids=NOT_ATTACHED)
def test_what_r_does_not_attach(text: str) -> None:
    assert modules(text) == []


IN_PYTHON = {
    "reticulate": ('torch <- reticulate::import("torch")', ["torch"]),
    "reticulate attached": (
        "library(reticulate)\nnn = import('torch.nn', convert = FALSE)",
        ["torch.nn"],
    ),
    "a member": ('ones <- import("jax")$numpy$ones', ["jax"]),
    "code": ('py_run_string("import torch\\nfrom jax import nn")', ["torch", "jax"]),
    "a variable": ("import(name)", []),
    "a comment": ("# import('torch')", []),
    "settings": ("use_python('/usr/bin/python3')\nsource_python('torch.py')", []),
}


@pytest.mark.parametrize(("text", "expected"), IN_PYTHON.values(), ids=IN_PYTHON)
def test_python_modules_that_r_imports(text: str, expected: list[str]) -> None:
    assert modules(text, "python") == expected


INSTALLED = {
    "one": ("install.packages('torch')", ["torch"]),
    "several": ('install.packages(c("torch", "luz"), repos = "x")', ["torch", "luz"]),
    "from GitHub": ("remotes::install_github('rstudio/keras@v1')", ["keras"]),
    "for Python": ("py_require('torch')\nconda_install(packages = c('jax'))", ["torch", "jax"]),
}


@pytest.mark.parametrize(("text", "expected"), INSTALLED.values(), ids=INSTALLED)
def test_packages_that_r_installs(text: str, expected: list[str]) -> None:
    found = r_facts(text.encode())["package"]
    assert [(item.module, item.kind) for item in found] == [(name, "declared") for name in expected]


def test_lines() -> None:
    found = r_facts(b"library(torch)\n\np_load(\n  luz)\nimport('jax')\n")
    assert [(item.line, item.module) for item in found["r"]] == [(1, "torch"), (3, "luz")]
    assert [(item.line, item.module) for item in found["python"]] == [(5, "jax")]


def test_the_namespace_of_an_r_package() -> None:
    text = b"export(a)\nimportFrom(torch,nn_module)\nimport(luz)\n# import(no)\nS3method(b, c)\n"
    found = file_reader("R/NAMESPACE").facts(text).by_language["r"]
    assert [(item.line, item.module) for item in found] == [(2, "torch"), (3, "luz")]


PIECES = st.sampled_from(
    [
        "library(torch)",
        "p_load(luz)",
        "torch::",
        "nn",
        "\n",
        "#",
        "'",
        '"',
        "c(",
        "[",
        ",",
        ")",
        "x <- ",
    ]
)


@reaching(20)
@given(st.lists(PIECES).map("".join))
def test_imports_of_any_text_stand_on_its_lines(text: str) -> None:
    items = [item for found in r_facts(text.encode()).values() for item in found]
    if items:
        reached()
    assert {item.line for item in items} <= set(range(1, text.count("\n") + 2))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["library(", "lapply(c('a'", "p_load((((", "library(p, character.only=T)\n"]
)
def test_a_huge_script_ends(text: str) -> None:
    r_facts(text.encode() * 50_000)


def test_loops_over_each_other_give_each_package_once() -> None:
    loops = "".join(
        f"for (v{number} in v{number + 1}) for (v{number} in v{number + 1}) x\n"
        for number in range(60)
    )
    text = f"{loops}v60 <- c('torch', 'luz')\nlibrary(v0, character.only = TRUE)"
    assert [item.module for item in r_facts(text.encode())["r"]] == ["torch", "luz"]


def test_a_variable_that_stands_for_itself() -> None:
    text = "for (a in b) x\nfor (b in a) x\na <- c('torch')\nlibrary(b, character.only = TRUE)"
    assert [item.module for item in r_facts(text.encode())["r"]] == ["torch"]


@pytest.mark.slow
def test_a_file_gives_a_limited_number_of_packages() -> None:
    names = ", ".join(f"'p{number}'" for number in range(MOST_IN_FILE + 9))
    text = f"a <- c({names})\nlibrary(a, character.only = TRUE)\n" * 2
    assert len(r_facts(text.encode())["r"]) <= MOST_IN_FILE
