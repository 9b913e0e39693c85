"""Source archives from a GitHub that answers, refuses, breaks off and is slow."""

from collections.abc import Iterator

import pytest
from github_stand_in import COMMIT, StandIn, github_stand_in

from pipeline.github.archive import GithubArchives
from pipeline.settings import Settings
from pipeline.units import Unit, scan_unit


@pytest.fixture
def github() -> Iterator[StandIn]:
    with github_stand_in() as stand_in:
        stand_in.add("o/r", {"net.py": "import torch\n" * 2000, "sub/b.py": "import jax\n"})
        yield stand_in


def unit(name: str = "r", subdir: str = "") -> Unit:
    return Unit(f"github.com/o/{name}", "github.com", "o", name, subdir)


def source(github: StandIn, **settings: object) -> GithubArchives:
    return GithubArchives(Settings(github_archive_url=github.url, **settings))


def test_an_archive_is_scanned_with_its_commit_and_without_its_outer_folder(
    github: StandIn,
) -> None:
    result = source(github).scan(unit())
    assert result.status == "ok"
    assert result.commit_id == COMMIT
    assert {fact.path for fact in result.imports} == {"net.py", "sub/b.py"}


def test_only_the_subdirectory_of_a_unit_is_scanned(github: StandIn) -> None:
    result = source(github).scan(unit(subdir="sub"))
    assert {fact.module for fact in result.imports} == {"jax"}


def test_a_subdirectory_without_source_means_the_repository(github: StandIn) -> None:
    result = scan_unit(source(github), unit(subdir="gone"))
    assert {fact.path for fact in result.imports} == {"net.py", "sub/b.py"}
    assert result.message == "gone holds no source; the whole repository was scanned."


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (401, "refused"),
        (403, "blocked"),
        (404, "not_found"),
        (429, "rate_limited"),
        (451, "blocked"),
        (502, "unreachable"),
        ("cut", "truncated"),
    ],
)
def test_a_refusal_is_a_status_with_a_sentence(
    github: StandIn, fault: int | str, status: str
) -> None:
    github.faults["o/r"] = fault
    result = source(github).scan(unit())
    assert result.status == status
    assert result.message and result.message.endswith((".", "again."))


def test_no_network_is_a_status() -> None:
    nowhere = GithubArchives(Settings(github_archive_url="http://127.0.0.1:9"))
    assert nowhere.scan(unit()).status == "unreachable"


def test_a_download_that_takes_too_long_is_a_status(github: StandIn) -> None:
    assert source(github, repository_timeout_s=1e-9).scan(unit()).status == "timed_out"


def test_the_token_is_sent_and_shows_nowhere(github: StandIn) -> None:
    github.faults["o/r"] = 401
    archives = source(github, github_token="s3cret-token")
    result = archives.scan(unit())
    assert github.requests[0][1]["Authorization"] == "Bearer s3cret-token"
    assert "s3cret" not in repr(archives) + repr(result)
    assert "s3cret" not in str(archives.settings.without_secrets())
