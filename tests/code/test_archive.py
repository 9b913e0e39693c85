"""Source archives from a GitHub that answers, refuses, breaks off and is slow."""

import gzip
import io
import tarfile
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.code.archive import GithubArchives
from pipeline.code.units import Unit, scan_unit
from pipeline.settings import Settings
from tests.stand_ins.faults import (
    Fault,
    broken_off,
    cut,
    hang,
    html,
    json_fault,
    redirect,
    secondary_limit,
    slow,
    wrong_length,
)
from tests.stand_ins.github import COMMIT, StandIn, archive, github_stand_in

OTHER_COMMIT = "f" * 40


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        # random bytes, so that half of the archive is really half of it
        noise = "".join(f"# {hash((line, 7))}\n" for line in range(5000))
        stand_in.add("o/r", {"net.py": f"import torch\n{noise}", "sub/b.py": "import jax\n"})
        yield stand_in


def unit(name: str = "r", subdir: str = "", commit: str | None = None) -> Unit:
    return Unit(f"github.com/o/{name}", "github.com", "o", name, subdir, commit=commit)


def provider(github: StandIn, **settings: Any) -> GithubArchives:
    return GithubArchives(Settings(github_archive_url=github.url, **settings))


def test_an_archive_is_scanned_with_its_commit_and_without_its_outer_folder(
    github: StandIn,
) -> None:
    result = provider(github).scan(unit())
    assert (result.status, result.commit_id) == ("ok", COMMIT)
    assert {fact.path for fact in result.imports} == {"net.py", "sub/b.py"}
    assert result.bytes_moved == len(github.repositories["o/r"].content)


def test_what_is_asked_for_is_the_commit_that_metadata_name(github: StandIn) -> None:
    assert provider(github).scan(unit(commit=COMMIT)).status == "ok"
    assert github.requests[0].path == f"/o/r/tar.gz/{COMMIT}"


def test_an_archive_of_another_commit_is_refused(
    github: StandIn,
) -> None:
    github.repositories["o/r"].content = archive({"a.py": "import jax"}, OTHER_COMMIT)
    result = provider(github).scan(unit(commit=COMMIT))
    assert result.status == "wrong_commit"
    assert not result.imports


def test_an_archive_is_known_by_its_commit_and_not_by_its_bytes(github: StandIn) -> None:
    repository = github.repositories["o/r"]
    repository.content = gzip.compress(gzip.decompress(repository.content), compresslevel=1)
    assert provider(github).scan(unit(commit=COMMIT)).status == "ok"


def test_only_the_subdirectory_of_a_unit_is_scanned(github: StandIn) -> None:
    result = provider(github).scan(unit(subdir="sub"))
    assert {fact.module for fact in result.imports} == {"jax"}


def test_a_subdirectory_without_code_means_the_repository(github: StandIn) -> None:
    result = scan_unit(provider(github), unit(subdir="gone"))
    assert {fact.path for fact in result.imports} == {"net.py", "sub/b.py"}
    assert result.message == "gone has no code, so the whole repository was scanned."


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (html(401), "refused"),
        (html(403), "blocked"),
        (html(404), "not_found"),
        (html(429), "rate_limited"),
        (secondary_limit(403), "rate_limited"),
        (html(451), "blocked"),
        (json_fault(403, "No", {"Retry-After": "9"}), "rate_limited"),
        (json_fault(403, "No", {"x-ratelimit-remaining": "0"}), "rate_limited"),
        (json_fault(301, "Moved Permanently"), "unreachable"),
        (broken_off(404), "not_found"),
        (html(502), "unreachable"),
        (cut(), "truncated"),
        (wrong_length(), "truncated"),
        (html(200), "not_an_archive"),
        (redirect("http://[nowhere"), "unreachable"),
        (redirect("ftp://127.0.0.1/a"), "unreachable"),
    ],
)
def test_a_refusal_is_a_status_with_a_sentence(github: StandIn, fault: Fault, status: str) -> None:
    github.fail("/o/r/", fault)
    result = provider(github).scan(unit())
    assert result.status == status
    assert result.message and result.message.endswith((".", "network?"))


def test_a_silent_server_is_given_up(github: StandIn) -> None:
    github.fail("/o/r/", hang())
    result = provider(github, timeout_s=0.5).scan(unit())
    assert result.status == "timed_out"
    assert str(result.message).endswith("gave no answer within 0.5 s.")


def test_how_long_a_server_asks_to_wait_is_kept(github: StandIn) -> None:
    github.fail("/o/r/", secondary_limit(429, retry_after=17))
    assert provider(github).scan(unit()).retry_after_s == 17


def test_no_network_is_a_status() -> None:
    nowhere = GithubArchives(Settings(github_archive_url="http://127.0.0.1:9"))
    assert nowhere.scan(unit()).status == "unreachable"


def test_a_download_that_trickles_for_ever_is_timed_out(github: StandIn) -> None:
    github.fail("/o/r/", slow(2000))
    assert provider(github, repository_timeout_s=0.3).scan(unit()).status == "timed_out"


def test_a_download_above_the_limit_is_cut_off_and_said(github: StandIn) -> None:
    result = provider(github, max_download_bytes=1000).scan(unit())
    assert result.status == "too_large"
    assert result.bytes_moved is not None and result.bytes_moved < 2**17


def test_the_token_is_sent_and_shows_nowhere(github: StandIn) -> None:
    github.fail("/o/r/", html(401))
    archives = provider(github, github_token="s3cret-token")
    result = archives.scan(unit())
    assert github.requests[0].headers["Authorization"] == "Bearer s3cret-token"
    assert "s3cret" not in repr(archives) + repr(result)
    assert "s3cret" not in str(archives.settings.without_secrets())


@pytest.mark.usefixtures("stored_password")
def test_a_password_of_netrc_is_not_sent(github: StandIn) -> None:
    provider(github).scan(unit())
    provider(github, github_token="s3cret-token").scan(unit())
    sent = [request.headers.get("Authorization") for request in github.requests]
    assert sent == [None, "Bearer s3cret-token"]


def test_a_redirect_to_another_host_is_followed_without_the_token(github: StandIn) -> None:
    elsewhere = github.url.replace("127.0.0.1", "localhost")
    github.fail("/o/r/tar.gz/HEAD", redirect(f"{elsewhere}/o/r/tar.gz/main"))
    archives = provider(github, github_token="s3cret-token")
    assert archives.scan(unit()).status == "ok"
    assert "Authorization" in github.requests[0].headers
    assert "Authorization" not in github.requests[1].headers


def test_a_redirect_on_the_same_host_keeps_the_token(github: StandIn) -> None:
    github.fail("/o/r/tar.gz/HEAD", redirect("/o/r/tar.gz/main"))
    assert provider(github, github_token="s3cret-token").scan(unit()).status == "ok"
    assert "Authorization" in github.requests[1].headers


def test_redirects_in_circles_end(github: StandIn) -> None:
    github.fail("/o/r/", redirect("/o/r/tar.gz/HEAD"), times=100)
    assert provider(github).scan(unit()).status == "unreachable"
    assert len(github.requests) <= 5


def test_submodules_and_pointers_of_large_files_are_read_as_what_they_are(
    github: StandIn,
) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
    files: dict[str, str | bytes] = {"net.py": "import torch", "big.py": pointer}
    github.add("o/lfs", files)
    result = provider(github).scan(unit("lfs"))
    assert {fact.module for fact in result.imports} == {"torch"}


def test_a_global_header_is_read_and_links_out_of_the_tree_are_not_followed(
    github: StandIn,
) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", pax_headers={"comment": COMMIT}) as tar:
        for name in ("top/a.py", "top/../../evil.py", "/etc/evil.py"):
            info = tarfile.TarInfo(name)
            info.size = 12
            tar.addfile(info, io.BytesIO(b"import torch"))
        outside = tarfile.TarInfo("top/out.py")
        outside.type, outside.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(outside)
    github.repositories["o/r"].content = buffer.getvalue()
    result = provider(github).scan(unit())
    assert [fact.path for fact in result.imports] == ["a.py"]
    assert {problem.problem for problem in result.problems} == {"unsafe_path", "not_a_file"}
