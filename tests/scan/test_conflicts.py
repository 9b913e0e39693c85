"""Files with an unresolved merge."""

import pytest

from pipeline.scan.conflicts import sides
from pipeline.scan.languages import file_reader

SIDES = {
    "one conflict": (
        b"a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> topic\ne\n",
        [b"a\n\nb\n\n\n\n\ne\n", b"a\n\n\n\nc\nd\n\ne\n"],
    ),
    "with the base": (
        b"<<<<<<< ours\na\n||||||| 12ab\nb\n=======\nc\n>>>>>>> theirs\n",
        [b"\na\n\n\n\n\n\n", b"\n\n\n\n\nc\n\n"],
    ),
    "Windows lines": (
        b"<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x\r\n",
        [b"\na\r\n\n\n\n", b"\n\n\nb\r\n\n"],
    ),
    "a heading": (b"Title\n=======\n<<<<<<< x\n", None),
    "not closed": (b"<<<<<<< HEAD\na\n=======\nb\n", None),
    "none": (b"a << b\n>>>>>>> x\n", None),
}


@pytest.mark.parametrize(("content", "expected"), SIDES.values(), ids=SIDES)
def test_the_sides_of_a_merge(content: bytes, expected: list[bytes] | None) -> None:
    assert sides(content) == (expected or [content])


MERGES = {
    "python": (
        "a.py",
        b'"""\n<<<<<<< HEAD\no"""\nimport a\n=======\nt"""\nimport b\n>>>>>>> x\nimport c\n',
        ["a", "c", "b"],
    ),
    "julia": (
        "a.jl",
        b'<<<<<<< HEAD\nx = "\nusing A\n"\n=======\nusing B\n>>>>>>> x\nusing C\n',
        ["C", "B"],
    ),
    "a notebook": (
        "a.ipynb",
        b'{"cells": [{"cell_type": "code", "source": [\n"import a\\n",\n<<<<<<< HEAD\n'
        b'"import b\\n",\n=======\n"import c\\n",\n>>>>>>> x\n"import d"]}]}',
        ["a", "b", "d", "c"],
    ),
    "a notebook whose source has markers": (
        "a.ipynb",
        b'{"cells": [{"cell_type": "code", "source": ["<<<<<<< HEAD\\n", "import a\\n", '
        b'"=======\\n", "import b\\n", ">>>>>>> import-x\\n"]}]}',
        ["a", "b"],
    ),
}


@pytest.mark.parametrize(("path", "content", "expected"), MERGES.values(), ids=MERGES)
def test_either_side_of_a_merge_is_read(path: str, content: bytes, expected: list[str]) -> None:
    facts = file_reader(path).facts(content)
    assert [item.module for item in facts.imports] == expected
    assert facts.broken is None


def test_lists_of_packages_in_a_merge() -> None:
    content = b"<<<<<<< HEAD\ntorch==1\n=======\njax\n>>>>>>> x\nflax\n"
    found = file_reader("requirements.txt").facts(content).by_language["package"]
    assert [(item.line, item.module) for item in found] == [(2, "torch"), (6, "flax"), (4, "jax")]
