"""Clones on disk: the branch, tag or commit that a link means."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.clones import Clones
from pipeline.code.units import Unit
from pipeline.scan.records import Limits, ScanResult


def git(repository: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    command = ["git", "-C", str(repository), *identity, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A branch for each framework; the default one has PyTorch."""
    path = tmp_path / "r"
    path.mkdir()
    git(path, "init", "-q", "-b", "old")
    (path / "net").mkdir()
    for branch, module in {"old": "theano", "feature/net": "jax", "main": "torch"}.items():
        git(path, "checkout", "-q", "-B", branch)
        (path / "net" / "a.py").write_text(f"import {module}\n")
        git(path, "add", "-A")
        git(path, "commit", "-q", "-m", branch)
    git(path, "tag", "v/1.0", "old")
    return path


def slash(ref: str, subdir: str) -> dict[str, Any]:
    return {"ref": ref, "subdir": subdir, "ref_may_have_slash": True}


REFS: dict[str, tuple[dict[str, Any], str]] = {
    "no ref": ({}, "torch"),
    "a branch": ({"ref": "old"}, "theano"),
    "a branch with a slash": (slash("feature", "net"), "jax"),
    "a branch with a slash, and a directory": (slash("feature", "net/net"), "jax"),
    "a tag with a slash": (slash("v", "1.0/net"), "theano"),
    "a branch that is gone": ({"ref": "develop", "subdir": "net"}, "torch"),
}
KINDS: dict[str, Callable[[Path, Path], object]] = {
    "a checkout": lambda work, target: work.rename(target),
    "a bare clone": lambda work, target: git(work, "clone", "-q", "--bare", ".", str(target)),
    "a clone": lambda work, target: git(work, "clone", "-q", ".", str(target)),
}


def scanned(repository: Path, folder: Path, kind: str, **facts: Any) -> ScanResult:
    (folder / "o").mkdir(parents=True)
    KINDS[kind](repository, folder / "o" / "r")
    return Clones(folder, Limits()).scan(Unit("github.com/o/r", "github.com", "o", "r", **facts))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("facts", "module"), REFS.values(), ids=REFS)
def test_the_code_that_a_link_means(
    kind: str, facts: dict[str, Any], module: str, repository: Path, tmp_path: Path
) -> None:
    result = scanned(repository, tmp_path / "clones", kind, **facts)
    assert {fact.module for fact in result.imports} == {module}


def test_the_beginning_of_a_commit_id(repository: Path, tmp_path: Path) -> None:
    commit = git(repository, "rev-parse", "--short", "old")
    result = scanned(repository, tmp_path / "clones", "a bare clone", ref=commit)
    assert {fact.module for fact in result.imports} == {"theano"}


def test_a_repository_without_commits_is_empty(tmp_path: Path) -> None:
    place = tmp_path / "o" / "r"
    place.mkdir(parents=True)
    git(place, "init", "-q")
    unit = Unit("github.com/o/r", "github.com", "o", "r", ref="main")
    assert Clones(tmp_path, Limits()).scan(unit).status == "empty"


def test_a_repository_that_is_not_in_the_folder(tmp_path: Path) -> None:
    unit = Unit("github.com/o/r", "github.com", "o", "r")
    assert Clones(tmp_path, Limits()).scan(unit).status == "not_found"


@pytest.mark.parametrize("kind", KINDS)
def test_a_commit_in_the_link_that_is_gone_has_no_replacement(
    kind: str, repository: Path, tmp_path: Path
) -> None:
    assert scanned(repository, tmp_path / "clones", kind, ref="f" * 40).status == "no_commit"


def test_names_match_in_any_case_and_exact_ones_first(tmp_path: Path) -> None:
    for name, module in {"Net": "jax", "net": "torch", "Old.git": "theano"}.items():
        path = tmp_path / "Owner" / name
        path.mkdir(parents=True)
        git(path, "init", "-q")
        (path / "a.py").write_text(f"import {module}\n")
        git(path, "add", "-A")
        git(path, "commit", "-q", "-m", "code")

    def imported(owner: str, name: str) -> list[str]:
        unit = Unit(f"github.com/{owner}/{name}", "github.com", owner, name)
        return [fact.module for fact in Clones(tmp_path, Limits()).scan(unit).imports]

    assert imported("owner", "net") == ["torch"]
    assert imported("owner", "NET") == ["jax"]
    assert imported("OWNER", "old") == ["theano"]
    assert imported("owner", "ne") == []
