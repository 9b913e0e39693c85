"""Sources that grow: daily papers, JOSS, conference lists, OpenReview. Each has its oddities."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.papers.client import PaperClient
from pipeline.papers.conference_lists import ConferenceLists
from pipeline.papers.hugging_face_papers import HuggingFacePapers
from pipeline.papers.joss import Joss
from pipeline.papers.openreview import OpenReview
from pipeline.papers.records import PaperLink
from pipeline.papers.sources import open_paper_sources
from pipeline.settings import Settings
from tests.stand_ins.faults import html
from tests.stand_ins.papers import PaperStandIn

Made = Callable[..., Settings]
FRIDAY = dt.date(2026, 1, 9)


def daily(identifier: str, **paper: object) -> dict[str, object]:
    inner = {"id": identifier, "title": "T", "publishedAt": "2026-01-05T00:00:00.000Z", **paper}
    return {"paper": inner, "publishedAt": "2026-01-05T09:12:44.000Z", "summary": "not stored"}


def serve_days(papers: PaperStandIn, days: dict[str, list[Any]], today: dt.date) -> None:
    """Daily papers by day; a later day and a larger page are errors there."""

    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        if query["date"] > today.isoformat() or int(query["limit"]) > 100:
            return 400, {"error": "bad date or limit"}, {}
        at = int(query["p"]) * int(query["limit"])
        return 200, days.get(query["date"], [])[at : at + int(query["limit"])], {}

    papers.pages["/api/daily_papers"] = page


def links_of(pages: Any) -> list[PaperLink]:
    return [link for page in pages for link in page.links]


def test_daily_papers_are_walked_day_by_day_through_empty_weekends_to_today(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    monday = FRIDAY + dt.timedelta(days=3)
    days = {
        FRIDAY.isoformat(): [daily("2601.00001v1", githubRepo="https://github.com/a/b")],
        monday.isoformat(): [daily("2601.00002", githubRepo="https://github.com/c/d")],
    }
    serve_days(papers, days, monday)
    source = HuggingFacePapers(settings(since=FRIDAY), client, today=lambda: monday)
    pages = list(source.fetch(None))
    assert [page.cursor for page in pages] == [f"2026-01-{day:02}" for day in (9, 10, 11, 12)]
    first, _ = links_of(pages)
    assert (first.paper_id, first.source) == ("arxiv:2601.00001", "huggingface")
    assert first.published is not None and first.published.day == dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("told", "stars"), [(12, 12), (0, 0), (None, None), ("many", None), (-1, None), (True, None)]
)
def test_stars_are_kept_as_the_source_tells_them(
    papers: PaperStandIn, settings: Made, client: PaperClient, told: object, stars: int | None
) -> None:
    paper = daily("2601.00001", githubRepo="https://github.com/a/b", githubStars=told)
    serve_days(papers, {FRIDAY.isoformat(): [paper]}, FRIDAY)
    source = HuggingFacePapers(settings(since=FRIDAY), client, today=lambda: FRIDAY)
    assert [link.source_stars for link in links_of(source.fetch(None))] == [stars]


def test_a_day_of_more_papers_than_a_page_is_read_whole(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    many = [daily(f"2601.{n:05}", githubRepo=f"https://github.com/a/b{n}") for n in range(150)]
    serve_days(papers, {FRIDAY.isoformat(): many}, FRIDAY)
    source = HuggingFacePapers(settings(since=FRIDAY), client, today=lambda: FRIDAY)
    assert len(links_of(source.fetch(None))) == 150


def test_the_last_week_is_read_again_for_links_come_later(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_days(papers, {}, FRIDAY)
    source = HuggingFacePapers(settings(since=dt.date(2024, 1, 1)), client, today=lambda: FRIDAY)
    pages = list(source.fetch("2026-01-08"))
    assert [pages[0].cursor, pages[-1].cursor] == ["2026-01-01", "2026-01-09"]


def test_a_project_page_on_github_stands_in_for_a_missing_link_and_oddities_are_passed_over(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    odd = [
        daily("2601.00001", projectPage="https://github.com/a/b"),
        daily("2601.00002", projectPage="https://a.github.io/b"),
        daily("no arxiv id", githubRepo="https://github.com/c/d"),
        {"paper": None},
        "text",
        daily("2601.00003", githubRepo=17),
    ]
    serve_days(papers, {FRIDAY.isoformat(): odd}, FRIDAY)
    source = HuggingFacePapers(settings(since=FRIDAY), client, today=lambda: FRIDAY)
    assert [link.raw_link for link in links_of(source.fetch(None))] == ["https://github.com/a/b"]


def published(number: int, day: str = "2020-01-02") -> dict[str, Any]:
    return {
        "title": f"P{number}",
        "state": "accepted",
        "doi": f"10.21105/joss.{number:05}",
        "published_at": day,
        "software_repository": f"https://gitlab.com/o/r{number}",
        "authors": ["not stored"],
    }


def serve_joss(papers: PaperStandIn, all_papers: list[Any]) -> None:
    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        at = (int(query["page"]) - 1) * 20
        return 200, all_papers[at : at + 20], {}

    papers.pages["/papers/published.json"] = page


@pytest.mark.parametrize("count", [0, 19, 20, 41])
def test_an_empty_page_is_the_end_whatever_the_page_size(
    papers: PaperStandIn, settings: Made, client: PaperClient, count: int
) -> None:
    serve_joss(papers, [published(number) for number in range(count)])
    assert len(links_of(Joss(settings(), client).fetch(None))) == count


def test_a_page_that_fails_is_not_retried_for_ever(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_joss(papers, [published(1)])
    papers.fail("page=2", html(500), times=999)
    with pytest.raises(InputError):
        list(Joss(settings(), client).fetch(None))
    assert len(papers.requests) == 1 + 6


def test_joss_papers_are_known_by_doi_and_asked_for_since_the_newest(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_joss(papers, [published(1, "2020-01-02"), published(2, "2021-03-04"), {"doi": None}])
    pages = list(Joss(settings(), client).fetch(None))
    first, _ = links_of(pages)
    assert (first.paper_id, first.doi) == ("joss:10.21105/joss.00001", "10.21105/joss.00001")
    assert pages[-1].cursor == "2021-03-04"
    list(Joss(settings(), client).fetch(pages[-1].cursor))
    assert "since=2021-03-04" in papers.requests[-1].path


LIST = [
    {
        "id": "x1",
        "title": "T",
        "status": "Poster",
        "github": "https://github.com/a/b",
        "arxiv": "1801.00001",
        "author": "A Person",
        "email": "person@example.org",
        "homepage": "https://person.example.org",
    },
    {"id": "x2", "title": "R", "status": "Reject", "github": "https://github.com/c/d"},
    {"id": "x3", "title": "U", "status": "Oral", "github": "", "project": "github.com/e/f"},
]


def serve_list(papers: PaperStandIn) -> None:
    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        if query["_if_none_match"] == '"v1"':
            return 304, b"", {"ETag": '"v1"'}
        return 200, LIST, {"ETag": '"v1"'}

    papers.pages["/lists/iclr/iclr2018.json"] = page


def test_of_conference_lists_only_named_columns_are_taken(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_list(papers)
    [page] = ConferenceLists(settings(conferences="iclr2018"), client).fetch(None)
    assert [link.paper_id for link in page.links] == [
        "arxiv:1801.00001",
        "conferences:iclr2018/x3",
    ]
    assert "erson" not in repr(page)
    assert (page.links[0].venue, page.links[0].venue_year) == ("ICLR", 2018)


def test_an_unchanged_conference_list_is_not_read_again(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_list(papers)
    source = ConferenceLists(settings(conferences="iclr2018"), client)
    [page] = source.fetch(None)
    assert list(source.fetch(page.cursor)) == []


def serve_openreview(papers: PaperStandIn, base: str, notes: list[dict[str, Any]]) -> None:
    papers.pages[f"{base}/login"] = lambda _: (200, {"token": "given"}, {})

    def page(query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        if query["_authorization"] != "Bearer given":
            return 403, {"name": "ChallengeRequiredError", "message": "challenge"}, {}
        known = [note["id"] for note in notes]
        at = known.index(query["after"]) + 1 if "after" in query else 0
        return 200, {"notes": notes[at : at + 2]}, {}

    papers.pages[f"{base}/notes"] = page


ACCOUNT = {"openreview_user": "u", "openreview_password": "p4ssword"}


@pytest.mark.parametrize(
    ("base", "venue", "wrapped"),
    [("/v2", "ICLR.cc/2024/Conference", True), ("/v1", "ICLR.cc/2021/Conference", False)],
)
def test_openreview_is_paged_through_and_every_text_is_looked_at(
    papers: PaperStandIn, settings: Made, client: PaperClient, base: str, venue: str, wrapped: bool
) -> None:
    def note(number: int) -> dict[str, Any]:
        content: dict[str, Any] = {
            "title": f"T{number}",
            "code_URL": f"see https://github.com/o/r{number}.",
        }
        if wrapped:
            content = {key: {"value": value} for key, value in content.items()}
        return {"id": f"n{number}", "forum": f"f{number}", "content": content, "pdate": 1.7e12}

    serve_openreview(papers, base, [note(number) for number in range(5)])
    source = OpenReview(settings(openreview_venues=venue, **ACCOUNT), client)
    pages = list(source.fetch(None))
    assert [link.paper_id for link in links_of(pages)] == [f"openreview:f{n}" for n in range(5)]
    assert links_of(pages)[0].venue == "ICLR"
    assert json.loads(pages[-1].cursor or "") == {venue: "n4"}
    assert links_of(source.fetch(pages[-1].cursor)) == []


def test_openreview_without_an_account_says_what_to_set(
    settings: Made, client: PaperClient
) -> None:
    source = OpenReview(settings(openreview_venues="ICLR.cc/2024/Conference"), client)
    with pytest.raises(InputError, match="ADOPTION_OPENREVIEW_USER"):
        list(source.fetch(None))


def test_openreviews_challenge_is_said_and_the_password_is_not(
    papers: PaperStandIn, settings: Made, client: PaperClient
) -> None:
    serve_openreview(papers, "/v2", [])
    papers.pages["/v2/login"] = lambda _: (200, {"token": "stale"}, {})
    given = settings(openreview_venues="ICLR.cc/2024/Conference", **ACCOUNT)
    with pytest.raises(InputError, match="challenge that only people can solve") as error:
        list(OpenReview(given, client).fetch(None))
    assert "p4ssword" not in str(error.value) + str(given.without_secrets())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"papers": "pwc,nowhere"}, "'nowhere'; known sources are pwc, huggingface"),
        ({"papers": ""}, "names no paper source"),
        ({"papers": "list"}, "needs ADOPTION_LINKS"),
        ({"papers": "openreview"}, "needs ADOPTION_OPENREVIEW_VENUES"),
        ({"papers": "conferences"}, "needs ADOPTION_CONFERENCES"),
        ({"papers": "pmlr", "pmlr_volumes": []}, "needs ADOPTION_PMLR_VOLUMES"),
    ],
)
def test_a_source_that_cannot_be_asked_is_said_before_anything_is(
    settings: Made, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        open_paper_sources(settings(**given))


def test_a_list_of_ones_own_is_the_only_source(settings: Made) -> None:
    assert [source.name for source in open_paper_sources(settings(links="x.csv"))] == ["list"]
    assert [source.name for source in open_paper_sources(settings())] == [
        "pwc",
        "huggingface",
        "arxiv",
        "joss",
    ]
