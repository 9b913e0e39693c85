"""Which files are read."""

import pytest

from pipeline.scan.languages import FileReader, file_reader, is_code, may_be_script, script_reader

CODE = (
    "a.py a.pyi a.pyx a.sage A.PY a.smk Snakefile SConstruct a.R NAMESPACE a.rmd a.qmd a.Rnw a.jl "
    "a.kts a.mm a.ipynb x/a.cu"
).split()


@pytest.mark.parametrize("path", CODE)
def test_files_that_are_code(path: str) -> None:
    assert is_code(path)


@pytest.mark.parametrize("path", [".py", "a.txt", "namespace", "requirements.txt", "a.sh", "py"])
def test_files_that_are_no_code(path: str) -> None:
    assert not is_code(path)


@pytest.mark.parametrize("path", ["a.pyi", "a.sage", "x/Snakefile"])
def test_python_by_other_endings(path: str) -> None:
    found = file_reader(path).facts(b"import torch\nx = 2^3\n").by_language["python"]
    assert [item.module for item in found] == ["torch"]


def test_a_cython_declaration_is_no_import() -> None:
    found = file_reader("a.pxd").facts(b"cimport torch\nfrom jax cimport x\n")
    assert found.imports == []


@pytest.mark.parametrize("path", ["bin/train", "configure", "a/run"])
def test_files_that_may_be_scripts(path: str) -> None:
    assert may_be_script(path)


@pytest.mark.parametrize("path", ["LICENSE", "a/README", "a.b", ".train", "Dockerfile", "Makefile"])
def test_files_that_are_no_scripts(path: str) -> None:
    assert not may_be_script(path)


def test_a_script_is_read_by_its_first_line() -> None:
    reader = script_reader(b"#!/usr/bin/env Rscript\n")
    assert isinstance(reader, FileReader)
    found = reader.facts(b"#!/usr/bin/env Rscript\nlibrary(torch)").by_language["r"]
    assert [(item.line, item.module) for item in found] == [(2, "torch")]


def test_a_script_of_a_shell_declares_packages() -> None:
    reader = script_reader(b"#!/bin/bash\n")
    assert isinstance(reader, FileReader) and reader.code is None
    found = reader.facts(b"#!/bin/bash\npip install torch").by_language["package"]
    assert [item.module for item in found] == ["torch"]


def test_a_script_in_another_language_is_named() -> None:
    assert script_reader(b"#!/usr/bin/env node\n") == "javascript"
    assert script_reader(b"0 1 2 3\n") is None


def test_a_setup_script_is_code_and_a_list_of_packages() -> None:
    found = file_reader("setup.py").facts(b"import torch\nsetup(install_requires=['jax'])")
    assert {name: [item.module for item in items] for name, items in found.by_language.items()} == {
        "python": ["torch"],
        "package": ["jax"],
    }


def test_an_import_counts_more_than_a_declaration_on_its_line() -> None:
    found = file_reader("a.R").facts(b"if (!require(torch)) install.packages('torch')")
    assert [item.module for item in found.by_language["r"]] == ["torch"]
    assert found.by_language["package"] == []
