"""Files that only their content tells to be code, and code that is only a pointer."""

import pytest

from pipeline.scan.records import Member
from pipeline.scan.target import Limits, scan_members
from tests.facts_of import result_of

SCRIPTS = {
    "Python": ("bin/train", "#!/usr/bin/env python3\nimport torch", ["torch"]),
    "an old Python": ("run_exp", "#!/usr/bin/python2.7 -u\nimport theano", ["theano"]),
    "a server's script": ("cgi-bin/demo.cgi", "#!/usr/bin/python\nimport keras", ["keras"]),
    "a version for an ending": ("train-1.0", "#!/usr/bin/env python\nimport jax", ["jax"]),
    "Torch7": ("main", "#!/usr/bin/env th\nrequire 'nn'", ["nn"]),
    "R": ("fit", "#!/usr/bin/Rscript\nlibrary(torch)", ["torch"]),
    "Julia": ("scripts/fit", "#!/usr/local/bin/julia\nusing Flux", ["Flux"]),
    "a shell": ("install_all", "#!/bin/sh\npip install torch", ["torch"]),
    "no script": ("corpus", "import torch", []),
    "a licence": ("LICENSE", "#!/usr/bin/python\nimport torch", []),
    "a text": ("notes.txt", "#!/usr/bin/python\nimport torch", []),
    "a hidden file": (".profile", "#!/usr/bin/python\nimport torch", []),
    "nothing": ("empty", "", []),
}


@pytest.mark.parametrize(("path", "text", "modules"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_is_read_by_its_first_line(path: str, text: str, modules: list[str]) -> None:
    assert [fact.module for fact in result_of({path: text}).imports] == modules


def test_a_script_counts_as_code() -> None:
    result = result_of({"bin/train": "#!/usr/bin/python\nimport os", "data": "1 2 3"})
    assert (result.status, result.files_scanned, result.bytes_scanned) == ("ok", 1, 27)


def test_a_script_in_a_language_without_a_reader_is_unread() -> None:
    assert result_of({"run": "#!/usr/bin/env perl\nuse x;"}).unread == [("perl", 1, 26)]


def test_a_long_file_without_an_ending_is_not_opened() -> None:
    def opened() -> bytes:
        raise AssertionError

    members = [Member("weights", 2**20 + 1, opened), Member("not-fetched", None, opened)]
    assert scan_members("r", members, Limits()).status == "no_code"


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


@pytest.mark.parametrize("path", ["net.py", "a.ipynb", "requirements.txt", "main.lua"])
def test_a_pointer_of_git_lfs_is_code_that_was_not_read(path: str) -> None:
    result = result_of({path: POINTER, "b.py": "import os"})
    assert [(item.path, item.problem) for item in result.problems] == [(path, "lfs_pointer")]
    assert (result.status, result.files_scanned) == ("ok", 1)


def test_a_repository_of_pointers_alone_is_not_judged() -> None:
    assert result_of({"net.py": POINTER, "train.py": POINTER}).status == "unreadable"


def test_a_file_that_speaks_of_git_lfs_is_read() -> None:
    text = f'"""A pointer:\n{POINTER}"""\nimport torch\n'
    assert [fact.module for fact in result_of({"a.py": text}).imports] == ["torch"]
