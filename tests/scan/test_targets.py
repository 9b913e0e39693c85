"""Folders, archives and git repositories, friendly and hostile."""

import gzip
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.scan.archive import tar_members
from pipeline.scan.languages import FileFacts, FileReader, file_reader
from pipeline.scan.paths import PathScan
from pipeline.scan.records import MOST_IN_FILE, Import, Limits, ScanResult
from pipeline.scan.target import scan_members

FILES = {"net.py": b"import torch\n", "lib/a.lua": b"require 'nn'\n", "README.md": b"import jax\n"}
FACTS = {("net.py", "torch"), ("lib/a.lua", "nn")}


def facts(result: ScanResult) -> set[tuple[str, str]]:
    return {(fact.path, fact.module) for fact in result.imports}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def make_tar(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def make_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def make_git(folder: Path, *, bare: bool) -> Path:
    def git(*arguments: str, cwd: Path) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=cwd, check=True, capture_output=True)

    work = write(folder / "work", FILES)
    git("init", "-q", cwd=work)
    git("add", ".", cwd=work)
    git("commit", "-q", "-m", "first", cwd=work)
    if not bare:
        return work
    git("clone", "-q", "--bare", str(work), str(folder / "bare"), cwd=folder)
    return folder / "bare"


@pytest.mark.parametrize("kind", ["folder", "tar", "zip", "checkout", "bare"])
def test_the_same_files_give_the_same_facts_however_they_come(kind: str, tmp_path: Path) -> None:
    makers = {
        "folder": lambda: write(tmp_path / "f", FILES),
        "tar": lambda: make_tar(tmp_path / "a.tar.gz", FILES),
        "zip": lambda: make_zip(tmp_path / "a.zip", FILES),
        "checkout": lambda: make_git(tmp_path, bare=False),
        "bare": lambda: make_git(tmp_path, bare=True),
    }
    result = PathScan().scan(makers[kind]())
    assert facts(result) == FACTS
    assert (result.status, result.files_seen, result.files_scanned) == ("ok", 3, 2)


def test_git_is_read_at_the_revision_whatever_the_work_tree_holds(tmp_path: Path) -> None:
    work = make_git(tmp_path, bare=False)
    (work / "net.py").write_text("import jax")
    result = PathScan().scan(work)
    assert ("net.py", "torch") in facts(result)
    assert result.commit_id is not None and len(result.commit_id) == 40
    assert PathScan("no-such-branch").scan(work).status == "no_commit"


def test_only_the_subdirectory_counts(tmp_path: Path) -> None:
    result = PathScan(subdir="lib").scan(write(tmp_path, FILES))
    assert facts(result) == {("lib/a.lua", "nn")}
    assert result.files_seen == 1


def test_what_cannot_be_judged_is_never_ok(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.tar.gz").write_bytes(b"this is no archive" * 99)
    whole = make_tar(tmp_path / "whole.tar.gz", {"net.py": b"import torch\n", "b.py": bytes(10**6)})
    (tmp_path / "cut.tar.gz").write_bytes(whole.read_bytes()[:-20])
    write(tmp_path / "docs", {"a.md": b"x"})
    write(tmp_path / "half", {"a.ipynb": b'{"cells": ['})
    statuses = {
        name: PathScan().scan(tmp_path / name).status
        for name in ("empty", "no.tar.gz", "cut.tar.gz", "docs", "half", "missing")
    }
    assert statuses == {
        "empty": "empty",
        "no.tar.gz": "not_an_archive",
        "cut.tar.gz": "truncated",
        "docs": "no_code",
        "half": "unreadable",
        "missing": "not_found",
    }


PACKAGES = {
    "with a broken notebook": {"a.ipynb": b'{"cells": ['},
    "with a file in Git LFS": {"a.py": b"version https://git-lfs.github.com/spec/v1\n"},
}


@pytest.mark.parametrize("files", PACKAGES.values(), ids=PACKAGES)
def test_declared_packages_do_not_make_unreadable_code_ok(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    result = PathScan().scan(write(tmp_path, files | {"requirements.txt": b"numpy\n"}))
    assert (result.status, [fact.module for fact in result.imports]) == ("unreadable", ["numpy"])


def test_declared_packages_alone_are_no_code(tmp_path: Path) -> None:
    files = {"requirements.txt": b"numpy\n", "Dockerfile": b"RUN pip install scipy"}
    assert PathScan().scan(write(tmp_path, files)).status == "no_code"


def test_a_fault_of_a_reader_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(content: bytes) -> FileFacts:
        return FileFacts({"lua": [Import(int(content), "never")]})

    def reader(path: str) -> FileReader | None:
        return FileReader(broken) if path.endswith(".lua") else file_reader(path)

    monkeypatch.setattr("pipeline.scan.target.file_reader", reader)
    result = PathScan().scan(write(tmp_path, FILES))
    assert (result.status, facts(result)) == ("ok", {("net.py", "torch")})
    assert [(item.path, item.problem) for item in result.problems] == [
        ("lib/a.lua", "reader_failed")
    ]
    assert "ValueError" in result.problems[0].message
    assert result.files_scanned == 1


def test_a_single_file_is_scanned_like_a_folder_that_holds_it(tmp_path: Path) -> None:
    write(tmp_path, {"net.py": b"import torch\n", "other.py": b"import jax\n"})
    assert facts(PathScan().scan(tmp_path / "net.py")) == {("net.py", "torch")}


def test_a_cut_archive_keeps_what_was_found(tmp_path: Path) -> None:
    whole = make_tar(tmp_path / "a.tar.gz", {"net.py": b"import torch\n", "b.py": bytes(10**6)})
    whole.write_bytes(whole.read_bytes()[:-20])
    assert ("net.py", "torch") in facts(PathScan().scan(whole))


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_may_come_byte_by_byte(packed: bool, tmp_path: Path) -> None:
    content = make_tar(tmp_path / "a.tar.gz", FILES).read_bytes()
    stream = content if packed else gzip.decompress(content)
    members = tar_members((stream[at : at + 1] for at in range(len(stream))), Limits())
    assert facts(scan_members("a", members, Limits())) == FACTS


@pytest.mark.parametrize(
    "rest",
    [bytes(999), b"no gzip", gzip.compress(bytes(1024))],
    ids=["zeros", "text", "another archive"],
)
def test_what_follows_a_whole_archive_does_no_harm(rest: bytes, tmp_path: Path) -> None:
    path = make_tar(tmp_path / "a.tar.gz", FILES)
    path.write_bytes(path.read_bytes() + rest)
    result = PathScan().scan(path)
    assert (result.status, facts(result)) == ("ok", FACTS)


def test_an_archive_whose_checksum_is_wrong_is_damaged(tmp_path: Path) -> None:
    path = make_tar(tmp_path / "a.tar.gz", FILES)
    path.write_bytes(path.read_bytes()[:-8] + bytes(8))
    assert PathScan().scan(path).status == "truncated"


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(files=1), "1 files"), (Limits(facts=1), "1 imports")],
)
def test_a_scan_that_would_keep_too_much_ends(limits: Limits, said: str, tmp_path: Path) -> None:
    result = PathScan(limits=limits).scan(make_tar(tmp_path / "a.tar.gz", FILES))
    assert result.status == "too_large"
    assert said in str(result.message)


@pytest.mark.slow
def test_a_file_of_too_many_imports_is_recorded(tmp_path: Path) -> None:
    source = b"".join(b"import m%d\n" % n for n in range(MOST_IN_FILE + 5))
    result = PathScan().scan(make_tar(tmp_path / "a.tar.gz", {"a.py": source}))
    assert len(result.imports) == MOST_IN_FILE
    assert [problem.problem for problem in result.problems] == ["too_many_imports"]


def test_hostile_members_are_recorded_and_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("../up.py", "/abs.py", "ok.py"):
            info = tarfile.TarInfo(name)
            info.size = 12
            archive.addfile(info, io.BytesIO(b"import torch"))
        for name, kind in (("link.py", tarfile.SYMTYPE), ("dev.py", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    result = PathScan().scan(path)
    assert facts(result) == {("ok.py", "torch")}
    assert {problem.path: problem.problem for problem in result.problems} == {
        "../up.py": "unsafe_path",
        "/abs.py": "unsafe_path",
        "link.py": "not_a_file",
        "dev.py": "not_a_file",
    }


@pytest.mark.slow
@pytest.mark.parametrize("make", [make_tar, make_zip])
def test_a_bomb_is_too_large_and_costs_no_memory(
    make: Callable[[Path, dict[str, bytes]], Path], tmp_path: Path
) -> None:
    bomb = make(tmp_path / "bomb", {"zeros.py": bytes(300 * 2**20), "ok.py": b"import torch"})
    result = PathScan().scan(bomb)
    assert facts(result) == {("ok.py", "torch")}
    assert [problem.problem for problem in result.problems] == ["too_large"]


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_member_of_a_zip_keeps_no_other_from_being_read(
    tmp_path: Path, method: int
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("bad.py", "".join(f"import m{number}\n" for number in range(999)))
        archive.writestr("ok.py", "import torch")
    content = path.read_bytes()
    path.write_bytes(content[:50] + b"\xff" * 100 + content[150:])
    result = PathScan().scan(path)
    assert facts(result) == {("ok.py", "torch")}
    assert [(problem.path, problem.problem) for problem in result.problems] == [
        ("bad.py", "unreadable")
    ]


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


@pytest.mark.parametrize(
    ("local", "central", "value"), [(6, 8, 1), (8, 10, 98)], ids=["encrypted", "unknown_method"]
)
def test_a_member_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, local: int, central: int, value: int
) -> None:
    path = make_zip(tmp_path / "a.zip", {"a.py": b"import torch"})
    content = bytearray(path.read_bytes())
    content[content.index(LOCAL) + local] = content[content.index(CENTRAL) + central] = value
    path.write_bytes(content)
    assert [problem.problem for problem in PathScan().scan(path).problems] == ["unreadable"]


def test_a_zip_of_a_version_to_come_is_no_archive_that_can_be_read(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a.py": b"import torch"})
    content = bytearray(path.read_bytes())
    content[content.index(CENTRAL) + 6] = 99
    path.write_bytes(content)
    assert PathScan().scan(path).status == "not_an_archive"


def test_limits_are_recorded_never_silent(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    small = PathScan(limits=Limits(file_bytes=5)).scan(folder)
    assert small.status == "unreadable"
    assert {problem.problem for problem in small.problems} == {"too_large"}
    assert PathScan(limits=Limits(files=1)).scan(folder).status == "too_large"


def test_a_list_of_packages_too_long_to_read_is_recorded(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": b"torch\n" * 200_000, "a.py": b"import jax\n"})
    result = PathScan().scan(tmp_path)
    assert facts(result) == {("a.py", "jax")}
    assert [item.problem for item in result.problems] == ["long_manifest"]


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "f", {"a.py": b"import a"})
    (folder / "self").symlink_to(folder)
    (folder / "b.py").symlink_to(folder / "a.py")
    assert facts(PathScan().scan(folder)) == {("a.py", "a")}


def test_names_a_repository_answers_to_itself(tmp_path: Path) -> None:
    files = {
        "run.py": b"import keras, models, jax, torch",
        "keras/__init__.py": b"",
        "models.py": b"",
        "jax/demo.py": b"import jax",
        "pack/__init__.py": b"",
        "pack/torch.py": b"",
    }
    result = PathScan().scan(write(tmp_path, files))
    assert {(module.module, module.directory) for module in result.local_modules} == {
        ("keras", ""),
        ("models", ""),
    }
