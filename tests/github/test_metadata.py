"""Metadata of repositories, by GraphQL in batches and by REST: every outcome is one's own."""

import pytest

from pipeline.errors import GithubError, LimitReachedError, TokenRefusedError, WrongAddressError
from pipeline.github.graphql import LARGEST_SIZE, GraphqlMetadata, document
from pipeline.github.metadata import Metadata, VerifiedMetadata, open_metadata
from pipeline.github.repository import Lookup, Name, Repository
from pipeline.github.rest import RestMetadata
from tests.stand_ins.faults import Fault, cut, html, json_fault
from tests.stand_ins.fixtures import Sleeper, client
from tests.stand_ins.github import StandIn
from tests.stand_ins.github.graphql import validated

pytestmark = pytest.mark.usefixtures("published_schema")


def graphql(github: StandIn, sleeper: Sleeper, size: int = 50) -> GraphqlMetadata:
    asked = client(github, sleeper)
    return GraphqlMetadata(asked, RestMetadata(asked), size)


def names(*full_names: str) -> list[Name]:
    return [Name(*name.split("/")) for name in full_names]


def lookups(metadata: Metadata, *full_names: str) -> dict[str, Lookup]:
    found = metadata.look_up(names(*full_names))
    return {lookup.asked.name: lookup for batch in found for lookup in batch}


@pytest.mark.parametrize("level", [0, 1, 2])
def test_queries_are_what_githubs_published_schema_allows(level: int) -> None:
    assert validated(document(3, level))


def test_one_request_tells_everything_of_many(github: StandIn, sleeper: Sleeper) -> None:
    found = lookups(graphql(github, sleeper), "o/a", "O/B", "o/c")
    assert len(github.requests) == 1
    repository = found["a"].repository
    assert repository is not None
    assert (repository.repo_id, repository.stars, repository.commits) == (1000, 7, 41)
    assert repository.languages == (("Python", 4000),)
    assert found["B"].status == "ok"  # names are compared without case


def test_by_rest_the_same_is_told_but_languages(github: StandIn, sleeper: Sleeper) -> None:
    by_rest = lookups(RestMetadata(client(github, sleeper)), "o/a")["a"].repository
    by_graphql = lookups(graphql(github, sleeper), "o/a")["a"].repository
    assert by_rest is not None and by_graphql is not None
    for field in ("repo_id", "owner", "stars", "forks", "pushed_at", "head_commit", "commits"):
        assert getattr(by_rest, field) == getattr(by_graphql, field)


@pytest.mark.parametrize("way", ["graphql", "rest"])
def test_every_state_of_a_repository_has_its_own_outcome(
    github: StandIn, sleeper: Sleeper, way: str
) -> None:
    github.add("o/empty", commit=None)
    github.add("o/dmca", blocked="dmca")
    github.add("o/tos", blocked="tos")
    github.rename("o/b", "p/new")
    asked = client(github, sleeper)
    rest = RestMetadata(asked)
    metadata = rest if way == "rest" else GraphqlMetadata(asked, rest)
    found = lookups(metadata, "o/a", "o/b", "o/empty", "o/dmca", "o/tos", "o/none")
    assert {name: lookup.status for name, lookup in found.items()} == {
        "a": "ok",
        "b": "renamed",
        "empty": "empty",
        "dmca": "blocked",
        "tos": "blocked",
        "none": "not_found",
    }
    assert [found[name].block_reason for name in ("dmca", "tos")] == ["dmca", "tos"]
    assert all(lookup.message for lookup in found.values() if lookup.status != "ok")
    assert found["b"].repository is not None and found["b"].repository.owner == "p"


@pytest.mark.parametrize("way", ["graphql", "rest"])
def test_a_reused_name_is_flagged_and_the_links_keep_their_repository(
    github: StandIn, sleeper: Sleeper, way: str
) -> None:
    github.rename("o/a", "p/moved")
    github.add("o/a", {"x.py": "import jax"})
    asked = client(github, sleeper)
    rest = RestMetadata(asked)
    metadata = rest if way == "rest" else GraphqlMetadata(asked, rest)
    [lookup] = next(iter(metadata.look_up([Name("o", "a", repo_id=1000)])))
    assert lookup.status == "name_reused"
    assert lookup.repository is not None and lookup.newcomer is not None
    assert (lookup.repository.owner, lookup.repository.repo_id) == ("p", 1000)
    assert lookup.newcomer.repo_id == 1003


def test_a_repository_whose_name_is_gone_is_found_by_its_number(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.rename("o/a", "p/moved")
    github.repositories["p/moved"].old_names.clear()
    [lookup] = next(iter(graphql(github, sleeper).look_up([Name("o", "a", repo_id=1000)])))
    assert (lookup.status, lookup.repository and lookup.repository.name) == ("renamed", "moved")


def test_one_missing_repository_costs_no_other(github: StandIn, sleeper: Sleeper) -> None:
    found = lookups(graphql(github, sleeper), "o/a", "o/none", "o/b", "o/c")
    assert [found[name].status for name in "abc"] == ["ok"] * 3
    assert github.asked("/graphql") == 1


def test_a_batch_that_ends_in_502_is_halved_until_it_works_and_the_size_kept(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.graphql_most = 5
    for index in range(40):
        github.add(f"m/r{index}")
    metadata = graphql(github, sleeper, size=40)
    found = lookups(metadata, *(f"m/r{index}" for index in range(40)))
    assert len(found) == 40
    assert all(lookup.status == "ok" for lookup in found.values())
    assert 3 <= metadata.size < 10
    assert github.asked("/graphql") <= 16


def test_the_remembered_size_is_where_the_next_run_begins(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.graphql_most = 2
    lookups(graphql(github, sleeper, size=2), "o/a", "o/b", "o/c")
    assert github.asked("/graphql") == 2


def test_resource_limits_keep_what_was_told_and_ask_again_for_the_rest(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.graphql_resources = 2
    metadata = graphql(github, sleeper)
    found = lookups(metadata, "o/a", "o/b", "o/c")
    assert [found[name].status for name in "abc"] == ["ok"] * 3
    assert metadata.size == 1


def test_a_single_repository_that_is_too_much_is_asked_for_less_and_then_by_rest(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.graphql_most = 0
    assert lookups(graphql(github, sleeper), "o/a")["a"].status == "ok"
    documents = [request.body for request in github.requests if request.path == "/graphql"]
    assert [b"history" in body for body in documents] == [True, False, False]
    assert [b"languages" in body for body in documents] == [True, True, False]
    assert github.asked("/repos/o/a") >= 1


def test_a_null_without_an_error_is_looked_up_alone(github: StandIn, sleeper: Sleeper) -> None:
    github.graphql_answers = [{"data": {"r0": None, "r1": None}}]
    found = lookups(graphql(github, sleeper), "o/a", "o/b")
    assert [found[name].status for name in "ab"] == ["ok", "ok"]


def test_nested_nulls_are_null_columns(github: StandIn, sleeper: Sleeper) -> None:
    node = {
        "databaseId": 5,
        "nameWithOwner": "o/a",
        "pushedAt": None,
        "languages": None,
        "repositoryTopics": {"nodes": [None]},
        "licenseInfo": None,
        "defaultBranchRef": {"name": "main", "target": None},
    }
    error = {"type": "SERVICE_UNAVAILABLE", "path": ["r0", "defaultBranchRef", "target"]}
    github.graphql_answers = [{"data": {"r0": node}, "errors": [error]}]
    repository = lookups(graphql(github, sleeper), "o/a")["a"].repository
    assert repository is not None
    assert (repository.head_commit, repository.topics, repository.licence) == (None, (), None)


@pytest.mark.slow
def test_fields_of_another_type_are_null_columns(github: StandIn, sleeper: Sleeper) -> None:
    node = {
        "databaseId": 5,
        "nameWithOwner": "o/a",
        "stargazerCount": "many",
        "forkCount": 2**64,
        "isFork": "no",
        "primaryLanguage": "Python",
        "languages": {"edges": "x"},
        "repositoryTopics": {"nodes": {"topic": 1}},
        "licenseInfo": {"spdxId": ["MIT"]},
        "defaultBranchRef": {"name": 7, "target": {"oid": "--upload-pack=x"}},
    }
    errors = [{"path": 3}, {"type": "NOT_FOUND", "path": "r0"}, None]
    github.graphql_answers = [{"data": {"r0": node}, "errors": errors}]
    repository = lookups(graphql(github, sleeper), "o/a")["a"].repository
    assert repository == Repository(5, "o", "a", "ok", api="graphql", topics=None)


@pytest.mark.parametrize("data", [[], "x", {"r0": []}, {"r0": {"databaseId": "5"}}, {"r0": 7}])
def test_data_of_another_shape_are_fetched_by_rest(
    github: StandIn, sleeper: Sleeper, data: object
) -> None:
    github.graphql_answers = [{"data": data}] * 3
    assert lookups(graphql(github, sleeper), "o/a")["a"].status == "ok"


def test_a_rate_limit_in_an_answer_200_makes_no_repository_missing(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.graphql_answers = [{"errors": [{"type": "RATE_LIMITED", "message": "rate limit"}]}]
    assert lookups(graphql(github, sleeper), "o/a")["a"].status == "ok"
    assert sleeper.slept[0] >= 60


def test_a_facet_that_fails_costs_no_repository(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/commits", json_fault(403, "Too large"), times=9)
    repository = lookups(RestMetadata(client(github, sleeper)), "o/a")["a"].repository
    assert repository is not None
    assert (repository.stars, repository.head_commit) == (7, None)


def test_an_answer_that_describes_no_repository_gives_none(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.fail("/repos/o/a", json_fault(200, "a message"), times=9)
    lookup = lookups(RestMetadata(client(github, sleeper)), "o/a")["a"]
    assert (lookup.status, lookup.status.is_transient) == ("no_answer", True)


def test_an_outage_ends_the_asking_and_single_failures_do_not(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.fail("/repos/o/b", html(502), times=6)
    found = lookups(RestMetadata(client(github, sleeper)), "o/a", "o/b", "o/c")
    assert [found[name].status for name in "abc"] == ["ok", "no_answer", "ok"]
    github.fail("/repos/", html(502), times=99)
    with pytest.raises(GithubError):
        lookups(RestMetadata(client(github, sleeper)), "o/a", "o/b", "o/c")


def test_a_token_that_is_refused_half_way_ends_the_lookups(
    github: StandIn, sleeper: Sleeper
) -> None:
    asked = client(github, sleeper, github_token="wrong")
    with pytest.raises(TokenRefusedError):
        list(GraphqlMetadata(asked, RestMetadata(asked)).look_up(names("o/a")))


def test_unchanged_repositories_cost_nothing_by_rest(github: StandIn, sleeper: Sleeper) -> None:
    asked = client(github, sleeper)
    [first] = next(iter(RestMetadata(asked).look_up(names("o/a"))))
    assert first.etag is not None
    again = RestMetadata(asked, dict([first.etag]))
    [second] = next(iter(again.look_up([Name("o", "a", repo_id=1000)])))
    assert second.is_unchanged
    assert len(github.requests) == 3  # repository and commit, then one 304


@pytest.mark.slow
def test_a_refresh_of_many_takes_two_requests_a_hundred(github: StandIn, sleeper: Sleeper) -> None:
    for index in range(1000):
        github.add(f"m/r{index}")
    found = lookups(graphql(github, sleeper), *(f"m/r{index}" for index in range(1000)))
    assert len(found) == 1000
    assert len(github.requests) <= 0.02 * 1000


def test_batches_do_not_grow_past_what_github_takes(github: StandIn, sleeper: Sleeper) -> None:
    metadata = graphql(github, sleeper, size=10_000)
    assert metadata.size == LARGEST_SIZE


@pytest.mark.parametrize(
    "error",
    [
        {"message": "Something went wrong while executing your query. Please include `A:B`."},
        {"type": "INTERNAL", "message": "Internal error"},
    ],
)
def test_a_repository_that_every_query_fails_on_costs_no_other(
    github: StandIn, sleeper: Sleeper, error: dict[str, str]
) -> None:
    fails = {"data": None, "errors": [error]}
    github.graphql_answers = [{"data": {"r0": None}}, fails]
    found = lookups(graphql(github, sleeper, size=1), "o/a", "o/b")
    assert [found[name].status for name in "ab"] == ["ok", "ok"]


@pytest.mark.parametrize("status", [403, 404, 410, 422])
def test_a_refused_query_says_nothing_of_the_repositories_in_it(
    github: StandIn, sleeper: Sleeper, status: int
) -> None:
    github.fail("/graphql", json_fault(status, "Not Found"), times=99)
    found = lookups(graphql(github, sleeper), "o/a", "o/b", "o/none")
    assert [found[name].status for name in ("a", "b", "none")] == ["ok", "ok", "not_found"]


def test_a_branch_that_an_error_took_away_does_not_mean_an_empty_repository(
    github: StandIn, sleeper: Sleeper
) -> None:
    node = {"databaseId": 5, "nameWithOwner": "o/a", "isEmpty": False, "defaultBranchRef": None}
    error = {"type": "INTERNAL", "path": ["r0", "defaultBranchRef"], "message": "Oops"}
    github.graphql_answers = [{"data": {"r0": node}, "errors": [error]}]
    assert lookups(graphql(github, sleeper), "o/a")["a"].status == "ok"


MISSING = [f"o/gone{number}" for number in range(30)]


@pytest.mark.parametrize("way", ["graphql", "rest"])
def test_many_that_are_gone_are_believed_where_github_answers(
    github: StandIn, sleeper: Sleeper, way: str
) -> None:
    asking = client(github, sleeper, github_api=way)
    doubted = VerifiedMetadata(open_metadata(asking, {}, None), asking)
    found = lookups(doubted, *MISSING, "o/a")
    assert [lookup.status for lookup in found.values()].count("not_found") == 30
    assert found["a"].status == "ok"
    assert github.asked("/rate_limit") <= 1


@pytest.mark.parametrize("way", ["graphql", "rest"])
def test_what_says_of_everything_that_it_is_gone_is_not_github(
    github: StandIn, sleeper: Sleeper, way: str
) -> None:
    github.fail("/", json_fault(404, "Not Found"), times=999)
    asking = client(github, sleeper, github_api=way)
    told = VerifiedMetadata(open_metadata(asking, {}, None), asking).look_up(names(*MISSING))
    with pytest.raises(WrongAddressError, match="ADOPTION_GITHUB_API_URL"):
        next(told)


def test_what_is_gone_is_told_when_a_limit_ends_the_asking(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.limits["core"].remaining = 3
    asking = client(github, sleeper, github_token=None)
    told = VerifiedMetadata(open_metadata(asking, {}, None), asking).look_up(names(*MISSING))
    assert [next(told)[0].status for _ in range(3)] == ["not_found"] * 3
    with pytest.raises(LimitReachedError):
        next(told)


def test_an_outage_of_both_interfaces_is_noticed(github: StandIn, sleeper: Sleeper) -> None:
    github.fail("/", html(502), times=999)
    with pytest.raises(GithubError, match="502"):
        lookups(graphql(github, sleeper), *(f"o/r{index}" for index in range(50)))
    assert len(github.requests) < 50


def test_a_rate_limit_beside_nulls_is_waited_out_once(github: StandIn, sleeper: Sleeper) -> None:
    error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
    github.graphql_answers = [{"data": {"r0": None, "r1": None}, "errors": [error]}]
    found = lookups(graphql(github, sleeper), "o/a", "o/b")
    assert [found[name].status for name in "ab"] == ["ok", "ok"]
    assert (github.asked("/graphql"), github.asked("/repos/")) == (2, 0)


def test_words_in_the_name_of_a_missing_repository_are_no_limit(
    github: StandIn, sleeper: Sleeper
) -> None:
    assert lookups(graphql(github, sleeper), "o/abuse-timeout")["abuse-timeout"].status == (
        "not_found"
    )
    assert sleeper.slept == []


def test_what_a_batch_tells_is_handed_over_before_anything_else_is_asked(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.fail("/repos/", json_fault(401, "Bad credentials"), times=9)
    found = graphql(github, sleeper).look_up(names("o/a", "o/none", "o/b"))
    assert [lookup.asked.name for lookup in next(found)] == ["a", "b"]
    with pytest.raises(TokenRefusedError):
        next(found)


@pytest.mark.parametrize("is_reused", [False, True])
def test_a_number_that_is_not_answered_for_is_not_a_repository_that_vanished(
    github: StandIn, sleeper: Sleeper, is_reused: bool
) -> None:
    github.rename("o/a", "p/moved")
    github.repositories["p/moved"].old_names.clear()
    if is_reused:
        github.add("o/a", {"x.py": "import jax"})
    github.fail("/repositories/1000", html(502), times=9)
    [lookup] = next(iter(graphql(github, sleeper).look_up([Name("o", "a", repo_id=1000)])))
    assert (lookup.status, lookup.status.is_transient) == ("no_answer", True)


def test_only_an_answer_that_is_whole_is_remembered_by_its_etag(
    github: StandIn, sleeper: Sleeper
) -> None:
    github.add("o/empty", commit=None)
    github.fail("/repos/o/b/commits", html(403), times=1)
    rest = RestMetadata(client(github, sleeper))
    found = lookups(rest, "o/a", "o/b", "o/empty")
    assert [bool(found[name].etag) for name in ("a", "b", "empty")] == [True, False, False]
    reused = next(iter(rest.look_up([Name("o", "c", repo_id=1000)])))[0]
    assert (reused.status, reused.etag) == ("name_reused", None)


def test_a_new_link_to_a_known_name_is_answered_whole(github: StandIn, sleeper: Sleeper) -> None:
    asked = client(github, sleeper)
    [first] = next(iter(RestMetadata(asked).look_up(names("o/a"))))
    assert first.etag is not None
    [second] = next(iter(RestMetadata(asked, dict([first.etag])).look_up(names("o/a"))))
    assert second.repository is not None


def test_a_redirect_whose_target_is_only_in_its_body_is_followed(
    github: StandIn, sleeper: Sleeper
) -> None:
    moved = json_fault(301, "Moved Permanently", url=f"{github.url}/repositories/1001")
    github.fail("/repos/o/a", moved)
    lookup = lookups(RestMetadata(client(github, sleeper)), "o/a")["a"]
    assert lookup.repository is not None and lookup.repository.name == "b"


@pytest.mark.parametrize("fault", [html(500), html(503), cut()])
def test_a_large_query_without_an_answer_is_made_smaller(
    github: StandIn, sleeper: Sleeper, fault: Fault
) -> None:
    github.fail("/graphql", fault, times=3)
    found = lookups(graphql(github, sleeper), "o/a", "o/b", "o/c")
    assert [found[name].status for name in "abc"] == ["ok"] * 3
