"""Submodules are recorded as code that is not there."""

import subprocess
from pathlib import Path

import pytest

from pipeline.scan.archive import tar_members
from pipeline.scan.paths import PathScan
from pipeline.scan.records import Limits, ScanResult
from pipeline.scan.target import scan_members
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
