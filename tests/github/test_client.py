"""The client of GitHub's interfaces: limits kept, refusals told apart, the token kept to itself."""

import datetime as dt

import pytest

from pipeline.errors import (
    GithubError,
    LimitReachedError,
    QueryTooExpensiveError,
    TokenRefusedError,
)
from pipeline.github.client import Github
from pipeline.settings import Settings
from tests.stand_ins.faults import (
    Fault,
    abuse,
    hang,
    html,
    json_fault,
    malformed,
    redirect,
    secondary_limit,
    slow,
)
from tests.stand_ins.fixtures import Sleeper, client
from tests.stand_ins.github import StandIn

pytestmark = pytest.mark.usefixtures("published_schema")

QUERY = "query { rateLimit { remaining } }"
MARGIN_S = 2
"""Waited beyond a reset, since two clocks differ."""


def test_every_request_names_its_agent_its_version_and_its_token(
    github: StandIn, sleeper: Sleeper
) -> None:
    client(github, sleeper).get("/repos/o/a")
    headers = github.requests[0].headers
    assert headers["User-Agent"].startswith("pytorch-adoption-pipeline/")
    assert headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert headers["Accept"] == "application/vnd.github+json"
    assert headers["Authorization"] == "Bearer right"


@pytest.mark.usefixtures("stored_password")
def test_a_password_of_netrc_does_not_take_the_place_of_the_token(
    github: StandIn, sleeper: Sleeper
) -> None:
    client(github, sleeper).get("/repos/o/a")
    assert github.requests[0].headers["Authorization"] == "Bearer right"


def test_a_renamed_repository_is_followed_by_its_number_with_the_token(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.rename("o/a", "p/new")
    assert client(github, sleeper).get("/repos/o/a").body["full_name"] == "p/new"
    assert [request.path for request in github.requests] == ["/repos/o/a", "/repositories/1000"]
    assert github.requests[1].headers["Authorization"] == "Bearer right"


def test_the_token_does_not_go_to_another_host(github: StandIn, sleeper: Sleeper) -> None:
    elsewhere = github.url.replace("127.0.0.1", "localhost")
    github.fail("/repos/o/a", redirect(f"{elsewhere}/repos/o/b"))
    assert client(github, sleeper).get("/repos/o/a").body["full_name"] == "o/b"
    assert "Authorization" not in github.requests[1].headers


def test_redirects_in_circles_end(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", redirect("/repos/o/a", 301), times=100)
    with pytest.raises(GithubError, match="redirects in circles"):
        client(github, sleeper).get("/repos/o/a")


def test_an_unchanged_answer_is_a_304_without_body(github: StandIn, sleeper: Sleeper) -> None:
    first = client(github, sleeper).get("/repos/o/a")
    assert client(github, sleeper).get("/repos/o/a", first.headers["etag"]).status == 304
    assert github.requests[1].headers["If-None-Match"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (json_fault(404, "Not Found"), "not_found", None),
        (json_fault(409, "Git Repository is empty."), "empty", None),
        (
            json_fault(403, "Repository access blocked", block={"reason": "tos"}),
            "blocked",
            "tos",
        ),
        (
            json_fault(451, "Repository access blocked", block={"reason": "dmca"}),
            "blocked",
            "dmca",
        ),
        (json_fault(403, "Resource not accessible by personal access token"), "refused", None),
        (json_fault(403, "The history or contributor list is too large"), "refused", None),
        (json_fault(422, "No commit found for SHA: 00"), "refused", None),
        (json_fault(410, "This API version is retired"), "refused", None),
    ],
)
def test_final_refusals_are_told_apart_and_not_retried(
    github: StandIn, sleeper: Sleeper, fault: Fault, status: str, reason: str | None
) -> None:
    github.fail("/repos/o/a", fault, times=9)
    with pytest.raises(GithubError) as refused:
        client(github, sleeper).get("/repos/o/a")
    assert (refused.value.status, refused.value.block_reason) == (status, reason)
    assert not refused.value.status.is_transient
    assert (len(github.requests), sleeper.slept) == (1, [])


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (secondary_limit(403, retry_after=17), 17),
        (secondary_limit(429, retry_after=17), 17),
        (secondary_limit(403), 60),
        (secondary_limit(429), 60),
        (abuse(), 60),
        (html(429), 60),
        (html(502), 1),
        (html(500), 1),
        (malformed(), 1),
        (html(200), 1),
    ],
)
def test_a_temporary_failure_is_retried_after_the_wait_that_the_server_asks_for(
    github: StandIn, sleeper: Sleeper, fault: Fault, waits: float
) -> None:
    github.fail("/repos/o/a", fault)
    assert client(github, sleeper).get("/repos/o/a").body["id"] == 1000
    assert sleeper.slept[0] == waits


def test_a_silent_server_is_asked_again(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", hang())
    assert client(github, sleeper, timeout_s=1.0).get("/repos/o/a").body["id"] == 1000
    assert sleeper.slept[0] == 1


def test_after_a_secondary_limit_requests_come_slower(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", secondary_limit(403, retry_after=5))
    asked = client(github, sleeper)
    asked.get("/repos/o/a")
    asked.get("/repos/o/b")
    assert sleeper.slept == [5, 1, 1]


def test_tries_are_bounded(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", html(502), times=99)
    with pytest.raises(GithubError) as failed:
        client(github, sleeper).get("/repos/o/a")
    assert failed.value.status.is_transient
    assert len(github.requests) == 6


def test_a_reached_rate_limit_is_waited_out_until_its_reset(
    github: StandIn, sleeper: Sleeper
) -> None:
    limit = github.limits["core"]
    github.fail(
        "/repos/o/a",
        json_fault(
            403,
            "API rate limit exceeded for user ID 1.",
            {
                "x-ratelimit-remaining": "0",
                "x-ratelimit-limit": "5000",
                "x-ratelimit-reset": str(sleeper.started + 900),
            },
        ),
    )
    assert client(github, sleeper).get("/repos/o/a").status == 200
    # the server's clock runs on while the request is on its way
    assert sleeper.slept == [pytest.approx(900 + MARGIN_S, abs=300)]
    assert limit.remaining == 4999


@pytest.mark.parametrize("reset", ["nan", "inf", "-1", "99999999999999", "tomorrow"])
def test_a_reset_that_makes_no_sense_is_no_reason_to_wait_for_ever(
    github: StandIn, sleeper: Sleeper, reset: str
) -> None:
    limits = {"x-ratelimit-remaining": "0", "x-ratelimit-limit": "9", "x-ratelimit-reset": reset}
    github.fail("/repos/o/a", json_fault(403, "API rate limit exceeded", limits))
    assert client(github, sleeper).get("/repos/o/a").status == 200
    assert sum(sleeper.slept) < 3700


def test_a_rest_of_days_is_said_and_not_slept_out(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", secondary_limit(429, retry_after=500_000))
    with pytest.raises(GithubError, match="wait for 139 hours") as limited:
        client(github, sleeper).get("/repos/o/a")
    assert limited.value.status.is_transient
    assert sleeper.slept == []


def test_an_answer_that_trickles_for_ever_is_timed_out(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", slow(10), times=9)
    with pytest.raises(GithubError, match="no answer within"):
        client(github, sleeper, timeout_s=0.2).get("/repos/o/a")


def test_a_redirect_to_no_address_is_a_sentence(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/repos/o/a", redirect("http://[nowhere"), times=9)
    with pytest.raises(GithubError, match="leads to an invalid address"):
        client(github, sleeper).get("/repos/o/a")


@pytest.mark.parametrize(
    ("ends", "is_said"),
    [("{soon} 06:12:06 UTC", True), ("2999-01-01 00:00:00 UTC", False), ("never", False)],
)
def test_a_token_that_expires_soon_is_reported(
    github: StandIn, sleeper: Sleeper, ends: str, is_said: bool
) -> None:
    soon = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    expires = {"github-authentication-token-expiration": ends.format(soon=soon)}
    github.fail("/repos/o/a", json_fault(200, "", expires))
    asked = client(github, sleeper)
    asked.get("/repos/o/a")
    assert bool(asked.warning) is is_said


def test_a_reserve_of_the_rate_limit_is_left_to_its_other_users(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.limits["core"].remaining = 502
    github.limits["core"].reset_at = sleeper.started + 600
    asked = client(github, sleeper, github_reserve=0.1)
    asked.get("/repos/o/a")
    assert sleeper.slept == []
    asked.get("/repos/o/b")
    asked.get("/repos/o/c")
    assert sum(sleeper.slept) == pytest.approx(600 + MARGIN_S, abs=300)


def test_an_answer_without_rate_limit_headers_is_an_answer(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.tells_limits = False
    assert client(github, sleeper).get("/repos/o/a").status == 200


def test_a_wrong_token_ends_everything_with_what_to_do(github: StandIn, sleeper: Sleeper) -> None:
    with pytest.raises(TokenRefusedError, match="Set ADOPTION_GITHUB_TOKEN") as refused:
        client(github, sleeper, github_token="wr0ng-token").get("/repos/o/a")
    assert "wr0ng" not in str(refused.value)
    assert len(github.requests) == 1


def test_without_a_token_a_used_up_limit_is_said_and_not_waited_for(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.limits["core"].remaining = 1
    asked = client(github, sleeper, github_token=None)
    asked.get("/repos/o/a")
    with pytest.raises(LimitReachedError, match="60 requests an hour"):
        asked.get("/repos/o/b")
    assert sleeper.slept == []
    assert len(github.requests) == 1


def test_no_network_is_said_in_a_sentence(sleeper: Sleeper) -> None:
    nowhere = Github(Settings(github_api_url="http://127.0.0.1:9"), sleeper.clock)
    with pytest.raises(GithubError, match="Is there a network") as failed:
        nowhere.get("/repos/o/a")
    assert failed.value.status == "unreachable"


@pytest.mark.parametrize(
    "error",
    [
        {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."},
        {
            "type": "RATE_LIMIT",
            "code": "graphql_rate_limit",
            "message": "API rate limit already exceeded for user ID 1.",
        },
        {"message": "API rate limit exceeded"},
        {"message": "You have exceeded a secondary rate limit."},
    ],
)
def test_a_rate_limit_of_graphql_in_an_answer_200_is_waited_out(
    github: StandIn, sleeper: Sleeper, error: dict[str, str]
) -> None:
    github.graphql_answers = [{"errors": [error]}]
    assert client(github, sleeper).query(QUERY, {})["data"]["rateLimit"]["remaining"] == 4990
    assert sleeper.slept[0] >= 60


@pytest.mark.parametrize(
    "answer",
    [
        {"data": None, "errors": [{"message": "Something went wrong. This may be a timeout."}]},
        {"data": None, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": "Too much"}]},
        {"data": None},
        {"data": None, "errors": "none"},
        {"data": None, "errors": [None, 7]},
    ],
)
def test_a_query_that_is_too_much_is_told_from_a_failure(
    github: StandIn, sleeper: Sleeper, answer: dict[str, object]
) -> None:
    github.graphql_answers = [answer]
    with pytest.raises(QueryTooExpensiveError):
        client(github, sleeper).query(QUERY, {})


def test_the_limits_that_remain_can_be_shown(github: StandIn, sleeper: Sleeper) -> None:
    asked = client(github, sleeper)
    asked.get("/repos/o/a")
    asked.query(QUERY, {})
    assert {name: left.remaining for name, left in asked.budgets.items()} == {
        "core": 4999,
        "graphql": 4999,
    }


@pytest.mark.parametrize("token", ["", " ", "\n"])
def test_a_token_that_is_set_to_nothing_is_none(token: str) -> None:
    assert Settings(github_token=token).github_token is None


def test_the_blanks_around_a_token_are_not_sent(github: StandIn, sleeper: Sleeper) -> None:
    client(github, sleeper, github_token=" right\n").get("/repos/o/a")
    assert github.requests[0].headers["Authorization"] == "Bearer right"


@pytest.mark.parametrize("token", ["to ken", "t\u043eken", "to\nken"])
def test_a_token_that_cannot_be_one_is_a_wrong_setting(token: str) -> None:
    with pytest.raises(ValueError, match="it is not a token"):
        Settings(github_token=token)


def test_an_address_may_end_in_a_slash(github: StandIn, sleeper: Sleeper) -> None:
    client(github, sleeper, github_api_url=f"{github.url}/").get("/repos/o/a")
    assert github.requests[0].path == "/repos/o/a"
