"""A content that another commit has, too, is read once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.scan.known_files import KnownFiles
from pipeline.scan.records import Limits, Member, ScanResult
from pipeline.scan.target import scan_members

FILES = {
    "net.py": "import torch\nimport torch.nn\n",
    "requirements.txt": "tensorflow==1.4\n",
    "setup.py": "from setuptools import setup\nsetup(install_requires=['jax'])\n",
    "a.ipynb": '{"cells": [{"cell_type": "code", "source": ["import keras"]}]}',
    "bad.ipynb": '{"cells": [{"cell_type": "code", "source": ["import caffe"]}',
}


def scanned(
    files: dict[str, str], known: KnownFiles | None, limits: Limits | None = None
) -> tuple[ScanResult, list[str]]:
    """The scan of files whose content is their id, and the paths that it read."""
    read: list[str] = []

    def member(path: str, content: str) -> Member:
        def reading() -> bytes:
            read.append(path)
            return content.encode()

        return Member(path, len(content), reading, blob=content)

    members = [member(path, content) for path, content in files.items()]
    return scan_members("t", members, limits or Limits(), known=known), read


def test_the_same_content_is_read_once_and_has_the_same_facts() -> None:
    known = KnownFiles()
    first, read = scanned(FILES, known)
    assert read == list(FILES)
    second, read = scanned(FILES, known)
    assert read == []
    assert second == first == scanned(FILES, None)[0]


def test_a_file_that_moved_is_not_read_again() -> None:
    known = KnownFiles()
    scanned({"net.py": "import torch"}, known)
    moved, read = scanned({"src/model.py": "import torch"}, known)
    assert read == []
    assert [(fact.path, fact.module) for fact in moved.imports] == [("src/model.py", "torch")]


def test_the_same_content_under_a_name_of_another_kind_is_read_anew() -> None:
    known = KnownFiles()
    scanned({"net.py": "import torch"}, known)
    other, read = scanned({"net.jl": "import torch"}, known)
    assert read == ["net.jl"]
    assert [fact.language for fact in other.imports] == ["julia"]


def test_a_content_without_an_id_is_read_every_time() -> None:
    known = KnownFiles()
    member = Member("net.py", 12, lambda: b"import torch")
    for content in (b"import torch", b"import jax"):
        result = scan_members(
            "t", [replace(member, read=lambda c=content: c)], Limits(), known=known
        )
    assert [fact.module for fact in result.imports] == ["jax"]


@pytest.mark.parametrize("limits", [Limits(file_bytes=20), Limits(total_bytes=60)])
def test_a_known_content_counts_for_the_limits(limits: Limits) -> None:
    known = KnownFiles()
    scanned(FILES, known)
    assert scanned(FILES, known, limits)[0] == scanned(FILES, None, limits)[0]
