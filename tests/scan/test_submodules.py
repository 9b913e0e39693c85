"""Submodules are recorded as code that is not there."""

import subprocess
from pathlib import Path

import pytest

from pipeline.scan.archive import tar_members
from pipeline.scan.paths import PathScan
from pipeline.scan.records import Limits, ScanResult
from pipeline.scan.target import scan_members
from tests.scan.test_inner_archives import zipped
from tests.scan.test_targets import make_tar, make_zip, write

LIST = b'[submodule "core"]\n\tpath = core\n\turl = https://example.org/core\n'


def submodules(result: ScanResult) -> list[str]:
    return [item.path for item in result.problems if item.problem == "submodule"]


@pytest.mark.parametrize("kind", ["folder", "tar", "zip"])
def test_a_listed_submodule_without_files(kind: str, tmp_path: Path) -> None:
    files = {".gitmodules": LIST, "run.py": b"import core"}
    make = {
        "folder": lambda: write(tmp_path / "f", files),
        "tar": lambda: make_tar(tmp_path / "a.tar.gz", files),
        "zip": lambda: make_zip(tmp_path / "a.zip", files),
    }[kind]
    assert submodules(PathScan().scan(make())) == ["core"]


LISTS = {
    "one whose files are there": ({".gitmodules": LIST, "core/net.py": b""}, []),
    "one with files deeper down": ({".gitmodules": LIST, "core/a/b/net.py": b""}, []),
    "one beside a folder of a similar name": ({".gitmodules": LIST, "core2/a.py": b""}, ["core"]),
    "a list below the top": ({"repo-main/.gitmodules": LIST}, ["repo-main/core"]),
    "a path that leaves the target": ({".gitmodules": b"path = ../../core\n"}, []),
    "a quoted path": ({".gitmodules": b'path = "my core"\r\n'}, ["my core"]),
    "two": ({".gitmodules": b"path = a\nurl = x\npath = b/c\n"}, ["a", "b/c"]),
    "a key in other letters": ({".gitmodules": b"\tPath=core\n"}, ["core"]),
    "a comment behind": ({".gitmodules": b"path = core # why\n\tpath = b ; c\n"}, ["core", "b"]),
    "beside the heading": ({".gitmodules": b'[submodule "core"] path = core\n'}, ["core"]),
    "a path above the list": ({"a/.gitmodules": b"path = ..\npath = core\n"}, ["a/core"]),
    "behind a path that leaves the target": (
        {".gitmodules": b"path = ../x\npath = /y\npath = .\npath = core\n"},
        ["core"],
    ),
    "a list in an inner archive": (
        {"code.zip": zipped({"r/.gitmodules": LIST, "r/a.py": b""})},
        ["code.zip/r/core"],
    ),
    "a list in an inner archive, with files": (
        {"code.zip": zipped({"r/.gitmodules": LIST, "r/core/a.py": b""})},
        [],
    ),
    "no path": ({".gitmodules": b"path = \nurl = x\n"}, []),
}


@pytest.mark.parametrize(("files", "expected"), LISTS.values(), ids=LISTS)
def test_which_submodules_are_missing(
    files: dict[str, bytes], expected: list[str], tmp_path: Path
) -> None:
    assert submodules(PathScan().scan(write(tmp_path, files | {"a.py": b""}))) == expected


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a submodule that no .gitmodules lists."""
    path = write(tmp_path / "r", {"run.py": b"import core.net", "lib/a.py": b""})

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=path, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib/core")
    git("commit", "-q", "-m", "first")
    return path


def test_git_has_an_entry_for_a_submodule(repository: Path) -> None:
    assert submodules(PathScan().scan(repository)) == ["lib/core"]


def test_an_empty_folder_in_an_archive_of_git_is_a_submodule(repository: Path) -> None:
    command = ["git", "archive", "--format=tar", "--prefix=r-1/", "HEAD"]
    archive = subprocess.run(command, cwd=repository, check=True, capture_output=True).stdout
    members = tar_members(iter([archive]), Limits())
    assert submodules(scan_members("r", members, Limits())) == ["r-1/lib/core"]


def test_a_path_with_a_root_ends_the_search_for_its_parents(tmp_path: Path) -> None:
    archive = make_tar(tmp_path / "a.tar.gz", {"/etc/a.py": b"", ".gitmodules": LIST})
    assert submodules(PathScan().scan(archive)) == ["core"]


def test_a_submodule_that_the_archive_and_its_list_show_is_one_problem(repository: Path) -> None:
    (repository / ".gitmodules").write_bytes(b"path = lib/core\npath = other\n")
    for arguments in (("add", ".gitmodules"), ("commit", "-q", "-m", "list")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(
            ["git", *identity, *arguments], cwd=repository, check=True, capture_output=True
        )
    archive = repository.parent / "r.tar"
    command = ["git", "archive", "--format=tar", "-o", str(archive), "HEAD"]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)
    assert sorted(submodules(PathScan().scan(archive))) == ["lib/core", "other"]


def test_a_list_that_is_not_read_is_a_problem_and_the_next_list_counts(tmp_path: Path) -> None:
    files = {"a/.gitmodules": LIST + b"#" * 2**20, "b/.gitmodules": LIST, "c.py": b""}
    result = PathScan().scan(write(tmp_path, files))
    assert [(item.path, item.problem) for item in result.problems] == [
        ("a/.gitmodules", "too_large"),
        ("b/core", "submodule"),
    ]
