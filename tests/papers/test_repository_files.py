"""Files of a repository out of its archive: one request, no more bytes than needed."""

import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError, RefusedError
from pipeline.papers.client import PaperClient
from pipeline.papers.repository_files import changed_files
from pipeline.settings import Settings
from tests.stand_ins.faults import cut, html
from tests.stand_ins.papers import PaperStandIn

Made = Callable[..., Settings]
FILES: dict[str, str | bytes] = {
    "README.md": "not wanted",
    "_config.yml": "c",
    "_posts/b.md": "second",
    "_posts/a.md": "first",
    "assets/a.pdf": "not wanted",
}
WANTED = ("_config.yml", "_posts/")


def read(
    client: PaperClient, settings: Settings, etag: str | None = None
) -> tuple[dict[str, bytes], str | None] | None:
    """Content by path, and the ETag."""
    with changed_files(client, settings, "o/r", WANTED, etag) as archive:
        if archive is None:
            return None
        return {file.path: file.copy.read_bytes() for file in archive.files}, archive.etag


def test_the_wanted_files_come_in_one_request_in_the_order_of_their_paths(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_archive("o/r", FILES)
    found = read(client, settings())
    wanted = [("_config.yml", b"c"), ("_posts/a.md", b"first"), ("_posts/b.md", b"second")]
    assert found is not None and list(found[0].items()) == wanted
    assert [request.path for request in papers.requests] == ["/archives/o/r/tar.gz/HEAD"]


def test_an_archive_with_the_known_etag_is_not_read(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_archive("o/r", FILES, '"v1"')
    found = read(client, settings())
    assert found is not None and found[1] == '"v1"'
    assert read(client, settings(), '"v1"') is None
    assert read(client, settings(), '"v0"') is not None


def test_a_server_that_sends_the_same_archive_again_is_not_read_either(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.pages["/archives/o/r/tar.gz/HEAD"] = lambda _: (200, b"no archive", {"ETag": '"v1"'})
    assert read(client, settings(), '"v1"') is None


@pytest.mark.slow
def test_what_comes_behind_the_wanted_files_is_not_downloaded(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_archive("o/r", FILES | {"assets/b.pdf": os.urandom(2**23)})
    papers.fail("/archives/", cut(0.5))
    assert read(client, settings()) is not None
    assert len(papers.requests) == 1


def test_an_archive_that_breaks_off_before_is_requested_again(
    papers: PaperStandIn, settings: Made, client: PaperClient, slept: list[float]
) -> None:
    papers.add_archive("o/r", FILES | {"_posts/c.md": os.urandom(2**20)})
    papers.fail("/archives/", cut(0.5))
    found = read(client, settings())
    assert found is not None and len(found[0]) == 4
    assert slept


def test_nothing_stays_on_disk(
    papers: PaperStandIn, settings: Made, client: PaperClient, tmp_path: Path
) -> None:
    papers.add_archive("o/r", FILES)
    read(client, settings())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_links_in_an_archive_are_named_and_never_followed(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, target in (("_config.yml", ""), ("_posts/x.md", "/etc/passwd")):
            member = tarfile.TarInfo(f"top/{name}")
            if target:
                member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    papers.pages["/archives/o/r/tar.gz/HEAD"] = lambda _: (200, buffer.getvalue(), {})
    with changed_files(client, settings(), "o/r", WANTED, None) as archive:
        assert archive is not None
        assert [file.path for file in archive.files] == ["_config.yml"]
        assert [item.item for item in archive.misread] == ["o/r/_posts/x.md"]


def test_an_archive_without_the_wanted_files_is_an_error(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_archive("o/r", {"README.md": "moved"})
    with pytest.raises(InputError, match=r"has no files at _config\.yml and _posts/"):
        read(client, settings())


def test_a_repository_that_is_gone_is_refused_at_once(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    with pytest.raises(RefusedError, match="answered 404"):
        read(client, settings())
    assert len(papers.requests) == 1


def test_a_page_of_a_proxy_is_no_archive(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    papers.add_archive("o/r", FILES)
    papers.fail("/archives/", html(200))
    assert read(client, settings()) is not None


def test_a_folder_that_cannot_be_written_is_said(
    papers: PaperStandIn, settings: Made, client: PaperClient, tmp_path: Path
) -> None:
    (tmp_path / "work").write_text("a file where a folder should be")
    papers.add_archive("o/r", FILES)
    with pytest.raises(InputError, match="cannot be written"):
        read(client, settings())
