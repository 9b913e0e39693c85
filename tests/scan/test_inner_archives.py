"""Archives inside a target: one level is read, the rest is recorded."""

import gzip
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.scan.inner_archives import is_archive
from pipeline.scan.paths import PathScan
from pipeline.scan.records import Limits, Member, ScanResult
from pipeline.scan.target import scan_members
from tests.scan.test_targets import make_tar, make_zip, write

FILES = {"src/net.py": b"import torch\n", "README": b"x"}


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def scanned(files: dict[str, bytes], limits: Limits | None = None) -> ScanResult:
    members = [
        Member(path, len(content), lambda content=content: content)
        for path, content in files.items()
    ]
    return scan_members("test", members, limits or Limits())


def problems(result: ScanResult) -> list[tuple[str, str]]:
    return [(item.path, item.problem) for item in result.problems]


INNER: dict[str, tuple[str, Callable[[dict[str, bytes]], bytes]]] = {
    "zip": ("code.zip", zipped),
    "upper case": ("CODE.ZIP", zipped),
    "tar": ("code.tar", tarred),
    "tar.gz": ("code.tar.gz", lambda files: gzip.compress(tarred(files))),
    "tgz": ("code.tgz", lambda files: gzip.compress(tarred(files))),
    "a zip by another name": ("code.tar", zipped),
}


@pytest.mark.parametrize(("name", "make"), INNER.values(), ids=INNER)
def test_code_in_an_inner_archive(name: str, make: Callable[[dict[str, bytes]], bytes]) -> None:
    result = scanned({f"supplement/{name}": make(FILES), "plot.py": b"import os"})
    found = {(fact.path, fact.module) for fact in result.imports}
    assert found == {(f"supplement/{name}/src/net.py", "torch"), ("plot.py", "os")}
    assert (result.files_seen, result.files_scanned, problems(result)) == (4, 2, [])


@pytest.mark.parametrize("kind", ["folder", "tar", "zip", "git"])
def test_inner_archives_are_read_however_the_target_comes(kind: str, tmp_path: Path) -> None:
    files = {"a/code.zip": zipped(FILES)}
    target = {
        "folder": lambda: write(tmp_path / "f", files),
        "tar": lambda: make_tar(tmp_path / "a.tar.gz", files),
        "zip": lambda: make_zip(tmp_path / "a.zip", files),
        "git": lambda: committed(write(tmp_path / "g", files)),
    }[kind]()
    assert [fact.module for fact in PathScan().scan(target).imports] == ["torch"]


def committed(folder: Path) -> Path:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


UNREAD = {
    "an archive in an inner archive": ({"a.zip": zipped({"b.zip": zipped(FILES)})}, "a.zip/b.zip"),
    "7-Zip": ({"code.7z": b"7z\xbc\xaf'\x1c"}, "code.7z"),
    "RAR": ({"code.rar": b"Rar!"}, "code.rar"),
    "bzip2": ({"code.tar.bz2": b"BZh9"}, "code.tar.bz2"),
    "no archive at all": ({"code.zip": b"<html>404</html>" * 99}, "code.zip"),
    "one that breaks off": ({"code.tgz": gzip.compress(tarred(FILES))[:-30]}, "code.tgz"),
    "a zip that breaks off": ({"code.zip": zipped(FILES)[:-30]}, "code.zip"),
    "one that inflates to too much": (
        {"code.tgz": gzip.compress(tarred({"a.bin": bytes(2 * 10**7)}))},
        "code.tgz",
    ),
}


@pytest.mark.parametrize(("files", "path"), UNREAD.values(), ids=UNREAD)
def test_an_archive_that_is_not_read_is_recorded(files: dict[str, bytes], path: str) -> None:
    result = scanned(files | {"run.py": b"import os"})
    assert (result.status, problems(result)) == ("ok", [(path, "unread_archive")])


def test_a_damaged_archive_keeps_the_facts_before_the_damage() -> None:
    files = {"a.py": b"import torch\n", "b.py": b"import jax\n" + bytes(5000)}
    result = scanned({"code.tar": tarred(files)[:2500]})
    assert "torch" in {fact.module for fact in result.imports}
    assert ("code.tar", "unread_archive") in problems(result)


def test_a_long_archive_is_too_large() -> None:
    result = scanned({"data.zip": zipped(FILES), "a.py": b""}, Limits(file_bytes=50))
    assert problems(result) == [("data.zip", "too_large")]


MANY = {f"m{number}.py": b"import torch, jax" for number in range(20)}
TIGHT = {
    "files": Limits(files=10),
    "imports": Limits(facts=15),
    "bytes": Limits(total_bytes=2000),
    "paths": Limits(paths=10),
}


@pytest.mark.parametrize("limits", TIGHT.values(), ids=TIGHT)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_inner_archive_beyond_the_limits_costs_no_other_file(
    make: Callable[[dict[str, bytes]], bytes], limits: Limits
) -> None:
    files = {"a.py": b"import os", "code.zip": make(MANY), "z.py": b"import mxnet"}
    result = scanned(files, replace(limits, file_bytes=10**6, total_bytes=limits.total_bytes + 99))
    assert (result.status, problems(result)) == ("ok", [("code.zip", "unread_archive")])
    assert [fact.module for fact in result.imports] == ["os", "mxnet"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_archive_counts_together_with_the_files_before_it(
    make: Callable[[dict[str, bytes]], bytes],
) -> None:
    own = {f"own{number}.py": b"" for number in range(9)}
    files = own | {"code.zip": make(dict(list(MANY.items())[:5]))}
    assert problems(scanned(files, Limits(files=12))) == [("code.zip", "unread_archive")]
    assert problems(scanned(files, Limits(files=20))) == []


@pytest.mark.slow
def test_a_zip_that_inflates_to_too_much_is_not_read_to_its_end() -> None:
    zeros = b"#" * 5_000_000
    bomb = zipped({f"m{number}.py": zeros for number in range(9)} | {"last.py": b"import torch"})
    result = scanned({"bomb.zip": bomb, "z.py": b"import jax"})
    assert [fact.module for fact in result.imports] == ["jax"]
    assert problems(result) == [("bomb.zip", "unread_archive")]
    assert result.bytes_scanned < 4 * len(zeros)


def test_an_encrypted_or_unsafe_member_is_a_problem_of_its_own() -> None:
    result = scanned({"code.zip": zipped({"../a.py": b"import jax", "b.py": b"import torch"})})
    assert [fact.module for fact in result.imports] == ["torch"]
    assert problems(result) == [("code.zip/../a.py", "unsafe_path")]


NAMES = {
    "data.csv.gz": False,
    "train-images-idx3-ubyte.gz": False,
    "torch-1.0-py3-none-any.whl": False,
    "zip": False,
    "a.zip.py": False,
    "a.tar.xz": True,
    "A.RAR": True,
}


@pytest.mark.parametrize(("path", "expected"), NAMES.items())
def test_which_names_are_those_of_archives(path: str, expected: bool) -> None:
    assert is_archive(path) is expected
