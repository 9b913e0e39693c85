"""Refusals: one status and one sentence, whether REST, an archive or git meets them."""

from pathlib import Path

import pytest

from pipeline.code.archive import GithubArchives
from pipeline.code.partial_clone import PartialClones
from pipeline.code.units import Unit
from pipeline.errors import GithubError
from pipeline.settings import Settings
from tests.stand_ins.faults import json_fault
from tests.stand_ins.fixtures import Sleeper, client
from tests.stand_ins.github import StandIn


@pytest.mark.parametrize("http_status", [401, 404, 429, 451])
def test_a_refusal_is_the_same_by_every_way(
    http_status: int, github: StandIn, sleeper: Sleeper, tmp_path: Path
) -> None:
    github.fail("/", json_fault(http_status, "No."), times=99)
    settings = Settings(
        data=tmp_path, github_archive_url=github.url, github_git_url=github.url, github_token="t"
    )
    unit = Unit("github.com/o/a", "github.com", "o", "a")
    with pytest.raises(GithubError) as by_rest:
        client(github, sleeper).get("/repos/o/a")
    by_archive = GithubArchives(settings).scan(unit)
    by_git = PartialClones(settings).scan(unit)
    assert (by_archive.status, by_archive.message) == (by_rest.value.status, by_rest.value.message)
    assert (by_git.status, by_git.message) == (by_rest.value.status, by_rest.value.message)
