"""Tar streams are read as the standard library's tarfile reads them, or refused."""

from __future__ import annotations

import contextlib
import io
import tarfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.tar import TarEntry, TarError, TarReader
from tests.properties import reached, reaching

FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=60)
PATHS = st.lists(NAMES, min_size=1, max_size=6).map("/".join)


def packed(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def in_blocks(archive: bytes, size: int) -> Iterator[bytes]:
    return (archive[at : at + size] for at in range(0, len(archive), size))


def contents(archive: bytes, size: int = 700) -> dict[str, bytes]:
    reader = TarReader(in_blocks(archive, size))
    return {entry.path: reader.read(entry.size) for entry in reader if entry.is_regular}


def entries(archive: bytes) -> list[TarEntry]:
    return list(TarReader(in_blocks(archive, 512)))


@reaching(100)
@given(
    members=st.dictionaries(PATHS, st.binary(max_size=2000), max_size=5),
    form=st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    size=st.integers(1, 3000),
)
def test_what_tarfile_packs_is_read_back(members: dict[str, bytes], form: int, size: int) -> None:
    archive = packed(members, form)
    reached()
    assert contents(archive, size) == members


@pytest.mark.parametrize("form", FORMATS)
def test_a_path_of_more_than_a_hundred_bytes_is_whole(form: int) -> None:
    path = "/".join(["folder"] * 20) + "/a.py"
    assert contents(packed({path: b"import torch"}, form)) == {path: b"import torch"}


def test_what_is_not_read_is_passed() -> None:
    archive = packed({"a": bytes(5000), "b": b"x", "c": bytes(513)})
    assert [entry.path for entry in entries(archive)] == ["a", "b", "c"]


def test_links_devices_and_folders_are_told_from_files() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, kind in [("l", tarfile.SYMTYPE), ("d", tarfile.DIRTYPE), ("c", tarfile.CHRTYPE)]:
            info = tarfile.TarInfo(name)
            info.type = kind
            tar.addfile(info)
    found = [(each.is_regular, each.is_folder) for each in entries(stream.getvalue())]
    assert found == [(False, False), (False, True), (False, False)]


def test_a_header_for_all_members_is_no_member() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", pax_headers={"comment": "c" * 40}) as tar:
        tar.addfile(tarfile.TarInfo("a"))
    assert [entry.path for entry in entries(stream.getvalue())] == ["a"]


def test_a_size_of_more_than_eight_gigabytes_is_read() -> None:
    header = bytearray(packed({"a": b""}, tarfile.GNU_FORMAT)[:512])
    header[124:136] = b"\x80" + (2**34).to_bytes(11, "big")
    assert next(iter(TarReader(iter([bytes(header)])))).size == 2**34


def test_a_stream_that_breaks_off_is_seen() -> None:
    archive = packed({"a": bytes(5000), "b": bytes(5000)})
    with pytest.raises(EOFError):
        contents(archive[:7000])


@pytest.mark.parametrize("content", [b"", b"no archive", b"no archive" * 100])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(TarError):
        contents(content)


@reaching(100)
@given(st.binary(max_size=3000), st.integers(0, 1500))
def test_a_damaged_archive_gives_members_or_one_of_two_errors(damage: bytes, at: int) -> None:
    archive = packed({"a.py": b"import torch", "b.py": bytes(700)})
    reached()
    with contextlib.suppress(TarError, EOFError):
        contents(archive[:at] + damage + archive[at + len(damage) :])
